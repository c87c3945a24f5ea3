"""How lines of plain text are laid out: wrapped at a margin, ruled off, headed. Shared by the plain formats."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

MAX_HEAD_LINE_CHARS = 60
MIN_SHARE = 0.7
"""Of the lines that go on in the next, how many must reach the margin."""

INDENT = re.compile(r"[ \t]{2,}|\u3000")
BETWEEN_WORDS = re.compile(r"[A-Za-z]\w|\w[A-Za-z]", re.A)
"""Letters between which a line break stood for a space; a number is not parted by one."""

SENTENCE_END = tuple("。！？!?…”」』）)；;：:")
RULE = re.compile(r"\s*([-=*#_~+—－＝＊·.•])(?:\s?\1){3,}\s*|\s*<hr[^<>]*>\s*|\*{5,} \d+\. row \*{5,}\s*", re.I)
DAY = (
    r"(?:\d{4}|[０-９]{4})\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?"
    r"|民[國国]\s?\d{2,3}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日"
)
CLOCK = r"[ T　,，]*+(?:星期\S|[（(]\S{1,3}[)）])?\s*\d{1,2}\s?[:：时時]\s?\d{2}(?:\s?[:：分]\s?\d{2})?秒?"
SOURCE_LINE = re.compile(
    rf"\s*+(?:(?:{DAY})(?:{CLOCK})?[\s|]*+)?[【\[（(]?\s*+(?:稿件|文章|新闻|新聞|信息)?(?:来\s*源|來\s*源|稿\s*源|出\s*处|出\s*處)\s*+[】\])）]?\s*+[:：]\s*+\S.{{0,80}}"
)
STAMP_LINE = re.compile(
    rf"\s*+(?:(?:发布|發佈|發布|发表|更新|时间|時間|日期|出版)\S{{0,4}}\s*+[:：]\s*+)?[\[（(]?\s*+(?:{DAY})(?:{CLOCK})[\])）]?.{{0,50}}"
)
OUTLET_DAY_LINE = re.compile(rf"\s*+[^\s。，,]{{2,12}}[\s|·]++(?:{DAY})(?:{CLOCK})?[^。，]{{0,30}}")
"""人民日报 1995-01-01: an outlet and its day."""

DAY_LINE = re.compile(
    rf"\s*+(?:(?:发布|發佈|發布|时间|時間|日期)\S{{0,4}}\s*+[:：]\s*+)?[\[（(]?\s*+(?:{DAY})\s*+[\])）]?\s*+(?:\S{{0,10}}(?:编辑|編輯|作者|记者|記者).{{0,50}})?"
)
OPENING = re.compile(
    r"\s*+(?:[【〔\[(（〈]?\s*+(?:本报|本報|本台|本刊|特派|实习|實習|即时)?(?:记者|記者)\s?\S{1,20}\s*[／/]|本[报報台网網刊]\S{0,24}[讯訊电電]"
    r"|[^。，,！？\s]{1,24}?(?:\d{1,2}月)?\d{1,2}日(?:\S{0,6})?[电電讯訊消]"
    r"|\S{2,10}(?:讯|訊|电|電)\s?[\s(（:：　]"
    r"|(?:新华社|新華社|中新社|中新网|中新網|中央社|人民网|人民網|央视网|央視網)\S{0,30}?[电電讯訊消])"
)
"""How a story opens: 新华社北京1月1日电, 本报讯, 〔記者○○／台北報導〕."""


class _Margins(NamedTuple):
    """How the length of lines is measured, and which lengths are those of wrapped lines."""

    size: Callable[[str], int]
    slack: int
    """How far before the margin a full line may end."""

    least: int
    most: int


class _Filled(NamedTuple):
    """Lines that reach a margin."""

    fills: Sequence[bool]
    share: float
    """Of the lines that go on in the next, how many reach it."""


def is_head_line(line: str) -> bool:
    """Whether *line* stands at the head of an article: its source, or day and time.

    >>> is_head_line("來源:齊魯網"), is_head_line("2019-11-20 17:54:11"), is_head_line("11月20日上午，協議簽署。")
    (True, True, False)
    """
    if len(line) > 2 * MAX_HEAD_LINE_CHARS or "。" in line:
        return False
    return any(pattern.fullmatch(line) for pattern in (SOURCE_LINE, STAMP_LINE, OUTLET_DAY_LINE))


def is_title_line(line: str) -> bool:
    """Whether *line* is short and ends no sentence, as a headline does."""
    line = line.strip()
    return 0 < len(line) <= MAX_HEAD_LINE_CHARS and not line.endswith(("。", "；", "，", "：", ",", ";"))


def is_opening(line: str) -> bool:
    """Whether a story begins with *line*.

    >>> is_opening("新华社北京1月1日电（记者张三）"), is_opening("〔記者盧冠誠／台北報導〕"), is_opening("据了解，电")
    (True, True, False)
    """
    return bool(OPENING.match(line))


def unwrapped(lines: Sequence[str]) -> list[str]:
    """*lines* with hard wraps undone, if they are wrapped at one margin and paragraphs are indented or parted.

    The margin is one of columns, as on a terminal, or one of characters, as programs count them.

    >>> unwrapped(["    一九九五年我国运动员在", "世界重大比赛中取得可喜的成", "绩，共获得冠军。", "    其中，有很多"])
    ['    一九九五年我国运动员在世界重大比赛中取得可喜的成绩，共获得冠军。', '    其中，有很多']
    """
    if not any(not line.strip() or INDENT.match(line) for line in lines):
        return list(lines)
    best, margins = max(((_filled(lines, margins), margins) for margins in MARGINS), key=lambda one: one[0].share)
    return _joined(lines, best.fills, margins.slack > 0) if best.share >= MIN_SHARE else list(lines)


def _filled(lines: Sequence[str], margins: _Margins) -> _Filled:
    """Which of *lines* reach their common margin."""
    sizes = [margins.size(line.rstrip()) for line in lines]
    margin = max(sizes, default=0)
    if not margins.least <= margin <= margins.most:
        return _Filled((), 0)
    fills = [size >= margin - margins.slack for size in sizes]
    runs_on = [
        is_full
        for is_full, line, after in zip(fills, lines, lines[1:], strict=False)
        if line.strip() and after.strip() and not INDENT.match(after)
    ]
    return _Filled(fills, sum(runs_on) / len(runs_on) if sum(runs_on) > 1 else 0)


def _joined(lines: Sequence[str], fills: Sequence[bool], has_slack: bool) -> list[str]:
    """*lines*, those that follow a full one joined to it; a margin with slack parts no words."""
    found: list[str] = []
    is_open = False
    for line, is_full in zip(lines, fills, strict=True):
        if is_open and line.strip() and not INDENT.match(line):
            joint = " " if has_slack and BETWEEN_WORDS.fullmatch(found[-1][-1:] + line.strip()[:1]) else ""
            found[-1] += joint + line.strip()
        else:
            found.append(line.rstrip())
        is_open = is_full
    return found


def width(line: str) -> int:
    """Columns *line* takes on a terminal.

    >>> width("5G网络")
    6
    """
    return (
        len(line) if line.isascii() else sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in line)
    )


MARGINS = (_Margins(width, slack=4, least=24, most=130), _Margins(len, slack=0, least=18, most=100))
"""Columns, where a full line ends up to two Chinese characters early, before a word or punctuation; characters."""
