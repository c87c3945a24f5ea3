"""A page's tree -> its visible lines, each with what the markup around it says of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
TABLE = ("table", "caption", "tbody", "thead", "tr", "td", "th")
PARTS = ("html", "body", "section", "article", "header", "footer", "aside", "main", "nav", "form", "details", "summary")
PROSE = ("p", "div", "br", "hr", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "figure", "figcaption")
BLOCKS = frozenset((*HEADINGS, *TABLE, *PARTS, *PROSE, "center", "address", "fieldset"))
UNSEEN = re.compile(r"display\s*:\s*none")
CONTROLS = ("iframe", "select", "textarea", "button", "svg", "math", "object", "audio", "video")
HIDDEN = frozenset(("head", "title", "script", "style", "noscript", "template", *CONTROLS))
ASIDE_TAGS = frozenset(("nav", "footer", "aside"))
CAPTION_WORD = re.compile(
    r"caption|(?:^|[-_\s])(?:pic|img|image|photo|fig)(?:ture|ure)?s?[-_]?(?:info|desc|descr|description|text|txt|note|credit|title|explain|word)s?\b"
    r"|(?:pic|img|image|photo)(?:info|desc|text|note|credit)",
    re.I,
)
ASIDE_WORD = re.compile(
    r"relat|recommend|read-?_?more|also-?_?read|newsletter|subscri|shar(?:e|ing)|comment|bread-?_?crumb|copyright"
    r"|(?:^|[-_\s])(?:nav|menu|footer|sidebar|ads?|advert\w*|hot|rank\w*|tags?|keywords?|toolbar|social|promo)(?:$|[-_\s\d])"
    r"|(?<!overflow-)hidden(?:$|\s)",
    re.I,
)
"""Words in the class or id of what stands around stories. A hint only: see `story`, which looks at the text too."""

JOINT = "\x1f"
"""Where one inline element meets the next: nothing in prose, a gap in a line of particulars."""

MAX_CELL_CHARS = 60
MAX_DEPTH = 250
YEAR_APART = re.compile(r"\b((?:19|20)\d\d)\s+(\d{1,2})\s*/\s*(\d{1,2})\b")
ARROWS = (">>", "＞＞", "»", "›")
BUTTON = re.compile(rf"[\s{JOINT}]*(?:返回|回到|点击|點擊|查看|展开|展開|更多|扫码|掃碼)")
BLANKS = f" \t\r\n\u3000\xa0{JOINT}"
SPACES = re.compile(r"\s+")
BLANK = re.compile(rf"[\s{JOINT}]+")
CLINGING = re.compile(rf"(?<![\s{JOINT}])[^\S{JOINT}]*+{JOINT}[\s{JOINT}]*+(?=[／：、，）])")
LABEL_AHEAD = re.compile(
    rf"(?<![\s{JOINT}])[^\S{JOINT}]*+{JOINT}[\s{JOINT}]*+(?=(?:发布|發布|發佈|发表|發表|更新|点击|點擊|浏览|瀏覽|阅读|閱讀|责任编|責任編|来源|來源)[^\s{JOINT}:：/／]{{0,4}}\s*[:：/／])"
)
"""A particular that ends the one before it: 文 / 洪慧敏 发布 / 5:00."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a reader sees as one line or paragraph."""

    text: str
    spaced: str
    """The same with gaps between inline elements, and with one particular a line: `文 / 洪慧敏\\n发布 / 5:00`."""

    linked: int
    """How many of its characters, spaces left out, lead elsewhere."""

    element: html.HtmlElement
    """The innermost block around it."""

    tag: str = ""
    """Heading it stands in, e.g. `h1`."""

    aside: html.HtmlElement | None = None
    """Outermost element around it whose name or class is that of navigation, lists of links, comments."""

    is_caption: bool = False

    @property
    def size(self) -> int:
        """Its characters, spaces left out."""
        return len(SPACES.sub("", self.text))

    @property
    def is_link(self) -> bool:
        return self.linked * 10 >= self.size * 6


@dataclass(frozen=True, slots=True)
class _Around:
    """What the elements around a piece of text say of it."""

    element: html.HtmlElement
    tag: str = ""
    aside: html.HtmlElement | None = None
    is_caption: bool = False
    is_link: bool = False
    in_row: bool = False

    def within(self, element: html.HtmlElement) -> "_Around":
        """What holds inside *element*, which stands here."""
        name = str(element.tag)
        classes = f"{element.get('class') or ''} {element.get('id') or ''}"
        return _Around(
            element=element if name in BLOCKS else self.element,
            tag=name if name in HEADINGS else self.tag,
            aside=element if self.aside is None and _is_aside(name, classes, element.get("style")) else self.aside,
            is_caption=self.is_caption or name in ("figure", "figcaption") or bool(CAPTION_WORD.search(classes)),
            is_link=self.is_link or (name == "a" and element.get("href") is not None) or name == "a",
            in_row=self.in_row or (name == "tr" and _is_data(element)),
        )


def _is_aside(name: str, classes: str, style: str | None) -> bool:
    return name in ASIDE_TAGS or bool(ASIDE_WORD.search(classes)) or bool(style and UNSEEN.search(style))


def _is_data(row: html.HtmlElement) -> bool:
    """Whether *row* is of a table of data, not of one that lays out a page."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    return len(cells) > 1 and all(
        next(cell.iter("table", "p", "div", "br", "ul", "h1", "h2", "h3"), None) is None
        and len("".join(cell.itertext())) <= MAX_CELL_CHARS
        for cell in cells
    )


@dataclass(slots=True)
class _Line:
    """A line that is being gathered."""

    parts: list[str]
    around: _Around | None = None
    linked: int = 0
    button: int = -1
    """Where among the parts the link begins that the line ends with so far; -1 where it ends with none."""

    def add(self, text: str, around: _Around) -> None:
        if text.strip():
            self.around = self.around or around
            if not around.is_link and text.strip(BLANKS) not in ARROWS:
                self.button = -1
            elif self.button < 0 and around.is_link:
                self.button = len(self.parts)
        self.parts.append(text)
        self.linked += len(SPACES.sub("", text)) if around.is_link else 0

    def without_button(self) -> str:
        """The words gathered, less a button that clings to the last of them: 返回首页>>, 查看更多."""
        whole, rest = "".join(self.parts), "".join(self.parts[: self.button]) if self.button > 0 else ""
        is_button = bool(rest.strip(BLANKS)) and (
            whole.rstrip(BLANKS).endswith(ARROWS) or BUTTON.match("".join(self.parts[self.button :]))
        )
        return rest if is_button else whole

    def told(self) -> Line | None:
        """The line gathered, if there is anything to see in it."""
        whole, around = self.without_button(), self.around
        if around is None:
            return None
        text = SPACES.sub(" ", whole.replace(JOINT, "")).strip()
        parts = (BLANK.sub(" ", part).strip(" |｜") for part in LABEL_AHEAD.split(CLINGING.sub("", whole)))
        spaced = YEAR_APART.sub(r"\1/\2/\3", "\n".join(filter(None, parts)))
        return Line(text, spaced, self.linked, around.element, around.tag, around.aside, around.is_caption)


def lines_of(tree: html.HtmlElement) -> Iterator[Line]:
    """The visible lines of the page *tree*, in their order.

    >>> page = html.document_fromstring("<h1>标题</h1><p>文/<i>张三</i><a>评论</a><br>正文<b>一</b>句。")
    >>> [(line.spaced, line.linked, line.tag) for line in lines_of(page)]
    [('标题', 0, 'h1'), ('文/ 张三 评论', 2, ''), ('正文一句。', 0, '')]
    """
    line = _Line([])
    for text, around, begins in _pieces(tree):
        if begins:
            if (told := line.told()) is not None:
                yield told
            line = _Line([])
        if text:
            line.add(text, around)
    if (told := line.told()) is not None:
        yield told


def _pieces(tree: html.HtmlElement) -> Iterator[tuple[str, _Around, bool]]:
    """(text, what is around it, whether a line begins before it); depth-first, without recursion."""
    around = [_Around(tree)]
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if not hidden:
                yield element.tail or "", around[-1], False
            continue
        name = str(element.tag)
        if event == "start":
            hidden += name in HIDDEN
            around.append(around[-1].within(element) if not hidden and len(around) < MAX_DEPTH else around[-1])
            if not hidden:
                yield f"{_edge(name, around[-1])}{element.text or ''}", around[-1], _breaks(name, around[-1])
            continue
        ended = around.pop()
        if not hidden:
            yield _edge(name, ended), ended, _breaks(name, ended)
        hidden -= name in HIDDEN
        if not hidden:
            yield element.tail or "", around[-1], False


def _edge(name: str, around: _Around) -> str:
    """What stands for the edge of an inline element or of a cell."""
    if name in ("td", "th") and around.in_row:
        return " "
    return "" if name in BLOCKS or name in ("b", "strong", "font", "u", "sup", "sub") else JOINT


def _breaks(name: str, around: _Around) -> bool:
    return name in BLOCKS and not (around.in_row and name in ("td", "th"))
