"""Characters without which a pattern cannot match: a text that lacks them need not be searched.

Testing sets of characters takes a twentieth of a search. They are read out of the pattern's own parse tree, so no
table has to state them and none can state them wrongly.
"""

from collections.abc import Iterable
from re import IGNORECASE
from re import _parser as parser  # type: ignore[attr-defined]  # the parser of `re`; public as sre_parse until 3.11
from typing import Any

MAX_SETS = 3
MAX_CHARS = 96
"""Characters of a set beyond which most texts hold one of them."""

ASCII_WEIGHT = 12
"""A digit, bracket or space stands in most texts, a certain Han character in few."""

Needs = tuple[frozenset[str], ...]


def necessary(pattern: str) -> Needs:
    """Sets of characters, of each of which a text must hold one for *pattern* to be found in it.

    >>> necessary("新华社(?:记者|通讯员)?.{2,4}[摄影]")
    (frozenset({'新'}), frozenset({'华'}), frozenset({'社'}))
    >>> [sorted(needed) for needed in necessary("a|[bc]d+")], necessary(".*|x")
    ([['a', 'd']], ())
    """
    sets = dict.fromkeys(_of_sequence(parser.parse(pattern)))
    return tuple(needed for needed in sorted(sets, key=_weight)[:MAX_SETS] if len(needed) <= MAX_CHARS)


def _weight(needed: frozenset[str]) -> int:
    return sum(ASCII_WEIGHT if char.isascii() else 1 for char in needed)


def _of_sequence(tokens: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """What all *tokens*, one behind the other, need."""
    return [needed for kind, value in tokens for needed in _of_token(str(kind), value)]


def _of_token(kind: str, value: Any) -> list[frozenset[str]]:
    """What one token of the parse tree needs; nothing where that cannot be told."""
    if kind == "LITERAL":
        return [frozenset(chr(value))]
    if kind == "IN":
        return _of_set(value)
    if kind == "BRANCH":
        branches = [_of_sequence(branch) for branch in value[1]]
        return [frozenset().union(*(min(sets, key=_weight) for sets in branches))] if all(branches) else []
    if kind == "SUBPATTERN":
        return [] if value[1] & IGNORECASE else _of_sequence(value[3])
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _of_sequence(value[2]) if value[0] else []
    if kind == "ATOMIC_GROUP":
        return _of_sequence(value)
    return _of_sequence(value[1]) if kind == "ASSERT" else []


def _of_set(items: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """What `[...]` needs; nothing when it is negated, or too large."""
    chars: set[str] = set()
    for kind, value in items:
        if str(kind) == "LITERAL":
            chars.add(chr(value))
        elif str(kind) == "RANGE" and value[1] - value[0] < MAX_CHARS:
            chars.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return []
    return [frozenset(chars)]
