"""Apparatus: invitations, trailers, help lines and editors' notes at the edges of a text, known by their features.

boilerplate.toml knows notices by their words; here a line is weighed by its features (apparatus.toml), so that the
notices of outlets nobody has seen are known, too: a call to do something, a channel to do it in, a number, an address.
"""

import re
from collections.abc import Sequence
from operator import itemgetter

from ..vocabulary.owned import Patterns, Words, remembered
from .shade import shade

FEATURES = Patterns("apparatus.toml", "feature", notes=("weight",), prepare=shade)
PAGE = Words("apparatus.toml", "page", shade)
MIN_WEIGHT = 3.0
MIN_WEIGHT_AT_HEAD = 3.5
"""Above the story stand headlines, which call out as well: 别错过！这些演出."""

MIN_WEIGHT_BEHIND = 2.0
"""Behind other apparatus less is needed."""

MIN_WEIGHT_OF_HEADING = 2.5
"""What follows a heading tells as well."""

LIGHT_CHARS = 60
CHARS_PER_WEIGHT = 60
"""A long line has features by chance: each further 60 characters must weigh one more."""

MAX_CHARS = 400
MAX_HEADING_CHARS = 24
MAX_LISTED_CHARS = 50
MAX_LISTED = 20
_LETTER = re.compile(r"[^\W_]")
WEIGHT_OF_PAGE = 2.5
MIN_SHARE_OF_HEADING = 0.75
MAX_BUTTON_CHARS, MIN_SHARE_OF_BUTTON = 12, 0.9
MAX_QUOTING_TITLE_CHARS = 32
"""So short a line can be a title though it ends with a call or a quotation: 交警系牢“保险带”."""

_TELLING = re.compile(r"[。:\"”」』]$")
_FULL_STOP = re.compile(r"[。;…][\"”」』)]?$")
_STOP = re.compile(r"[。!?;\"”」』…)]$")
_GAP = re.compile(r"(?<=[。!?\"”」』)\]])[ 　]+(?=\S)")


@remembered
def weight_of(line: str) -> float:
    """The sum of the weights of the features of *line*, less what its length asks for; no more than it may be at most,
    when that is too little.

    >>> weight_of("想看更多在地新聞，歡迎加入「府城日日報」粉絲團。") >= MIN_WEIGHT
    True
    >>> weight_of("工作人员提醒，请保留通话记录，也可以下载官方APP提交截图。") >= MIN_WEIGHT
    False
    """
    shadow = shade(line)
    weights = [(float(feature.notes["weight"]), feature.regex) for feature in FEATURES.fitting(shadow)]
    for_it = sorted([(weight, regex) for weight, regex in weights if weight > 0], key=itemgetter(0), reverse=True)
    page = 0 if _TELLING.search(shadow) else WEIGHT_OF_PAGE * page_share(line)
    most = page + sum(weight for weight, _ in for_it) - max(0, len(line) - LIGHT_CHARS) / CHARS_PER_WEIGHT
    for weight, regex in for_it:
        if most < MIN_WEIGHT_BEHIND:
            return most  # whatever else it has, it is too little
        most -= 0 if regex.search(shadow) else weight
    if most < MIN_WEIGHT_BEHIND:
        return most
    return most + sum(weight for weight, regex in weights if weight < 0 and regex.search(shadow))


@remembered
def tells(line: str) -> bool:
    """Whether *line* has more of prose than of apparatus.

    >>> tells("校长说，这笔钱将用来修操场"), tells("去APP参与评论")
    (True, False)
    """
    shadow = shade(line)
    fitting = FEATURES.fitting(shadow)
    return sum(float(feature.notes["weight"]) for feature in fitting if feature.regex.search(shadow)) < 0


def is_apparatus(line: str, least: float = MIN_WEIGHT) -> bool:
    """Whether *line*, at the edge of a text, is no story.

    >>> is_apparatus("【好文強推，讓你聊天更有哽】"), is_apparatus("校長說，這筆錢將用來修操場")
    (True, False)
    """
    return len(line) <= MAX_CHARS and weight_of(line) >= least


@remembered
def _page_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, PAGE.as_tuple())))


def page_share(line: str) -> float:
    """How much of *line* is words that a page is made of around its story, from 0 to 1.

    >>> page_share("热门推荐"), page_share("查看剩余评论"), page_share("校长修好了操场")
    (1.0, 0.6666666666666666, 0.0)
    """
    shadow = shade(line)
    letters = len(_LETTER.findall(shadow))
    return sum(len(word) for word in _page_words().findall(shadow)) / letters if letters else 0.0


def is_button(line: str) -> bool:
    """Whether *line* is nothing but words of a page: 複製連結, 点击展开全文.

    >>> is_button("複製連結"), is_button("新闻自由"), is_button("继续阅读。")
    (True, False, False)
    """
    return len(line) <= MAX_BUTTON_CHARS and not _STOP.search(shade(line)) and page_share(line) >= MIN_SHARE_OF_BUTTON


def heads_a_list(lines: Sequence[str]) -> bool:
    """Whether the first of *lines*, which are all to the end of a text, heads nothing but titles of other texts."""
    heading, *listed = lines
    return (
        0 < len(listed) <= MAX_LISTED
        and len(heading) <= MAX_HEADING_CHARS
        and (page_share(heading) >= MIN_SHARE_OF_HEADING or is_apparatus(heading, MIN_WEIGHT_OF_HEADING))
        and all(is_listed(line) for line in listed)
    )


def is_listed(line: str) -> bool:
    """Whether *line* can be a title in a list of other texts, or apparatus among them."""
    stop = _STOP if len(line) > MAX_QUOTING_TITLE_CHARS else _FULL_STOP
    return (len(line) <= MAX_LISTED_CHARS and not stop.search(shade(line))) or is_apparatus(line)


def without_trailer(paragraph: str) -> tuple[str, list[str]]:
    """*paragraph* without the apparatus that a gap parts from its last sentence, and that.

    >>> without_trailer("全案移送法辦。 更多社會新聞請看 粉絲團")
    ('全案移送法辦。', ['更多社會新聞請看 粉絲團'])
    """
    cut: list[str] = []
    for gap in reversed(list(_GAP.finditer(paragraph))):
        if not is_apparatus(trailer := paragraph[gap.end() :]):
            break
        cut.insert(0, trailer)
        paragraph = paragraph[: gap.start()]
    return paragraph, cut
