"""The controlled vocabulary: every heading, each way it is spelled, and what stands above it.

Places come from places.csv, the rest from tags*.toml (heading_files.py shows their form). Files of the same
names in the owner's folder are read after ours: an entry with the slug of one of ours replaces it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ..errors import VocabularyError
from . import FOLDER
from .entry import Entry, spelling_key
from .heading_files import read_headings
from .owned import read_owned


@dataclass(frozen=True, slots=True, eq=False)
class Headings:
    """A vocabulary, indexed."""

    entries: Mapping[str, Entry]
    """Slug -> entry, in the order of the files."""

    by_spelling: Mapping[str, tuple[Entry, ...]]
    below: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def heading_of(self, spelling: str) -> Entry | None:
        """The one heading *spelling* names; a label before an alias, None where several share an alias."""
        key = spelling_key(spelling.strip())
        found = self.by_spelling.get(key, ())
        labelled = [entry for entry in found if key in map(spelling_key, entry.labels.values())]
        best = labelled or found
        return best[0] if len(best) == 1 else None

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """Slugs above *slug*, widest first."""
        above: list[str] = []
        entry = self.entries.get(slug)
        while entry and entry.parent:
            above.append(entry.parent)
            entry = self.entries.get(entry.parent)
        return tuple(reversed(above))


@dataclass(slots=True)
class Own:
    """Where the owner's files stand: one value for the whole process, which forked workers inherit."""

    folder: Path | None = None


OWN = Own()


def read_after_ours(folder: Path | None) -> None:
    """Read the owner's files in *folder*, if there is such a folder, after ours; what was read before is forgotten."""
    OWN.folder = folder
    read_owned(folder)
    headings.cache_clear()


@cache
def headings() -> Headings:
    """Our vocabulary, then the owner's; read once.

    Raises:
        VocabularyError: an entry cannot be used; the message names file and entry.
    """
    entries = read_headings(FOLDER, {})
    if OWN.folder:
        entries |= read_headings(OWN.folder, entries)
    _check_parents(entries)
    below: dict[str, list[str]] = {}
    for entry in entries.values():
        below.setdefault(entry.parent, []).append(entry.slug)
    return Headings(entries, _index(entries.values()), {slug: tuple(some) for slug, some in below.items() if slug})


def _check_parents(entries: Mapping[str, Entry]) -> None:
    for entry in entries.values():
        seen = {entry.slug}
        above = entry
        while above.parent:
            if above.parent not in entries:
                raise VocabularyError(
                    f"vocabulary: [{above.slug}] has the parent {above.parent!r}, which is no heading; add or mend it"
                )
            above = entries[above.parent]
            if above.slug in seen:
                raise VocabularyError(f"vocabulary: [{entry.slug}] stands above itself; mend one of its parents")
            seen.add(above.slug)


def _index(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        names = (*entry.labels.values(), *entry.aliases, *entry.weak)
        for key in dict.fromkeys(map(spelling_key, names)):
            found.setdefault(key, []).append(entry)
    return {key: tuple(some) for key, some in found.items()}


def heading_of(spelling: str) -> Entry | None:
    """The heading that *spelling* names, in either script.

    >>> heading_of("煙臺").slug, heading_of("烟台市").label("zh-Hant")
    ('yantai', '煙臺')
    """
    return headings().heading_of(spelling)


def entry_of_slug(slug: str) -> Entry | None:
    return headings().entries.get(slug)


def label(slug: str, edition: str) -> str:
    """Name of the heading *slug* in *edition*; the slug itself where there is no such heading."""
    entry = entry_of_slug(slug)
    return entry.label(edition) if entry else slug


def ancestors(slug: str) -> tuple[str, ...]:
    """Slugs above *slug*, widest first.

    >>> ancestors("yantai")
    ('china', 'shandong')
    """
    return headings().ancestors(slug)


def children(slug: str) -> tuple[str, ...]:
    """Slugs right below *slug*, in the order of the files."""
    return headings().below.get(slug, ())


def headings_of_kind(kind: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in headings().entries.values() if entry.kind == kind)
