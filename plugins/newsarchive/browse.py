"""Entries -> the lists readers browse by: days, months, years, tags, sources, reporters. One pass each."""

import calendar
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from itertools import groupby

from .errors import VocabularyError
from .script import fold
from .shelf import Entry
from .vocabulary.headings import ancestors, heading_of, label

UNSAFE = re.compile(r"[\x00-\x20\x7f/\\:*?\"<>|#%&'`^{}\[\]]+")
"""What cannot stand in a file name on some system, or needs escaping in an address."""


@dataclass(slots=True, eq=False)
class Listing:
    """Articles under one heading, newest first."""

    kind: str
    """tag, source or reporter."""

    slug: str
    name: str
    """As the oldest article spells it, so that new ones change no page but their own."""

    lang: str
    """Script of that spelling."""

    entries: list[Entry] = field(default_factory=list)
    """With those of the headings below it: 山東 has the articles of 煙臺."""

    bearers: list[Entry] = field(default_factory=list)
    """Those that bear it themselves."""

    spellings: set[str] = field(default_factory=set)
    """Every name that leads here, e.g. 齊魯網 and 齐鲁网; none if only headings below it were given."""

    @property
    def own(self) -> int:
        """How many articles bear it themselves."""
        return len(self.bearers)

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


def gather(entries: Iterable[Entry]) -> dict[str, dict[str, Listing]]:
    """Listings of every kind by slug, from *entries* newest first.

    Raises:
        VocabularyError: two different tags would share a page.
    """
    tag_slug.cache_clear()  # the owner's headings may have been read anew since
    found: dict[str, dict[str, Listing]] = {kind: {} for kind in KINDS}
    slugs: dict[tuple[str, str], str] = {}
    for entry in entries:
        for kind, (names_of, slug_of) in KINDS.items():
            own = {}
            for name in names_of(entry):
                slug = slugs.get((kind, name)) or slugs.setdefault((kind, name), slug_of(name))
                own[slug] = name
                listing = _listing(found[kind], kind, slug, name, entry.lang)
                listing.spellings.add(name)
                listing.name, listing.lang = name, entry.lang
            for slug in own:
                found[kind][slug].bearers.append(entry)
            for slug in dict.fromkeys((*own, *_above(own))) if kind == "tag" else own:
                above = found[kind].get(slug) or _listing(found[kind], kind, slug, label(slug, "zh-Hans"), "zh-Hans")
                above.entries.append(entry)
    _check_tags(found["tag"].values())
    return found


def _listing(known: dict[str, Listing], kind: str, slug: str, name: str, lang: str) -> Listing:
    return known.get(slug) or known.setdefault(slug, Listing(kind, slug, name, lang))


def _above(slugs: Iterable[str]) -> Iterator[str]:
    return (above for slug in slugs for above in ancestors(slug))


def _check_tags(tags: Iterable[Listing]) -> None:
    """Raise where two tags that are no spellings of one heading have one address, and people gave both.

    Tags that dumps give may be spelt anyhow, and nothing in a dump may stop a build: they share the page.
    """
    for listing in tags:
        if len(listing.spellings) > 1 and (given := sorted(_written_by_hand(listing))):
            first, *others = given
            if stray := next((name for name in others if _meaning(name) != _meaning(first)), None):
                raise VocabularyError(
                    f"tags {first!r:.40} and {stray!r:.40} would share the page {listing.url}; write both alike, "
                    "or make them headings in content/vocabulary/tags.toml: two with their own slugs, "
                    f"or one with the other among its aliases (articles: {_bearers(listing, first, stray)})"
                )


def _meaning(tag: str) -> str:
    known = heading_of(tag)
    return known.slug if known else fold(tag)


def _written_by_hand(listing: Listing) -> set[str]:
    """Spellings of its tag in articles that come from no dump."""
    return {tag for entry in listing.entries if not entry.dump for tag in entry.tags if tag in listing.spellings}


def _bearers(listing: Listing, *tags: str) -> str:
    """The file of one article for each of *tags*."""
    written = [entry for entry in listing.entries if not entry.dump]
    return ", ".join(next(entry.details.path for entry in written if tag in entry.tags) for tag in tags)


def by_period(entries: Iterable[Entry], characters: int) -> list[tuple[str, list[Entry]]]:
    """(`2019`, `2019-11` or `2019-11-20`, its entries), newest first; coarser dates are left out.

    *characters* of the day tell the period: 4 year, 7 month, 10 day.
    """
    dated = (entry for entry in entries if len(entry.day) >= characters)
    return [(period, list(group)) for period, group in groupby(dated, lambda entry: entry.day[:characters])]


def years_of(entries: Sequence[Entry]) -> list[tuple[str, int]]:
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


RELATED = 5
NEAR = 4
"""Articles looked at before and after, for each tag: adding one article changes few others."""


def related(entry: Entry, tags: Mapping[str, Listing]) -> tuple[Entry, ...]:
    """Up to five articles that share most tags with *entry*, nearest in time first; *tags* are listings by slug.

    Only the few neighbours under each tag are compared, so the work grows with the archive, not its square.
    """
    scores: dict[str, tuple[int, int, Entry]] = {}
    for slug in dict.fromkeys(map(tag_slug, entry.tags)):
        row = tags[slug].bearers
        place = bisect_left(row, True, key=lambda other: _moment(other) <= _moment(entry))
        for number in _near(place, len(row)):
            shared, nearest, other = scores.get(row[number].slug, (0, NEAR, row[number]))
            scores[other.slug] = shared - 1, min(nearest, abs(number - place)), other
    scores.pop(entry.slug, None)
    ranked = sorted(scores.values(), key=lambda it: (it[0], it[1], it[2].slug))
    return tuple(other for _, _, other in ranked[:RELATED])


def kin(tags: Mapping[str, Listing]) -> dict[str, bytes]:
    """Slug of an article -> digest of all the articles that `related` compares it with."""
    found: dict[str, bytes] = {}
    for _, listing in sorted(tags.items()):  # in an order that does not hang on which article is the newest
        digests = [entry.digest.encode() for entry in listing.bearers]
        for place, entry in enumerate(listing.bearers):
            window = _near(place, len(digests))
            near = blake2b(found.get(entry.slug, b""), digest_size=8)
            near.update(b"".join(digests[window.start : window.stop]))
            found[entry.slug] = near.digest()
    return found


def _near(place: int, length: int) -> range:
    return range(max(0, place - NEAR), min(length, place + NEAR + 1))


def _moment(entry: Entry) -> tuple[str, str, str]:
    """What entries are sorted by, newest first."""
    return entry.day, entry.moment, entry.slug


def together(listing: Listing, limit: int = 12) -> list[tuple[str, int]]:
    """Tag names that stand most often beside this heading, with counts, from its newest thousand articles."""
    counts: dict[str, int] = {}
    for entry in listing.entries[:1000]:
        for tag in entry.tags:
            counts[tag] = counts.get(tag, 0) + 1
    return sorted(counts.items(), key=lambda it: (-it[1], it[0]))[:limit]
