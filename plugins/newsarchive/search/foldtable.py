"""The part of `script.fold` a browser needs, as bytes."""

from collections.abc import Collection
from functools import cache
from itertools import pairwise

from ..script import fold_pairs
from .codec import gaps, varint


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(pair for astral in (False, True) for pair in zip(*fold_pairs(astral=astral), strict=True)))


@cache
def fold_targets() -> frozenset[str]:
    """All characters others are folded to."""
    return frozenset(target for _, target in _pairs())


def fold_table(targets: Collection[str]) -> bytes:
    """Pairs folded to one of *targets*, in LEB128: sources as gaps, then targets as signed distances (zigzag).

    A character folded to one that no article holds finds nothing either way; leaving
    such pairs out halves the table.
    """
    pairs = [pair for pair in _pairs() if pair[1] in targets]
    distances = [ord(b) - ord(a) for a, b in pairwise(("\0", *(target for _, target in pairs)))]
    numbers = (len(pairs), *gaps(ord(source) for source, _ in pairs), *(abs(d) * 2 - (d < 0) for d in distances))
    return b"".join(map(varint, numbers))
