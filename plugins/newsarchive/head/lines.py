"""Lines around a story: `2019-11-20 17:54  来源：新华网  责任编辑：王伟  打印`.

Such a line is a row of labels with values, time stamps and buttons, with next to nothing left over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import chain
from typing import NamedTuple

from ..timestamp import Stamp, find_stamps, read_stamp
from ..vocabulary.owned import Patterns, remembered
from .byline import read_byline
from .outlet import OUTLETS, chain_of, clean_outlet, first_part, is_outlet, without_person
from .people import People, people_of
from .shade import characters, shade

LABELS = Patterns("labels.toml", "label", notes=("field",), prepare=shade)
_LABELLING_ROLES = Patterns(
    "roles.toml", "role", notes=("role", "side"), prepare=shade, keep=lambda role: role.notes["side"] == "before"
)
MAX_LINE_CHARS = 240
MAX_COMMAS = 4
MAX_TITLE_CHARS = 60
MAX_VALUE_CHARS = 44
MAX_HEADLINE_CHARS = 80
MAX_SPARE_CHARS = 5
"""A role may stand between the names behind another: 王阳 通讯员 李明."""

MAX_REST_CHARS = 14
"""What may be left of such a line, e.g. the name of a section: `要 闻`."""

AGENCY_DAY = re.compile(r"(?<=[)\]。]) ?(?P<day>1\d{6}|20\d{6})$")
"""The day at the end of an agency's text: （編輯：謝雅竹）1130714."""

CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?")
_DIGIT = re.compile(r"[\d〇一二三四五六七八九十]")
_SIGNS = re.compile(r"[\s\[\]()|/:,;·>•*-]+")
_SENTENCE = re.compile(r"[。!?]|,.*,")
_WIDE_GAP = re.compile(r"\s{2,}|[|\[\]【】（）()｜]")
_NARROW_GAP = re.compile(r"(?<=[^A-Za-z])\s(?=\S)")


@dataclass(frozen=True, slots=True)
class Line:
    """What one line around a story says."""

    sources: tuple[str, ...] = ()
    """Outlet, then those it was taken from."""

    published: tuple[Stamp, ...] = ()
    """Time stamps; those behind a label that says so come first."""

    modified: Stamp | None = None
    category: str = ""
    people: People = field(default_factory=People)
    places: tuple[str, ...] = ()
    more: bool = False
    """Whether it has words that no field holds: buttons, counters, the name of a section."""

    title: str = ""
    """A title that stands before all this on the same line."""

    clock: str = ""
    """Hour and minute that a label gives without a day: 出版時間：13:38."""

    changed: str = ""
    """The same of the last change: 更新：19:10."""


class _Anchor(NamedTuple):
    """A stretch of a line that says what it is."""

    start: int
    end: int
    kind: str
    stamp: Stamp | None = None


@remembered
def read_line(line: str, zone: tzinfo) -> Line | None:
    """What *line* says when it is a line around a story; None when it is running text.

    >>> from datetime import timezone
    >>> found = read_line("( 2019-10-12 ) 稿件来源:新华每日电讯 要 闻", timezone.utc)
    >>> found.sources, found.published[0].printed
    (('新华每日电讯',), '2019-10-12')
    >>> read_line("2019年10月12日，会议在北京举行。", timezone.utc) is None
    True
    """
    if len(line) > MAX_LINE_CHARS:
        return None
    shadow = shade(line)
    if "。" in shadow[:-1] or shadow.count(",") > MAX_COMMAS:
        return None
    anchors = _anchors(line, shadow, zone)
    if not anchors:
        return None
    title = shadow[: anchors[0].start]
    rest = _signless(title)
    has_title = len(rest) > MAX_REST_CHARS
    if has_title and not (_is_title(title, anchors[0]) and any(a.stamp or a.kind == "source" for a in anchors)):
        return None
    own = line[: anchors[0].start].strip(" 　|【[(（") if has_title else ""
    return _told(line, anchors, own)


def _is_title(shadow: str, first: _Anchor) -> bool:
    """Whether the words before the *first* anchor are a title: parted from it, or followed by a clock."""
    return stands_as_title(shadow, first.stamp)


def stands_as_title(shadow: str, stamp: Stamp | None) -> bool:
    """Whether *shadow*, the words before *stamp* or a label, can be a title."""
    is_parted = shadow.endswith((" ", "[", "(", "|")) or (stamp is not None and stamp.precision != "day")
    return is_parted and len(shadow) <= MAX_TITLE_CHARS and not re.search(r"[。;]", shadow)


def _signless(shadow: str) -> str:
    return _SIGNS.sub("", shadow)


def _anchors(line: str, shadow: str, zone: tzinfo) -> list[_Anchor]:
    """Labels, roles, stamps and buttons in *line*, from left to right, none within another."""
    signs = characters(shadow)
    found = [
        _Anchor(match.start(), match.end(), label.notes["field"])
        for label in LABELS.fitting(signs)
        for match in label.regex.finditer(shadow)
    ]
    found += [
        _Anchor(match.start(), match.end(), "role")
        for role in _LABELLING_ROLES.fitting(signs)
        for match in role.regex.finditer(shadow)
        if match[0].rstrip().endswith((":", "/", "|"))
    ]
    if _DIGIT.search(shadow):
        found += [_Anchor(s.start, s.end, "stamp", s) for s in find_stamps(line, zone) if _stands_alone(shadow, s)]
    if (day := AGENCY_DAY.search(shadow)) and (stamp := read_stamp(day["day"], zone)):
        found.append(_Anchor(*day.span("day"), "stamp", stamp))
    anchors: list[_Anchor] = []
    for anchor in sorted(found, key=lambda a: (a.start, -a.end)):
        behind = anchors[-1].end if anchors else 0
        if anchor.start >= behind and (anchor.stamp or _begins_word(shadow, anchor.start, behind)):
            anchors.append(anchor)
    return anchors


def _begins_word(shadow: str, start: int, behind: int) -> bool:
    """Whether a label at *start* is no part of a longer word: 记者古倬勋报道: is no label."""
    return start == behind or not shadow[start - 1].isalnum()


def _stands_alone(shadow: str, stamp: Stamp) -> bool:
    """Whether nothing is glued to the stamp: 11月20日新闻联播 is a title. One with a clock is no title."""
    if stamp.precision in ("minute", "second"):
        return True
    before, after = shadow[stamp.start - 1 : stamp.start], shadow[stamp.end : stamp.end + 1]
    if not shadow[: stamp.start].strip(" [(") and not shadow[stamp.end :].strip(" ])"):
        return True
    return not re.match(r"\w", after) and not re.match(r"\w", before) and after not in (",", "、")


@dataclass(slots=True)
class _Values:
    """What the anchors of one line say, while they are read."""

    sources: list[str] = field(default_factory=list)
    labelled: list[Stamp] = field(default_factory=list)
    loose: list[Stamp] = field(default_factory=list)
    modified: Stamp | None = None
    category: str = ""
    title: str = ""
    clock: str = ""
    changed: str = ""
    people: People = field(default_factory=People)
    rest: list[str] = field(default_factory=list)
    """Words that no label claims."""

    has_more: bool = False

    def take(self, anchor: _Anchor, before: str, words: str, value: str) -> bool:
        """Take one anchor with its *value* up to the next; False when the value is running text."""
        if anchor.stamp:
            self._take_stamp(anchor.stamp, before)
            self.rest.append(value)
            return True
        value = value.strip()
        if anchor.kind == "title" and len(value) <= MAX_HEADLINE_CHARS:
            self.title = self.title or value
            return True
        if anchor.kind in ("date", "modified") and CLOCK.fullmatch(clock := shade(value).strip(" ()[]")):
            self._take_clock(anchor.kind, clock)
            return True
        if len(value) > MAX_VALUE_CHARS or _SENTENCE.search(shade(value)):
            is_labelled = shade(words).rstrip().removesuffix(shade(value)).rstrip().endswith((":", "|"))
            self.has_more |= anchor.kind in ("drop", "keywords")
            return anchor.kind in ("drop", "keywords") and is_labelled and len(value) <= MAX_HEADLINE_CHARS
        if anchor.kind == "role":
            self._take_people(words, value)
        elif anchor.kind in ("source", "category"):
            value, over = first_part(value)
            self.rest.append(over)
            value, person = without_person(value)
            self.people += People(reporters=person)
            self.sources += chain_of(value) if anchor.kind == "source" else ()
            self.category = self.category or (value.strip(" >") if anchor.kind == "category" else "")
        else:
            self.has_more |= anchor.kind in ("drop", "keywords")
            is_labelled = words.rstrip().removesuffix(value).rstrip().endswith((":", "：", "|", "｜", "丨"))
            self.rest.append("" if is_labelled else value)
        return True

    def _take_clock(self, kind: str, clock: str) -> None:
        if kind == "date":
            self.clock = self.clock or clock
        else:
            self.changed = self.changed or clock

    def _take_people(self, words: str, value: str) -> None:
        """The people behind a role; one that no field holds, and words that are no names, are kept as they stand."""
        people = people_of(words)
        names = (people.reporters, people.authors, people.correspondents, people.photographers, people.editors)
        told = sum(len(name) for name in {*chain.from_iterable(names)})
        self.people += people
        self.has_more |= len(_signless(shade(value))) > (told + MAX_SPARE_CHARS if told else 0)

    def _take_stamp(self, stamp: Stamp, before: str) -> None:
        if before == "modified" and self.modified is None:
            self.modified = stamp
        else:
            (self.labelled if before == "date" else self.loose).append(stamp)


def _told(line: str, anchors: list[_Anchor], title: str) -> Line | None:
    """The values behind *anchors*; None when more is left over than such a line has."""
    values = _Values(rest=[] if title else [line[: anchors[0].start]])
    before = ""
    for anchor, following in zip(anchors, [*anchors[1:], None], strict=True):
        end = following.start if following else len(line)
        if not values.take(anchor, before, line[anchor.start : end], line[anchor.end : end]):
            return None
        before = anchor.kind
    more, left = _leftover("  ".join(values.rest), bool(values.sources))
    if len(left) > MAX_REST_CHARS or re.search(r"[。!?]", left):
        return None
    return Line(
        sources=tuple(dict.fromkeys([*values.sources, *more.sources])),
        published=(*values.labelled, *values.loose),
        modified=values.modified,
        category=values.category,
        people=values.people + more.people,
        places=more.places,
        more=values.has_more or bool(left),
        title=title or values.title,
        clock=values.clock,
        changed=values.changed,
    )


def _leftover(rest: str, has_source: bool) -> tuple[Line, str]:
    """What words without a label say: the name of an outlet, of a person; and what is left then."""
    left: list[str] = []
    sources: list[str] = []
    people, places = People(), tuple[str, ...]()
    for part in _words_of(rest):
        plain = shade(part).strip(' -:·>《》"')
        if not plain:
            continue
        if not has_source and not sources and (plain in OUTLETS or (is_outlet(plain) and len(plain) > 2)):
            sources.append(clean_outlet(part))
        elif byline := read_byline(part):
            people, places = people + byline.people, places or byline.places
            sources += [byline.outlet] if byline.outlet and not has_source else []
        else:
            left.append(plain)
    return Line(tuple(filter(None, sources)), people=people, places=places), _signless("".join(left))


def _words_of(rest: str) -> Iterator[str]:
    """The parts of *rest* between wide gaps and brackets; such a part word by word, unless it is a byline."""
    for part in filter(None, _WIDE_GAP.split(rest.strip())):
        if read_byline(part):
            yield part
        else:
            yield from filter(None, _NARROW_GAP.split(part))
