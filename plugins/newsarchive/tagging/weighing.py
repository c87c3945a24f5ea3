"""How much each heading of an article matters, and which become its tags."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from ..script import detect
from ..vocabulary.entry import Entry
from ..vocabulary.headings import headings
from .reading import Reading, read

MAX_TAGS = 6
TITLE_WEIGHT, LEDE_WEIGHT, DATELINE_WEIGHT = 6.0, 3.0, 3.0
LEDE_CHARS = 160
"""The lede is the first paragraph, but no more of it than this: dumps may hold a story in one line."""

LEAST_LEDE_CHARS = 50
"""A first paragraph shorter than this is a heading of its own; the next belongs to the lede."""

LEAST = {"place": 3.0, "topic": 4.0, "organisation": 3.0, "person": 4.0}
"""Score a heading of each kind must reach; one mention in title, lede or dateline does."""

LEAST_BACKGROUND = 6.0
DETECT_CHARS = 300


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an article has, or has not, a tag."""

    entry: Entry
    score: float
    least: float
    """The score it must reach."""

    in_title: int
    in_lede: int
    in_all: int
    in_dateline: bool
    readings: tuple[Reading, ...]
    """Where it stands in the text, the title and the paragraphs joined by line feeds."""

    @property
    def is_enough(self) -> bool:
        return self.score >= self.least


def tags_of(title: str, paragraphs: Sequence[str], places: Sequence[str] = ()) -> tuple[str, ...]:
    """At most six headings, most important first, named in the script of the text.

    *places* are those the dateline names.

    >>> tags_of("煙臺市與山東移動簽署5G協議", ["11月20日，煙臺市政府與山東移動簽署協議，發展5G。"])
    ('煙臺', '山東移動', '5G')
    """
    enough = [evidence.entry for evidence in weigh(title, paragraphs, places) if evidence.is_enough]
    above = {slug for entry in enough if entry.kind != "place" for slug in headings().ancestors(entry.slug)}
    found = [entry for entry in enough if entry.slug not in above]
    script = detect("\n".join((title, *paragraphs))[:DETECT_CHARS])
    code = "zh-Hant" if script == "zh-Hant" else "zh-Hans"
    return tuple(entry.label(code) for entry in found[:MAX_TAGS])


def explain(title: str, paragraphs: Sequence[str], tag: str, places: Sequence[str] = ()) -> Evidence | None:
    """What speaks for *tag*; None where the text nowhere names it."""
    entry = headings().heading_of(tag)
    return next((found for found in weigh(title, paragraphs, places) if found.entry is entry), None)


def places_of(text: str) -> tuple[Entry, ...]:
    """Every place *text* names, in order of first mention."""
    return tuple(dict.fromkeys(reading.entry for reading in read(text, ()) if reading.entry.kind == "place"))


def weigh(title: str, paragraphs: Sequence[str], places: Sequence[str] = ()) -> list[Evidence]:
    """Everything the article names, highest score first."""
    known = (headings().heading_of(place) for place in places)
    dateline = [entry for entry in known if entry]
    text = "\n".join((title, *paragraphs))
    spans: dict[Entry, list[Reading]] = {entry: [] for entry in dateline}
    for reading in read(text, dateline):
        spans.setdefault(reading.entry, []).append(reading)
    lede_end = len(title) + 1 + _lede_length(paragraphs)
    found = [_evidence(entry, some, len(title), lede_end, entry in dateline) for entry, some in spans.items()]
    return sorted(found, key=lambda evidence: -evidence.score)


def _lede_length(paragraphs: Sequence[str]) -> int:
    """Characters from the start of the story that are its lede, line feeds included.

    >>> _lede_length(["短", "长" * 500]), _lede_length(["长" * 90, "文"])
    (160, 91)
    """
    length = 0
    for paragraph in paragraphs:
        if length >= LEAST_LEDE_CHARS:
            break
        length += len(paragraph) + 1
    return min(LEDE_CHARS, length)


def _evidence(entry: Entry, spans: Sequence[Reading], title_end: int, lede_end: int, in_dateline: bool) -> Evidence:
    in_title = in_lede = 0
    for reading in spans:
        if reading.start < title_end:
            in_title += 1
        elif reading.start < lede_end:
            in_lede += 1
    score = log2(max(1, len(spans)))
    score += TITLE_WEIGHT * (in_title > 0) + LEDE_WEIGHT * (in_lede > 0) + DATELINE_WEIGHT * in_dateline
    least = LEAST_BACKGROUND if entry.background else LEAST[entry.kind]
    return Evidence(entry, score, least, in_title, in_lede, len(spans), in_dateline, tuple(spans))
