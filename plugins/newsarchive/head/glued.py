"""Head matter that is glued to the front of a story, because a scraper lost the line ends.

2014-01-09 民聲報 記者范宜承 花蓮 一艘漁船昨日……
老兵重走长征路2016-10-21 09:15来源：解放军报一支队伍日前出发……
撰文：黎穎彤沙田一間茶餐廳今早發生劫案……
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo

from ..timestamp import find_stamps
from ..vocabulary.owned import Patterns, Words
from .byline import Byline, read_byline
from .lines import read_line, stands_as_title
from .names import PLACES, is_name
from .outlet import OUTLETS, is_outlet
from .people import people_of
from .row import Line
from .shade import HAN, shade

MAX_GLUED_CHARS = 120
MIN_STORY_CHARS = 20
MAX_WORDS = 4
"""Words that may belong together: `記者 王 小 明`, `2019-11-20 下午 5:54`."""

STORY_OPENINGS = Words("names.toml", "opening", shade)
_BEFORE = Patterns(
    "roles.toml",
    "role",
    notes=("role", "side"),
    prepare=shade,
    keep=lambda role: role.notes["side"] == "before" and role.notes["role"] in ("reporter", "author"),
)
_CLOCK = re.compile(r"\d[:时]\d\d")
_SOURCE = re.compile(r"[ |()\[\]]{0,4}(?:来源|稿源|出处)[: ] ?")
_BRACKETED = re.compile(r"[(\[](?P<byline>(?=[^()]{0,12}(?:记者|通[讯信]员))[^()\[\]。]{4,50})[)\]] ?")
_STOP = re.compile(r"[。!?]")
_SIGN = re.compile(r"[。!?,()\[\]]")
_ROLE = re.compile("记者|/|通讯员|撰文")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^ ]+")
_HAN = re.compile(rf"[{HAN}]+")

Piece = Line | Byline
"""What one part of the row says."""


def read_row(line: str, zone: tzinfo) -> tuple[list[tuple[Piece, str]], str]:
    """The head matter that a row of words parted by spaces begins with, as (what it says, words), and the story.

    >>> from datetime import UTC
    >>> row, story = read_row("2014-01-09 民聲報 記者范宜承 花蓮 一艘漁船昨日擱淺，船員獲救，並無人受傷。", UTC)
    >>> [words for _, words in row], story[:4]
    (['2014-01-09 民聲報 記者范宜承 花蓮'], '一艘漁船')
    """
    spans = [found.span() for found in _WORD.finditer(shade(line[:MAX_GLUED_CHARS]))]
    row: list[tuple[Piece, str]] = []
    at = 0
    while at < len(spans):
        taken = next(_pieces(line, spans, at, zone), None)
        if not taken:
            break
        piece, following = taken
        row.append((piece, line[spans[at][0] : spans[following - 1][1]]))
        at = following
    story = line[spans[at][0] :] if at < len(spans) else ""
    is_sure = any(isinstance(piece, Byline) or piece.published or piece.people for piece, _ in row)
    if not is_sure or len(story) < MIN_STORY_CHARS or not _STOP.search(shade(story)):
        return [], line
    return row, story


def _pieces(line: str, spans: list[tuple[int, int]], at: int, zone: tzinfo) -> Iterator[tuple[Piece, int]]:
    """What the words from *at* on say, and where the next begins; the longest run of words first."""
    for following in range(min(at + MAX_WORDS, len(spans)), at, -1):
        words = line[spans[at][0] : spans[following - 1][1]]
        shadow = shade(words)
        if _SIGN.search(shadow):
            continue
        found = read_byline(words) if _ROLE.search(shadow) and not _DIGIT.search(shadow) else None
        if found:
            yield found, following
        elif (row := read_line(words, zone)) and (row.published or row.sources or row.people) and not row.title:
            yield row, following
        elif shadow in OUTLETS or (following == at + 1 and len(shadow) >= 3 and is_outlet(words)):
            yield Line(sources=(words,)), following


def read_glued(line: str, zone: tzinfo) -> tuple[Line, str] | None:
    """Title, time and source that are glued to the front of a story, and the story behind them.

    >>> from datetime import timezone
    >>> found = read_glued("老兵重走长征路2016-10-21 09:15来源：解放军报一支队伍日前出发，重走长征路。", timezone.utc)
    >>> found[0].title, found[0].sources, found[1][:4]
    ('老兵重走长征路', ('解放军报',), '一支队伍')
    """
    shadow = shade(line[:MAX_GLUED_CHARS])
    if not _CLOCK.search(shadow):
        return None
    stamp = next((s for s in find_stamps(line[:MAX_GLUED_CHARS], zone) if s.precision in ("minute", "second")), None)
    if not stamp or not stands_as_title(shadow[: stamp.start], stamp) or shadow.startswith((",", "、"), stamp.end):
        return None  # a clock that a comma follows is the hour of an event
    label = _SOURCE.match(shadow, stamp.end)
    at = label.end() if label else stamp.end
    ends = range(min(at + 12, len(shadow)), at + 1, -1)
    name = next((shadow[at:end] for end in ends if shadow[at:end] in OUTLETS), "")
    if label and not name:
        return None
    title = line[: stamp.start].strip(" 　|【[(（")
    story = line[at + len(name) :].lstrip(" 　|])）】:：")
    return Line(sources=(line[at : at + len(name)],) if name else (), published=(stamp,), title=title), story


def read_bracketed_byline(line: str) -> tuple[Byline, str] | None:
    """The byline in brackets with which a story begins, and the story.

    >>> found = read_bracketed_byline("（记者 周健 通讯员 王长江）近期雨水偏多，各乡镇已备好防汛物资和抢险队伍。")
    >>> found[0].people.correspondents, found[1][:4]
    (('王长江',), '近期雨水')
    """
    found = _BRACKETED.match(shade(line))
    byline = read_byline(line[slice(*found.span("byline"))]) if found else None
    if not found or not byline or len(line) - found.end() < MIN_STORY_CHARS:
        return None
    return (byline, line[found.end() :]) if byline.people.reporters or byline.people.correspondents else None


def read_glued_byline(line: str) -> tuple[Byline, str] | None:
    """The names behind a role at the front of a story that runs on without a sign, and the story.

    Where a name ends is told by what a story begins with: a place, 昨天, a figure; else it has three characters.

    >>> found = read_glued_byline("撰文：龐雯卓、李明屯門線今早發生故障，乘客需改乘巴士，港鐵其後恢復服務。")
    >>> found[0].people.reporters, found[1][:4]
    (('龐雯卓', '李明'), '屯門線今')
    """
    shadow = shade(line[:MAX_GLUED_CHARS])
    role = next(
        (found for form in _BEFORE if (found := form.regex.match(shadow)) and found[0].strip()[-1:] == ":"), None
    )
    if not role or len(line) - role.end() < MIN_STORY_CHARS:
        return None
    at = role.end()
    while (end := _end_of_name(shadow, at)) and shadow[end : end + 1] in ("、", " ") and _end_of_name(shadow, end + 1):
        at = end + 1
    run = _HAN.match(shadow, end) if end else None
    if not end or not run or not _STOP.search(shadow, end):
        return None
    return Byline(replace(people_of(line[:end]))), line[end:]


def _end_of_name(shadow: str, at: int) -> int:
    """Where the name that begins at *at* ends; 0 when there is none."""
    run = _HAN.match(shadow, at)
    if not run:
        return 0
    sizes = [size for size in (3, 2, 4) if is_name(run[0][:size]) and len(run[0]) >= size]
    ends = [at + size for size in sizes]
    return next((end for end in ends if _opens(shadow, end)), ends[0] if ends else 0)


def _opens(shadow: str, at: int) -> bool:
    """Whether a story can be seen to begin at *at*."""
    if shadow.startswith(STORY_OPENINGS.as_tuple(), at) or not _HAN.match(shadow, at):
        return True
    return any(shadow[at : at + size] in PLACES for size in (2, 3, 4))
