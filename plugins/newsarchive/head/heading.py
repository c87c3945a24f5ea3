"""Which line at the head is the headline, when no table knows the others: they are weighed by form and place.

Columns, accounts and the names of outlets stand around a headline. Alone, each may be one itself (港澳, 乡村夜雨集);
beside a line that looks more like a headline, and stands next to the row of labels or to the story, none is.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from .apparatus import is_apparatus
from .byline import read_byline
from .dateline import read_dateline
from .lede import is_head_row
from .lines import read_line
from .masthead import names_outlet
from .notices import notice_of
from .outlet import OUTLETS, clean_outlet
from .shade import HAN_RUN, shade
from .sheet import Sheet
from .title import MIN_TITLE_CHARS, is_title_line

MAX_LINES = 6
"""So far below a line the headline is looked for."""

MIN_CHARS, GOOD_CHARS = 8, 13
MAX_SECTION_CHARS = 6
MAX_HEADLINE_CHARS = 60
MAX_TITLE_LINES = 4
MIN_PAIR_CHARS = 11
"""Two clauses parted by a space have so many: 老街改造喊卡 居民鬆口氣."""

MIN_OUTLET_CHARS, MAX_OUTLET_CHARS = 3, 8
MIN_LEAD, MIN_LEAD_ABOVE, MIN_LEAD_BEFORE_STORY = 2, 3, 4
SENDERS = ("局", "分局", "政府", "委员会", "办公室", "法院", "检察院")
"""What the name of a body ends with that heads what it makes known."""

_NUMBERED = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,3}[、.．)）]")
"""The start of a section within a story."""

_KIND = re.compile("^.{0,6}(?:通报|公告|通告|声明|启事|通知|讣告)$")
SECTION_ENDINGS = ("要闻", "新闻", "频道", "专栏", "专题", "副刊", "评论", "版")
_CLAUSES = re.compile('[!?:,、"《「%]|[^ ]{7}')
_COLUMN = re.compile(r"#[^#]+#?|[\[(<][^\[\]()]+[\])>]")
_CRUMBS = re.compile(r" ?[>›»|·/] ?| ")
_DOMAIN = re.compile(r"(?<![A-Za-z0-9-])(?:www\.)?[a-z0-9-]++\.(?:com|net|cn|hk|tw|org|cc)\b")


def outlet_before(line: str) -> str:
    """The outlet with whose name *line* begins, parted from what follows; empty when there is none.

    >>> outlet_before("香港01 社區專題"), outlet_before("世界新聞網"), outlet_before("世界盃 明天開幕")
    ('香港01', '世界新聞網', '')
    """
    shadow = shade(line)
    end = next((found.start() for found in _CRUMBS.finditer(shadow) if found.start() > 1), len(line))
    if names_outlet(shadow[:end]):
        return line[:end]
    sizes = range(min(MAX_OUTLET_CHARS, len(line)), MIN_OUTLET_CHARS - 1, -1)
    return next((line[:size] for size in sizes if shadow[:size] in OUTLETS), "")


def weight_of(line: str) -> int:
    """How much *line* looks like a headline rather than the name of an outlet, a column, an account.

    >>> [weight_of(line) for line in ("深水埗天台種菜：夠交租的是人情", "山河數碼 快訊速遞", "#深度#", "乡村夜雨集")]
    [3, -1, -3, -1]
    """
    shadow = shade(line).strip()
    words = [word for word in _CRUMBS.split(shadow) if word]
    is_row = len(words) > 1 and max(map(len, words[1:])) <= MAX_SECTION_CHARS
    return (
        (len(shadow) >= MIN_CHARS)
        + (len(shadow) >= GOOD_CHARS)
        + (1 if _CLAUSES.search(shadow) or len(shadow) >= MIN_PAIR_CHARS else -1)
        - 4 * ((is_row or len(words) == 1) and bool(outlet_before(line)))
        - (is_row and len(words[0]) <= MAX_SECTION_CHARS)
        - 5 * (shadow.endswith(SENDERS) and len(words) == 1)
        + 2 * bool(_KIND.search(shadow))
        - 2 * bool(_COLUMN.fullmatch(shadow) or (len(shadow) <= MIN_CHARS and shadow.endswith(SECTION_ENDINGS)))
        - bool(_DOMAIN.search(shadow))
    )


def is_outshone(line: str, below: Sequence[str], is_row: Callable[[str], bool]) -> bool:
    """Whether a line among those *below* is the headline rather than *line*; *is_row* knows the row of labels.

    >>> below = ["港島電車今晨出軌 三人受傷", "2021-03-04 08:00", "電車今晨出軌，三人受傷送院。"]
    >>> is_outshone("快訊速遞", below, lambda line: line.startswith("2021"))
    True
    """
    weight = weight_of(line) - (len(line) < MIN_TITLE_CHARS)
    likely = dict(_likely(below, is_row))
    likely |= {
        other: MIN_LEAD for other in below[:MAX_LINES] if _can_head(other) and other in below[below.index(other) + 1 :]
    }
    return weight <= 0 and any(weight_of(other) >= weight + lead for other, lead in likely.items())


def _likely(below: Sequence[str], is_row: Callable[[str], bool]) -> Iterator[tuple[str, int]]:
    """Lines *below* that can be headlines, each with how much more it must look like one: those next to a row of
    labels less than that before the story."""
    near = [line for line in below[: MAX_LINES + 1] if not notice_of(line) and not is_apparatus(line)]
    rows = [is_row(line) for line in near]
    for at, line in enumerate(near[:MAX_LINES]):
        if rows[at]:
            continue
        if not _can_head(line):
            return
        if any(rows[max(0, at - 1) : at + 2]):
            yield line, MIN_LEAD
        elif at + 1 < len(near) and not _can_head(near[at + 1]):
            yield line, MIN_LEAD_BEFORE_STORY


def _can_head(line: str) -> bool:
    return is_title_line(line) and len(line) <= MAX_HEADLINE_CHARS


def read_headline(sheet: Sheet, at: int) -> bool:
    """A headline: the first short line, and the further ones above a labelled line.

    When the dump names a title, such lines above a labelled line are other forms of it.
    """
    line = _without_outlet(sheet, at)
    if not line or len(line) > MAX_HEADLINE_CHARS:
        return False
    is_first = not (sheet.titles or sheet.title or _NUMBERED.match(line))
    if not is_first and (sheet.is_page or not (HAN_RUN.search(line) and _heads_a_label(sheet, at))):
        return False
    if _is_beside(sheet, at, is_first=is_first):
        sheet.page = sheet.page or clean_outlet(line if shade(line).endswith(SENDERS) else outlet_before(line))
        sheet.drop("beside the headline", line)
        return True
    if not is_title_line(line) or (not sheet.title and len(sheet.titles) >= MAX_TITLE_LINES):
        return False
    if sheet.title:
        sheet.drop("other headline", line)
    else:
        sheet.titles.append(line)
    return True


def _without_outlet(sheet: Sheet, at: int) -> str:
    """The line at *at* less an outlet in brackets before it; empty when a dateline begins a story there."""
    line = sheet.lines[at]
    dateline = read_dateline(line)
    if not dateline:
        return line
    if dateline.date or dateline.people or not is_head_row(sheet, sheet.lines[at + 1]):
        return ""
    sheet.page = sheet.page or clean_outlet(dateline.outlet)
    return line[dateline.end :] if dateline.rule == "agency in brackets" else line


def _is_beside(sheet: Sheet, at: int, *, is_first: bool) -> bool:
    """Whether the line at *at* is a column or an account, since another line looks more like the headline."""
    line = sheet.lines[at]
    if is_first:
        return is_outshone(line, sheet.lines[at + 1 :], lambda other: _is_row(sheet, other))
    return weight_of(line) <= min(0, max(map(weight_of, sheet.titles or [sheet.title])) - MIN_LEAD_ABOVE)


def _is_row(sheet: Sheet, line: str) -> bool:
    return is_head_row(sheet, line) or read_line(line, sheet.zone) is not None


def _heads_a_label(sheet: Sheet, at: int) -> bool:
    """Whether a labelled line or byline follows the short lines from *at* on."""
    if sheet.stamps or sheet.sources:
        return False
    for line in sheet.lines[at + 1 : at + 1 + MAX_TITLE_LINES]:
        if read_line(line, sheet.zone) or read_byline(line):
            return True
        if len(line) > MAX_HEADLINE_CHARS or not is_title_line(line):
            return False
    return False
