"""What results can be narrowed by, and counted by: columns of values, and the values' names in every edition.

`c/<kind>-<block>.bin`, for each article of a block of 4096: number of values, then each as its rank, in LEB128.
`v/<kind>-<edition>.bin`: JSON of [value, label, count] in the order of the ranks, the most frequent first.
"""

import gzip
import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from .codec import pack, quick_varint
from .document import KINDS, Labels

COLUMN_ARTICLES = 4096


class Column:
    """The values of one kind, article by article."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.counts: Counter[str] = Counter()
        self._numbers: dict[str, int] = {}
        self._flat = array("I")
        self._lengths = array("I")

    def add(self, values: Iterable[str]) -> None:
        """Take the *values* of the next article."""
        before = len(self._flat)
        for value in dict.fromkeys(values):
            self.counts[value] += 1
            self._flat.append(self._numbers.setdefault(value, len(self._numbers)))
        self._lengths.append(len(self._flat) - before)

    def write(self, folder: Path, labels: Labels) -> None:
        """Write the column and the names of its values under *folder*."""
        ranked = sorted(self.counts, key=lambda value: (-self.counts[value], value))
        self._write_values(folder, ranked, labels)
        ranks = {self._numbers[value]: rank for rank, value in enumerate(ranked)}
        flat = iter(self._flat)
        lengths = iter(self._lengths)
        for block in range(0, len(self._lengths), COLUMN_ARTICLES):
            rows = (_row(length, flat, ranks) for length in islice(lengths, COLUMN_ARTICLES))
            data = b"".join(map(quick_varint, (number for row in rows for number in row)))
            (folder / f"c/{self.kind}-{block // COLUMN_ARTICLES:x}.bin").write_bytes(pack(data))

    def _write_values(self, folder: Path, ranked: list[str], labels: Labels) -> None:
        for edition, kinds in labels.items():
            names = kinds.get(self.kind, {})
            rows = [[value, names.get(value, value), self.counts[value]] for value in ranked]
            (folder / f"v/{self.kind}-{edition}.bin").write_bytes(_packed(rows))


def _row(length: int, flat: Iterator[int], ranks: dict[int, int]) -> list[int]:
    return [length, *sorted(ranks[number] for number in islice(flat, length))]


class Columns:
    """The columns of all kinds."""

    def __init__(self) -> None:
        self._columns = [Column(kind) for kind in KINDS]

    def add(self, facets: Iterable[tuple[str, str]]) -> None:
        """Take the facets of the next article."""
        pairs = tuple(facets)
        for column in self._columns:
            column.add(value for kind, value in pairs if kind == column.kind)

    def write(self, folder: Path, labels: Labels) -> None:
        """Write all columns under *folder*."""
        (folder / "c").mkdir()
        (folder / "v").mkdir()
        for column in self._columns:
            column.write(folder, labels)

    def kinds(self) -> dict[str, int]:
        """Kind -> how many different values it has, for kinds that have any."""
        return {column.kind: len(column.counts) for column in self._columns if column.counts}


def relabel(folder: Path, labels: Labels) -> None:
    """Give the values of the segment in *folder* the names they have in *labels* now."""
    for edition, kinds in labels.items():
        for kind in KINDS:
            file = folder / f"v/{kind}-{edition}.bin"
            rows = json.loads(gzip.decompress(file.read_bytes()))
            names = kinds.get(kind, {})
            named = [[value, names.get(value, value), times] for value, _, times in rows]
            if named != rows:
                part = file.with_suffix(".part")
                part.write_bytes(_packed(named))
                part.replace(file)


def _packed(rows: list[list[object]]) -> bytes:
    return pack(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))
