"""One character to one, to Simplified: so that 後來, 后来 and 後来 are found alike. Never for display."""

from collections.abc import Mapping
from functools import cache

from .dictionaries import NORMAL_FORMS, read_choices

ALIKE = {"瞭": "了", "藉": "借", "覆": "复", "祇": "只", "衹": "只", "甯": "宁"}
"""Characters Simplified texts use too, and the ones they are found under."""


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
    direct = _first_values("TSCharactersExt.txt") | _first_values("TSCharacters.txt") | ALIKE
    simplified = set(direct.values()) | set(read_choices("STCharacters.txt"))
    for file in ("TWVariantsRev.txt", "HKVariantsRev.txt"):
        for char, standard in _first_values(file).items():
            if char not in simplified:
                direct.setdefault(char, standard)
    direct = _first_values(NORMAL_FORMS) | direct
    return {ord(char): _end(char, direct) for char in direct}


def _first_values(file: str) -> dict[str, str]:
    """Character -> its first value in a dictionary, where that is another character."""
    return {
        char: values[0]
        for char, values in read_choices(file).items()
        if len(char) == len(values[0]) == 1 and char != values[0]
    }


def _end(char: str, direct: Mapping[str, str]) -> str:
    """Where *char* leads to, one step after the other."""
    while char in direct:
        char = direct[char]
    return char
