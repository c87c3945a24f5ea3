"""The shade of a text: the same text in one script and one width, character by character.

Patterns are written once, in Simplified characters and half-width signs, and search the shade;
what they find is cut from the text itself, since every place is the same in both.
"""

import re
from functools import lru_cache

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


class _Shades(dict[int, str]):
    """Code point -> its shade, made when first asked for: `translate` is slow where a table has no entry."""

    def __missing__(self, code: int) -> str:
        self[code] = shade = fold(chr(code)).translate(_WIDTHS)
        return shade


_SHADES = _Shades()


@lru_cache(maxsize=256)
def shade(text: str) -> str:
    """*text* in Simplified characters and half-width signs, of the same length.

    The lines of one text are asked for by every reader in turn, so the last few are kept.

    >>> shade("（記者　吳天旭）")
    '(记者 吴天旭)'
    """
    return text.translate(_SHADES)


@lru_cache(maxsize=256)
def characters(shadow: str) -> frozenset[str]:
    """The characters of *shadow*, to see which patterns need not be searched for (Pattern.fits)."""
    return frozenset(shadow)
