"""Which heading a spelling means, told by the rest of the article.

A county's name without its 县 is often a word, and fifty counties share their names. Such a spelling is read
only with support: a place above it right before it (贵州从江), its full name elsewhere, or the dateline.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..vocabulary.entry import Entry, spelling_key
from ..vocabulary.headings import Headings, headings
from .spotting import Sight, Term, spotter

TOO_WIDE = frozenset({"country", "area"})
"""Levels whose mention tells nothing about which of many counties is meant, unless it stands right before."""


LEAST_HINTS = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """A heading at its place in a text."""

    start: int
    end: int
    entry: Entry


def read(text: str, given: Iterable[Entry] = ()) -> list[Reading]:
    """Every heading *text* names, in order; *given* are places known from the dateline."""
    key = spelling_key(text)
    sights = spotter().sights(key)
    vocabulary = headings()
    certain = {entry.slug for sight in sights for entry in _undoubted(sight.term)} | {entry.slug for entry in given}
    certain |= _hinted(sights)
    readings: list[Reading] = []
    last: Reading | None = None  # the place named last
    for sight in sights:
        term = sight.term
        meant = list(term.others)
        if term.hints:
            meant += [entry for entry in term.hints if entry.slug in certain]
        if (term.places or term.lesser_places) and (place := _place(sight, last, readings, certain, vocabulary)):
            meant.append(place)
            last = Reading(sight.start, sight.end, place)
        readings += [Reading(sight.start, sight.end, entry) for entry in meant if _is_fit(entry, key)]
    return readings


def _undoubted(term: Term) -> Sequence[Entry]:
    """Headings *term* can only mean."""
    return term.others or (term.places if len(term.places) == 1 else ())


def _hinted(sights: Iterable[Sight]) -> set[str]:
    """Slugs of topics that two different weak spellings speak for."""
    hints: dict[str, set[str]] = {}
    for sight in sights:
        for entry in sight.term.hints:
            hints.setdefault(entry.slug, set()).add(sight.term.text)
    return {slug for slug, spellings in hints.items() if len(spellings) >= LEAST_HINTS}


def _is_fit(entry: Entry, key: str) -> bool:
    return not entry.needs or any(spelling_key(word) in key for word in entry.needs)


def _place(
    sight: Sight, last: Reading | None, before: Sequence[Reading], certain: set[str], vocabulary: Headings
) -> Entry | None:
    """The place *sight* stands for, or None where it is none or the text does not tell which."""
    sure = sight.term.places
    senses = sure + sight.term.lesser_places
    if last and sight.start == last.end:
        for entry in senses:
            if last.entry.slug in vocabulary.ancestors(entry.slug) and not _is_far_above(last.entry, entry):
                return entry
        if sure and all(_is_elsewhere(last.entry, entry, vocabulary) for entry in sure):
            return None
    if known := [entry for entry in senses if entry.slug in certain]:
        return known[0]
    return sure[0] if len(sure) == 1 else _nearest(sure, before, certain, vocabulary)


def _is_elsewhere(before: Entry, entry: Entry, vocabulary: Headings) -> bool:
    """Whether *entry* is a county of another country than the place right before it: 首尔江南区 is not in 南宁."""
    top, own = ((*vocabulary.ancestors(place.slug), place.slug)[0] for place in (before, entry))
    return entry.level == "county" and top != own


def _is_far_above(above: Entry, below: Entry) -> bool:
    """Whether *above* right before *below* means nothing: 中国合作 is not the city 合作."""
    return above.level == "country" and below.level == "county"


def _nearest(
    senses: Sequence[Entry], before: Sequence[Reading], certain: set[str], vocabulary: Headings
) -> Entry | None:
    """Of namesakes the one below the place named last, else the only one below any place named at all."""
    above = {entry.slug: set(vocabulary.ancestors(entry.slug)) for entry in senses}
    for reading in reversed(before if senses else ()):
        if reading.entry.level not in TOO_WIDE:
            for entry in senses:
                if reading.entry.slug in above[entry.slug]:
                    return entry
    narrow = {slug for slug in certain if vocabulary.entries[slug].level not in TOO_WIDE}
    supported = [entry for entry in senses if above[entry.slug] & narrow]
    return supported[0] if len(supported) == 1 else None
