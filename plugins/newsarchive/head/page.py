"""The frame of a saved page: its own title in the first line, the headline that repeats it, and what follows the story.

A page prints far more than its story: menus above the headline, buttons below it, titles and openings of other texts
behind the last sentence. No table knows them all; they are known together, by where the sentences of the story stand.
"""

import re
from collections.abc import Sequence

from .apparatus import is_apparatus, page_share
from .byline import read_byline
from .lines import read_line
from .loose import ends_sentence
from .masthead import names_outlet, outlet_of_trail
from .notices import notice_of
from .outlet import clean_outlet
from .people import People
from .shade import shade
from .sheet import Sheet
from .title import bare, is_title_line

MAX_HEADING_LINES = 30
"""So far below the title of the page its headline is looked for."""

MIN_REPEATED_CHARS = 6
MIN_TOLD_CHARS = 25
MAX_MARK_CHARS = 40
MIN_PAGE_SHARE = 0.5
MIN_STORY_CHARS = 80
MIN_LINES_BEHIND = 3
"""Fewer are read one by one (foot.py)."""

MAX_TOLD_BEHIND, MAX_TOLD_LINES = 0.4, 1 / 3
"""Behind a story stand fewer sentences, in fewer of its lines, than a part of the story would have."""

_ROLE = re.compile("记者|编辑|通[讯信]员|摄|文/|作者|撰")
_SOURCE = re.compile(r"[\[(]?(?:(?:稿件|文章|信息|新闻|内容)?来源|稿源|转自)")
_TEASED = re.compile(r"[\[(]?(?:查看|阅读|点击)?(?:详[细情]|全文|更多)[\])>]{0,3}$")
_PARTS = re.compile(r"(?<! ) *(?:[|_]+|-{1,2}|[<>]+) *")


def part_page(sheet: Sheet) -> None:
    """Set what follows the story on a page behind it."""
    cut = page_behind(sheet.lines)
    sheet.behind = sheet.lines[cut:]
    del sheet.lines[cut:]


def read_page_top(sheet: Sheet) -> None:
    """Read the lines from the title of a page down to its headline, when the text is a page."""
    heading = heading_at(sheet.lines) if sheet.lines and not sheet.title else 0
    if not heading:
        return
    page_title, *menu, headline = sheet.lines[: heading + 1]
    sheet.is_page = True
    sheet.page = outlet_behind(page_title, headline)
    sheet.titles.append(headline)
    sheet.drop("title of the page", page_title)
    for line in menu:
        row = read_line(line, sheet.zone)
        if row and not row.title:
            sheet.take_line(row, line)
        else:
            sheet.page = sheet.page or outlet_of_trail(line)
            sheet.drop("above the headline", line)
    del sheet.lines[: heading + 1]


def read_page_foot(sheet: Sheet) -> None:
    """Read what a page prints behind its story: titles and openings of other texts, buttons, rules, seldom a row."""
    for line in sheet.behind:
        row, byline = read_line(line, sheet.zone), read_byline(line)
        if row and not row.title and not sheet.sources and (_SOURCE.match(shade(line)) or not sheet.stamps):
            sheet.take_line(row, line)
        elif row or (byline and _ROLE.search(shade(line))):
            sheet.people += row.people if row else byline.people if byline else People()
        sheet.drop("behind the story", line)


def heading_at(lines: Sequence[str]) -> int:
    """Where in *lines* the headline stands that repeats the beginning of the page's title, the first line; 0 when there
    is none.

    >>> heading_at(["老站台迎来新列车 - 江海网", "首页 要闻", "老站台迎来新列车", "昨天，列车进站。"])
    2
    """
    whole = bare(lines[0])
    for at, line in enumerate(lines[1:MAX_HEADING_LINES], 1):
        repeated = bare(line)
        if len(repeated) >= MIN_REPEATED_CHARS and is_title_line(line) and whole.startswith(repeated):
            return at
        if is_told(line) and not notice_of(line) and not is_apparatus(line):
            return 0
    return 0


def outlet_behind(page_title: str, headline: str) -> str:
    """The outlet that the title of a page names behind its *headline*; empty when it names none.

    >>> outlet_behind("老站台迎来新列车 - 要闻 - 江海新闻网", "老站台迎来新列车")
    '江海新闻网'
    """
    behind = page_title[len(headline) :]
    spans = [(end, start) for end, start in _spans(behind)]
    named = (behind[start:end] for start, end in spans if names_outlet(shade(behind[start:end])))
    return clean_outlet(next(named, ""))


def _spans(text: str) -> list[tuple[int, int]]:
    """Where the parts of *text* between its signs stand."""
    signs = [found.span() for found in _PARTS.finditer(shade(text))]
    starts = [0, *(end for _, end in signs)]
    return list(zip(starts, [*(start for start, _ in signs), len(text)], strict=True))


def is_told(line: str) -> bool:
    """Whether *line* is long and ends like a sentence."""
    return len(line) >= MIN_TOLD_CHARS and ends_sentence(line)


def page_behind(lines: Sequence[str]) -> int:
    """Where in *lines* the story is over and the rest of the page begins; their number when nothing tells.

    >>> story = ["市府昨日宣布，三座公園自下月起延長開放時間，至夜間十一時。" * 3, "市民表示歡迎。"]
    >>> page_behind([*story, "熱門推薦", "港邊新裝置", "偷車賊落網", "天文台說，週末起轉涼，市民外出請記得添加衣物……"])
    2
    """
    marks = {at for at in range(1, len(lines) - MIN_LINES_BEHIND + 1) if _marks(lines[at])}
    told_chars = [_told_chars(*pair) for pair in zip(lines, [*lines[1:], ""], strict=True)] if marks else []
    told, behind, count, cut = sum(told_chars), 0, 0, len(lines)
    for at in range(len(lines) - 1, min(marks, default=len(lines)) - 1, -1):
        behind, count = behind + told_chars[at], count + bool(told_chars[at])
        if behind > MAX_TOLD_BEHIND * (told - behind) or told - behind < MIN_STORY_CHARS:
            break
        if at in marks and count <= MAX_TOLD_LINES * (len(lines) - at):
            cut = at
    return cut


def _told_chars(line: str, following: str) -> int:
    """How many characters *line* tells; none when it is a notice or opens another text (*following*: 詳情)."""
    return len(line) if is_told(line) and not notice_of(line) and not _TEASED.match(shade(following)) else 0


def _marks(line: str) -> bool:
    """Whether *line* is a heading or a button of a page: 新闻推荐, 发表意见."""
    if len(line) > MAX_MARK_CHARS or ends_sentence(line):
        return False
    return page_share(line) >= MIN_PAGE_SHARE and not read_byline(line)
