"""In what order readers of an edition expect headings, and under which sign of an index."""

from functools import lru_cache

from .editions import edition
from .names import read_names

TONES = str.maketrans("ˊˇˋ˙", "2345")
OTHER = "#"
"""Index sign of names that begin with neither a letter nor a character that has a reading."""


def sort_key(name: str, code: str, *, person: bool = False) -> str:
    """Key that puts *name* where readers of edition *code* look for it; compare keys as strings.

    The readings come first, then the characters, so that names read alike stand together. A *person* has
    the reading of the family name: 曾 is Zēng.

    >>> sorted(["周", "安徽", "5G", "曾志伟"], key=lambda name: sort_key(name, "zh-Hans", person=True))
    ['5G', '安徽', '曾志伟', '周']
    """
    return "\0".join((*readings(name, edition(code).order, person), name))


def initial(name: str, code: str, *, person: bool = False) -> str:
    """The sign *name* stands under in an index: A–Z, or ㄅ–ㄩ; `#` for others.

    >>> initial("北京", "zh-Hans"), initial("北京", "zh-Hant"), initial("5G", "zh-Hans"), initial("iPhone", "zh-Hant")
    ('B', 'ㄅ', '#', 'I')
    """
    first = next(iter(readings(name, edition(code).order, person)), "")[:1].upper()
    return first if first.isalpha() and (first.isascii() or "ㄅ" <= first <= "ㄩ") else OTHER


@lru_cache(maxsize=1 << 14)
def readings(name: str, order: str, person: bool) -> tuple[str, ...]:
    """How each character of *name* sounds, its tone as a digit behind; other text as it stands, in small letters."""
    # Not at the top: reading pypinyin's 47,000 phrases takes longer than all the rest of this package.
    from pypinyin import Style, lazy_pinyin

    if person:
        sounds = read_names().sounds
        surname = next((name[:length] for length in (2, 1) if name[:length] in sounds), "")
        name = sounds.get(surname, "") + name[len(surname) :]
    style = Style.BOPOMOFO if order == "zhuyin" else Style.TONE3
    return tuple(map(_with_tone, lazy_pinyin(name, style=style, neutral_tone_with_five=True)))


def _with_tone(reading: str) -> str:
    reading = reading.casefold().translate(TONES)
    return reading + "1" if "ㄅ" <= reading[-1:] <= "ㄩ" else reading
