"""Which script a text is written in, from the characters that exist in one script only."""

from collections import Counter
from functools import cache

from .dictionaries import read_choices

HANS, HANT, UNKNOWN = "zh-Hans", "zh-Hant", "zh"


def detect(text: str) -> str:
    """`zh-Hans` or `zh-Hant`, or `zh` where *text* does not tell.

    >>> detect("头发长了"), detect("頭髮長了"), detect("人山人海")
    ('zh-Hans', 'zh-Hant', 'zh')
    """
    hans, hant = evidence(text)
    if hans == hant:
        return UNKNOWN
    return HANS if hans > hant else HANT


def evidence(text: str) -> tuple[int, int]:
    """How many characters of *text* exist in Simplified only, and how many in Traditional only."""
    hans, hant = _telling()
    counts = Counter(text)
    return (
        sum(count for char, count in counts.items() if char in hans),
        sum(count for char, count in counts.items() if char in hant),
    )


@cache
def _telling() -> tuple[frozenset[str], frozenset[str]]:
    """Characters of Simplified only, and of Traditional only."""
    hans = {char for char, values in read_choices("STCharacters.txt").items() if char not in values}
    hant = {char for char, values in read_choices("TSCharacters.txt").items() if char not in values}
    return frozenset(hans - hant), frozenset(hant - hans)
