"""Second half of indexing: the postings of each gram -> small files a browser can find without a table of contents.

A unit that heads much is *heavy*: it has files of its own, and the hash of the second unit tells which.
All other units share the files of their bucket, and the hash of the first unit tells which. The manifest
says for each bucket and each heavy unit into how many files (a power of two) it is cut.

A shard, before gzip, in LEB128 unless stated otherwise:
    number of first units
    for each: the unit (length, UTF-8), number of grams beginning with it
    for each gram, in this order: its second unit (see `_seconds`)
    for each gram: count << 1 | long
    for each gram: its postings; of a long one: number of its files, number of blocks, count in each block
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from .codec import FLAG_BITS, encode, fnv1a, pack, postings, quick_varint, text, varint
from .foldtable import fold_targets
from .spool import Listed

SHARD_BYTES = 8_000
"""Raw size a shard is cut to, but for long lists: about 4.5 KB in gzip; a second query stays below 20 KB."""

HEAVY_BYTES = 4_000
"""A unit that heads more than this has files of its own; half a shard, so that chance piles up less in one."""

LONG_BYTES = 16_000
"""A longer list is kept in blocks of its own."""

BLOCK_BITS = 16
"""A block of a long list covers this many ids: 65,536 gave a quarter of the files of 8,192."""

ENTRY_BYTES = 3
"""About what a gram takes beside its postings."""

Grams = dict[str, dict[str, Listed]]
"""First unit -> second unit -> postings."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """What a browser must know to find a gram's file."""

    buckets: list[int]
    """Exponent of the number of files, for each bucket."""

    heavy: dict[str, int]
    """The same for each heavy unit, in the order of their folders."""

    targets: set[str]
    """Units other characters are folded to."""


class Shards:
    """Writes shards under *folder*: `s/<bucket>-<n>.bin`, `h/<heavy>/<n>.bin`, `x/<long>-<block>.bin`."""

    def __init__(self, folder: Path, fineness: int = 1) -> None:
        """Cut shards to SHARD_BYTES divided by *fineness*."""
        self._folder = folder
        self._fineness = fineness
        self._long = 0
        for name in ("s", "h", "x"):
            (folder / name).mkdir(parents=True)

    def write(self, buckets: Iterable[Grams]) -> Cuts:
        """Write all *buckets*, each of which is held in memory alone."""
        cuts = Cuts([], {}, set())
        for number, grams in enumerate(buckets):
            cuts.targets.update(grams.keys() & fold_targets())
            sizes = {first: _size(found) for first, found in grams.items()}
            for first in sorted(unit for unit, size in sizes.items() if size * self._fineness > HEAVY_BYTES):
                self._write_heavy(first, grams.pop(first), sizes.pop(first), cuts)
            exponent = _exponent(sum(sizes.values()) * self._fineness)
            cuts.buckets.append(exponent)
            for part, group in enumerate(_split_by_first(grams, exponent)):
                self._write(f"s/{number:x}-{part:x}.bin", group)
        return cuts

    def _write_heavy(self, first: str, found: dict[str, Listed], size: int, cuts: Cuts) -> None:
        folder = f"h/{len(cuts.heavy):x}"
        (self._folder / folder).mkdir()
        cuts.heavy[first] = exponent = _exponent(size * self._fineness)
        for part, group in enumerate(_split_by_second(found, exponent)):
            self._write(f"{folder}/{part:x}.bin", {first: group} if group else {})

    def _write(self, name: str, grams: Grams) -> None:
        units, seconds, counts, lists = bytearray(varint(len(grams))), bytearray(), bytearray(), bytearray()
        for first in sorted(grams):
            found = grams[first]
            ordered = sorted(sorted(found), key=_is_word)
            units += text(first) + quick_varint(len(ordered))
            seconds += b"".join(_seconds(ordered))
            for listed in map(found.__getitem__, ordered):
                data = listed.data
                is_long = len(data) > LONG_BYTES
                counts += quick_varint(listed.count << 1 | is_long)
                lists += self._long_list(data) if is_long else data
        (self._folder / name).write_bytes(pack(bytes(units + seconds + counts + lists)))

    def _long_list(self, data: bytes) -> bytes:
        """Entry of a long list: what stands in the shard; the blocks are written to files of their own."""
        number, self._long = self._long, self._long + 1
        counts: list[int] = []
        for block, found in groupby(postings(data), lambda posting: posting >> BLOCK_BITS + FLAG_BITS):
            counts += [0] * (block - len(counts))
            kept = list(found)
            counts.append(len(kept))
            start = (block << BLOCK_BITS + FLAG_BITS) - 1
            (self._folder / f"x/{number:x}-{block:x}.bin").write_bytes(pack(encode(kept, start)))
        return b"".join(map(varint, (number, len(counts), *counts)))


def _size(found: Mapping[str, Listed]) -> int:
    return sum(ENTRY_BYTES + min(LONG_BYTES, sum(map(len, listed.parts))) for listed in found.values())


def _exponent(size: int) -> int:
    """Of the least power of two that cuts *size* into shards.

    >>> [_exponent(n * SHARD_BYTES) for n in (0, 1, 2, 3, 4, 5)]
    [0, 0, 1, 2, 2, 3]
    """
    return (-(-size // SHARD_BYTES) - 1).bit_length() if size else 0


def _split_by_first(grams: Grams, exponent: int) -> list[Grams]:
    parts: list[Grams] = [{} for _ in range(1 << exponent)]
    for first, found in grams.items():
        parts[fnv1a(first) >> 16 & (1 << exponent) - 1][first] = found
    return parts


def _split_by_second(found: dict[str, Listed], exponent: int) -> list[dict[str, Listed]]:
    parts: list[dict[str, Listed]] = [{} for _ in range(1 << exponent)]
    for second, listed in found.items():
        parts[fnv1a(second) & (1 << exponent) - 1][second] = listed
    return parts


def _is_word(second: str) -> bool:
    """No second unit comes first, then single characters by code point, then words."""
    return len(second) > 1


def _seconds(seconds: Iterable[str]) -> Iterator[bytes]:
    """Second units in their order: a single character as its distance from the one before, a word as 0 and its text.

    The first distance is from -1; a gram of one unit counts as code point 0.
    """
    before = -1
    for second in seconds:
        if len(second) > 1:
            yield b"\0" + text(second)
        else:
            code = ord(second) if second else 0
            yield quick_varint(code - before)
            before = code
