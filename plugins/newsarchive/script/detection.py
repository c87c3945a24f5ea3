"""Which script a text is written in, from the characters that exist in one script only."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache

from .dictionaries import read_choices

HANS, HANT, HONG_KONG, UNKNOWN = "zh-Hans", "zh-Hant", "zh-Hant-HK", "zh"

CLEARLY = 4
"""So many telling characters, and so many times those of the other script, make a paragraph of its own script."""


def detect(text: str) -> str:
    """`zh-Hans` or `zh-Hant`, or `zh` where *text* does not tell.

    >>> detect("头发长了"), detect("頭髮長了"), detect("人山人海")
    ('zh-Hans', 'zh-Hant', 'zh')
    """
    hans, hant = evidence(text)
    if hans == hant:
        return UNKNOWN
    return HANS if hans > hant else HANT


def script_of(paragraph: str, origin: str) -> str:
    """Script of one *paragraph* of an article of script *origin*: another one only where it is clear.

    >>> script_of("他引述說：從來沒有這樣過", "zh-Hans"), script_of("頭", "zh-Hans"), script_of("頭", "zh")
    ('zh-Hant', 'zh-Hans', 'zh-Hant')
    """
    if origin == UNKNOWN:
        return detect(paragraph)
    if _is_all_of(paragraph, origin):  # nearly always: 1 us against 25
        return origin
    hans, hant = evidence(paragraph)
    own, other = (hans, hant) if origin.startswith(HANS) else (hant, hans)
    if other >= CLEARLY and other > CLEARLY * own:
        return HANT if origin.startswith(HANS) else HANS
    return origin


def region_of(text: str) -> str:
    """`zh-Hant-HK` where Traditional *text* has the characters of Hong Kong, else `zh-Hant`.

    >>> region_of("他説：衞生署看着這裏"), region_of("他說：衛生署看著這裡")
    ('zh-Hant-HK', 'zh-Hant')
    """
    if _is_free_of_hong_kong()(text):
        return HANT
    hong_kong, taiwan = _regional()
    counts = Counter(text)
    here, there = (sum(counts[char] for char in chars if char in counts) for chars in (hong_kong, taiwan))
    return HONG_KONG if here > there else HANT


def is_uniform(text: str, origin: str) -> bool:
    """Whether no part of *text* can tell of another script or region than *origin* alone does.

    >>> is_uniform("头发", "zh-Hans"), is_uniform("头髮", "zh-Hans"), is_uniform("頭髮", "zh-Hant")
    (True, False, True)
    """
    return origin != UNKNOWN and _is_all_of(text, origin) and (origin != HANT or _is_free_of_hong_kong()(text))


def _is_all_of(text: str, origin: str) -> bool:
    """Whether *text* has no character that only the other script has."""
    return _is_free_of(origin.startswith(HANS))(text)


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


@cache
def _is_free_of(is_hans: bool) -> Callable[[str], bool]:
    """What tells that a text has none of the characters of Traditional only (or those of Simplified only)."""
    hans, hant = _telling()
    return _free_of(hant if is_hans else hans)


@cache
def _is_free_of_hong_kong() -> Callable[[str], bool]:
    return _free_of(_regional()[0])


def _free_of(chars: frozenset[str]) -> Callable[[str], bool]:
    """What tells that a text has none of *chars*: a pattern takes a seventh of the time of `isdisjoint`.

    It is as quick only with characters up to U+FFFF, so others are looked at one by one where there are any.
    """
    search = re.compile(f"[{''.join(map(re.escape, _basic(chars)))}\U00010000-\U0010ffff]").search

    def is_free(text: str) -> bool:
        return search(text) is None or chars.isdisjoint(text)

    return is_free


def _basic(chars: Iterable[str]) -> list[str]:
    return sorted(char for char in chars if char <= "\uffff")


@cache
def _regional() -> tuple[frozenset[str], frozenset[str]]:
    """Characters of Hong Kong only, and of Taiwan only."""
    sides = []
    for file, other in (("HKVariants.txt", "TWVariants.txt"), ("TWVariants.txt", "HKVariants.txt")):
        own, theirs = read_choices(file), read_choices(other)
        changed = {values[0] for key, values in own.items() if key not in theirs}
        kept = {key for key in theirs if key not in own}
        sides.append(changed | kept)
    hong_kong, taiwan = sides
    common = set(read_choices("STCharacters.txt"))  # 台 is typed everywhere
    return frozenset(hong_kong - taiwan - common), frozenset(taiwan - hong_kong - common)
