"""Titles: what belongs to the page and not to the headline is cut off."""

import re
from collections.abc import Collection

from ..vocabulary.owned import Words
from .outlet import OUTLETS, clean_outlet, is_page_name
from .shade import shade

SECTIONS = Words("sources.toml", "section", shade)
_EDGE = " 　\t-_|>"
_BULLETS = "▲△▼▽●○■□◆◇★☆※•►▶"
_PLAIN_ENDINGS = ("报", "网", "社", "台", "新闻", "频道", "在线", "客户端", "杂志", "周刊")
MAX_SECTION_CHARS = 6
MAX_OUTLET_CHARS = 22
MIN_TITLE_CHARS = 4
MAX_TITLE_CHARS = 80
MIN_HEADLINE_CHARS = 6
SHORT_TITLES = frozenset(
    {"更正", "启事", "公告", "讣告", "声明", "致歉", "勘误", "通知", "简讯", "社论", "社评", "更正启事"}
)
"""Headlines of two characters that papers print."""

_TAIL = re.compile(r"(?:(?<!\s)\s+)?(?:字级|字号|字体|分享|列印|打印)[:：]?\s*+(?:[大中小]\s*+)*+$")
_SPLIT = re.compile(r"((?:(?<!\s)\s+)?[_|]++\s*|(?<!\s)\s+-+\s+|-+)")
_PAGE = re.compile(r"(?:(?<!\s)\s+)?\((?:\d{1,2}|第\d+页)\)$")
_WRAP = (("《", "》"), ("“", "”"), ("「", "」"))


def clean_title(title: str) -> str:
    """*title* without what belongs to the page: outlet, section, size of type.

    >>> clean_title("新华时评：把优秀返乡农民工打造成乡村振兴生力军-新华网")
    '新华时评：把优秀返乡农民工打造成乡村振兴生力军'
    >>> clean_title("央行宣布降准_财经频道_网易财经"), clean_title("周勝考乩童出身　從政30年風波不斷字級：")
    ('央行宣布降准', '周勝考乩童出身　從政30年風波不斷')
    """
    return part_title(title)[0]


def part_title(title: str) -> tuple[str, str]:
    """*title* as `clean_title`, and the outlet that was cut off behind it.

    >>> part_title("恆春洋蔥節登場 - 生活 - 自由時報電子報")
    ('恆春洋蔥節登場', '自由時報電子報')
    """
    if not title:
        return "", ""
    title, outlet = title.strip(_EDGE).lstrip(_BULLETS), ""
    while True:
        size = _TAIL.search(shade(title))
        shorter = title[: size.start()] if size else title
        shorter, part = _without_last(shorter, is_page=bool(outlet))
        if is_page_name(part) and (not outlet or part in OUTLETS):
            outlet = part
        shorter = shorter.rstrip(_EDGE)
        if shorter == title or len(shorter) < MIN_TITLE_CHARS:
            return re.sub(r"[ \t]{2,}", " ", title), clean_outlet(outlet)
        title = shorter


def _without_last(title: str, *, is_page: bool) -> tuple[str, str]:
    """*title* less its last part when that belongs to the page, and that part.

    *is_page* says that the name of an outlet was cut already, so that a short word before it is a section.
    """
    shadow = shade(title)
    last = next(reversed([found for found in _SPLIT.finditer(shadow) if found.start() > 0]), None)
    if not last:
        return title, ""
    part, sign = shadow[last.end() :].strip(), last[0]
    is_section = part in SECTIONS or re.fullmatch(r"[\d./年月日-]{4,11}", part) is not None
    is_short = (is_page or "_" in sign) and len(part) <= MAX_SECTION_CHARS and sign.strip() != sign.strip("_|")
    is_spaced = is_page and sign.startswith(" ") and len(part) <= MAX_SECTION_CHARS
    is_name = part in OUTLETS or (len(part) <= MAX_OUTLET_CHARS and is_page_name(part) and not part[:1].isdigit())
    if is_name and sign == "-" and not (part in OUTLETS or part.endswith(_PLAIN_ENDINGS)):
        is_name = False
    if part and not (is_section or is_short or is_spaced or is_name):
        return title, ""
    return title[: last.start()], title[last.end() :].strip()


def without_page(title: str, lines: Collection[str], names: Collection[str]) -> tuple[str, str]:
    """*title* less what a sign parts from it when one of *names* is that, or one of *lines* is the rest; and that.

    >>> without_page("河堤上的三十把长椅 | 岸边 Riverside", ["河堤上的三十把长椅"], [])
    ('河堤上的三十把长椅', '岸边 Riverside')
    >>> without_page("河堤上的三十把长椅 - iRiver", [], ["iRiver"]), without_page("甲队2-1乙队", [], [])
    (('河堤上的三十把长椅', 'iRiver'), ('甲队2-1乙队', ''))
    """
    for sign in reversed(list(_SPLIT.finditer(shade(title)))):
        head, tail = title[: sign.start()].rstrip(_EDGE), title[sign.end() :].strip(_EDGE)
        is_sure = bare(tail) in map(bare, names) or (head in lines and not set("|_").isdisjoint(sign[0]))
        if len(head) >= MIN_HEADLINE_CHARS and tail and is_sure:
            return head, tail
    return title, ""


def is_title_line(line: str) -> bool:
    """Whether *line* can be a headline: short, and not a sentence that ends with a stop.

    >>> is_title_line("輕軌二階勿蠻幹"), is_title_line("他昨天到了。")
    (True, False)
    """
    shadow = shade(line)
    if shadow in SHORT_TITLES:
        return True
    if not MIN_TITLE_CHARS <= len(line) <= MAX_TITLE_CHARS or re.search(r"[。;,:、]$|。", shadow):
        return False
    return bool(re.search(r"\w", line)) and not re.match(r"(?:https?:|www\.)", line)


def bare(text: str) -> str:
    """*text* for comparison: folded, without signs and spaces."""
    return re.sub(r"[\W_]+", "", shade(text)).lower()
