"""Compiles a plan into the tables that windows.py converts with."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise, product
from math import prod

from .dictionaries import Dictionary, Plan, Step
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
    """The tables of *plan*; takes a third of a second."""
    alone = _alone(plan)
    translation = {ord(char): value for char, value in alone.items()}
    marks = {char for char, value in alone.items() if len(value) != 1}
    for phrases in plan.keep:
        marks.update(key for key, value in phrases.items() if value != key.translate(translation))
    trace = _Trace({char: {char} for char in alone}, {}, {})
    for step in plan.normalization:
        trace = trace.behind(step)
    before = {id(dictionary): dictionary for dictionary in (*plan.words, *plan.keep, *plan.chain[0])}  # often the same
    glue: dict[str, set[str]] = {}
    trace.glue(tuple(before.values()), glue)
    marks.update(trace.marks(plan.chain[0]))
    for done, step in pairwise(plan.chain):
        trace = trace.behind(done)
        trace.glue(step, glue)
        marks.update(trace.marks(step))
    plain = {char: value for char, value in alone.items() if char != value and len(value) == 1}
    following = {first: "".join(sorted(last)) for first, last in sorted(glue.items())}
    return Tables("".join(plain), "".join(plain.values()), following, tuple(sorted(_shortest(marks))))


def _alone(plan: Plan[Dictionary]) -> dict[str, str]:
    """Every character of *plan* and what becomes of it by itself: the engine is asked only of what becomes a phrase."""
    alphabet = sorted({char for step in plan.steps for dictionary in step for char in "".join(dictionary)})
    alone = {char: char for char in alphabet}
    for step in (*plan.normalization, *plan.chain):
        one = _singles(step)
        alone = {char: one.get(value, value) if len(value) == 1 else "" for char, value in alone.items()}
    phrases = [char for char, value in alone.items() if len(value) != 1]
    if phrases:
        convert = Engine(plan.name).convert
        alone |= {char: convert(char) for char in phrases}
    return alone


def _shortest(marks: set[str]) -> Iterator[str]:
    """Those of *marks* that contain no other one; where a longer one stands, a shorter one is found as well."""
    for mark in marks:
        sizes = range(1, len(mark))
        if marks.isdisjoint([mark[start : start + size] for size in sizes for start in range(len(mark) - size + 1)]):
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
        changed = {char: value for char, value in _singles(step).items() if char != value and char in self.alone}
        alone = {char: origins for char, origins in self.alone.items() if char not in changed}
        for char, value in changed.items():
            if len(value) == 1:
                alone[value] = alone.get(value, set()) | self.alone[char]
        entries = [entry for dictionary in step for entry in dictionary.items()]
        first = _added(self.first, {(value[0], key[0]) for key, value in entries}, self._begins)
        last = _added(self.last, {(value[-1], key[-1]) for key, value in entries}, self._ends)
        return _Trace(alone, first, last)

    def _begins(self, char: str) -> set[str]:
        return self.alone.get(char, set()) | self.first.get(char, set())

    def _ends(self, char: str) -> set[str]:
        return self.alone.get(char, set()) | self.last.get(char, set())

    def glue(self, step: Step, found: dict[str, set[str]]) -> None:
        """Add to *found* the neighbours of the source between which a phrase of *step* may reach across."""
        inside: defaultdict[str, set[str]] = defaultdict(set)
        for key in chain.from_iterable(step):
            for left, right in pairwise(key):
                inside[left].add(right)
        begins = cache(self._begins)
        for left, rights in inside.items():
            following = set().union(*map(begins, rights))
            for char in self._ends(left):
                found.setdefault(char, set()).update(following)

    def marks(self, step: Step) -> Iterator[str]:
        """Source spellings of the phrases of *step* that are more than the sum of their characters."""
        one = str.maketrans(dict(_singles(step)))
        for dictionary in step:
            for key, value in dictionary.items():
                if len(key) > 1 and value != key.translate(one):
                    yield from self._spellings(key)

    def _spellings(self, key: str) -> Iterator[str]:
        """All source strings that become *key* one character at a time; or those of its rarest pair."""
        origins: Sequence[set[str]] = [self.alone.get(char, set()) for char in key]
        if prod(map(len, origins)) > MAX_SPELLINGS:
            origins = min(pairwise(origins), key=lambda pair: len(pair[0]) * len(pair[1]))
        return map("".join, product(*origins))


def _added(known: Origins, pairs: Iterable[tuple[str, str]], origins: Callable[[str], set[str]]) -> Origins:
    """*known*, and for each of *pairs* the *origins* of its second character under its first."""
    found = {char: set(some) for char, some in known.items()}
    for char, source in pairs:
        found.setdefault(char, set()).update(origins(source))
    return found


def _singles(step: Step) -> Dictionary:
    """What *step* makes of single characters."""
    return {key: value for dictionary in reversed(step) for key, value in dictionary.items() if len(key) == 1}
