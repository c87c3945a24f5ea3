"""What a page says of itself: JSON-LD, meta elements, microdata, elements of time, the headline shown."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from lxml import html

from ...head.outlet import is_known_outlet, is_page_name
from ...head.shade import shade
from ...head.title import SECTIONS
from ...vocabulary.fields import TEXT, field_of, words
from ..stories import DAY
from ..taking import fields_of
from .claims import tenable
from .scripts import NEWS_TYPES, linked_data, time_told
from .visible import Line

NO_TITLE_TAIL = re.compile(r"(?:(?<!\s)\s+|(?<![\s\-_|—–｜]))[-_|—–｜]++\s*[^-_|—–｜]{1,20}$")
NOT_ITS_OWN = re.compile(
    r"title|og:(?:type|image.*|video.*|audio.*|locale.*)|twitter:(?:site|creator|image.*|card).*|fb:.*|al:.*", re.I
)
DATE_CLASS = re.compile(
    r"(?:^|[-_\s])(?:(?:pub|post|publish|news|article|entry|info)?[-_]?(?:date|time)s?)(?:$|[-_\s])", re.I
)
MAX_DATE_CHARS = 60
MIN_TITLE_CHARS = 4
TITLE_LINES = 16
MIN_HEADING_CHARS = 8
SECTION = re.compile(
    r"[㐀-鿿]{0,4}(?:动态|動態|新闻|新聞|要闻|要聞|资讯|資訊|快讯|快訊|公告|信息|通知|报道|報導|首页|首頁|正文)"
)
"""The title of a page that is called after its section."""

MAX_MARK_CHARS = 3
MAX_TAILS = 3
MIN_SITE_CHARS = 3
UTC = re.compile(
    r"(?P<moment>\d{4}-\d\d-\d\d[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d)?)(?:\.\d+)?\s*(?:Z|[+-]00:?00)"
)
CLOCK = re.compile(r"\d\s*[:：时時点點]\s*[0-5]\d")
WHOLE_DAY = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
NAMED_ZONE = re.compile(r"GMT|UTC|格林", re.I)


def given_of(tree: html.HtmlElement) -> dict[str, str]:
    """What the page says of itself, by our names: in JSON-LD, then in meta elements, microdata and times shown."""
    found, base = dict[str, str](), _base(tree)
    for values in (linked_data(tree), _meta(tree), _microdata(tree), shown_time(tree)):
        named = {field_of(key): str(value) for key, value in reversed(fields_of(values, {}).items()) if field_of(key)}
        for name, value in tenable(named, base).items():
            if value and name != TEXT:
                found.setdefault(name, value)
    return found


def _base(tree: html.HtmlElement) -> str:
    """The address of the page, or of its folder, as far as the page says it."""
    addresses = (
        *(element.get("href") for element in tree.iter("base")),
        *(element.get("content") for element in tree.iter("meta") if element.get("property") == "og:url"),
    )
    return next((address for address in addresses if address and address.startswith("http")), "")


def _meta(tree: html.HtmlElement) -> dict[str, object]:
    """Values of meta elements by the names they use: og:title, article:published_time, PubDate …"""
    found: dict[str, object] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or ""
        if name and element.get("content") and not NOT_ITS_OWN.fullmatch(name):
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


def shown_time(tree: html.HtmlElement) -> dict[str, object]:
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
    shown = (line.text for line in reversed(before[-TITLE_LINES:]) if not line.is_link)
    found = next((text for text in shown if any(_is_part(text, name) for name in named)), "")
    if not found or SECTION.fullmatch(found):
        found = _heading(before) or found
    if found:
        return next((name for name in named if _is_marked(found, name)), found)
    listed = (line.text for line in reversed(before[-TITLE_LINES:]) if not line.is_link and line.text in links)
    return next(listed, "") or next((NO_TITLE_TAIL.sub("", name) or name for name in named), "")


def _is_marked(shown: str, name: str) -> bool:
    """Whether the headline *shown* is *name* behind a mark: 原创老水车重新转动."""
    return len(name) >= MIN_HEADING_CHARS and shown.endswith(name) and 0 < len(shown) - len(name) <= MAX_MARK_CHARS


def _heading(before: Sequence[Line]) -> str:
    """The last heading above the story, in *before*, that is long enough for a headline; empty if there is none."""
    near = (line for line in reversed(before[-TITLE_LINES:]) if not line.is_link and line.aside is None)
    headings = (line.text for line in near if line.tag and line.size >= MIN_HEADING_CHARS)
    return next((text for text in headings if not WHOLE_DAY.search(text)), "")


def local_time(stated: str, printed: Iterable[str]) -> str:
    """The time *stated* as of UTC without that zone, where the page prints the very same hour and minute as its own.

    >>> local_time("2020-08-08T12:46:00Z", ["2020年8月8日 12:46"]), local_time("2020-08-08T12:46:00Z", ["20:46"])
    ('2020-08-08T12:46:00', '2020-08-08T12:46:00Z')
    """
    found = UTC.fullmatch(stated)
    if not found:
        return stated
    clock = re.compile(rf"(?<!\d)0?{int(found['hour'])}[:：]{found['minute']}(?!\d)")
    is_same = any(clock.search(line) and not NAMED_ZONE.search(line) for line in printed)
    return found["moment"] if is_same else stated


def is_stray(stated: str, above: Iterable[str], tree: html.HtmlElement) -> bool:
    """Whether the day *stated* is only shown somewhere on the page *tree*; the lines *above* the story say another."""
    days = {_day(line) for line in above} - {None}
    is_other = bool(days) and bool(stated) and _day(stated) not in days
    return is_other and shown_time(tree).get("date") == stated


def _day(words: str) -> tuple[str, ...] | None:
    found = WHOLE_DAY.search(words)
    return tuple(part.zfill(2) for part in found.groups()) if found else None


def finer_time(stated: str, printed: Iterable[str], tree: html.HtmlElement) -> str:
    """The time that scripts of the page *tree* tell, where nothing *stated* or *printed* tells more than its day.

    >>> page = html.document_fromstring("<script>var ct = '1614826800'</script>")
    >>> finer_time("2021-03-04", ["2021年3月4日"], page), finer_time("2021-03-04 08:00", [], page)
    ('2021-03-04T11:00:00+08:00', '2021-03-04 08:00')
    """
    known = [words for words in (stated, *printed) if DAY.search(words) or CLOCK.search(words)]
    if any(map(CLOCK.search, known)):
        return stated
    told = time_told(tree)
    days = {tuple(map(int, found.groups())) for words in (told, *known) for found in WHOLE_DAY.finditer(words)}
    return told if told and len(days) == 1 else stated


def site_of(tree: html.HtmlElement, headline: str) -> str:
    """The outlet that the title of the page names behind the *headline*, in Chinese if it does; empty for none."""
    names = [name for place, name in enumerate(tails_of(tree)) if name != headline and _is_site(name, place)]
    return next((name for name in names if not name.isascii()), names[0] if names else "")


def _is_site(name: str, place: int) -> bool:
    """Whether the *name* at this *place* from the end of a title is an outlet's; sections stand before it."""
    if shade(name) in SECTIONS:
        return False
    if name.endswith(words("outlets")):
        return not place or is_known_outlet(name) or not name.endswith(("新闻", "新聞"))
    return not place and is_page_name(name) and not any(map(str.isdigit, name))


def tails_of(tree: html.HtmlElement) -> Iterator[str]:
    """The names behind the headline in the title of the page, the last first."""
    title = title_of(tree)
    for _ in range(MAX_TAILS):
        if not (found := NO_TITLE_TAIL.search(title)):
            return
        title = title[: found.start()]
        yield found[0].strip(" -_|—–｜")


def printed_site(tree: html.HtmlElement, printed: Iterable[str]) -> str:
    """The name behind the headline in the title of the page that a line *printed* beside the story repeats.

    >>> page = html.document_fromstring("<title>水车重新转动|石桥之星</title>")
    >>> printed_site(page, ["2021-03-04 石桥之星[整理]"]), printed_site(page, ["2021-03-04 王小明"])
    ('石桥之星', '')
    """
    lines = tuple(printed)
    names = (name for name in tails_of(tree) if len(name) >= MIN_SITE_CHARS and shade(name) not in SECTIONS)
    return next((name for name in names if any(name in line for line in lines)), "")


def title_of(tree: html.HtmlElement) -> str:
    return " ".join((tree.findtext(".//title") or "").split())


def _is_part(text: str, name: str) -> bool:
    """Whether *text* is what begins or ends the title *name*, where section and site stand at the other end."""
    if len(text) < MIN_TITLE_CHARS or len(text) * 3 < len(name):
        return False
    rest = name.replace(text, "", 1) if name.startswith(text) or name.endswith(text) else name
    return rest != name and (not rest or not (rest[0].isalnum() and rest[-1].isalnum()))
