"""Which stories are the same story: reprints, later editions, copies in the other script.

A story is compared by its *shingles*, every run of four letters of its folded text. Two are the
same if most shingles agree (Jaccard >= SAME) and their figures do: a weather forecast and that of
the next day share nearly all words and hardly a number. `bands` finds the few stories worth
comparing among a million: one-permutation MinHash (Li, Owen, Zhang 2012), banded.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import pairwise

from .script import fold

SHINGLE_CHARS = 4
"""Four UTF-16 units are one 64-bit number, so a text is cut into shingles without a loop."""

SAME = 0.8
"""Least Jaccard of one story; print and real-time editions of a paper have about 0.9."""

SAME_FIGURES = 0.8
SAME_FIGURES_SAME_DAY = 0.6
"""Least agreement of figures; within a day a later edition may correct some."""

SHORT_CHARS = 24
"""Stories shorter than this are the same only if headline and day are too: 图片新闻 and the like come every day."""

BANDS, ROWS = 16, 4
"""A pair with Jaccard 0.8 shares two bands or more in 99.7 of 100 cases, one with 0.3 in 0.7."""

BINS = BANDS * ROWS
MASK = 2**64 - 1
SPREAD = 0x9E3779B97F4A7C15
"""Odd multiplier (2^64 / golden ratio) that scatters shingles evenly over 64 bits."""

BIN_SHIFT = 64 - BINS.bit_length() + 1

NO_LETTER = re.compile(r"[\W_]+")
FIGURE = re.compile(r"\d+(?:\.\d+)?\w?")
"""A number with the letter behind it: 15℃ is not 15日."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One record's way of telling a story, as far as it matters for comparing."""

    letters: str
    """Its body as `letters` gives it."""

    figures: tuple[str, ...]
    title: str
    """Folded; empty if derived."""

    day: date | None


def telling(title: str, body: str, day: date | None) -> Telling:
    """What is compared of a story; *title* is empty where the dump printed none."""
    return Telling(letters(body), tuple(FIGURE.findall(body)), letters(title), day)


def letters(text: str) -> str:
    """*text* without punctuation and space, in Simplified characters.

    >>> letters("煙臺市政府，11月20日：「5G」")
    '烟台市政府11月20日5G'
    """
    return NO_LETTER.sub("", fold(text))


def digest(text: str) -> bytes:
    """Eight bytes that name `letters` *text*."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def shingles(text: str) -> set[int]:
    """Every run of SHINGLE_CHARS letters of *text*, as numbers; of a shorter text itself.

    >>> len(shingles("山东移动总经理"))
    4
    """
    units = text.encode("utf-16-le", "surrogatepass")
    units += b"\0" * (2 * SHINGLE_CHARS - len(units))
    found: set[int] = set()
    for start in range(0, 2 * SHINGLE_CHARS, 2):
        whole = (len(units) - start) // (2 * SHINGLE_CHARS) * (2 * SHINGLE_CHARS)
        found.update(memoryview(units)[start : start + whole].cast("Q"))
    return found


def bands(text: str) -> tuple[int, ...]:
    """BANDS signed 64-bit numbers; texts that share two are worth comparing.

    >>> a, b = bands("烟台市政府与山东移动签署协议"), bands("烟台市政府与山东移动签署协议")
    >>> a == b and len(a)
    16
    """
    scattered = sorted((shingle * SPREAD & MASK for shingle in shingles(text)), reverse=True)
    least = {number >> BIN_SHIFT: number for number in scattered}  # the last one written is the least of its bin
    filled = sorted(least)
    # a bin left empty takes the least of the next one that is not (rotation, Shrivastava and Li 2014)
    after = dict(pairwise((*filled, filled[0])))
    row, following = [], filled[0]
    for index in range(BINS):
        row.append(least[following] + index)
        if index == following:
            following = after[following]
    return tuple(
        int.from_bytes(digest(f"{band}:{row[band * ROWS : (band + 1) * ROWS]}"), "big", signed=True)
        for band in range(BANDS)
    )


def is_same(a: Telling, b: Telling) -> bool:
    """Whether *a* and *b* tell the same story in nearly the same words.

    >>> original = telling("", "煙臺市政府與山東移動簽署5G協議，各方將在智慧城市等領域開展合作。", None)
    >>> is_same(original, telling("", "烟台市政府与山东移动签署5G协议。各方将在智慧城市等领域开展合作！", None))
    True
    """
    if min(len(a.letters), len(b.letters)) < SHORT_CHARS and (a.title, a.day) != (b.title, b.day):
        return False
    if a.letters == b.letters:
        return True
    least = SAME_FIGURES_SAME_DAY if a.day is not None and a.day == b.day else SAME_FIGURES
    return agreement(a.figures, b.figures) >= least and jaccard(shingles(a.letters), shingles(b.letters)) >= SAME


def jaccard(a: set[int], b: set[int]) -> float:
    """Share of what is in *a* or *b* that is in both."""
    both = len(a & b)
    return both / (len(a) + len(b) - both)


def agreement(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Share of the figures of *a* and *b* that stand in both; 1 where neither has any.

    >>> agreement(("11月", "20日", "5G"), ("11月", "21日", "5G"))
    0.6666666666666666
    """
    both = (Counter(a) & Counter(b)).total()
    return 2 * both / (len(a) + len(b)) if a or b else 1.0
