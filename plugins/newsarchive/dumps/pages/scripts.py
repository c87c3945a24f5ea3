"""What only the scripts of a page hold: stories that they bring along as data, the time and the account they name."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import html

from ...vocabulary.fields import TEXT, field_of
from ..stories import DAY
from ..taking import as_text, clock_time, fields_of, has_story

NEWS_TYPES = frozenset(["NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "AnalysisNewsArticle"])
ASSIGNED = re.compile(r"(?:^|[;{\s])(?:window\.|self\.|var\s+|let\s+|const\s+)[\w$.\[\]\"']+\s*=\s*(?=\{)")
MAX_ASSIGNED = 20
MAX_DEPTH = 12
MIN_STORY_CHARS = 30
DECODER = json.JSONDecoder(strict=False)
VALUE = (
    r"[\"']?\s*[=:]\s*(?:[A-Za-z]\w*\(\s*)*+"
    r"(?P<sign>[\"'])?(?P<value>[^\"'<>{}\r\n;]{2,40}?)(?(sign)(?P=sign)|(?=[;,}\s]))"
)
TIMES = re.compile(
    r"(?<![\w$-])(?P<name>(?:ori_?)?(?:publish(?:ed)?|pub|release|issue|create)_?(?:time|date|at|ts)|ct)" + VALUE, re.I
)
ACCOUNTS = re.compile(r"(?<![\w$-])(?P<name>(?:profile_?)?nick_?name|(?:account|media|mp)_?name)" + VALUE, re.I)
ACCOUNT_SHOWN = re.compile(r"(?:^|[-_\s])(?:js_name|profile_nickname|(?:account|media|mp)[-_]?name)(?:$|\s)", re.I)
MAX_VALUES = 2
"""Of one name; a script that gives more speaks of other stories."""

SECONDS = re.compile(r"1\d{9}(?:\d{3})?")
MAX_ACCOUNT_CHARS = 20


def embedded(tree: html.HtmlElement) -> dict[str, str]:
    """The fields of the longest story in the data that scripts of the page bring along; none if there is no story."""
    stories = [linked_data(tree), *(story for data in _data(tree) for story in _stories(data, 0))]
    best = max(stories, key=lambda story: len(fields_of(story, {}).get(TEXT, "")), default={})
    found = fields_of(best, {})
    return found if len(found.get(TEXT, "")) >= MIN_STORY_CHARS else {}


def linked_data(tree: html.HtmlElement) -> dict[str, object]:
    """The article among the JSON-LD of the page."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _items(data):
            if _types(item) & NEWS_TYPES:
                left_out = ("image", "mainEntityOfPage", "name")
                return {key: _name(value) for key, value in item.items() if key[:1] != "@" and key not in left_out}
    return {}


def _name(value: object) -> object:
    """The name of a thing, or of each of a list of them; what a publisher has besides is not the article's."""
    if isinstance(value, list):
        return [_name(part) for part in value]
    return value.get("name", "") if isinstance(value, dict) else value


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


def _data(tree: html.HtmlElement) -> Iterator[object]:
    """Values that scripts hold as JSON or assign to a name."""
    for script in tree.iter("script"):
        text = script.text or ""
        starts = [0] if "json" in (script.get("type") or "") else [found.end() for found in ASSIGNED.finditer(text)]
        for start in starts[:MAX_ASSIGNED]:
            try:
                yield DECODER.raw_decode(text, start + len(text[start:]) - len(text[start:].lstrip()))[0]
            except (ValueError, RecursionError):
                continue


def _stories(value: object, depth: int) -> Iterator[Mapping[str, object]]:
    """Mappings inside *value* that hold a story and its title."""
    if isinstance(value, dict):
        texts = {str(key): part for key, part in value.items() if isinstance(part, str | list | int | float)}
        if has_story(texts.items(), {}) and any(field_of(key) == "title" for key in texts):
            yield {key: as_text(part, key) for key, part in texts.items()}
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts if depth < MAX_DEPTH else ():
        if isinstance(part, dict | list):
            yield from _stories(part, depth + 1)


def time_told(tree: html.HtmlElement) -> str:
    """The time of publication that a script of the page names, a Unix time as ISO 8601; empty if none does.

    >>> time_told(html.document_fromstring('<script>var a = 1, ct = "1614826800";</script>'))
    '2021-03-04T11:00:00+08:00'
    """
    times = (value for value in _told(tree, TIMES) if SECONDS.fullmatch(value) or DAY.match(value))
    return clock_time(next(times, ""))


def account_told(tree: html.HtmlElement, *, is_platform: bool = True) -> str:
    """The account on a platform that the page is of, as an element shows it; on a platform, as a script names it.

    >>> account_told(html.document_fromstring('<a id="js_name"> 石桥发布 </a><script>var nickname="x";</script>'))
    '石桥发布'
    """
    for element in tree.iter("a", "strong", "span", "div"):
        classes = f"{element.get('id') or ''} {element.get('class') or ''}"
        if "name" in classes and ACCOUNT_SHOWN.search(classes):
            words = " ".join(" ".join(element.itertext()).split())
            if 0 < len(words) <= MAX_ACCOUNT_CHARS:
                return words
    if not is_platform:
        return ""  # scripts of other sites name whoever reads or comments
    return next((value for value in _told(tree, ACCOUNTS) if len(value) <= MAX_ACCOUNT_CHARS), "")


def _told(tree: html.HtmlElement, names: re.Pattern[str]) -> Iterator[str]:
    """What scripts assign to the *names*, unless one of them has many values."""
    found: dict[str, dict[str, None]] = {}
    for script in tree.iter("script"):
        for told in names.finditer(script.text or ""):
            found.setdefault(told["name"].lower(), {})[told["value"].strip()] = None
    for values in found.values():
        if len(values) <= MAX_VALUES:
            yield from values
