"""Which words of a byline are names of persons.

A byline is a short text that names persons and nothing else, so its words are judged one by one;
running text is never searched for names.
"""

import re
from collections.abc import Iterator

from ..vocabulary import FOLDER, read_words
from .shade import HAN, shade

SURNAMES = read_words(FOLDER / "surnames.toml", "single", shade)
RARE_SURNAMES = read_words(FOLDER / "surnames.toml", "rare", shade)
COMPOUND_SURNAMES = read_words(FOLDER / "surnames.toml", "compound", shade)
PLACES = read_words(FOLDER / "places.toml", "place", shade)
MAX_PLACE_CHARS = max(map(len, PLACES))

UNITS = frozenset("省市县区州乡镇村")
"""What may follow the name of a place."""

_SINGLE = frozenset("".join(SURNAMES))
_RARE = frozenset("".join(RARE_SURNAMES))
MAX_FOREIGN_CHARS = 24

WORD = re.compile(
    rf"[{HAN}]+(?:·[{HAN}]+)+|[{HAN}]+|(?<![\w-])[A-Za-z][A-Za-z.'’-]+(?![A-Za-z0-9_])(?: [A-Z][A-Za-z.'’-]+(?![\w])){{0,3}}"
)
"""A run of characters, a name with a point in it, or a Latin name; codes such as PN041 are none."""

DESK = re.compile(
    r"(?:中心|小组|组|部|新闻|报|社|网|台|室|局|办|队|院|公司|委|委员会|大学|学院|集团|协会|频道|编辑部|记者站|综合"
    r"|工作室|客户端|报道|资料|照片|图片|画面|视频|截图|提供|翻摄|脸书|网友|读者|官网|微博|微信|周刊|杂志|通讯|在线"
    r"|日电|专电|外电|报系|分社|总编|编辑|记者|同学|老师|先生|女士|市民|团队|本人|家属|警方|官方|粉专|论坛|日报|晚报)$"
)
"""What the name of a desk, an outlet or a lender of pictures ends with."""

NOT_A_NAME = re.compile(
    r"[的了是在这那说们被把称你我他她它吗呢吧啊么什怎]|^(?:本[报网刊台社站版]|综合|据|经|从|获|昨|今|明|一名|有关|相关|多名|记者|即时|突发|实习|见习"
    r"|东方|视觉|路透|法新|美联|新华|中新|中央|资料|网络|现场|上图|下图|左图|右图|图为|责任|编辑|来源|校对|审核)"
)


def is_name(word: str) -> bool:
    """Whether *word*, in Simplified characters, looks like a name in Chinese: family name, then one or two characters.

    >>> is_name("吴天旭"), is_name("欧阳明月"), is_name("综合"), is_name("突发中心")
    (True, True, False, False)
    """
    if NOT_A_NAME.search(word) or DESK.search(word):
        return False
    if word[:2] in COMPOUND_SURNAMES and len(word) in (3, 4):
        return True
    return len(word) in (2, 3) and word[0] in _SINGLE


def is_likely_name(word: str) -> bool:
    """Whether *word* can be a name where a role names it: rare family names, Mongol and foreign names too.

    >>> is_likely_name("阿卜杜拉"), is_likely_name("麦麦提·艾力"), is_likely_name("swift"), is_likely_name("本报")
    (True, True, True, False)
    """
    if word.isascii() and word.isupper() and len(word) <= 3:
        return False
    if word.isascii() or "·" in word:
        return len(word) <= MAX_FOREIGN_CHARS and word[0].isalpha() and not DESK.search(word)
    if is_name(word):
        return True
    if word in PLACES or NOT_A_NAME.search(word) or DESK.search(word):
        return False
    return 2 <= len(word) <= 5


def names_in(word: str, *, sure: bool) -> tuple[tuple[int, int], ...]:
    """Spans of the names in *word*, a run of characters; none when it is something else.

    A place after a name is dropped, names that run on are parted. *sure* says that a role stands before it.

    >>> names_in("陈昱婷台北", sure=True), names_in("王阳张明", sure=True), names_in("台北", sure=True)
    (((0, 3),), ((0, 2), (2, 4)), ())
    """
    if word in PLACES and not (sure and is_name(word) and len(word) == 3):
        return ()
    if is_name(word):
        return ((0, len(word)),)
    for head in _without_place(word):
        if is_name(head):
            return ((0, len(head)),)
        if parted := _parted(head):
            return parted
    if sure and is_likely_name(word):
        return ((0, len(word)),)
    return ()


def _without_place(word: str) -> Iterator[str]:
    """*word* less the place at its end, the longest place first; then *word* itself."""
    place = place_at_end(word)
    if place and len(word) - len(place) >= 2:
        yield word[: -len(place)]
    yield word


def _parted(word: str) -> tuple[tuple[int, int], ...]:
    """Names that run on without a sign between them: each must begin with a family name.

    >>> _parted("王小明李大同")
    ((0, 3), (3, 6))
    """
    if not 4 <= len(word) <= 12:
        return ()
    reach: list[tuple[tuple[int, int], ...] | None] = [()] + [None] * len(word)
    for end in range(2, len(word) + 1):
        for size in (3, 2, 4):
            before = reach[end - size] if end >= size else None
            if before is not None and is_name(word[end - size : end]):
                reach[end] = (*before, (end - size, end))
                break
    return reach[len(word)] or ()


def place_at_end(word: str) -> str:
    """The longest known place that *word*, in Simplified characters, ends with, its 市 or 县 included.

    >>> place_at_end("陈昱婷台北"), place_at_end("卢太城台东县"), place_at_end("综合")
    ('台北', '台东县', '')
    """
    suffix = word[-1:] if word[-1:] in UNITS else ""
    stem = word[:-1] if suffix else word
    for name, end in ((word, ""), (stem, suffix)):
        for size in range(min(MAX_PLACE_CHARS, len(name)), 1, -1):
            if name[-size:] in PLACES:
                return name[-size:] + end
    return ""
