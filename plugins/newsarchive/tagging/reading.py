"""Which heading a spelling means, told by the rest of the article.

A county's name without its 县 is often a word, and fifty counties share their names. Such a spelling is read
only with support: a place above it right before it (贵州从江), its full name elsewhere, or the dateline.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..vocabulary.headings import Entry, Headings, headings, spelling_key
from .spotting import Sight, spotter

TOO_WIDE = frozenset({"country", "area"})
"""Levels whose mention tells nothing about which of many counties is meant, unless it stands right before."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A heading at its place in a text."""

    start: int
    end: int
    entry: Entry


def read(text: str, given: Iterable[Entry] = (), own: Path | None = None) -> list[Reading]:
    """Every heading *text* names, in order; *given* are places known from the dateline."""
    key = spelling_key(text)
    sights = spotter(own).sights(key)
    vocabulary = headings(own)
    sure = {sight.term.sure[0].slug for sight in sights if len(sight.term.sure) == 1}
    sure |= {entry.slug for entry in given}
    readings: list[Reading] = []
    for sight in sights:
        entry = _meant(sight, readings, sure, vocabulary)
        if entry and _is_fit(entry, key):
            readings.append(Reading(sight.start, sight.end, entry))
    return readings


def _is_fit(entry: Entry, key: str) -> bool:
    return not entry.needs or any(spelling_key(word) in key for word in entry.needs)


def _meant(sight: Sight, before: Sequence[Reading], sure: set[str], vocabulary: Headings) -> Entry | None:
    """The entry *sight* stands for, or None where the text does not tell."""
    adjacent = before[-1].entry.slug if before and sight.start - before[-1].end <= 1 else ""
    senses = (*sight.term.sure, *sight.term.weak)
    for entry in senses:
        if adjacent and adjacent in vocabulary.ancestors(entry.slug):
            return entry
    known = [entry for entry in senses if entry.slug in sure]
    if known:
        return known[0]
    if len(sight.term.sure) == 1:
        return sight.term.sure[0]
    return _nearest(sight.term.sure, before, sure, vocabulary)


def _nearest(senses: Sequence[Entry], before: Sequence[Reading], sure: set[str], vocabulary: Headings) -> Entry | None:
    """Of namesakes the one below the place named last, else below any named at all."""
    above = {entry.slug: set(vocabulary.ancestors(entry.slug)) for entry in senses}
    for reading in reversed(before):
        if reading.entry.level not in TOO_WIDE:
            for entry in senses:
                if reading.entry.slug in above[entry.slug]:
                    return entry
    narrow = {slug for slug in sure if vocabulary.entries[slug].level not in TOO_WIDE}
    supported = [entry for entry in senses if above[entry.slug] & narrow]
    return supported[0] if len(supported) == 1 else None
