"""Whatever a dump holds, readers see it as text: nothing runs, nothing breaks out, nothing is evaluated."""

import csv
import html.parser
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hostile import articles, first, last, write_dumps
from payloads import payloads
from tests.conftest import TOP, lay_out, make, serve

from newsarchive.frontmatter import parse

VOID = {"meta", "link", "img", "br", "hr", "input", "wbr", "rect"}
SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|(?![a-z][a-z0-9+.-]*:)(?!//))", re.I)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile archive, imported and built."""
    folder = tmp_path_factory.mktemp("hostile")
    write_dumps(folder / "content" / "dumps")
    done = make(lay_out(folder))
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    assert done.returncode in (0, 1), done.stderr[-3000:]
    return folder


@pytest.fixture(scope="module")
def pages(archive: Path) -> dict[str, "Reader"]:
    """Every page of the site, parsed, by its path."""
    files = sorted(file for file in (archive / "output").rglob("*.html") if file.is_file())
    return {file.relative_to(archive / "output").as_posix(): Reader(file.read_text("utf-8")) for file in files}


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


def known_elements() -> set[tuple[str, str]]:
    """Elements and attributes that the theme, the program's own marks and the owner's page hold."""
    known = {("span", "class"), ("span", "title"), ("span", ""), ("p", ""), ("wbr", "")}
    for file in (TOP / "theme" / "templates").glob("*.html"):
        text = re.sub(r"{#.*?#}", "", file.read_text("utf-8"), flags=re.S)
        text = re.sub(r"{%.*?%}", " ", text, flags=re.S)
        known |= Reader(re.sub(r"{{.*?}}", "name", text, flags=re.S)).elements
    known |= {("meta", "property"), ("meta", "name")}
    prose = (
        "h2",
        "h3",
        "ul",
        "li",
        "ol",
        "code",
        "pre",
        "strong",
        "em",
        "a",
        "table",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "blockquote",
    )
    known |= {(tag, name) for tag in prose for name in ("", "id", "href")}  # content/pages
    return known


def test_no_page_holds_an_element_or_attribute_that_the_theme_does_not_write(pages: dict[str, Reader]) -> None:
    known = known_elements()

    strange = {(path, *it) for path, page in pages.items() for it in page.elements - known}

    assert strange == set()


def test_no_address_in_a_page_can_run_anything(pages: dict[str, Reader]) -> None:
    kinds = ("href", "src", "action")

    bad = [
        (path, tag, value)
        for path, page in pages.items()
        for tag, name, value in page.attributes
        if name in kinds and not SAFE_ADDRESS.match(re.sub(r"[\x00-\x20]", "", value))
    ]

    assert bad == []


def test_every_page_forbids_foreign_and_inline_code(pages: dict[str, Reader]) -> None:
    for path, page in pages.items():
        contents = [value for tag, name, value in page.attributes if tag == "meta" and name == "content"]
        policies = [value for value in contents if "default-src" in value]
        assert len(policies) == 1, path
        assert policies[0].startswith("default-src 'none';"), path
        assert "unsafe" not in policies[0], path
        assert "*" not in policies[0], path
        assert "same-origin" in contents, path  # the referrer policy


def test_a_link_out_gives_the_other_site_no_hold_on_this_one(pages: dict[str, Reader], archive: Path) -> None:
    seen = 0
    for path in pages:
        for link in re.findall(r"<a [^>]*href=\"https?://[^>]*>", (archive / "output" / path).read_text("utf-8")):
            seen += 1
            rel = re.search(r"rel=(?:\"([^\"]*)\"|(\S+?)[ >])", link)
            assert rel, link
            assert {"external", "noopener", "nofollow"} <= set((rel[1] or rel[2]).split()), link
    assert seen


def test_a_story_reads_as_its_file_says_letter_by_letter(pages: dict[str, Reader], archive: Path) -> None:
    count = 0
    for file in sorted((archive / "content" / "articles").rglob("*.md")):
        article = parse(file.read_text("utf-8"))
        assert not article.markup, file
        if article.lang == "zh-Hans":
            shown = pages[f"{article.slug}.html"].story
            pairs = zip(shown, article.paragraphs, strict=True)
            # MediaWiki's -{ }- is honoured: it says how a text reads in each edition
            assert [(a, b) for a, b in pairs if a.strip() != b and "-{" not in b] == [], file
            count += 1
    assert count > 100


def test_no_payload_without_markup_is_lost(archive: Path) -> None:
    """Letter by letter between its marks, in a dump of text; what cleaning mends (signs, glosses) is left aside.

    Only a <style> or <!-- that never ends takes the rest of its own story with it, as in a browser.
    """
    plain = _all_text(archive, re.compile(r"d\d+\.txt:"))
    letters = re.compile(r"[0-9A-Za-z{}\[\]*_#\\]")

    def stands(number: int, payload: str) -> bool:
        start = plain.find(first(number))
        end = plain.find(last(number), start)
        between = plain[start:end].removeprefix(first(number))
        return start >= 0 and end > start and letters.findall(between) == letters.findall(payload)

    texts = [
        it for chosen in articles() for it in chosen if not re.search(r"[<>&\x00-\x1f\x7f-\xff]|[^\x00-\u9fff]", it[1])
    ]
    assert len(texts) > 150
    assert sum(not stands(*it) for it in texts) <= 0.04 * len(texts)


@pytest.mark.parametrize("kind", [r"a\.jsonl", r"b\.csv", r"c\d+\.html", r"d\d+\.txt", r"e\d+\.txt"])
def test_what_stands_around_a_payload_is_kept_in_every_format(archive: Path, kind: str) -> None:
    """Of markup the reader of a fragment may drop the rest of that story, as a browser would, and no other."""
    text = _all_text(archive, re.compile(kind + ":"))

    kept = [number for number in range(len(payloads())) if first(number) in text and last(number) in text]

    assert len(kept) > 0.93 * len(payloads())


def _all_text(archive: Path, names: re.Pattern[str]) -> str:
    found = []
    for file in (archive / "content" / "articles").rglob("*.md"):
        article = parse(file.read_text("utf-8"))
        if names.match(article.original_file):
            found += [*article.paragraphs, *article.boilerplate, article.title]
    return "\n".join(found)


def test_no_template_is_evaluated(archive: Path) -> None:
    for file in (archive / "output").rglob("*.html"):
        assert not file.is_file() or not re.search(r"号(?:49|7777777)止", file.read_text("utf-8")), file


def test_structured_data_parses_and_names_only_news(archive: Path, pages: dict[str, Reader]) -> None:
    for path, page in pages.items():
        for text in filter(str.strip, page.scripts):
            graph = json.loads(text).get("@graph", ())
            assert {thing["@type"] for thing in graph} <= {"NewsArticle", "BreadcrumbList"}, path


def test_feeds_and_sitemaps_are_well_formed_and_hold_only_what_they_should(archive: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    files = [file for kind in ("*.atom", "*.xml") for file in (archive / "output").rglob(kind) if file.is_file()]
    assert len(files) > 100
    for file in files:
        root = ElementTree.parse(file).getroot()
        tags = {element.tag.partition("}")[2] for element in root.iter()}
        assert "evil" not in tags, file
        assert all(len(entry.findall(f"{atom}id")) == 1 for entry in root.iter(f"{atom}entry")), file
        places = [e.text or "" for e in root.iter() if e.tag.endswith(("}loc", "}id"))]
        assert all(place.startswith("http://127.0.0.1:8000/") for place in places), file
    for file in (archive / "output").rglob("feed.json"):
        assert file.is_dir() or json.loads(file.read_text("utf-8"))["items"], file


def test_no_cell_of_a_table_is_a_formula(archive: Path) -> None:
    for file in (archive / "output" / "data").glob("*.csv"):
        for row in csv.reader(io.StringIO(file.read_text("utf-8-sig"))):
            assert not [cell for cell in row if cell[:1] in "=+-@\t\r\n＝＋－＠" and cell], file
    for file in (archive / "output" / "data").glob("*.jsonl"):
        assert all(json.loads(line)["slug"] for line in file.read_text("utf-8").split("\n") if line)


def test_nothing_is_written_outside_its_folder(archive: Path) -> None:
    top = {path.name for path in archive.iterdir()}

    assert top <= {"content", "output", ".newsarchive", "siteconf.py"}
    assert {path.name for path in (archive / "content").iterdir()} <= {"dumps", "pages", "articles"}
    for file in (archive / "content" / "articles").rglob("*.md"):
        assert re.fullmatch(
            r"(?:undated|\d{4}|\d{4}/\d\d)/(?:\d\d-)?[0-9a-f]{12}\.md",
            str(file.relative_to(archive / "content" / "articles")),
        )


def test_dumps_offered_for_download_cannot_run(archive: Path) -> None:
    kinds = {file.suffix for file in (archive / "output" / "dumps").rglob("*") if file.is_file()}

    assert kinds <= {".txt", ".jsonl", ".csv"}


class Watch:
    """A window without the page's own policy, so that only the markup protects; notes everything that runs."""

    def __init__(self, browser: Any, address: str) -> None:
        self.events: list[str] = []
        self.context = browser.new_context(bypass_csp=True)
        self.context.add_init_script("window.zq = () => console.error('RAN')")
        self.page = self.context.new_page()
        self.page.on("dialog", lambda it: (self.events.append("dialog"), it.dismiss()))
        self.page.on("console", lambda it: self.events.append(it.text) if it.type == "error" else None)
        self.page.on("pageerror", lambda it: self.events.append(str(it)))
        self.page.on("request", lambda it: None if it.url.startswith(address) else self.events.append(it.url))


@pytest.fixture(scope="module")
def watch(archive: Path, browser: Any) -> Iterator[tuple[Watch, str]]:
    for address in serve(archive / "output"):
        window = Watch(browser, address)
        yield window, address
        window.context.close()


def test_nothing_runs_in_a_browser_even_without_the_policy(watch: tuple[Watch, str], archive: Path) -> None:
    window, address = watch
    found = [parse(file.read_text("utf-8")) for file in (archive / "content" / "articles").rglob("*.md")]
    # the articles of this dump hold every payload, and in every field
    slugs = sorted(f"{article.slug}.html" for article in found if article.original_file.startswith("a.jsonl"))
    assert len(slugs) > 40
    for path in (
        "",
        "tags/",
        "sources/",
        "reporters/",
        "dates/",
        "2019/11/",
        "zh-hant/tags/",
        *slugs,
        f"zh-hant/{slugs[0]}",
    ):
        window.page.goto(address + path)
        window.page.evaluate(
            "document.querySelectorAll('main *').forEach(it => { for (const kind of"
            " ['mouseover', 'focus', 'pointerenter', 'toggle']) it.dispatchEvent(new Event(kind)) })"
        )
        assert window.events == [], path


@pytest.mark.parametrize(
    "query",
    ["<img src=x onerror=zq(1)>", "script", '"><svg onload=zq(1)>', "alert", "javascript:zq(1)", "图书馆", "onerror"],
)
def test_search_shows_hostile_queries_and_results_as_text(watch: tuple[Watch, str], query: str) -> None:
    window, address = watch
    window.page.goto(address + "search/")
    window.page.locator("main input[type=search]").fill(query)
    window.page.keyboard.press("Enter")

    window.page.locator("[aria-live]", has_text=re.compile(r"\S")).first.wait_for(state="attached")
    window.page.wait_for_timeout(200)
    assert window.events == []
    assert window.page.locator("#results img, #results svg[onload], #results script, #results iframe").count() == 0
