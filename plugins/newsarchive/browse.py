"""Entries -> the lists readers browse by: days, months, years, tags, sources, reporters."""

import calendar
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import groupby

from .errors import VocabularyError
from .rows import SHORT, Rows
from .script import fold
from .shelf import Entry
from .vocabulary.headings import ancestors, heading_of

Place = tuple[str, str, str]
"""Day, moment and slug of an article: what lists are sorted by, newest first."""

Near = tuple[str, str, str, str]
"""The same, and its digest."""

UNSAFE = re.compile(r"[\x00-\x20\x7f/\\:*?\"<>|#%&'`^{}\[\]]+")
"""What cannot stand in a file name on some system, or needs escaping in an address."""


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """Articles under one heading, newest first."""

    kind: str
    """tag, source or reporter."""

    slug: str
    name: str
    """As the oldest article spells it, so that new ones change no page but their own."""

    lang: str
    """Script of that spelling."""

    entries: Rows
    """With those of the headings below it: 山東 has the articles of 煙臺."""

    own: int
    """How many articles bear it themselves."""

    digest: int
    """Of all articles."""

    @property
    def url(self) -> str:
        return f"{self.kind}/{self.slug}/"


@cache
def segment(name: str) -> str:
    """*name* as one part of an address, the same for both scripts; different names never meet.

    >>> segment("齊魯網"), segment("AT&T"), segment(".")
    ('齐鲁网', 'at-t-cd6bdc3b', '-d8a7128a')
    """
    folded = fold(name).lower()
    safe = UNSAFE.sub("-", folded).strip(".")[:60]
    if safe == folded:
        return safe
    return f"{safe}-{blake2b(folded.encode('utf-8', 'surrogatepass'), digest_size=4).hexdigest()}"


@cache
def tag_slug(name: str) -> str:
    """Slug of a tag: the vocabulary's, or made of the name."""
    known = heading_of(name)
    return known.slug if known else segment(name)


KINDS: dict[str, tuple[Callable[[Entry], Iterable[str]], Callable[[str], str]]] = {
    "tag": (lambda entry: entry.tags, tag_slug),
    "source": (lambda entry: filter(None, (entry.source,)), segment),
    "reporter": (lambda entry: entry.reporters, segment),
}
"""Kind of heading -> the names an entry has of it, and how a name becomes a slug."""


def marks_of(entry: Entry) -> dict[tuple[str, str], str | None]:
    """(kind, slug) of every list that *entry* stands in -> how it spells that; none if it bears a heading below it.

    Beside headings these are the list of all, that of its day in all years, and that of its dump.
    """
    marks: dict[tuple[str, str], str | None] = {("", ""): ""}
    for kind, (names_of, slug_of) in KINDS.items():
        own = {slug_of(name): name for name in names_of(entry)}
        if kind == "tag":
            marks |= dict.fromkeys((kind, above) for slug in own for above in ancestors(slug))
        marks |= {(kind, slug): name for slug, name in own.items()}
    if len(entry.day) == len("2019-11-20"):
        marks["on", entry.day[5:]] = ""
    if entry.dump:
        marks["dump", entry.dump] = ""
    return marks


def figures_of(entry: Entry) -> dict[tuple[str, str], int]:
    """(kind, name) -> what *entry* adds to the figures of the archive."""
    traits = {
        "stat_derived": entry.derived,
        "stat_machine": entry.is_machine_traditional,
        "undated": not entry.day,
        "source_unknown": not entry.source,
        "stat_no_reporter": not entry.reporters,
        "stat_no_tag": not entry.tags,
    }
    return {
        ("script", entry.lang): 1,
        ("length", str(sum(entry.characters > limit for limit in LENGTHS))): 1,
        **{("cataloguing", name): 1 for name, is_so in traits.items() if is_so},
        **{("cleaning", rule): times for rule, times in entry.cleaning},
    }


def refuse_shared_pages(names: Sequence[str], entries: Iterable[Entry]) -> None:
    """Raise where *names* that people gave one page in *entries* are no spellings of one heading.

    Tags that dumps give may be spelt anyhow, and nothing in a dump may stop a build: they share the page.
    """
    first, *others = names
    if stray := next((name for name in others if _meaning(name) != _meaning(first)), None):
        raise VocabularyError(
            f"tags {first!r:.40} and {stray!r:.40} would share the page tag/{tag_slug(first)}/; write both alike, "
            "or make them headings in content/vocabulary/tags.toml: two with their own slugs, "
            f"or one with the other among its aliases (articles: {_bearers(entries, first, stray)})"
        )


def _meaning(tag: str) -> str:
    known = heading_of(tag)
    return known.slug if known else fold(tag)


def _bearers(entries: Iterable[Entry], *tags: str) -> str:
    """The file of one article that a person wrote for each of *tags*."""
    written = [entry for entry in entries if not entry.dump]
    return ", ".join(next(entry.details.path for entry in written if tag in entry.tags) for tag in tags)


def by_period(entries: Iterable[Entry], characters: int) -> list[tuple[str, list[Entry]]] | list[tuple[str, Rows]]:
    """(`2019`, `2019-11` or `2019-11-20`, its entries), newest first; coarser dates are left out.

    *characters* of the day tell the period: 4 year, 7 month, 10 day.
    """
    if isinstance(entries, Rows) and len(entries) > SHORT:
        return entries.periods(characters)
    dated = (entry for entry in entries if len(entry.day) >= characters)
    return [(period, list(group)) for period, group in groupby(dated, lambda entry: entry.day[:characters])]


def years_of(entries: Iterable[Entry]) -> list[tuple[str, int]]:
    """(year, number of articles), oldest first, with the empty years between."""
    counts = {year: len(group) for year, group in by_period(entries, 4)}
    if not counts:
        return []
    return [(f"{year:04}", counts.get(f"{year:04}", 0)) for year in range(int(min(counts)), int(max(counts)) + 1)]


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """One page of a long list; number 0 is the landing page with the newest."""

    number: int
    entries: Sequence[Entry]
    full_pages: int
    """How many numbered pages the list has."""


def leaves(entries: Sequence[Entry], size: int) -> Iterator[Leaf]:
    """*entries*, newest first, cut into pages counted from the oldest: full pages never change.

    The landing page takes the newest remainder, half to one and a half pages long.

    >>> [(leaf.number, len(leaf.entries)) for leaf in leaves(range(260), 100)]
    [(0, 60), (2, 100), (1, 100)]
    """
    full_pages = max(0, (len(entries) - size // 2) // size)
    newest = len(entries) - full_pages * size
    yield Leaf(0, entries[:newest], full_pages)
    for number in range(full_pages, 0, -1):
        start = len(entries) - number * size
        yield Leaf(number, entries[start : start + size], full_pages)


def weeks(year: int, month: int) -> list[list[int]]:
    """Days of a month in weeks from Monday; 0 outside the month."""
    return calendar.Calendar().monthdayscalendar(year, month)


def heat(count: int, most: int) -> int:
    """0 for none, else 1 to 4 by quarter of the busiest day.

    >>> [heat(n, 8) for n in (0, 1, 2, 3, 8)]
    [0, 1, 1, 2, 4]
    """
    return -(-4 * count // most) if count else 0


LENGTHS = (200, 500, 1000, 2000, 5000)
"""Upper limits, in characters, of the classes of length; the last class has none."""

RELATED = 5
NEAR = 4
"""Articles looked at before and after, for each tag: adding one article changes few others."""


def related(rows: Iterable[tuple[Sequence[Near], Sequence[Near]]]) -> list[Near]:
    """Up to five articles that share most tags with an article, nearest in time first.

    *rows* holds for each of its tags the bearers just newer than it, nearest first, and those just older.
    Only these few are compared, so the work grows with the archive, not its square.
    """
    scores: dict[str, tuple[int, int, Near]] = {}
    for sides in rows:
        for side in sides:
            for distance, other in enumerate(side, 1):
                shared, nearest, _ = scores.get(other[2], (0, distance, other))
                scores[other[2]] = shared - 1, min(nearest, distance), other
    ranked = sorted(scores.values(), key=lambda it: (it[0], it[1], it[2][2]))
    return [other for _, _, other in ranked[:RELATED]]


def together(listing: Listing, limit: int = 12) -> list[tuple[str, int]]:
    """Tag names that stand most often beside this heading, with counts, from its newest thousand articles."""
    counts: dict[str, int] = {}
    for entry in listing.entries[:1000]:
        for tag in entry.tags:
            counts[tag] = counts.get(tag, 0) + 1
    return sorted(counts.items(), key=lambda it: (-it[1], it[0]))[:limit]
