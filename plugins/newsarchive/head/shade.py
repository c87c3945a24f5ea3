"""The shade of a text: the same text in one script and one width, character by character.

Patterns are written once, in Simplified characters and half-width signs, and search the shade;
what they find is cut from the text itself, since every place is the same in both.
"""

import re
from functools import cache, lru_cache

from ..script import fold

_PAIRS = {
    "[": "【〔［〖﹝",
    "]": "】〕］〗﹞",
    "(": "（﹙",
    ")": "）﹚",
    "/": "／╱∕⁄\\＼",
    ":": "：︰﹕∶",
    ",": "，﹐",
    "·": "•・‧．∙･●",
    "|": "｜│丨┃∣",
    ";": "；",
    "!": "！",
    "?": "？",
    " ": "　\u00a0\t▪□■◇◎☆★",
    "-": "－–—―─﹣",
    "@": "＠",
    '"': "“”＂",
    "〇": "○Ｏ",
}
_WIDTHS = {ord(wide): plain for plain, wides in _PAIRS.items() for wide in wides}
_WIDTHS |= {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F) if wide not in _WIDTHS}

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN_RUN = re.compile(f"[{HAN}]+")


_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


@cache
def _plane() -> str:
    """The n-th character is the shade of code point n; a string is five times as fast as a dict in `translate`."""
    return fold("".join(map(chr, range(0x10000)))).translate(_WIDTHS)


@lru_cache(maxsize=256)
def shade(text: str) -> str:
    """*text* in Simplified characters and half-width signs, of the same length.

    The lines of one text are asked for by every reader in turn, so the last few are kept.

    >>> shade("（記者　吳天旭）")
    '(记者 吴天旭)'
    """
    return (fold(text) if _ASTRAL.search(text) else text).translate(_plane())
