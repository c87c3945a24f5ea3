"""What a row of labels, stamps and names says: its values, and the words that no label claims."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import NamedTuple

from ..timestamp import Stamp
from .byline import read_byline
from .names import is_likely_name
from .outlet import OUTLETS, chain_of, clean_outlet, first_part, is_outlet, without_person
from .people import REPORT, People, people_of
from .shade import shade

MAX_VALUE_CHARS = 44
MAX_HEADLINE_CHARS = 80
MAX_SPARE_CHARS = 5
"""A role may stand between the names behind another: 王阳 通讯员 李明."""

CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?")
VERB = re.compile(r" ?(?P<verb>发[表布]|刊[登出发]|(?P<changed>更新|修改)|上传)(?![一-鿿])")
"""What may stand behind a stamp: 2024-02-06發表."""

_SIGNS = re.compile(r"[\s\[\]()|/:,;·>•*-]+")
_SENTENCE = re.compile(r"[。!?]|,.*,")
_WIDE_GAP = re.compile(r"\s{2,}|[|\[\]【】（）()｜]|(?<=[报報网網社])[/／](?=[^/／]{2,4}$)")
_DOMAIN = re.compile(r"(?:www\.)?[A-Za-z0-9-]+(?:\.[a-z]{2,6}){1,3}")
_ORIGINAL = re.compile("原创")
_SENT_FROM = re.compile(r"(?:发[表布]于|IP ?属地)[: ]?[㐀-鿿]{2,5}$")
MAX_ACCOUNT_WORDS = 3
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

    account: str = ""
    """Who sent the text to his readers, when no label says so: 慢读时光."""

    clock: str = ""
    """Hour and minute that a label gives without a day: 出版時間：13:38."""

    changed: str = ""
    """The same of the last change: 更新：19:10."""


class Anchor(NamedTuple):
    """A stretch of a line that says what it is."""

    start: int
    end: int
    kind: str
    stamp: Stamp | None = None


@dataclass(slots=True)
class Values:
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

    def take(self, anchor: Anchor, before: str, words: str, value: str) -> bool:
        """Take one anchor with its *value* up to the next; False when the value is running text."""
        if anchor.stamp:
            verb = VERB.match(shade(value))
            self._take_stamp(anchor.stamp, "modified" if verb and verb["changed"] else before)
            self.rest.append(value[verb.end() :] if verb else value)
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
        self.has_more |= len(signless(shade(value))) > (told + MAX_SPARE_CHARS if told else 0)

    def _take_stamp(self, stamp: Stamp, before: str) -> None:
        if before == "modified" and self.modified is None:
            self.modified = stamp
        else:
            (self.labelled if before == "date" else self.loose).append(stamp)


def signless(shadow: str) -> str:
    return _SIGNS.sub("", shadow)


def leftover(rest: str, has_source: bool) -> tuple[Line, str]:
    """What words without a label say: the name of an outlet, of a person; and what is left then."""
    left: list[str] = []
    sources: list[str] = []
    people, places = People(), tuple[str, ...]()
    for part in _words_of(rest):
        plain = shade(part).strip(' -:·/>《》"')
        if not plain or _DOMAIN.fullmatch(plain):
            continue
        if not has_source and not sources and (plain in OUTLETS or (is_outlet(plain) and len(plain) > 2)):
            sources.append(clean_outlet(part))
        elif byline := read_byline(part):
            is_bare = not people_of(part) and not REPORT.search(plain)
            told = People(authors=byline.people.reporters) if is_bare else byline.people
            people, places = people + told, places or byline.places
            sources += [byline.outlet] if byline.outlet and not has_source else []
        else:
            left.append(part.strip(" -:：·/／>《》"))
    if not has_source and not sources and (account := _account(left)):
        return replace(account, people=people + account.people, places=places), ""
    row = Line(tuple(filter(None, sources)), people=people, places=places)
    return row, signless(shade("".join(left)))


def _account(words: list[str]) -> Line | None:
    """Author and account of a message, `原创 槐花 慢读时光 发表于四川`; None when nothing says that *words* are one.

    >>> found = _account(["原创", "槐花", "慢读时光"])
    >>> found.account, found.people.authors, _account(["慢读时光", "发表于四川"]).account, _account(["慢读时光"])
    ('慢读时光', ('槐花',), '慢读时光', None)
    """
    names = [word for word in words if not _ORIGINAL.fullmatch(shade(word)) and not _SENT_FROM.match(shade(word))]
    is_original = any(_ORIGINAL.fullmatch(shade(word)) for word in words)
    if not names or len(names) == len(words) or len(names) > (MAX_ACCOUNT_WORDS if is_original else 1):
        return None
    *authors, account = names
    people = People(authors=tuple(name for name in authors if is_likely_name(shade(name))))
    return Line(account=account, people=people, more=True)


def _words_of(rest: str) -> Iterator[str]:
    """The parts of *rest* between wide gaps and brackets; such a part word by word, unless it is a byline."""
    for part in filter(None, _WIDE_GAP.split(rest.strip())):
        if read_byline(part):
            yield part
        else:
            yield from filter(None, _NARROW_GAP.split(part))
