"""The lines behind the story, read from the last one up."""

import re
from collections.abc import Callable

from .byline import read_byline
from .lines import read_line
from .notices import notice_of
from .shade import shade
from .sheet import Sheet

MAX_FOOT_LINES = 40
MAX_ODD_CHARS = 24
"""A short line without a stop between two lines that are read is no story either."""

MAX_ODD_LINES = 2
_STOP = re.compile(r"[。!?;\"”」』…)]$")


def read_foot(sheet: Sheet) -> None:
    """Read the lines behind the story; the last line left in *sheet* ends it."""
    taken: list[Callable[[], None]] = []
    lines, end, odd = sheet.lines, len(sheet.lines), 0
    for at in range(len(lines) - 1, max(0, len(lines) - MAX_FOOT_LINES), -1):
        act = _reading(sheet, lines[at])
        if act:
            taken += [_dropping(sheet, line) for line in reversed(lines[at + 1 : at + 1 + odd])]
            taken.append(act)
            end, odd = at, 0
        elif odd < MAX_ODD_LINES and len(lines[at]) <= MAX_ODD_CHARS and not _STOP.search(shade(lines[at])):
            odd += 1
        else:
            break
    for act in reversed(taken):
        act()
    del lines[end:]


def _reading(sheet: Sheet, line: str) -> Callable[[], None] | None:
    """What to do with *line* when it stands behind the story; None when it is story."""
    notice = notice_of(line)
    if notice:
        return lambda: sheet.drop(notice.name, line)
    found = read_line(line, sheet.zone)
    if found and not found.title:
        return lambda: sheet.take_line(found, line)
    byline = read_byline(line)
    if byline:
        return lambda: sheet.take_byline(byline, line)
    return None


def _dropping(sheet: Sheet, line: str) -> Callable[[], None]:
    return lambda: sheet.drop("odd line at the foot", line)
