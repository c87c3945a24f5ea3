"""Keys and values of a dump -> Record: names understood, nested values unfolded, HTML made plain."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, timezone

from ..article import Origin, Record, Refusal
from ..vocabulary.fields import TEXT, field_of, plain_key, rank, words
from .dump import Dump, damage, refusal
from .markup import doubts, one_line, paragraphs
from .pieces import are_pieces, captions, prose

MAX_GIVEN_CHARS = 2000
"""Longer values of unknown keys stay in Record.raw only: comments, whole pages, base64 pictures."""

MAX_DEPTH = 6
DATES = ("date", "modified", "captured")
LIST_JOINT = "; "
ASIDE, MAX_ASIDE = 15, 2
"""How many places in its row a field falls back for each step aside, into a picture or a related story;
what stands further off is no field of the record, and stays in Record.raw."""

UNIX_TIME = re.compile(r"-?\d{9,10}(?:\.\d+)?|\d{12,13}|\d{16}|\d{19}")
CHINA = timezone(timedelta(hours=8))
"""The zone of the day a Unix time is printed in; the instant is the same in any."""

SURROGATE = re.compile(r"[\ud800-\udfff]")
STANDS_FOR_TEXT = ("summary",)
"""Fields that serve as the story of a record without one: feeds often carry nothing else."""


def take(values: Mapping[str, object], origin: Origin, raw: str, dump: Dump) -> Record | Refusal:
    """The Record that the *values* of one entry of *dump* make, or the reason why they make none."""
    found = fields_of(values, dump.mapping.keys)
    story = found.pop(TEXT, "")
    text = paragraphs(story)
    warnings = damage(raw) + doubts(story, text)
    for name in STANDS_FOR_TEXT:
        if not text and (text := paragraphs(found.pop(name, ""))):
            warnings += (f"no story; its {name} taken instead",)
    if not text:
        return refusal(origin, _why_not(values), raw)
    given = {**dump.mapping.given, **dump.given, **found}
    return Record(text, origin, given, raw if raw != text else "", warnings)


def _why_not(values: Mapping[str, object]) -> str:
    """Why *values* make no record."""
    if empty := next((key for key in values if field_of(str(key)) == TEXT), ""):
        return f"no text; its {empty!r} is empty; fetch the page again"
    names = ", ".join(map(str, values))
    return f"no text; none of the keys {names[:120]!r} holds a story; name the one that does in a mapping"


def fields_of(values: Mapping[str, object], keys: Mapping[str, str]) -> dict[str, str]:
    """What *values* say, by our names where we know them; *keys* are the owner's names, by plain key.

    >>> fields_of({"Title": "A&amp;B", "meta": {"pub_time": 1390982355}, "likes": 3}, {})
    {'title': 'A&B', 'date': '2014-01-29T15:59:15+08:00', 'likes': '3'}
    """
    found: dict[str, tuple[int, str]] = {}
    other: dict[str, str] = {}
    for key, value, aside in _spread(values, "", 0, 0):
        name, place = (keys[plain_key(key)], -1) if plain_key(key) in keys else (field_of(key), rank(key))
        if name == "dateline" and UNIX_TIME.fullmatch(value):
            name = "date"  # as Discuz calls it
        if aside > MAX_ASIDE and place >= 0 and name not in ("", TEXT, *STANDS_FOR_TEXT):
            continue
        place += ASIDE * aside
        if not name:
            other.setdefault(key, value)
        elif name not in found or _is_better(name, (place, value), found[name]):
            if name in found:
                other.setdefault(key, found[name][1])
            found[name] = (place, value)
        else:
            other.setdefault(key, value)
    ours = {name: value for name, (_, value) in found.items()}
    known = {name: _neat(name, value) for name, value in ours.items()}
    return known | {
        key: one_line(value) for key, value in other.items() if key not in known and len(value) <= MAX_GIVEN_CHARS
    }


def _is_better(name: str, new: tuple[int, str], old: tuple[int, str]) -> bool:
    """Whether *new* is the better value of field *name*: earlier in its row, but a stub is no story."""
    if name == TEXT and min(len(new[1]), len(old[1])) * 4 < max(len(new[1]), len(old[1])):
        return len(new[1]) > len(old[1])
    return new[0] < old[0]


def _neat(name: str, value: str) -> str:
    if name == TEXT:
        return value
    value = one_line(value)
    return clock_time(value) if name in DATES else value


def clock_time(value: str) -> str:
    """Unix time in seconds, milli-, micro- or nanoseconds as ISO 8601 in China's zone; any other *value* as it is.

    >>> clock_time("1390982355000"), clock_time("20140129")
    ('2014-01-29T15:59:15+08:00', '20140129')
    """
    if not UNIX_TIME.fullmatch(value):
        return value
    seconds = float(value)
    while seconds > 1e11:
        seconds /= 1000
    return datetime.fromtimestamp(int(seconds), CHINA).isoformat()


def unfolded(values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """(key, text) of every filled value, inner mappings unfolded; `{"author": {"name": …}}` is one author."""
    return ((key, text) for key, text, _ in _spread(values, "", 0, 0))


def _spread(values: Mapping[str, object], above: str, depth: int, aside: int) -> Iterator[tuple[str, str, int]]:
    """The same with the steps *aside* that lead to a value from what holds the story, into other things it tells of."""
    for key, value in values.items():
        inner = plain_key(str(key)) in words("inner") and bool(field_of(above))
        name = above if inner else str(key)
        if isinstance(value, str) and value[:1] in ("{", "[") and (parsed := written_in(value)):
            value = parsed
        if not isinstance(value, str) and are_pieces(name, value):
            yield name, prose(value), aside
            if below := " / ".join(captions(value)):
                yield "captions", below, aside
        elif isinstance(value, Mapping) and depth < MAX_DEPTH:
            is_story = has_story(value.items(), {})
            yield from _spread(value, "" if is_story else name, depth + 1, 0 if is_story else aside + (not inner))
        elif text := as_text(value, name):
            yield name, text, aside


def as_text(value: object, key: str = "") -> str:
    """One *value* as text; a list is joined, as paragraphs where its *key* is that of the story.

    >>> as_text(["5G", "煙臺"]), as_text(["一", "二"], "content"), as_text(True), as_text(3.0)
    ('5G; 煙臺', '一\\n二', '', '3')
    """
    if isinstance(value, str):
        return SURROGATE.sub("\ufffd", value) if SURROGATE.search(value) else value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        joint = "\n" if field_of(key) == TEXT else LIST_JOINT
        return joint.join(filter(None, map(_element, value)))
    return "" if isinstance(value, Mapping) else str(value)


def _element(value: object) -> str:
    """One element of a list: of a mapping its text, else its name."""
    if not isinstance(value, Mapping):
        return as_text(value)
    texts = {str(key): as_text(part) for key, part in value.items()}
    named = (text for key, text in texts.items() if field_of(key) == TEXT or plain_key(key) in words("inner"))
    return next(filter(None, named), "")


def has_story(values: Iterable[tuple[str, object]], keys: Mapping[str, str]) -> bool:
    """Whether one of *values* stands under a key of the story and is text."""
    return any(
        bool(value) and keys.get(plain_key(key), field_of(key)) == TEXT and _is_told(key, value)
        for key, value in values
    )


def _is_told(key: str, value: object) -> bool:
    return isinstance(value, str | list) or are_pieces(key, value)


def written_in(text: str) -> Mapping[str, object] | list[object]:
    """The object, or list of objects, written in a string, as message queues do; empty if it is none."""
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return {}
    is_list = isinstance(value, list) and any(isinstance(part, dict) for part in value)
    return value if isinstance(value, dict) or is_list else {}
