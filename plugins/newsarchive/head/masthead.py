"""What heads a page before its headline: the name of the outlet, a row of sections and buttons."""

import re

from ..vocabulary.owned import Words
from .names import BODIES, PLACES
from .outlet import OUTLETS, clean_outlet, is_outlet
from .shade import HAN, shade
from .title import SECTIONS

NAVIGATION = Words("sources.toml", "navigation", shade)
MAX_MASTHEAD_CHARS = 40
MAX_WORD_CHARS = 14
MAX_SECTION_CHARS = 6
"""A section that no table knows, in a trail that begins with an outlet: 江海网 / 社會萬象."""

MIN_NAME_CHARS = 3
"""A shorter word that ends like an outlet is one only when the table has it: 上报."""

PLAIN_ENDINGS = (
    "报", "网", "社", "电视台", "广播电台", "融媒体中心", "融媒", "传媒", "新闻", "头条", "周刊", "杂志", "客户端",
    "在线", "中文版", "海外版", "国际版",
)  # fmt: skip
"""What the name of an outlet ends with that stands on a line of its own."""

_WORD = re.compile(r"[^ |/<>»›·,:()\[\]《》\"+_-]+")
_RUN = re.compile(rf"[{HAN}]+|[^{HAN}]+")
_TRAIL = re.compile(r"[/>|»›]")
_SHEET = re.compile(r"[A-Z]\d{1,2}版?")
"""The page of a paper, behind its name: 江海日报 A6·乡镇."""

_HOME = re.compile("(?:首页|主页)$")
_STOP = re.compile(r"[。!?;…]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]{2,}")
_PLAIN = re.compile(r"[A-Za-z0-9.'&]+|第?\d*[版页期]")


def read_masthead(line: str) -> str | None:
    """The outlet named in *line*, a row of nothing but outlets, sections and buttons; empty when it names none.

    >>> read_masthead("江海日报 时政 > 要闻"), read_masthead("首頁 地方"), read_masthead("江海日报三十年回顾")
    ('江海日报', '', None)
    >>> read_masthead("头条号 / 西部教育观察")
    '西部教育观察'
    """
    shadow = shade(line)
    if len(line) > MAX_MASTHEAD_CHARS or _STOP.search(shadow):
        return None
    spans = [span for found in _WORD.finditer(shadow) for span in _parts(*found.span(), shadow)]
    named = [span for span in spans if names_outlet(shadow[slice(*span)])]
    others = [shadow[slice(*span)] for span in spans if span not in named]
    buttons = [word for word in others if word in SECTIONS or word in NAVIGATION]
    has_sign = _TRAIL.search(shadow) or any(map(_SHEET.fullmatch, others))
    is_trail = bool(named) and named[0] == spans[0] and bool(has_sign)
    if len(others) == len(spans) == 2 and others[0] in NAVIGATION and others[0].endswith("号"):
        return clean_outlet(line[slice(*spans[1])])  # a platform, and who writes there
    if not spans or not all(_is_button(word) or (is_trail and len(word) <= MAX_SECTION_CHARS) for word in others):
        return None
    named = named or [span for span in spans if buttons and _LATIN.fullmatch(shadow[slice(*span)])]
    if not named:
        return "" if buttons else None
    return clean_outlet(line[slice(*named[-1 if is_trail else 0])])


def _parts(start: int, end: int, shadow: str) -> list[tuple[int, int]]:
    """The word from *start* to *end*, or its Chinese and Latin parts when it is no outlet as a whole."""
    if (home := _HOME.search(shadow, start, end)) and names_outlet(shadow[start : home.start()]):
        return [(start, home.start()), home.span()]
    runs = [found.span() for found in _RUN.finditer(shadow, start, end)]
    for first, last in ((0, len(runs)), (0, len(runs) - 1), (1, len(runs))):
        if first < last and names_outlet(shadow[runs[first][0] : runs[last - 1][1]]):
            return [*runs[:first], (runs[first][0], runs[last - 1][1]), *runs[last:]]
    return runs


def outlet_of_trail(trail: str) -> str:
    """The outlet that the *trail* of sections above a headline names; of two that it leads to.

    >>> outlet_of_trail("江海网 > 数字报 > 江海晚报 > 正文"), outlet_of_trail("首頁 / 生活新聞")
    ('江海晚报', '')
    """
    shadow = shade(trail)
    named = [found.span() for found in _WORD.finditer(shadow) if names_outlet(found[0])]
    return clean_outlet(trail[slice(*named[-1])]) if named else ""


def names_outlet(word: str) -> bool:
    """Whether *word* by itself is the name of an outlet and no section."""
    if word in OUTLETS:
        return True
    if (
        word in NAVIGATION
        or word in SECTIONS
        or word.removesuffix("新闻") in SECTIONS
        or not MIN_NAME_CHARS <= len(word) <= MAX_WORD_CHARS
    ):
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
        or (len(word) <= MAX_SECTION_CHARS and word.endswith(("频道", "首页", "新闻", *BODIES.as_tuple())))
    )
