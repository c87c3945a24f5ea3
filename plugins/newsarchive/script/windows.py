"""Fast conversion, to the letter what engine.py gives: most of a text is one `str.translate`.

Two things are known of a plan before any text is seen:

* `glue`: all pairs of neighbours that stand inside a phrase of some step. Between two characters whose
  pair is not glue no phrase can reach across, so a text may be cut there and converted piece by piece.
* `marks`: the phrases whose value differs from what their characters give one by one, as they look in
  the source. A piece in which none occurs is converted by translation.

One pass of Aho-Corasick finds the marks (one in 190 characters of mainland news for s2tw); only the
pieces around them go through the engine. Steps after the first see converted text; their phrases are
mapped back to the characters they come from.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from ahocorasick_rs import AhoCorasick

from .dictionaries import Dictionary, Lines, Plan
from .engine import Engine
from .names import name_value
from .tables import Tables

MAX_PIECES = 1 << 14
"""Pieces remembered with their conversion; about 3 MB."""

MAX_PIECE_CHARS = 64
"""Longer pieces are not remembered: they come once, and may be a whole text."""

MAX_NAMES = 1 << 12
"""Names of persons remembered, and pieces with names: the same reporters write again and again."""

COMPATIBILITY = re.compile("[\uf900-\ufaff]|[\U0002f800-\U0002fa1f]")
ASTRAL = re.compile("[\U00010000-\U0010ffff]")
LONE_SURROGATES = re.compile("[\ud800-\udfff]")


@cache
def basic_plane() -> str:
    """All characters up to U+FFFF in their order."""
    return "".join(map(chr, range(0x10000)))


class Windows:
    """Converts as `Engine(plan.name, plan)` does, at many times its speed."""

    def __init__(self, tables: Tables, plan: Plan[Lines]) -> None:
        self._table = dict(zip(map(ord, tables.sources), tables.targets, strict=True))
        self._plane = basic_plane().translate(self._table)
        """The same for the Basic Multilingual Plane; a string is twice as fast as a dict in `translate`."""

        self._glue = tables.glue
        self._marks = AhoCorasick(tables.marks)
        self.config = plan.name
        self._engine = Engine(plan.name, plan)
        self._remembered = lru_cache(MAX_PIECES)(self._engine.convert)
        self._remembered_with = lru_cache(MAX_NAMES)(self._with)
        self.name = lru_cache(MAX_NAMES)(self._name)

    def convert(self, text: str, keep: Dictionary | None = None) -> str:
        """*text* converted; phrases of *keep* are set to their values, before any other phrase."""
        if keep and COMPATIBILITY.search(text):
            text = self._engine.normalized(text)  # as names are looked for in what the engine makes of it
        starts = [start for _, start, _ in self._marks.find_matches_as_indexes(scannable(text))]
        if keep:
            starts = sorted([*starts, *_places(text, keep)])
        return self._set(text, starts, keep or {})

    def _name(self, name: str) -> str:
        """*name* of a person: as the site table or the dictionaries have it in full, else by the rules for names.

        The rules know family names better than the dictionaries: 于是之 is not 於是 and 之.
        """
        if kept := self.kept(name):
            return kept
        value = name_value(name, self.config)
        if len(name) > 2 and self._engine.knows(name):
            known = self._remembered(name)
            return known if known[:1] == value[:1] else value
        return value

    def kept(self, phrase: str) -> str | None:
        """What the site table makes of *phrase*, if it has it."""
        return self._engine.kept(phrase)

    def _set(self, text: str, starts: Iterable[int], keep: Dictionary) -> str:
        """*text* translated, but for the pieces that hold one of *starts*."""
        plain = text.translate(self._table if ASTRAL.search(text) else self._plane)
        own = {a + b for phrase in keep for a, b in pairwise(phrase)}
        parts = []
        done = 0
        for start in starts:
            if start >= done:
                left, right = self._piece(text, start, done, own)
                piece = text[left:right]
                parts += [plain[done:left], self._converted(piece, keep)]
                done = right
        return "".join([*parts, plain[done:]])

    def _converted(self, piece: str, keep: Dictionary) -> str:
        own = tuple([pair for pair in keep.items() if pair[0] in piece])  # no other can match
        if len(piece) > MAX_PIECE_CHARS:
            return self._with(piece, own)
        return self._remembered_with(piece, own) if own else self._remembered(piece)

    def _with(self, piece: str, own: tuple[tuple[str, str], ...]) -> str:
        return self._engine.convert(piece, dict(own))

    def _piece(self, text: str, start: int, floor: int, own: Collection[str]) -> tuple[int, int]:
        """The stretch around *start*, not before *floor*, that glue or the pairs in *own* hold together."""
        glue = self._glue
        left, right, end = start, start + 1, len(text)
        while left > floor and (text[left] in glue.get(text[left - 1], "") or text[left - 1 : left + 1] in own):
            left -= 1
        while right < end and (text[right] in glue.get(text[right - 1], "") or text[right - 1 : right + 1] in own):
            right += 1
        return left, right


def _places(text: str, phrases: Iterable[str]) -> Iterator[int]:
    """Where *phrases* begin in *text*; a pattern would have to be compiled for the names of every article."""
    for phrase in phrases:
        start = text.find(phrase)
        while start >= 0:
            yield start
            start = text.find(phrase, start + 1)


def scannable(text: str) -> str:
    """*text* as Aho-Corasick takes it: with a stand-in for lone surrogates, none of which stands in a phrase."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return LONE_SURROGATES.sub("\ufffd", text)
    return text
