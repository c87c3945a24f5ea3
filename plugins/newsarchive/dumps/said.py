"""What a page says of itself: JSON-LD, meta elements, microdata, elements of time, the headline shown."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from lxml import html

from ..vocabulary.fields import TEXT, field_of, words
from .stories import DAY
from .taking import as_text, fields_of, has_story
from .visible import Line

NEWS_TYPES = frozenset(["NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "AnalysisNewsArticle"])
NO_TITLE_TAIL = re.compile(r"(?:(?<!\s)\s+|(?<![\s\-_|—–｜]))[-_|—–｜]++\s*[^-_|—–｜]{1,20}$")
NOT_ITS_OWN = frozenset(("title", "og:type", "twitter:site", "og:image"))
NO_SOURCE = re.compile(r"(?<!\s)\s+(?:原创|原創|转载|轉載)$")
DATE_CLASS = re.compile(
    r"(?:^|[-_\s])(?:(?:pub|post|publish|news|article|entry|info)?[-_]?(?:date|time)s?)(?:$|[-_\s])", re.I
)
MAX_DATE_CHARS = 60
MIN_TITLE_CHARS = 4
TITLE_LINES = 16
ASSIGNED = re.compile(r"(?:^|[;{\s])(?:window\.|self\.|var\s+|let\s+|const\s+)[\w$.\[\]\"']+\s*=\s*(?=\{)")
MAX_ASSIGNED = 20
MAX_DEPTH = 12
MIN_STORY_CHARS = 30
DECODER = json.JSONDecoder(strict=False)


def given_of(tree: html.HtmlElement) -> dict[str, str]:
    """What the page says of itself, by our names: in JSON-LD, then in meta elements, microdata and times shown."""
    pairs: dict[str, object] = {}
    for values in (linked_data(tree), _meta(tree), _microdata(tree), _times(tree)):
        for key, value in fields_of(values, {}).items():
            if (name := field_of(key)) and name != TEXT:
                pairs.setdefault(name, value)
    found = {key: str(value) for key, value in pairs.items()}
    if found.get("source", "").startswith(("http", "www.")):
        found.pop("source")
    if source := found.get("source", ""):
        found["source"] = NO_SOURCE.sub("", source) or source
    return found


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


def _meta(tree: html.HtmlElement) -> dict[str, object]:
    """Values of meta elements by the names they use: og:title, article:published_time, PubDate …"""
    found: dict[str, object] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or ""
        if name and element.get("content") and name.lower() not in NOT_ITS_OWN:
            found.setdefault(name.lower(), element.get("content"))
    canonical = tree.find(".//link[@rel='canonical']")
    if canonical is not None and canonical.get("href"):
        found.setdefault("canonicalurl", canonical.get("href"))
    return found


def _microdata(tree: html.HtmlElement) -> dict[str, object]:
    """Properties that the page marks as those of its article; a property of a property is told by the outer one."""
    found: dict[str, object] = {}
    for element in tree.iter():
        name = element.get("itemprop") if isinstance(element.tag, str) else None
        if not name or _owner(element) not in ("", *NEWS_TYPES):
            continue
        value = element.get("content") or element.get("datetime") or _named(element)
        if value and field_of(name) not in ("", "url", TEXT):
            found.setdefault(name, value)
    return found


def _owner(element: html.HtmlElement) -> str:
    """Type of the item that *element* is a property of, e.g. `NewsArticle`; empty where none is said."""
    for above in element.iterancestors():
        if above.get("itemscope") is not None:
            return (above.get("itemtype") or "").rpartition("/")[2]
    return ""


def _named(element: html.HtmlElement) -> str:
    """The name of the thing that *element* is, or its words."""
    for part in element.iter():
        if part is not element and part.get("itemprop") == "name":
            return part.get("content") or shown(part)
    return shown(element)


def _times(tree: html.HtmlElement) -> dict[str, object]:
    """The day in the first element of time, or in one whose class says that it holds it."""
    for element in tree.iter("time"):
        words = shown(element)
        if element.get("datetime") or DAY.search(words):
            return {"date": element.get("datetime") or words}
    for element in tree.iter("span", "div", "em", "p", "i", "li", "td", "h6"):
        if DATE_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            words = shown(element)
            if len(words) <= MAX_DATE_CHARS and re.search(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}", words):
                return {"date": words}
    return {}


def shown(element: html.HtmlElement) -> str:
    """The words of *element* in one line."""
    return " ".join(" ".join(element.itertext()).split())


def titles_of(tree: html.HtmlElement, given: Mapping[str, str]) -> list[str]:
    """What may be the headline, the surest first: what the page gives, the headings that its title names, its title."""
    named = [name for name in (given.get("title", ""), title_of(tree)) if name]
    headings = [
        text for level in ("h1", "h2", "h3") for h in tree.iter(level) if len(text := shown(h)) >= MIN_TITLE_CHARS
    ]
    return list(dict.fromkeys([*(text for text in headings if any(text in name for name in named)), *named]))


def headline_of(named: Sequence[str], before: Sequence[Line], links: Collection[str] = ()) -> str:
    """The headline among *named* as the page shows it above its story; else the first less the name of the site.

    A page that names none may show one above the story that one of its *links* repeats, as the list of an issue does.

    >>> headline_of(["浪花号要闻 码头重新开放_江潮网"], [])
    '浪花号要闻 码头重新开放'
    """
    for line in reversed(before[-TITLE_LINES:]):
        if not line.is_link and any(_is_part(line.text, name) for name in named):
            return line.text
    listed = (line.text for line in reversed(before[-TITLE_LINES:]) if not line.is_link and line.text in links)
    return next(listed, "") or next((NO_TITLE_TAIL.sub("", name) or name for name in named), "")


def site_of(tree: html.HtmlElement, headline: str) -> str:
    """The outlet that the title of the page names behind the *headline*; empty if it names none."""
    found = NO_TITLE_TAIL.search(title_of(tree))
    name = found[0].strip(" -_|—–｜") if found else ""
    return name if name != headline and name.endswith(words("outlets")) else ""


def title_of(tree: html.HtmlElement) -> str:
    return " ".join((tree.findtext(".//title") or "").split())


def _is_part(text: str, name: str) -> bool:
    """Whether *text* is what begins or ends the title *name*, where section and site stand at the other end."""
    if len(text) < MIN_TITLE_CHARS or len(text) * 3 < len(name):
        return False
    rest = name.replace(text, "", 1) if name.startswith(text) or name.endswith(text) else name
    return rest != name and (not rest or not (rest[0].isalnum() and rest[-1].isalnum()))


def embedded(tree: html.HtmlElement) -> dict[str, str]:
    """The fields of the longest story in the data that scripts of the page bring along; none if there is no story."""
    stories = [linked_data(tree), *(story for data in _data(tree) for story in _stories(data, 0))]
    best = max(stories, key=lambda story: len(fields_of(story, {}).get(TEXT, "")), default={})
    found = fields_of(best, {})
    return found if len(found.get(TEXT, "")) >= MIN_STORY_CHARS else {}


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
