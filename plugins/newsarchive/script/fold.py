"""One character to one, to Simplified: so that 後來, 后来 and 後来 are found alike. Never for display."""

from functools import cache

from .dictionaries import NORMAL_FORMS, read_choices

CHARACTERS = ("TSCharactersExt.txt", "TSCharacters.txt", "TWVariantsRev.txt", "HKVariantsRev.txt")
"""Dictionaries of single characters; where two have a character, the later one's first other value counts."""


def fold(text: str) -> str:
    """*text* in Simplified, character by character and as long as before.

    >>> fold("裡裏里 後后 瞭解了解")
    '里里里 后后 了解了解'
    """
    return text.translate(_table())


def fold_pairs(*, astral: bool = False) -> tuple[str, str]:
    """Two parallel strings: the n-th character of the first is folded to the n-th of the second.

    Without *astral* those where both lie in the Basic Multilingual Plane, one UTF-16 unit each;
    with *astral* the others.
    """
    pairs = [(chr(char), to) for char, to in sorted(_table().items()) if (max(chr(char), to) > "\uffff") is astral]
    return "".join(char for char, _ in pairs), "".join(to for _, to in pairs)


@cache
def _table() -> dict[int, str]:
    """Code point -> what it is folded to; a value is never folded further."""
    direct: dict[str, str] = {}
    for file in (*reversed(CHARACTERS), NORMAL_FORMS):
        for char, values in read_choices(file).items():
            others = [value for value in values if value != char and len(value) == 1]
            if len(char) == 1 and others:
                direct[char] = others[0]
    return {ord(char): end for char in direct if (end := _end(char, direct)) != char}


def _end(char: str, direct: dict[str, str]) -> str:
    """Where *char* leads to; characters that lead to each other meet at the smallest of them."""
    way = [char]
    while (following := direct.get(way[-1])) and following not in way:
        way.append(following)
    return min(way[way.index(following) :]) if following else way[-1]
