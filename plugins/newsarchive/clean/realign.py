"""What one lost byte does to GB 18030, and its inverse.

A Han character is two bytes, a lead of 81–FE and a trail of 40–7E or 80–FE. When a byte is
lost, each trail pairs with the next character's lead, until a byte below 80 puts the pairs
right again: an ASCII character, or a trail in the ASCII range. So everything behind the
damage can be had back by pairing the bytes the other way; only two characters are in doubt,
the one that lost the byte and, where an ASCII character ends the run, the last one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .characters import COMMON, TONED
from .glosses import is_converters
from .likelihood import PUNCTUATION

LOST = "?？\ufffd"
"""What decoders write for a byte they cannot read; a later widening may have made ？ of it."""

READING = rf"[a-zü{TONED}]{{1,7}}"
GLOSS_AHEAD = re.compile(rf"(?:[{LOST}]\(?|\()({READING})\)")
PRIVATE_LEADS = (*range(0xAA, 0xB0), *range(0xF8, 0xFF))
"""Rows of GBK left to users; decoders make private-use characters of them, which cleaners drop."""


@lru_cache(1 << 15)
def two_bytes(character: str) -> bytes:
    """*character* in GB 18030 if that takes two bytes, else nothing."""
    try:
        data = character.encode("gb18030")
    except UnicodeEncodeError:
        return b""
    return data if len(data) == 2 else b""


@lru_cache(1 << 15)
def character_of(lead: int, trail: int) -> str:
    """The common character or mark of two bytes; empty where it is neither."""
    character = bytes((lead, trail)).decode("gbk", "ignore")
    return character if character in COMMON or character in PUNCTUATION else ""


def is_synchronous(character: str) -> bool:
    """Whether the trail byte of *character* is an ASCII character, where a wrong pairing ends."""
    return two_bytes(character)[1] < 0x80


def run_end(text: str, start: int, limit: int) -> int:
    """End of the wrongly paired run that begins at *start*, at most *limit* characters on."""
    stop = min(len(text), start + limit)
    for at in range(start, stop):
        if not two_bytes(text[at]):
            return at
        if is_synchronous(text[at]):
            return at + 1
    return stop


@dataclass(frozen=True, slots=True)
class Shifted:
    """A run paired the other way."""

    first: int
    """Its first byte, half of the character that lost the other half."""

    middle: str
    """The characters in between, which are certain."""

    last: int
    """Its last byte: an ASCII character, or the lead of a character whose trail is lost or follows."""


def shifted(run: str) -> Shifted | None:
    """*run* paired the other way, unless it is empty or its bytes do not allow that.

    >>> shifted("戎攸")
    Shifted(first=200, middle='重', last=252)
    """
    data = b"".join(map(two_bytes, run))
    if not data:
        return None
    try:
        return Shifted(data[0], data[1:-1].decode("gb18030"), data[-1])
    except UnicodeDecodeError:
        return None


def firsts(half: int, is_trail: bool) -> Iterator[str]:
    """Common characters that a lost byte leaves *half* of: their trail, or (unless *is_trail*) either byte."""
    yield from filter(None, (character_of(lead, half) for lead in range(0x81, 0xFF)))
    if not is_trail:
        yield from filter(None, (character_of(half, trail) for trail in range(0x40, 0xFF)))


def lasts(lead: int, text: str, end: int) -> Iterator[tuple[str, int]]:
    """What a run ending in *lead* before text[end] may have ended in, and where the text goes on."""
    if lead < 0x80:
        yield chr(lead), end
        return
    following = text[end : end + 1]
    if gloss := GLOSS_AHEAD.match(text, end):
        options = (character_of(lead, trail) for trail in range(0x40, 0xFF))
        if glossed := [c for c in options if c and is_converters(c, gloss[1])]:
            yield from ((f"{c}({gloss[1]})", gloss.end()) for c in glossed)
            return
    if "@" <= following <= "~":
        if character := character_of(lead, ord(following)):
            yield character, end + 1
        else:
            yield from _around_private(lead, text, end)
        return
    skipped = end + (following != "" and following in LOST)
    yield from ((c, skipped) for c in map(character_of, [lead] * 0xBF, range(0x40, 0xFF)) if c)


def _around_private(lead: int, text: str, end: int) -> Iterator[tuple[str, int]]:
    """Two characters whose inner bytes made a private-use character that was dropped."""
    gloss = GLOSS_AHEAD.match(text, end + 1)
    before = [c for c in (character_of(lead, trail) for trail in PRIVATE_LEADS) if c]
    for after in (character_of(inner, ord(text[end])) for inner in range(0xA1, 0xFF)):
        if after and (gloss is None or is_converters(after, gloss[1])):
            yield from ((c + after, end + 1) for c in before)
