"""Saved HTML pages: trafilatura finds the body, the page's own words around it stay for the grammar of heads.

No extractor finds a Chinese byline, editor or reprint chain, so the lines just above and below the body
are kept with it; what the page says of itself in JSON-LD, Open Graph and meta elements is `given`.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from lxml import etree, html

from ..article import Record, Refusal
from ..errors import InstallError
from ..vocabulary.fields import field_of
from .dump import MAX_RECORD_CHARS, Dump, damage, refusal
from .markup import paragraphs
from .stories import DAY
from .taking import fields_of

NAME = "html"
NAMES = (".html", ".htm", ".shtml", ".xhtml", ".mhtml")
HEAD = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s", re.I)
BEGINNING = re.compile(r"\s*(?:<|HTTP/|https?://|[A-Z][\w-]*: )")
"""Markup, or what tools that fetch pages put above it."""

NEXT_PAGE = re.compile(r"(?<=</html>)\s*(?=<!doctype|<html)", re.I)
CHARSET = re.compile(r"^\s*<\?xml[^>]*\?>", re.I)
AROUND_LINES = 8
MAX_AROUND_CHARS = 120
MARKS_AROUND = re.compile(
    r"来\s*源|來\s*源|稿\s*源|编\s*辑|編\s*輯|责\s*编|責\s*編|记\s*者|記\s*者|作\s*者|通\s*讯\s*员|通\s*訊\s*員|摄|攝|文\s*[/／]|撰\s*文|供\s*稿|出\s*处|出\s*處"
    r"|\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|原\s*标\s*题|原\s*標\s*題|报\s*道|報\s*導|发\s*布|發\s*布|發\s*佈|更\s*新"
)
NEWS_TYPES = ("NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "WebPage", "AnalysisNewsArticle")
NO_TITLE_TAIL = re.compile(r"(?:(?<!\s)\s+|(?<![\s\-_|—–]))[-_|—–]++\s*[^-_|—–]{1,20}$")
MIN_BODY_CHARS = 30


def sniff(name: str, head: str) -> bool:
    r"""Whether *head* is that of a web page: begins as one, so that no table with pages in its cells is taken for one.

    >>> sniff("a.txt", "HTTP/1.1 200 OK\n\n<!doctype html>"), sniff("a.csv", "title,html\n1,<html>")
    (True, False)
    """
    is_page = BEGINNING.match(head) and HEAD.search(head[:4000])
    return bool(is_page) or (name.endswith(NAMES) and "<" in head)


def read(dump: Dump) -> Iterator[Record | Refusal]:
    """The record that each page of *dump* is; files of several pages end each with `</html>`."""
    rest, line, encoding = "", 1, "utf-8"
    for block in dump.blocks:
        rest, encoding = rest + block.text, block.encoding
        *pages, rest = NEXT_PAGE.split(rest) if "</html>" in rest.lower() else [rest]
        if len(rest) > MAX_RECORD_CHARS:
            pages, rest = [*pages, rest], ""
        for page in pages:
            yield _record(page, line, encoding, dump)
            line += page.count("\n")
    if rest.strip():
        yield _record(rest, line, encoding, dump)


def _record(page: str, line: int, encoding: str, dump: Dump) -> Record | Refusal:
    origin = dump.origin(line, encoding)
    tree = _tree(page)
    if tree is None:
        return refusal(origin, "no HTML page; nothing in it can be read", page)
    given = given_of(tree)
    text = story_of(page, tree)
    if not text:
        return refusal(origin, "no story on this page; it may be a list, a gallery or an error page", page)
    return Record(text, origin, {**dump.mapping.given, **dump.given, **given}, page, damage(page))


def _tree(page: str) -> html.HtmlElement | None:
    """The page as a tree; whatever charset it declares, it is text already."""
    try:
        tree = html.document_fromstring(
            CHARSET.sub("", page).replace("\0", ""), parser=html.HTMLParser(encoding="utf-8")
        )
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if isinstance(tree, html.HtmlElement) else None


def given_of(tree: html.HtmlElement) -> dict[str, str]:
    """What the page says of itself, by our names; JSON-LD before meta elements before what is shown."""
    pairs: dict[str, object] = {}
    for values in (_linked_data(tree), _meta(tree), _shown(tree)):
        for key, value in fields_of(values, {}).items():
            if field_of(key) and field_of(key) not in ("text",):
                pairs.setdefault(field_of(key), value)
    found = {key: str(value) for key, value in pairs.items()}
    if found.get("source", "").startswith(("http", "www.")):
        found.pop("source")
    return found


def _linked_data(tree: html.HtmlElement) -> dict[str, object]:
    """The article among the JSON-LD of the page, without its body."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _items(data):
            if _types(item) & set(NEWS_TYPES[:4]):
                return {
                    key: value
                    for key, value in item.items()
                    if key[:1] != "@" and key not in ("image", "mainEntityOfPage", "articleBody", "name")
                }
    return {}


def _items(data: object) -> Iterator[Mapping[str, object]]:
    parts: Iterable[object] = data if isinstance(data, list) else [data]
    for part in parts:
        if isinstance(part, dict):
            yield part
            graph = part.get("@graph")
            yield from (item for item in graph if isinstance(item, dict)) if isinstance(graph, list) else ()


def _types(item: Mapping[str, object]) -> set[str]:
    kind = item.get("@type")
    return {str(part) for part in kind} if isinstance(kind, list) else {str(kind)}


def _meta(tree: html.HtmlElement) -> dict[str, object]:
    """Values of meta elements by the names they use: og:title, article:published_time, PubDate …"""
    found: dict[str, object] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if name and element.get("content") and name.lower() not in ("title", "og:type", "twitter:site", "og:image"):
            found.setdefault(name.lower(), element.get("content"))
    canonical = tree.find(".//link[@rel='canonical']")
    if canonical is not None and canonical.get("href"):
        found.setdefault("canonicalurl", canonical.get("href"))
    return found


def _shown(tree: html.HtmlElement) -> dict[str, object]:
    """The headline shown: the one h1 that the page's title begins with, else the title without its tail."""
    title = " ".join((tree.findtext(".//title") or "").split())
    headings = [" ".join(heading.text_content().split()) for level in ("h1", "h2") for heading in tree.iter(level)]
    shown = next(
        (heading for heading in headings if len(heading) > 3 and (heading in title or heading[:12] in title)), ""
    )
    found: dict[str, object] = {"title": shown or NO_TITLE_TAIL.sub("", title) or title}
    for element in tree.iter("time"):
        if element.get("datetime") or DAY.search(element.text_content() or ""):
            found.setdefault("date", element.get("datetime") or element.text_content().strip())
    return found


def story_of(page: str, tree: html.HtmlElement) -> str:
    """The body of the page, one paragraph a line, with the lines around it that may say who, when and whence."""
    lines = [line.strip() for line in paragraphs(_visible(tree)).split("\n") if line.strip()]
    body = _body(tree)
    if not body:
        return ""
    places = _places(lines, body)
    if not places:
        return "\n".join(body)
    first, last = places
    above = [line for line in lines[max(0, first - AROUND_LINES) : first] if _is_said(line)]
    below = [line for line in lines[last + 1 : last + 1 + AROUND_LINES] if _is_said(line)]
    around = (line for line in (*above, *below) if line not in body)
    kept = set(around)
    return "\n".join([*(line for line in above if line in kept), *body, *(line for line in below if line in kept)])


def _is_said(line: str) -> bool:
    return len(line) <= MAX_AROUND_CHARS and bool(MARKS_AROUND.search(line))


@cache
def _extractor() -> Callable[..., str | None]:
    """trafilatura's `extract`, loaded with the first page: it takes longer than most dumps.

    Raises:
        InstallError: trafilatura or one of its parts is missing.
    """
    try:
        from trafilatura import extract
    except ImportError as error:
        raise InstallError(
            f"trafilatura cannot be loaded: {error}; run `pip install lxml-html-clean trafilatura`"
        ) from error
    return extract


def _body(tree: html.HtmlElement) -> list[str]:
    """Paragraphs of the body as trafilatura finds it, or of the element with most text in its own paragraphs."""
    found = _extractor()(tree, include_comments=False, include_tables=True, include_links=False) or ""
    lines = [line.strip() for line in found.split("\n") if line.strip()]
    return lines if sum(map(len, lines)) >= MIN_BODY_CHARS else _densest(tree)


def _densest(tree: html.HtmlElement) -> list[str]:
    sizes: dict[html.HtmlElement, int] = {}
    for element in tree.iter("p", "br"):
        parent = element.getparent()
        if parent is not None:
            sizes[parent] = sizes.get(parent, 0) + len((element.text_content() + (element.tail or "")).strip())
    best = max(sizes, key=lambda element: sizes[element], default=None)
    if best is None or sizes[best] < MIN_BODY_CHARS:
        return []
    return [line for line in paragraphs(_visible(best)).split("\n") if line.strip()]


def _visible(element: html.HtmlElement) -> str:
    return str(etree.tostring(element, encoding="unicode", method="html"))


def _places(lines: list[str], body: list[str]) -> tuple[int, int] | None:
    """Where *body* begins and ends among the *lines* of the page."""
    first = next((at for at, line in enumerate(lines) if len(line) > 5 and (line in body[0] or body[0] in line)), None)
    if first is None:
        return None
    last = next(
        (at for at in range(len(lines) - 1, first - 1, -1) if lines[at] in body[-1] or body[-1] in lines[at]), first
    )
    return first, last
