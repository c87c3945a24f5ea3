"""One segment of the index: some articles, newest first, and the files that find them.

s/ h/ x/     grams -> postings (shards.py)
c/ v/        facets (facets.py)
d/<n>.bin    slugs of 32 articles, one a line
days.bin     JSON of [date, articles of that date], newest first: tells which ids a range of dates is
"""

import json
import shutil
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from .codec import pack
from .document import Document, Labels
from .facets import Columns
from .shards import Cuts, Shards
from .spool import Spool
from .tokens import fold

ROW_ARTICLES = 32
"""Slugs in one file: about 0.3 KB; ten results seldom share a file."""

MAX_BUCKETS = 64
BUCKET_ARTICLES = 64
"""Articles for each bucket of a small segment, so that it has few files."""


class Segment:
    """`add` its documents in order, then `finish`; the folder appears whole or not at all."""

    def __init__(self, folder: Path, size: int, labels: Labels, fineness: int = 1) -> None:
        """Write to *folder*; *size* is the number of documents that will be added, *fineness* that of its shards."""
        self._folder = folder
        self._part = folder.with_name(folder.name + ".part")
        shutil.rmtree(self._part, ignore_errors=True)
        (self._part / "d").mkdir(parents=True)
        (self._part / "spool").mkdir()
        self._labels = labels
        self._fineness = fineness
        self._spool = Spool(self._part / "spool", _buckets(size))
        self._columns = Columns()
        self._days: Counter[str] = Counter()
        self._slugs: list[str] = []
        self._count = 0

    def add(self, document: Document) -> None:
        """Index *document* under the next id."""
        names = (*document.names(), *label_texts(document, self._labels))
        facets = [f"{kind}:{value}" for kind, value in dict.fromkeys(document.facets)]
        self._spool.add(self._count, document.title, (*document.story(), *names), facets)
        self._columns.add(document.facets)
        self._days[document.date] += 1
        self._slugs.append(document.slug)
        self._count += 1
        if len(self._slugs) == ROW_ARTICLES:
            self._write_slugs()

    def _write_slugs(self) -> None:
        data = "\n".join(self._slugs).encode("utf-8", "replace")
        (self._part / f"d/{(self._count - 1) // ROW_ARTICLES:x}.bin").write_bytes(pack(data))
        self._slugs = []

    def finish(self) -> dict[str, Any]:
        """Write what is left; return the segment's entry in the manifest."""
        if self._slugs:
            self._write_slugs()
        cuts = Shards(self._part, self._fineness).write(self._spool.buckets())
        self._columns.write(self._part, self._labels)
        days = json.dumps(list(self._days.items()), separators=(",", ":"))
        (self._part / "days.bin").write_bytes(pack(days.encode()))
        (self._part / "spool").rmdir()
        entry = self._entry(cuts)
        (self._part / "segment.json").write_text(json.dumps(entry, ensure_ascii=False, sort_keys=True), "utf-8")
        shutil.rmtree(self._folder, ignore_errors=True)
        self._part.rename(self._folder)
        return entry

    def _entry(self, cuts: Cuts) -> dict[str, Any]:
        years = Counter[str]()
        for day, count in self._days.items():
            years[day[:4]] += count
        return {
            "id": self._folder.name,
            "n": self._count,
            "years": list(years.items()),
            "kinds": self._columns.kinds(),
            "buckets": "".join(map("{:x}".format, cuts.buckets)),
            "heavy": _by_exponent(cuts.heavy),
            "folds": "".join(sorted(cuts.targets)),
        }


def _by_exponent(heavy: dict[str, int]) -> list[list[Any]]:
    """Heavy units in the order of their folders, as runs of [exponent, units]."""
    found: list[list[Any]] = []
    for unit, exponent in heavy.items():
        if not found or found[-1][0] != exponent:
            found.append([exponent, []])
        found[-1][1].append(unit)
    return found


def _buckets(size: int) -> int:
    """How many buckets a segment of *size* articles has: a power of two.

    >>> [_buckets(size) for size in (1, 64, 65, 1000, 10**6)]
    [1, 1, 2, 16, 64]
    """
    return min(MAX_BUCKETS, 1 << (-(-size // BUCKET_ARTICLES) - 1).bit_length())


def label_texts(document: Document, labels: Labels) -> Iterable[str]:
    """How the editions write the document's facets: what a page shows can be found.

    Folded, so that a heading another article spells in another script changes nothing.
    """
    seen: dict[str, None] = {}
    for kinds in labels.values():
        for kind, value in document.facets:
            seen.setdefault(_folded(kinds.get(kind, {}).get(value, value)))
    return seen


_folded = lru_cache(maxsize=10_000)(fold)


def read_entry(folder: Path) -> dict[str, Any] | None:
    """The manifest entry of the segment in *folder*, if it is whole."""
    try:
        entry: dict[str, Any] = json.loads((folder / "segment.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return entry
