"""Tagged text: SogouCS without a root, RSS, Atom, exports of WordPress, MediaWiki, LDC, Solr and mysqldump --xml.

No XML parser: half of these are no XML, and a parser stops at the first stray `&`. The element that holds the
elements of a story is the record; it ends at its end tag, or where the next one begins.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..article import Record, Refusal
from ..vocabulary.fields import TEXT, field_of, words
from .dump import MAX_RECORD_CHARS, Dump, Window, refusal
from .stretches import outside
from .taking import take

NAME = "elements"
TAG_NAME = r"[^\W\d][\w:.\-]*"
HEAD = re.compile(rf"\s*(?:<\?xml|<!--|<{TAG_NAME}(?:\s[^<>]*)?/?>)")
TOKEN = re.compile(rf"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(/?)({TAG_NAME})((?:\s[^<>]*?)?)(/?)>", re.S)
OPEN_TAG = re.compile(rf"<({TAG_NAME})((?:\s[^<>]*?)?)(/?)>")
ATTRIBUTE = re.compile(rf"(?<![\w:.\-])({TAG_NAME})\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
OPEN_END = re.compile(rf"<({TAG_NAME})(?:\s[^<>]*)?>[^<]*\Z")
CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.S)
GENERIC = ("field", "column", "str", "data", "date", "arr", "attr", "property", "meta", "value", "td", "text")
"""Elements whose attribute `name` says what they hold."""

SELF_LINKS = ("self", "edit", "hub", "replies", "next", "enclosure")
MIN_RAW_CHARS = 30
DROP_CHARS = 1 << 17


@dataclass(slots=True)
class _Frame:
    """An element that is open while the shape of a dump is found."""

    tag: str
    start: int
    attributes: str
    fields: set[str] = field(default_factory=set)
    children: int = 0


def sniff(name: str, head: str) -> bool:
    """Whether *head* is tagged and some element in it holds a story."""
    return bool(HEAD.match(head)) and not _is_page(head) and bool(record_tag(head))


def _is_page(head: str) -> bool:
    return (
        bool(re.search(r"<!doctype html|<html[\s>]|<head[\s>]", head[:3000], re.I)) and "<?xml-stylesheet" not in head
    )


def record_tag(head: str) -> str:
    """Name of the element that is one record in *head*; empty if there is none.

    >>> record_tag("<rss><channel><title>n</title><item><title>a</title><content:encoded>b</content:encoded></item>")
    'item'
    >>> record_tag('<doc id="1" title="数学">数学是研究数量、结构以及空间等概念及其变化的学科，从某种角度看。</doc>')
    'doc'
    """
    tag = _holder(head, (TEXT,)) or _holder(head, ("summary",)) or _holder(head, ("title",), least=2)
    return _whole(head, tag) if tag else ""


def _whole(head: str, tag: str) -> str:
    """The outermost element where *head* is one article with its title outside of *tag*, as in NITF; else *tag*."""
    root = OPEN_TAG.search(head)
    begun = re.findall(rf"<{re.escape(tag)}(?=[\s/>])", head)
    if not root or len(begun) != 1 or not head.rstrip().endswith(f"</{root[1]}>"):
        return tag
    inner = head[head.index(begun[0]) : head.rfind(f"</{tag}")]
    return root[1] if _has_title(head) and not _has_title(inner) else tag


def _has_title(markup: str) -> bool:
    named = (key for opened in OPEN_TAG.finditer(markup) for key in (opened[1], *dict(_attributes(opened[2]))))
    return any(field_of(key) == "title" for key in named)


def _attributes(markup: str) -> Iterator[tuple[str, str]]:
    return ((key, double or single) for key, double, single in ATTRIBUTE.findall(markup))


def _holder(head: str, wanted: tuple[str, ...], least: int = 1) -> str:
    """The element that most often holds a field *wanted*, or a story in attributes; of equals the inner one.

    Where only titles are found, as in a sitemap, records are refused one by one, not read as one text.
    """
    frames: list[_Frame] = []
    found: Counter[tuple[int, str]] = Counter()
    for token in TOKEN.finditer(head):
        closing, tag, attributes, alone = token[1], token[2], token[3], token[4]
        if tag and alone and _says_story(attributes):
            found[len(frames), tag] += 1
        elif tag and not closing and not alone:
            frames.append(_Frame(tag, token.end(), attributes))
        elif tag and closing and any(frame.tag == tag for frame in frames):
            while frames[-1].tag != tag:
                frames.pop()
            if holder := _closed(frames, head[frames[-1].start : token.start()], wanted):
                found[len(frames), holder] += 1
            frames.pop()
    if found:
        best = max(found, key=lambda key: (found[key], key[0]))
        return best[1] if found[best] >= least else ""
    # a story longer than the head is still open
    return (
        frames[-2].tag
        if "</" in head and len(frames) > 1 and _field(frames[-1].tag, frames[-1].attributes) in wanted
        else ""
    )


def _says_story(attributes: str) -> bool:
    """Whether an element holds its story in an attribute, as in `<row Title="…" Body="…" />`."""
    return any(field_of(key) == TEXT for key, _, _ in ATTRIBUTE.findall(attributes))


def _closed(frames: list[_Frame], inner: str, wanted: tuple[str, ...]) -> str:
    """The record element that the last of *frames*, now closed, gives away."""
    last = frames[-1]
    name = _field(last.tag, last.attributes)
    if name in wanted and not last.fields and len(frames) > 1:
        titled = (frame.tag for frame in reversed(frames[:-1][-3:]) if "title" in frame.fields)
        return next(titled, frames[-2].tag)
    named = any(field_of(key) in ("title", "url") for key, _, _ in ATTRIBUTE.findall(last.attributes))
    if named and not last.children and len(inner.strip()) >= MIN_RAW_CHARS:
        return last.tag
    if len(frames) > 1:
        frames[-2].children += 1
        if name:
            frames[-2].fields.add(name)
    return ""


def _field(tag: str, attributes: str) -> str:
    return field_of(_key(tag, attributes))


def _key(tag: str, attributes: str) -> str:
    """The name under which an element holds its value: its tag, or what its attribute `name` says."""
    if tag.lower() in GENERIC:
        for key, double, single in ATTRIBUTE.findall(attributes):
            if key.lower() in ("name", "key", "property"):
                return str(double or single)
    return tag


def read(dump: Dump) -> Iterator[Record | Refusal]:
    """The records of a tagged *dump*."""
    tag = record_tag(dump.head)
    start = re.compile(rf"<{re.escape(tag)}((?:\s[^<>]*)?)>")
    stop = re.compile(rf"</{re.escape(tag)}\s*>|<{re.escape(tag)}(?:\s[^<>]*)?>")
    window, at = Window(dump), 0
    while True:
        opened = start.search(window.text, at)
        passed = opened.start() if opened else max(at, len(window.text) - 2000 * (not window.is_whole))
        yield from outside(window.text[at:passed], window.origin(at))
        if not opened:
            window.drop(passed)
            at = 0
            if window.more():
                continue
            yield from outside(window.text, window.origin())
            return
        if opened.start() > DROP_CHARS:
            window.drop(opened.start())
            at = 0
            continue
        is_alone = opened[1].endswith("/")
        closed = opened if is_alone else stop.search(window.text, opened.end())
        if not closed and len(window.text) - opened.start() < MAX_RECORD_CHARS and window.more():
            at = opened.start()
            continue
        end = opened.end() if is_alone else closed.start() if closed else len(window.text)
        at = closed.end() if closed and closed[0].startswith("</") else end
        raw, origin = window.text[opened.start() : at], window.origin(opened.start())
        values = values_of(opened[1], window.text[opened.end() : end])
        yield take(values, origin, raw, dump) if values else refusal(origin, f"<{tag}> holds nothing", raw)


def values_of(attributes: str, inner: str) -> dict[str, object]:
    """What the elements of one record hold, by their tags; repeated ones are joined.

    >>> values_of(' id="7"', "<title>t</title><dc:creator>王</dc:creator><link href='http://a.cn'/><tag>a</tag><tag>b</tag>")
    {'id': '7', 'title': 't', 'dc:creator': '王', 'link': 'http://a.cn', 'tag': 'a; b'}
    """
    values: dict[str, object] = dict(_attributes(attributes))
    if cut := OPEN_END.search(inner):
        inner += f"</{cut[1]}>"
    leaves = list(_leaves(inner))
    for key, value in leaves:
        old = values.get(key)
        values[key] = value if not old else old if old == value else f"{old}{_joint(key)}{value}"
    if not any(field_of(key) == TEXT for key in values):
        prose = "\n".join(value for key, value in leaves if key == "p") or ("" if leaves else inner)
        values |= {TEXT: prose} if len(prose.strip()) > 1 else {}
    return values


def _joint(key: str) -> str:
    return "\n" if field_of(key) == TEXT else "; "


def _leaves(inner: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """(key, value) of every element that holds no further fields."""
    for tag, attributes, content in elements_in(inner):
        key = _key(tag, attributes)
        if content is None or not content.strip():
            said = {name.lower(): double or single for name, double, single in ATTRIBUTE.findall(attributes)}
            if (value := said.get("href") or said.get("term") or said.get("content")) and said.get(
                "rel"
            ) not in SELF_LINKS:
                yield key, value
        elif depth < 6 and "</" in content and "<![CDATA[" not in content[:12] and _has_fields(content, key):
            yield from ((key if _is_inner(name, key) else name, value) for name, value in _leaves(content, depth + 1))
        else:
            yield key, CDATA.sub(r"\1", content)


def _is_inner(name: str, key: str) -> bool:
    """Whether an element *name* says the value of *key* around it: `<source><title>` names a source."""
    return bool(field_of(key)) and (name in ("name", "p") or (field_of(key) != TEXT and name in words("inner")))


def _has_fields(content: str, key: str) -> bool:
    """Whether *content* consists of further fields; a story may hold HTML, whose names are no fields."""
    found = [(tag, attributes) for tag, attributes, inner in elements_in(content) if inner]
    if field_of(key) == TEXT:
        named = (_field(tag, attributes) for tag, attributes in found if tag.lower() not in ("article", "section"))
        return any(name in (TEXT, "title", "date") for name in named)
    return bool(found)


def elements_in(inner: str) -> Iterator[tuple[str, str, str | None]]:
    """(tag, attributes, content) of the outermost elements of *inner*; the content of an empty one is None.

    >>> list(elements_in("<a x='1'>b<c/></a><d/><e>"))
    [('a', " x='1'", 'b<c/>'), ('d', '', None)]
    """
    at, unclosed = 0, set[str]()
    while opened := OPEN_TAG.search(inner, at):
        tag, at = opened[1], opened.end()
        if opened[3]:
            yield tag, opened[2], None
        elif tag not in unclosed:
            after_data = inner.find("]]>", at) if inner[at : at + 40].lstrip().startswith("<![CDATA[") else at
            closed = re.compile(rf"</{re.escape(tag)}\s*>").search(inner, max(after_data, at))
            if closed:
                yield tag, opened[2], inner[at : closed.start()]
                at = closed.end()
            else:
                unclosed.add(tag)
