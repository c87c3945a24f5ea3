"""Which script a text is written in, from the characters that exist in one script only."""

from collections import Counter
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
    of_hans, of_hant = _telling()
    if (of_hant if origin.startswith(HANS) else of_hans).isdisjoint(paragraph):  # nearly always: 2 us against 25
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
    hong_kong, taiwan = _regional()
    if hong_kong.isdisjoint(text):
        return HANT
    counts = Counter(text)
    here, there = (sum(counts[char] for char in chars if char in counts) for chars in (hong_kong, taiwan))
    return HONG_KONG if here > there else HANT


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
