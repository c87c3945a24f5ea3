"""The lines before the story: breadcrumb, headline, source, time stamp, byline, caption."""

import re
from collections.abc import Callable

from .apparatus import MIN_WEIGHT_AT_HEAD, is_apparatus
from .byline import Byline, read_byline
from .dateline import read_dateline
from .glued import read_bracketed_byline, read_glued, read_glued_byline, read_row
from .heading import read_headline
from .lede import is_head_row, read_lede, read_loose
from .lines import read_line
from .masthead import PLAIN_ENDINGS, outlet_of_trail, read_masthead
from .names import is_name
from .notices import credit_of, is_caption, note_of, notice_of
from .outlet import OUTLETS, clean_outlet, is_outlet
from .page import read_page_top
from .people import People
from .row import CLOCK, Line
from .shade import HAN, shade
from .sheet import Sheet
from .signature import read_glued_signature, read_signature
from .title import SHORT_TITLES, bare, is_title_line

_COLUMN = re.compile(r"^\[[^\[\]。!?,:]{2,10}\]$")
_OFFICE = re.compile(
    r"(?P<outlet>[^ 。,:]{2,10}?)(?:驻\w{2,4})?(?:[㐀-鿿]{2})?(?:记者|特派员|通讯员|撰稿人|编辑|评论员)"
    r"(?:,? ?发自(?P<place>[^,。]{2,8}))?$"
)
_FOREIGN_NAME = re.compile(rf"[{HAN}]{{1,6}}(?:·[{HAN}]{{1,6}}){{1,3}}")
_LATIN_NAME = re.compile(r" ?\([A-Za-z .'-]+\)$")
_OWN_VIEW = re.compile("(?<=..)(?:社[评论]|评论员|时评)$")
"""What stands behind the name of an outlet that speaks for itself: 香江時報社評."""

MAX_TOP_LINES = 20
MAX_TITLE_LINES = 4
MAX_NAME_CHARS = 24
MAX_HEADLINE_CHARS = 60
MAX_OUTLET_LINE_CHARS = 12


def read_top(sheet: Sheet) -> None:
    """Read the lines before the story; the first line left in *sheet* begins it."""
    read_page_top(sheet)
    at = 0
    while at < min(len(sheet.lines) - 1, MAX_TOP_LINES) and any(read(sheet, at) for read in READERS):
        at += 1
    if at and at == len(sheet.lines) - 1 and _is_no_story(sheet, at):
        at += 1
    del sheet.lines[:at]
    if sheet.lines:
        _read_glued(sheet)


def _read_glued(sheet: Sheet) -> None:
    """Read what is glued to the front of the first line left."""
    if note := note_of(sheet.lines[0]):
        sheet.drop("editor's note", note.strip())
        sheet.lines[0] = sheet.lines[0][len(note) :] or sheet.lines[0]
    line = sheet.lines[0]
    if (glued := read_glued(line, sheet.zone)) and glued[1]:
        sheet.take_line(glued[0], line[: len(line) - len(glued[1])])
        sheet.lines[0] = glued[1]
        return
    if read_dateline(line):
        return
    row, story = read_row(line, sheet.zone)
    for piece, words in row:
        if isinstance(piece, Line):
            sheet.take_line(piece, words)
        else:
            sheet.take_byline(piece, words)
    sheet.lines[0] = story
    if byline := read_bracketed_byline(story) or read_glued_byline(story) or read_glued_signature(story):
        sheet.take_byline(byline[0], story[: len(story) - len(byline[1])])
        sheet.lines[0] = byline[1]


def _is_no_story(sheet: Sheet, at: int) -> bool:
    """Whether the last line, with nothing but head matter above it, is head matter as well."""
    return bool(sheet.titles) and any(read(sheet, at) for read in (_notice, _line, _byline))


def _repeated_title(sheet: Sheet, at: int) -> bool:
    line = sheet.lines[at]
    titles = [title for title in (sheet.title, *sheet.titles[:1]) if title]
    if not any(bare(line) == bare(title) for title in titles):
        return False
    sheet.drop("title again", line)
    return True


def _notice(sheet: Sheet, at: int) -> bool:
    line = sheet.lines[at]
    notice = notice_of(line)
    rule = notice.name if notice else "editor's note" if note_of(line) == line else ""
    if rule:
        sheet.drop(rule, line)
        sheet.page = sheet.page or (outlet_of_trail(line) if rule == "breadcrumb" else "")
    return bool(rule)


def _masthead(sheet: Sheet, at: int) -> bool:
    """The name of the outlet, or a row of sections, above the headline."""
    line = sheet.lines[at]
    outlet = None if sheet.titles or shade(line) in SHORT_TITLES else read_masthead(line)
    if outlet is None:
        return False
    below = [line for line in sheet.lines[at + 1 : at + 1 + MAX_TITLE_LINES] if read_masthead(line) is None]
    is_sure = not outlet or shade(outlet) in OUTLETS or any(is_head_row(sheet, line) for line in below)
    if not is_sure or not any(is_title_line(line) and not read_line(line, sheet.zone) for line in below):
        return False
    sheet.page = sheet.page or outlet
    sheet.drop("masthead", line)
    return True


def _line(sheet: Sheet, at: int) -> bool:
    found = read_line(sheet.lines[at], sheet.zone)
    if found:
        sheet.take_line(found, sheet.lines[at])
    return found is not None


def _byline(sheet: Sheet, at: int) -> bool:
    found = read_byline(sheet.lines[at])
    if found and any(bare(sheet.lines[at]) in bare(title) for title in (sheet.title, *sheet.titles)):
        return False  # whom the headline names did not write it
    is_sure = found and (
        sheet.titles or sheet.title or re.search("记者|编辑|通讯员|撰|/|报[道导]", shade(sheet.lines[at]))
    )
    if found and is_sure:
        sheet.take_byline(found, sheet.lines[at])
    return bool(is_sure)


def _lone_dateline(sheet: Sheet, at: int) -> bool:
    """A dateline on a line of its own; the story follows it."""
    found = read_dateline(sheet.lines[at])
    if not found or sheet.lines[at][found.end :].strip():
        return False
    sheet.take_dateline(found, sheet.lines[at])
    return True


def _outlet(sheet: Sheet, at: int) -> bool:
    line = sheet.lines[at]
    plain = _OWN_VIEW.sub("", shade(line).strip(" []()·|"))
    if len(plain) > MAX_OUTLET_LINE_CHARS or not (sheet.titles or sheet.title or _heads_a_page(sheet, at)):
        return False
    if plain not in OUTLETS and not (is_outlet(plain) and plain.endswith(PLAIN_ENDINGS)):
        return False
    sheet.sources.append(clean_outlet(line[: len(line) - len(shade(line)) + shade(line).find(plain) + len(plain)]))
    sheet.note("outlet", line)
    return True


def _heads_a_page(sheet: Sheet, at: int) -> bool:
    """Whether a line of time stamps follows, and a headline behind that: then the line at *at* names the outlet."""
    rest = sheet.lines[at + 1 : at + 3]
    if len(rest) < 2 or len(sheet.lines) < at + 4 or not is_title_line(rest[1]):
        return False
    found = read_line(rest[0], sheet.zone)
    return found is not None and bool(found.published) and not found.title and read_byline(rest[1]) is None


def _clock(sheet: Sheet, at: int) -> bool:
    """A clock on a line of its own, behind the day."""
    if not CLOCK.fullmatch(shade(sheet.lines[at])) or not sheet.stamps or sheet.clock:
        return False
    sheet.note("clock", sheet.lines[at])
    sheet.clock = shade(sheet.lines[at])
    return True


def _caption(sheet: Sheet, at: int) -> bool:
    line = sheet.lines[at]
    if not (sheet.titles or sheet.title) or not is_caption(line):
        return False
    sheet.people += credit_of(line)
    sheet.drop("caption", line)
    return True


def _apparatus(sheet: Sheet, at: int) -> bool:
    line = sheet.lines[at]
    is_titled = sheet.titles or sheet.title or _stands_above_title(sheet, at)
    if not is_titled or len(line) > MAX_HEADLINE_CHARS or not is_apparatus(line, MIN_WEIGHT_AT_HEAD):
        return False
    sheet.drop("apparatus", line)
    return True


def _stands_above_title(sheet: Sheet, at: int) -> bool:
    """Whether the line below that at *at* is the headline, since a row that says whence the text comes follows it."""
    title, *rows = sheet.lines[at + 1 : at + 4]
    is_title = is_title_line(title) and not is_head_row(sheet, title)
    return is_title and any(is_head_row(sheet, row) for row in rows)


def _column(sheet: Sheet, at: int) -> bool:
    """The name of a column on a line of its own, in brackets: 【文化观察】."""
    line = sheet.lines[at]
    if not (sheet.titles or sheet.title) or not _COLUMN.match(shade(line)) or read_byline(line):
        return False
    sheet.drop("column", line)
    return True


def _two_line_byline(sheet: Sheet, at: int) -> bool:
    """A name, and below it what its bearer is: 洛拉·琼斯, BBC记者."""
    if not (sheet.titles or sheet.title) or at + 2 >= len(sheet.lines) or len(sheet.lines[at]) > MAX_NAME_CHARS:
        return False
    name, office = sheet.lines[at], _OFFICE.match(shade(sheet.lines[at + 1]))
    name = name[: len(name) - len(found[0])] if (found := _LATIN_NAME.search(shade(name))) else name
    if not office or not (is_name(shade(name)) or _FOREIGN_NAME.fullmatch(shade(name))):
        return False
    outlet = clean_outlet(sheet.lines[at + 1][: office.end("outlet")])
    places = (sheet.lines[at + 1][slice(*office.span("place"))],) if office["place"] else ()
    sheet.take_byline(Byline(People(reporters=(name,)), outlet, places), f"{name} {sheet.lines.pop(at + 1)}")
    return True


def _signature(sheet: Sheet, at: int) -> bool:
    found = read_signature(sheet.lines[at]) if sheet.titles or sheet.title else None
    if found:
        sheet.take_byline(found, sheet.lines[at])
    return found is not None


READERS: tuple[Callable[[Sheet, int], bool], ...] = (
    _repeated_title,
    _notice,
    _two_line_byline,
    _line,
    _masthead,
    _byline,
    _lone_dateline,
    _clock,
    _outlet,
    _caption,
    _signature,
    _column,
    _apparatus,
    read_headline,
    read_lede,
    read_loose,
)
