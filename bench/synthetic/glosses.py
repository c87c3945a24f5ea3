"""What a careless converter leaves: Traditional text with the reading behind each changed character."""

from functools import cache

from opencc import OpenCC
from pypinyin import Style, pinyin

ASCII_PUNCTUATION = str.maketrans("，：（）？！；", ",:()?!;")


def annotate(text: str, glosses: bool = True) -> str:
    """Simplified *text* in Traditional, with readings like 網(wǎng) behind some characters."""
    converted = _converter().convert(text).translate(ASCII_PUNCTUATION)
    return "".join(char + _gloss(char) for char in converted) if glosses else converted


@cache
def _gloss(char: str) -> str:
    """Reading of *char* in brackets; the converter gives it for one changed character in three, always the same."""
    if not "一" <= char <= "鿿" or ord(char) % 3 or _back().convert(char) == char:
        return ""
    return f"({pinyin(char, style=Style.TONE)[0][0]})"


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


@cache
def _back() -> OpenCC:
    return OpenCC("t2s")
