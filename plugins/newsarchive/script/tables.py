"""Compiles a plan into the tables that windows.py converts with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from math import prod

from .dictionaries import Dictionary, Plan, Step, lines_of
from .engine import Engine

Origins = dict[str, set[str]]
"""Character that reaches a step -> characters of the source it may come from."""

MAX_SPELLINGS = 64
"""A phrase of a later step with more spellings in the source is marked by its rarest pair instead."""


@dataclass(frozen=True, slots=True)
class Tables:
    """A plan, compiled."""

    sources: str
    targets: str
    """The n-th character of `sources` by itself becomes the n-th of `targets`."""

    glue: Mapping[str, str]
    """Character -> all characters that form glue with it when they follow."""

    marks: tuple[str, ...]
    """In whose absence a text converts character by character."""


def compile_plan(plan: Plan[Dictionary]) -> Tables:
    """The tables of *plan*; takes about a second."""
    alphabet = {char for step in plan.steps for dictionary in step for key in dictionary for char in key}
    convert = Engine(plan.name, replace(plan, keep=()).rebuilt(lines_of)).convert
    alone = {char: convert(char) for char in sorted(alphabet)}
    marks = {char for char, value in alone.items() if len(value) != 1}
    for phrases in plan.keep:
        marks.update(key for key, value in phrases.items() if value != "".join(alone[char] for char in key))
    trace = _Trace({char: {char} for char in alphabet}, {}, {})
    for step in plan.normalization:
        trace = trace.behind(step)
    before = {id(dictionary): dictionary for dictionary in (*plan.words, *plan.keep, *plan.chain[0])}  # often the same
    pairs = set(trace.pairs(tuple(before.values())))
    marks.update(trace.marks(plan.chain[0]))
    for done, step in pairwise(plan.chain):
        trace = trace.behind(done)
        pairs.update(trace.pairs(step))
        marks.update(trace.marks(step))
    plain = {char: value for char, value in alone.items() if char != value and len(value) == 1}
    glue: dict[str, str] = {}
    for first, last in sorted(pairs):
        glue[first] = glue.get(first, "") + last
    return Tables("".join(plain), "".join(plain.values()), glue, tuple(sorted(_shortest(marks))))


def _shortest(marks: set[str]) -> Iterator[str]:
    """Those of *marks* that contain no other one; where a longer one stands, a shorter one is found as well."""
    for mark in marks:
        parts = (mark[start:end] for start in range(len(mark)) for end in range(start + 1, len(mark) + 1))
        if not any(part in marks for part in parts if len(part) < len(mark)):
            yield mark


@dataclass(frozen=True, slots=True)
class _Trace:
    """Where the text that reaches a step comes from in the source."""

    alone: Origins
    """Origins of a character that was converted by itself so far."""

    first: Origins
    """Further origins of a character that begins the value of a phrase."""

    last: Origins
    """Further origins of a character that ends the value of a phrase."""

    def behind(self, step: Step) -> "_Trace":
        """What reaches the step after *step*."""
        one = _singles(step)
        alone: Origins = {}
        first = {char: set(origins) for char, origins in self.first.items()}
        last = {char: set(origins) for char, origins in self.last.items()}
        for char, origins in self.alone.items():
            value = one.get(char, char)
            if len(value) == 1:
                alone.setdefault(value, set()).update(origins)
        for dictionary in step:
            for key, value in dictionary.items():
                first.setdefault(value[0], set()).update(self._begins(key[0]))
                last.setdefault(value[-1], set()).update(self._ends(key[-1]))
        return _Trace(alone, first, last)

    def _begins(self, char: str) -> set[str]:
        return self.alone.get(char, set()) | self.first.get(char, set())

    def _ends(self, char: str) -> set[str]:
        return self.alone.get(char, set()) | self.last.get(char, set())

    def pairs(self, step: Step) -> Iterator[tuple[str, str]]:
        """Neighbours of the source between which a phrase of *step* may reach across."""
        inside = {pair for dictionary in step for key in dictionary for pair in pairwise(key)}
        for left, right in inside:
            yield from product(self._ends(left), self._begins(right))

    def marks(self, step: Step) -> Iterator[str]:
        """Source spellings of the phrases of *step* that are more than the sum of their characters."""
        one = _singles(step)
        for dictionary in step:
            for key, value in dictionary.items():
                if len(key) > 1 and value != "".join(one.get(char, char) for char in key):
                    yield from self._spellings(key)

    def _spellings(self, key: str) -> Iterator[str]:
        """All source strings that become *key* one character at a time; or those of its rarest pair."""
        origins: Sequence[set[str]] = [self.alone.get(char, set()) for char in key]
        if prod(map(len, origins)) > MAX_SPELLINGS:
            origins = min(pairwise(origins), key=lambda pair: len(pair[0]) * len(pair[1]))
        return map("".join, product(*origins))


def _singles(step: Step) -> Dictionary:
    """What *step* makes of single characters."""
    return {key: value for dictionary in reversed(step) for key, value in dictionary.items() if len(key) == 1}
