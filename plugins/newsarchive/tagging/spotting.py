"""Text -> every spelling of the vocabulary that stands in it, overlaps settled by the best path.

One automaton finds all spellings at once, with overlaps; boundary rules drop what is part of another word;
the path of highest value through the rest is kept. So 从江苏南通过江 gives 江苏 and 南通 although 从江 comes
first, and 南京市长江大桥 gives no 市长.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import rjieba
from ahocorasick_rs import AhoCorasick, Implementation

from ..vocabulary import FOLDER, read_patterns, read_words
from ..vocabulary.entry import Entry, spelling_key
from ..vocabulary.headings import Headings, headings

BOUNDARIES = FOLDER / "boundaries.toml"
NEAR_CHARS = 10
"""How far a boundary rule sees."""

VALUE_OF_LEVEL = {"country": 5, "province": 5, "prefecture": 4, "area": 3, "city": 3, "county": 2, "former": 1}
SCOPES = ("place", "abroad", "county", "home")
"""Sets of boundary rules, as in boundaries.toml: [[after_place]], [[before_place]] and so on."""

NEVER = r"(?!)"
SMALL = frozenset({"county", "city", "former"})
COUNTRY_CHARS = range(2, 6)
"""Characters of a country's name at the start of an organisation's: 美国国务院 speaks for 美国 too."""

SHORT_CHARS = 3
NO_PLACE_VALUE = 6
WEAK_VALUE = -9
"""A weak spelling gives way to any other of its length, and to two shorter ones that fill its place."""


@dataclass(frozen=True, slots=True)
class Term:
    """One spelling, with all it may mean."""

    text: str
    value: int
    places: tuple[Entry, ...] = ()
    """Places it names; several are namesakes of the same level."""

    lesser_places: tuple[Entry, ...] = ()
    """Places it names only where the text supports that."""

    others: tuple[Entry, ...] = ()
    """Topics, organisations and people it speaks for, each by itself."""

    hints: tuple[Entry, ...] = ()
    """Topics it speaks for together with another spelling."""

    scopes: tuple[str, ...] = ()
    """Sets of boundary rules it must pass: those of places; of cities abroad, of counties, of the home country."""

    is_short: bool = False
    """Whether it is a place of so few characters that the ends of two words may make it: 创新平台 has 新平."""

    is_decoy: bool = False
    is_plain: bool = True
    """Whether nothing at its borders can speak against it."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A spelling at its place in a text."""

    start: int
    end: int
    term: Term


class Spotter:
    """Finds the spellings of a vocabulary."""

    def __init__(self, vocabulary: Headings) -> None:
        terms = _terms(vocabulary.entries.values())
        self._terms = tuple(terms)
        self._automaton = AhoCorasick([term.text for term in terms], implementation=Implementation.ContiguousNFA)
        self._borders = {scope: _borders(scope) for scope in SCOPES}

    def sights(self, key: str) -> list[Sight]:
        """Best path through *key*, a text as headings.spelling_key gives it."""
        found = self._automaton.find_matches_as_indexes(key, overlapping=True)
        terms = self._terms
        sights = [
            Sight(start, end, terms[number])
            for number, start, end in found
            if terms[number].is_plain or self._is_free(key, start, end, terms[number])
        ]
        return [sight for sight in best_path(sights) if not sight.term.is_decoy]

    def _is_free(self, key: str, start: int, end: int, term: Term) -> bool:
        """Whether the spelling is no part of a longer word, as far as its borders tell."""
        if _joins(key[start], key[start - 1 : start]) or _joins(key[end - 1], key[end : end + 1]):
            return False
        if term.is_short and _straddles(key, start, end):
            return False
        after, before = key[end : end + NEAR_CHARS], key[max(0, start - NEAR_CHARS) : start]
        borders = (self._borders[scope] for scope in term.scopes)
        return not any(behind.search(after) or ahead.search(before) for behind, ahead in borders)


def _borders(scope: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may not follow, and what may not precede, a place of this *scope*."""
    after, before = (
        re.compile(
            "|".join(p.regex.pattern for p in read_patterns(BOUNDARIES, f"{side}_{scope}", prepare=spelling_key))
            or NEVER
        )
        for side in ("after", "before")
    )
    return after, before


def _joins(own: str, neighbour: str) -> bool:
    """Whether both are Latin letters or digits: 5G is neither in 15GB nor in 2.5G.

    >>> _joins("5", "1"), _joins("5", "."), _joins("g", "网")
    (True, True, False)
    """
    if not (own.isascii() and own.isalnum() and neighbour.isascii()):
        return False
    return neighbour.isalnum() or (neighbour == "." and own.isdigit())


def _straddles(key: str, start: int, end: int) -> bool:
    """Whether a word of the text crosses a border of key[start:end]; one that begins with it may run on.

    >>> _straddles("建设创新平台", 3, 5), _straddles("云南新平县", 2, 4), _straddles("在深圳机场", 1, 3)
    (True, False, False)
    """
    place = max(0, start - NEAR_CHARS // 2)
    for word in rjieba.cut(key[place : end + NEAR_CHARS // 2], hmm=False):
        begin, place = place, place + len(word)
        if begin < start < place or start < begin < end < place:
            return True
    return False


def best_path(sights: Sequence[Sight]) -> list[Sight]:
    """The sights that do not overlap and are worth most together, in order."""
    if len(sights) < 2:
        return list(sights)
    row = sorted(sights, key=lambda sight: (sight.end, sight.start))
    ends = [sight.end for sight in row]
    best = [0]
    before = []
    for number, sight in enumerate(row):
        last = bisect_right(ends, sight.start, 0, number)
        before.append(last)
        best.append(max(best[number], best[last] + sight.term.value))
    path = []
    number = len(row)
    while number:
        if best[number] > best[number - 1]:
            path.append(row[number - 1])
            number = before[number - 1]
        else:
            number -= 1
    return path[::-1]


def spotter() -> Spotter:
    """The one of the vocabulary as it is read now."""
    return _spotter(headings())


@lru_cache(maxsize=1)
def _spotter(vocabulary: Headings) -> Spotter:
    return Spotter(vocabulary)


def _terms(entries: Iterable[Entry]) -> list[Term]:
    sure: dict[str, list[Entry]] = {}
    weak: dict[str, list[Entry]] = {}
    for entry in entries:
        for key in {spelling_key(name) for name in entry.spellings}:
            sure.setdefault(key, []).append(entry)
        for key in {spelling_key(name) for name in entry.weak}:
            weak.setdefault(key, []).append(entry)
    words = read_words(BOUNDARIES, "decoy", spelling_key)
    countries = {key: some[0] for key, some in sure.items() if some[0].level == "country" and not some[0].background}
    for key, some in sure.items():
        if len(some) == 1 and some[0].kind == "organisation":
            some += [country for n in COUNTRY_CHARS if (country := countries.get(key[:n])) and len(key) > n][-1:]
    keys = dict.fromkeys((*sure, *weak, *sorted(words)))
    return [_term(key, tuple(sure.get(key, ())), tuple(weak.get(key, ()))) for key in keys if len(key) > 1]


def _term(text: str, sure: tuple[Entry, ...], weak: tuple[Entry, ...]) -> Term:
    """Longer is better; of two as long, what is no place, then the higher place.

    Of places that share a spelling the highest is meant, then the one that bears it as its name: 河南 is the
    province, 屏东 the county, and the county 河南 and the city of 屏东 need support.
    What is an organisation or a topic as well is no small place without support; 以军 speaks for the country too.
    """
    best = max(map(_rank, sure), default=WEAK_VALUE if weak else NO_PLACE_VALUE)
    equals = [entry for entry in sure if _rank(entry) == best]
    named = [entry for entry in equals if text in map(spelling_key, entry.labels.values())]
    meant = named if len(named) == 1 and named[0].level else equals
    if best == NO_PLACE_VALUE:
        meant += [entry for entry in sure if entry.level and entry.level not in SMALL]
    lesser = [entry for entry in dict.fromkeys((*weak, *sure)) if entry not in meant]
    levels = {entry.level for entry in meant or lesser}
    scopes = _scopes(meant or lesser)
    return Term(
        text,
        10 * len(text) + best,
        tuple(entry for entry in meant if entry.level),
        tuple(entry for entry in lesser if entry.level),
        tuple(entry for entry in meant if not entry.level),
        tuple(entry for entry in lesser if not entry.level),
        scopes,
        is_short=len(text) <= SHORT_CHARS and levels <= SMALL,
        is_decoy=not (sure or weak),
        is_plain=not (scopes or text[0].isascii() or text[-1].isascii()),
    )


def _scopes(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Names of the boundary rules for a spelling of *entries*."""
    levels = {entry.level for entry in entries}
    tests = (
        ("place", levels != {""}),
        ("abroad", levels == {"city"}),
        ("county", levels <= {"county", "former"}),
        ("home", any(entry.level == "country" and entry.background for entry in entries)),
    )
    return tuple(scope for scope, is_bound in tests if entries and is_bound)


def _rank(entry: Entry) -> int:
    return VALUE_OF_LEVEL.get(entry.level, NO_PLACE_VALUE)
