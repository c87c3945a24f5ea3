"""What heads a page before its headline: the name of the outlet, a row of sections and buttons."""

import re

from ..vocabulary.owned import Words
from .names import PLACES
from .outlet import OUTLETS, clean_outlet, is_outlet
from .shade import HAN, shade
from .title import SECTIONS

NAVIGATION = Words("sources.toml", "navigation", shade)
MAX_MASTHEAD_CHARS = 40
MAX_WORD_CHARS = 14
MIN_NAME_CHARS = 3
"""A shorter word that ends like an outlet is one only when the table has it: 上报."""

PLAIN_ENDINGS = (
    "报", "网", "社", "电视台", "广播电台", "融媒体中心", "融媒", "传媒", "新闻", "周刊", "杂志", "客户端", "在线",
    "中文版", "海外版", "国际版",
)  # fmt: skip
"""What the name of an outlet ends with that stands on a line of its own."""

_WORD = re.compile(r"[^ |/<>»›·,:()\[\]《》\"+_-]+")
_RUN = re.compile(rf"[{HAN}]+|[^{HAN}]+")
_STOP = re.compile(r"[。!?;…]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.]{2,}")
_PLAIN = re.compile(r"[A-Za-z0-9.'&]+|第?\d*[版页期]")


def read_masthead(line: str) -> str | None:
    """The outlet named in *line*, a row of nothing but outlets, sections and buttons; empty when it names none.

    >>> read_masthead("江海日报 时政 > 要闻"), read_masthead("首頁 地方"), read_masthead("江海日报三十年回顾")
    ('江海日报', '', None)
    """
    shadow = shade(line)
    if len(line) > MAX_MASTHEAD_CHARS or _STOP.search(shadow):
        return None
    words = [word for found in _WORD.finditer(shadow) for word in _parts(*found.span(), shadow)]
    named = [span for span in words if _names_outlet(shadow[slice(*span)])]
    others = [shadow[slice(*span)] for span in words if span not in named]
    if not words or not all(map(_is_button, others)):
        return None
    buttons = [word for word in others if word in SECTIONS or word in NAVIGATION]
    named = named or [span for span in words if buttons and _LATIN.fullmatch(shadow[slice(*span)])]
    return clean_outlet(line[slice(*named[0])]) if named else ("" if buttons else None)


def _parts(start: int, end: int, shadow: str) -> list[tuple[int, int]]:
    """The word from *start* to *end*, or its Chinese and Latin parts when it is no outlet as a whole."""
    if _names_outlet(shadow[start:end]):
        return [(start, end)]
    return [found.span() for found in _RUN.finditer(shadow, start, end)]


def first_outlet(trail: str) -> str:
    """The outlet with which the *trail* of sections above a headline begins.

    >>> first_outlet("江海网 > 社会 > 正文"), first_outlet("首頁 / 生活新聞")
    ('江海网', '')
    """
    word = _WORD.search(shade(trail))
    return clean_outlet(trail[slice(*word.span())]) if word and _names_outlet(word[0]) else ""


def _names_outlet(word: str) -> bool:
    """Whether *word* by itself is the name of an outlet and no section."""
    if word in OUTLETS:
        return True
    if word in SECTIONS or word in NAVIGATION or not MIN_NAME_CHARS <= len(word) <= MAX_WORD_CHARS:
        return False
    name = shade(clean_outlet(word))
    return name in OUTLETS or (name.endswith(PLAIN_ENDINGS) and is_outlet(name))


def _is_button(word: str) -> bool:
    """Whether *word* is a section, a button, a place or no Chinese: what stands beside the name of an outlet."""
    return (
        word in SECTIONS
        or word in NAVIGATION
        or word in PLACES
        or _PLAIN.fullmatch(word) is not None
        or (len(word) <= 6 and word.endswith(("频道", "首页", "新闻")))
    )
