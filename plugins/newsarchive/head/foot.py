"""The lines behind the story, read from the last one up."""

import re
from collections.abc import Callable

from .apparatus import MIN_WEIGHT_BEHIND, heads_a_list, is_apparatus, without_trailer
from .byline import read_byline
from .lines import read_line
from .loose import begins_foot, is_loose
from .notices import credit_of, is_caption, notice_of
from .people import People
from .shade import shade
from .sheet import Sheet
from .tail import behind_closing, changed_of, clock_of, photographers_of, read_closing

MAX_FOOT_LINES = 40
MAX_WEAK_CHARS = 60
MAX_ABOUT_LINES = 5
MIN_NAME_CHARS = 4
_ABOUT = re.compile(r"^(?:关于|有关|(?i:about) ?)[《\"]?(?P<name>[^。,!?:]{2,24}?)[》\"]?:?$")
_STOP = re.compile(r"[。!?;\"”」』…)]$")


def read_foot(sheet: Sheet) -> None:
    """Read the lines behind the story; the last line left in *sheet* ends it."""
    _read_aftermath(sheet)
    _read_up(sheet)
    if _read_list(sheet):
        _read_up(sheet)
    _read_about(sheet)
    if sheet.lines:
        sheet.lines[-1], trailers = without_trailer(sheet.lines[-1])
        for trailer in trailers:
            sheet.drop("apparatus", trailer)


def _read_up(sheet: Sheet) -> None:
    """Read line after line from the last up, as long as they are no story."""
    lines = sheet.lines
    acts: list[Callable[[], None] | None] = []
    for at in range(len(lines) - 1, max(0, len(lines) - MAX_FOOT_LINES), -1):
        act = _reading(sheet, lines[at])
        if not act and (read_closing(lines[at]) or not (is_loose(lines[at]) or _is_weak(lines[at]))):
            break
        acts.insert(0, act)
    start = len(lines) - len(acts)
    while acts and not acts[0] and not begins_foot(lines[start], lines[:start]):
        acts.pop(0)
        start += 1
    for line, act in zip(lines[start:], acts, strict=True):
        if act:
            act()
        else:
            sheet.drop("loose line at the foot", line)
    del lines[start:]


def _is_weak(line: str) -> bool:
    """Whether *line* is apparatus when something above it is."""
    return len(line) <= MAX_WEAK_CHARS and is_apparatus(line, MIN_WEIGHT_BEHIND)


def _read_aftermath(sheet: Sheet) -> None:
    """Read the captions and times that stand in lines behind a closing byline."""
    at = behind_closing(sheet.lines)
    for line in sheet.lines[at:]:
        act = _reading(sheet, line)
        if act:
            act()
        else:
            sheet.drop("behind the closing byline", line)
        sheet.people += People(photographers=photographers_of(line))
        sheet.clock = sheet.clock or clock_of(line)
        sheet.changed = sheet.changed or changed_of(line)
    del sheet.lines[at:]


def _read_about(sheet: Sheet) -> None:
    """Set aside what a press release says of its sender, to the end: 关于星河科技 / 星河科技成立于……"""
    lines = sheet.lines
    for at in range(max(1, len(lines) - MAX_ABOUT_LINES), len(lines) - 1):
        about = _ABOUT.match(shade(lines[at]))
        if about and shade(lines[at + 1]).startswith(about["name"][:MIN_NAME_CHARS]):
            for line in lines[at:]:
                sheet.drop("about the sender", line)
            del lines[at:]
            return


def _read_list(sheet: Sheet) -> bool:
    """Set aside a heading and the titles of other texts under it, to the end; whether there are any."""
    lines = sheet.lines
    starts = range(max(1, len(lines) - MAX_FOOT_LINES), len(lines) - 1)
    at = next((at for at in starts if heads_a_list(lines[at:]) and not read_line(lines[at], sheet.zone)), 0)
    for line in lines[at:] if at else ():
        sheet.drop("list of other texts", line)
    del lines[at or len(lines) :]
    return at > 0


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
    if pair := _byline_of_paper(sheet, line):
        return pair
    if read_closing(line):
        return None
    if is_caption(line):
        return lambda: _take_caption(sheet, line)
    return (lambda: sheet.drop("apparatus", line)) if is_apparatus(line) else None


def _byline_of_paper(sheet: Sheet, line: str) -> Callable[[], None] | None:
    """A byline and the paper it stands in: 本报记者 顾一帆 《清河日报》（2021年06月18日 08版）."""
    names, sign, paper = line.partition("《")
    byline, found = (read_byline(names.strip()), read_line(sign + paper, sheet.zone)) if sign else (None, None)
    if not byline or not found:
        return None

    def take() -> None:
        sheet.take_byline(byline, names.strip())
        sheet.take_line(found, sign + paper)

    return take


def _take_caption(sheet: Sheet, line: str) -> None:
    sheet.people += People(photographers=photographers_of(line)) + credit_of(line)
    sheet.drop("caption", line)
