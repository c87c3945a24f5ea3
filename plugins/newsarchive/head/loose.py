"""Lines that no reader knows, judged by their form and place: what ends no sentence, beyond the sentences of a story.

A story is told in sentences, and a sentence ends with a stop. A short line without one that stands before the first
sentence or behind the last is a button, a caption, a title of another text: not story. Stories that hold such lines
themselves (headings, lists, verse, tables) are told by the lines around it.
"""

import re
from collections.abc import Sequence

from .apparatus import MIN_WEIGHT_BEHIND, is_apparatus, tells
from .names import BODIES, OCCUPATIONS, is_name
from .shade import shade

MAX_LOOSE_CHARS = 40
MAX_PLAIN_CHARS = 24
"""Up to this length a line may hold a comma."""

GOING_ON = (",", "、", ";")
MAX_LOOSE_SHARE = 0.5
"""Where more lines than this share have no stop, the story itself is told without."""

MIN_MENU_WORDS, MAX_MENU_CHARS = 5, 10
MIN_FIGURES_CHARS = 8
MAX_FIGURES_SHARE = 0.3
_ENDS = re.compile(r"[。!?;…~](?:[\"”」』’')\]》]{0,2})$|[。!?,][^。!?]{0,60}[\"”」』]$|[\"”」』]$")
_STOPS = re.compile(r"[。!?;,:、\"]")
_OPENS_LIST = re.compile(r":[\"”)]?$")
_LISTED = re.compile(
    r"^ ?(?:[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.)）]"
    r"|第[一二三四五六七八九十\d]{1,3}[章节条项名位]|附[:件录表]|注[:释])"
)
_NAMES = re.compile(r"、.*、")
_FIGURE = re.compile(r"[\d.%/:℃-]")


def ends_sentence(line: str) -> bool:
    """Whether *line* ends like a sentence, or like somebody's words.

    >>> ends_sentence("他走了。"), ends_sentence("她说：“明天再来。”"), ends_sentence("频道热点（更多）")
    (True, True, False)
    """
    return _ENDS.search(shade(line)[-80:]) is not None


def is_loose(line: str) -> bool:
    """Whether *line* is short and ends no sentence, and is no item of a list, no row of figures.

    >>> is_loose("去APP参与评论"), is_loose("雨停了。"), is_loose("一、调整范围"), is_loose("南宁 28/34 桂林 24/28")
    (True, False, False, False)
    >>> is_loose("下周一，")  # told line by line, as accounts do
    False
    """
    shadow = shade(line)
    if is_menu(line):
        return True
    if len(line) > MAX_LOOSE_CHARS or "。" in shadow or (len(line) > MAX_PLAIN_CHARS and "," in shadow):
        return False
    if shadow.endswith(GOING_ON) or ends_sentence(line) or _LISTED.search(shadow) or _NAMES.search(shadow):
        return False
    return len(line) < MIN_FIGURES_CHARS or len(_FIGURE.findall(shadow)) <= MAX_FIGURES_SHARE * len(line)


def is_menu(line: str) -> bool:
    """Whether *line* is a row of many short words and nothing else: 熱門 消委會 自助餐優惠 兒童健康 烹飪教煮.

    >>> is_menu("熱門 消委會 自助餐優惠 兒童健康 烹飪教煮"), is_menu("南宁 28/34 桂林 24/28 柳州 25/30")
    (True, False)
    """
    words = shade(line).split()
    if len(words) < MIN_MENU_WORDS or _STOPS.search(shade(line)):
        return False
    return max(map(len, words)) <= MAX_MENU_CHARS and len(_FIGURE.findall(line)) <= MAX_FIGURES_SHARE * len(line) / 2


def are_told_in_sentences(lines: Sequence[str]) -> bool:
    """Whether most of *lines* end like sentences, so that one that does not is no story.

    >>> are_told_in_sentences(["雨停了。", "他走了。"]), are_told_in_sentences(["床前明月光", "疑是地上霜", "完。"])
    (True, False)
    """
    loose = sum(not ends_sentence(line) for line in lines)
    return 0 <= loose <= MAX_LOOSE_SHARE * len(lines) and loose < len(lines)


def begins_foot(line: str, above: Sequence[str]) -> bool:
    """Whether *line* can be the first behind the story that the lines *above* tell.

    >>> begins_foot("频道热点", ["雨停了。"]), begins_foot("青石镇", ["获奖的有：", "江海镇"])
    (True, False)
    >>> begins_foot("江海县人民委员会", ["特此公告。"]), begins_foot("江海县县长　王明", ["特此公告。"])
    (False, False)
    """
    if "，" in line and not is_apparatus(line, MIN_WEIGHT_BEHIND):
        return False
    if not is_loose(line) or tells(line) or not are_told_in_sentences(above) or _OPENS_LIST.search(shade(above[-1])):
        return False
    return ends_sentence(above[-1]) and not _signs(line)


def _signs(line: str) -> bool:
    """Whether *line* is the body, or the holder of an office, in whose name the story speaks, at its end."""
    *office, name = shade(line).rstrip(": ").split(" ")
    if office and is_name(name):
        return office[-1].endswith(OCCUPATIONS.as_tuple())
    return name.endswith(tuple(word for word in BODIES.as_tuple() if word not in ("编辑部", "论坛")))
