"""Titles: what belongs to the page and not to the headline is cut off."""

import re

from ..vocabulary import FOLDER, read_words
from .outlet import OUTLETS, is_outlet
from .shade import shade

SECTIONS = read_words(FOLDER / "sources.toml", "section", shade)
MIN_TITLE_CHARS = 4
MAX_TITLE_CHARS = 80
_TAIL = re.compile(r"\s*(?:字级|字号|字体|分享|列印|打印)[:：]?\s*(?:[大中小]\s*)*$")
_SPLIT = re.compile(r"(\s*[_|]+\s*|\s+-+\s+|-+)")
_PAGE = re.compile(r"\s*\((?:\d{1,2}|第\d+页)\)$")
_WRAP = (("《", "》"), ("“", "”"), ("「", "」"))


def clean_title(title: str) -> str:
    """*title* without what belongs to the page: outlet, section, size of type.

    >>> clean_title("新华时评：把优秀返乡农民工打造成乡村振兴生力军-新华网")
    '新华时评：把优秀返乡农民工打造成乡村振兴生力军'
    >>> clean_title("央行宣布降准_财经频道_网易财经"), clean_title("周勝考乩童出身　從政30年風波不斷字級：")
    ('央行宣布降准', '周勝考乩童出身　從政30年風波不斷')
    """
    title = title.strip(" 　\t-_|>")
    while True:
        shadow = shade(title)
        shorter = title[: _TAIL.search(shadow).start()] if _TAIL.search(shadow) else title  # type: ignore[union-attr]
        shorter = _without_outlet(shorter, shade(shorter)).rstrip(" 　\t-_|>")
        if shorter == title or len(shorter) < MIN_TITLE_CHARS:
            return re.sub(r"[ \t]{2,}", " ", title)
        title = shorter


def _without_outlet(title: str, shadow: str) -> str:
    """*title* less its last part, when that is an outlet or a section of one."""
    cuts = [found for found in _SPLIT.finditer(shadow) if found.start() > 0]
    if not cuts:
        return title
    last = cuts[-1]
    part, sign = shadow[last.end() :].strip(), last[0].strip()
    if not part:
        return title[: last.start()]
    if part in OUTLETS or part in SECTIONS or (part.split(":")[0].split("·")[0]) in OUTLETS:
        return title[: last.start()]
    if len(part) <= 16 and is_outlet(part) and not re.search(r"\d", part):
        return title[: last.start()]
    return title[: last.start()] if sign.startswith("_") and len(part) <= 12 else title


def is_title_line(line: str) -> bool:
    """Whether *line* can be a headline: short, and not a sentence that ends with a stop.

    >>> is_title_line("輕軌二階勿蠻幹"), is_title_line("他昨天到了。")
    (True, False)
    """
    shadow = shade(line)
    if not MIN_TITLE_CHARS <= len(line) <= MAX_TITLE_CHARS or re.search(r"[。;,:]$|。", shadow):
        return False
    return bool(re.search(r"\w", line)) and not re.match(r"(?:https?:|www\.)", line)


def bare(text: str) -> str:
    """*text* for comparison: folded, without signs and spaces."""
    return re.sub(r"[\W_]+", "", shade(text)).lower()
