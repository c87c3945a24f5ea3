"""First half of indexing: articles -> the postings of each gram, spilled to disk so that memory stays flat.

Grams whose first unit has the same hash go into the same *bucket*, one file each. A bucket is a
series of spills; in each, the postings of a gram are already bytes but for the first one.
"""

import marshal
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat
from pathlib import Path

from .codec import DENSE, FLAG_BITS, START, TITLE, fnv1a, gap, gaps_within, quick_varint
from .tokens import Alphabet

MAX_POSTINGS = 2_500_000
"""Held in memory before a spill: about 80 MB. Each spill costs what its grams do, however few their postings are."""

MAX_ARTICLES = 4096
"""Of one spill, so that no gap within it needs more than two bytes."""

MAX_WORDS = 100_000
"""Of one spill; the private planes of Unicode hold 131,068."""

DENSE_FROM = 3
"""Times an article says a gram to count as dense."""

ONE_UNIT = ""
"""Second half of a gram that is one unit."""

LETTER_BITS = 32
LETTER = (1 << LETTER_BITS) - 1
LINE_END = ord("\n")


Taken = tuple[str, int, int, int, bytes]
"""Second unit of a gram, how many postings it has, the first and the last of them, the gaps between."""

Bucket = dict[str, list[Taken]]
"""First unit -> grams that begin with it, as one spill has them."""


@dataclass(slots=True)
class Listed:
    """Postings of one gram, as far as they have been put together."""

    count: int
    last: int
    parts: list[bytes]

    @property
    def data(self) -> bytes:
        return b"".join(self.parts)


class Spool:
    """`add` articles in the order of their ids, then read `buckets`."""

    def __init__(self, folder: Path, buckets: int) -> None:
        """Keep the spills in *folder*; *buckets* is a power of two."""
        self._folder = folder
        self._count = buckets
        self._reset()

    def _reset(self) -> None:
        self._alphabet = Alphabet()
        self._postings: defaultdict[int, list[int]] = defaultdict(list)
        self._articles = self._held = 0

    def add(self, number: int, title: str, texts: Iterable[str], facets: Iterable[str]) -> None:
        """Take the article with id *number*; each of *facets* is a key of its own, like `source:齐鲁网`."""
        alphabet = self._alphabet
        head = alphabet.letters(title)
        said = _grams(f"{head}\n{alphabet.letters(chr(10).join(texts))}")
        plain = number << FLAG_BITS
        # each list takes the posting: a loop in C, at half the cost of one in Python
        deque(map(list.append, map(self._postings.__getitem__, said), repeat(plain)), maxlen=0)
        for gram in [gram for gram, times in said.items() if times >= DENSE_FROM]:
            self._postings[gram][-1] |= DENSE
        for gram in _grams(head):
            self._postings[gram][-1] |= TITLE
        for key in facets:
            self._postings[ord(alphabet.letter(key))].append(plain)
        self._articles += 1
        self._held += len(said)
        if self._held >= MAX_POSTINGS or self._articles >= MAX_ARTICLES or len(alphabet) >= MAX_WORDS:
            self._spill()

    def _spill(self) -> None:
        """Write what is held to the buckets."""
        for number, bucket in enumerate(self._taken()):
            with self._path(number).open("ab") as file:
                marshal.dump(bucket, file)

    def _taken(self) -> list[Bucket]:
        """What is held, as buckets; then nothing is held."""
        unit = cache(lambda code: self._alphabet.unit(chr(code)))
        buckets: list[Bucket] = [{} for _ in range(self._count)]
        homes: dict[int, list[Taken]] = {}
        for gram, found in self._postings.items():
            letter, following = gram & LETTER, gram >> LETTER_BITS
            if LINE_END in (letter, following):
                continue
            home = homes.get(letter)
            if home is None:
                first = unit(letter)
                home = homes[letter] = buckets[fnv1a(first) & (self._count - 1)].setdefault(first, [])
            second = unit(following) if following else ONE_UNIT
            gaps = gaps_within(found) if len(found) > 1 else b""
            home.append((second, len(found), found[0], found[-1], gaps))
        self._reset()
        return buckets

    def buckets(self) -> Iterator[dict[str, dict[str, Listed]]]:
        """Each bucket put together: first unit -> second unit -> its postings."""
        last = self._taken()
        last.reverse()
        for number in range(self._count):
            yield _merged(chain(_spilled(self._path(number)), [last.pop()]))
            self._path(number).unlink(missing_ok=True)

    def _path(self, bucket: int) -> Path:
        return self._folder / f"bucket-{bucket}"


def _grams(letters: str) -> Counter[int]:
    """Each letter, and each with its neighbour in the upper half, as numbers, with how often it stands there.

    Numbers take half the time of pairs of characters, and a memory view spares the list of them.

    >>> _grams("ab") == {97: 1, 98: 1, 97 | 98 << LETTER_BITS: 1}
    True
    """
    data = memoryview(letters.encode("utf-32-le", "surrogatepass"))
    here, pairs = len(data) // 8 * 8, (len(data) - 4) // 8 * 8
    grams = Counter(data.cast("I"))
    grams.update(data[:here].cast("Q"))
    if pairs > 0:
        grams.update(data[4 : 4 + pairs].cast("Q"))
    return grams


def _spilled(path: Path) -> Iterator[Bucket]:
    """What was written to *path*, spill by spill."""
    if path.exists():
        size = path.stat().st_size
        with path.open("rb") as file:
            while file.tell() < size:
                yield marshal.load(file)


def _merged(spills: Iterable[Bucket]) -> dict[str, dict[str, Listed]]:
    merged: dict[str, dict[str, Listed]] = {}
    for spill in spills:
        for first, grams in spill.items():
            home = merged.setdefault(first, {})
            for second, count, start, last, gaps in grams:
                listed = home.get(second)
                if listed is None:
                    home[second] = Listed(count, last, [quick_varint(gap(START, start)), gaps])
                    continue
                listed.parts += (quick_varint(gap(listed.last, start)), gaps)
                listed.count += count
                listed.last = last
    return merged
