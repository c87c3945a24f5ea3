"""A page taken apart as a browser would: its elements, attributes, story and scripts."""

import html.parser


class Reader(html.parser.HTMLParser):
    """What stands in a page: elements with their attributes, the text of the story, scripts."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: set[tuple[str, str]] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.story: list[str] = []
        self.scripts: list[str] = []
        self._open: list[str] = []
        self._story_depth = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements |= {(tag, "")} | {(tag, name) for name, _ in attrs}
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag == "div" and ("id", "story") in attrs:
            self._story_depth = 1
        elif tag == "div" and self._story_depth:
            self._story_depth += 1
        if tag == "p" and self._story_depth:
            self.story.append("")
        if tag == "script":
            self.scripts.append("")
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._story_depth:
            self._story_depth -= 1
        if self._open and tag == "script":
            self._open.append("")

    def handle_data(self, data: str) -> None:
        if self._story_depth and self.story:
            self.story[-1] += data
        if self._open and self._open[-1] == "script":
            self.scripts[-1] += data

    def handle_comment(self, data: str) -> None:
        self.elements.add(("comment", data[:40]))
