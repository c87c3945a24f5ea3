"""Which lines of a page stand beside its story: those that say who, when and whence, and words under pictures."""

import re
from itertools import islice

from lxml import html

from .visible import UNSEEN, Line

MAX_AROUND_CHARS = 120
MAX_CAPTION_CHARS = 300
MAX_LOOSE_CAPTION_CHARS = 60
MAX_CAPTION_PARTS = 12
"""Elements of such a block; a story in one block has as many lines as it has breaks."""

CAPTION_BLOCKS = ("p", "div", "center", "section", "td")
CENTRED = re.compile(r"center|居中", re.I)
MAX_STAMPED_CHARS = 8
"""Of a link that is a day, what may stand beside the day: 星期五, 发布."""

ENDS = "。！？」”…"
LINKED = 0.35
"""The share of link in a line that is a dated headline with its section: [社会] 码头重新开放 (2020-08-16 22:00)."""

DATED = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")
STAMP = re.compile(rf"[(（\[]?{DATED.pattern}日?(?:\s*\d{{1,2}}[:：]\d\d(?:[:：]\d\d)?)?[)）\]]?")
STATED = re.compile(
    r"来\s*源|來\s*源|稿\s*源|出\s*处|出\s*處|编\s*辑|編\s*輯|责\s*编|責\s*編|记\s*者|記\s*者|作\s*者|通\s*讯\s*员|通\s*訊\s*員|摄|攝|文\s*[/／|｜]"
    r"|撰\s*文|供\s*稿|\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|原\s*标\s*题|原\s*標\s*題"
)
HINTED = re.compile(r"[时時][间間]\s*\d|报\s*道|報\s*導|发\s*布|發\s*布|發\s*佈|更\s*新|原\s*创|原\s*創")
"""Words in lines that say who, when and whence, surely or perhaps."""

UNMARKED = re.compile(r"(?<=^[㐀-鿿]{2}[时時][间間])\s*(?=\d{1,4}\s*[-:：/.年])")
"""Behind a label whose colon a page leaves to its looks."""

LABELLED = re.compile(
    r"(?:来\s*源|來\s*源|稿\s*源|出\s*处|出\s*處|编\s*辑|編\s*輯|责\s*编|責\s*編|记\s*者|記\s*者|作\s*者|撰\s*文)"
    r"\s*[:：/／|｜]"
)
"""What a link must say to be taken for more than a headline, which may hold any word."""


def is_said(line: Line) -> bool:
    """Whether *line*, beside a story, may say who, when and whence."""
    if len(line.spaced) > MAX_AROUND_CHARS or is_caption(line) or _is_unseen(line):
        return False
    if line.tag and not DATED.search(line.spaced):
        return False
    if leads_on(line):
        return bool(LABELLED.search(line.spaced)) or _is_stamp(line.text)
    is_hint = line.text[-1:] not in ENDS and HINTED.search(line.spaced)
    return bool(is_hint or STATED.search(line.spaced))


def shown_text(line: Line) -> str:
    """The words of *line* in a story, with the gaps of a row of particulars if it is one."""
    is_row = line.size <= MAX_LOOSE_CAPTION_CHARS and line.text[-1:] not in ENDS and is_said(line)
    return marked(line) if is_row else line.text


def marked(line: Line) -> str:
    """The words of the row of particulars *line*, with gaps between its parts and a colon behind 更新时间."""
    return UNMARKED.sub("：", line.spaced)


def _is_unseen(line: Line) -> bool:
    return line.aside is not None and bool(UNSEEN.search(line.aside.get("style") or ""))


def leads_on(line: Line) -> bool:
    """Whether *line* is a link, or one with its day and section beside it, and names no outlet or person."""
    if line.is_link:
        return True
    is_linked = line.linked >= LINKED * line.size
    return is_linked and bool(DATED.search(line.text)) and not LABELLED.search(line.spaced)


def _is_stamp(text: str) -> bool:
    """Whether *text* is a day and hardly anything else, not a headline with its day.

    >>> _is_stamp("2015/06/29 星期一"), _is_stamp("码头重新开放引来游客 2015/06/29")
    (True, False)
    """
    found = STAMP.search(text)
    return found is not None and len(text) - len(found[0]) <= MAX_STAMPED_CHARS


def is_caption(line: Line) -> bool:
    """Whether *line* stands under a picture, as its markup or its place says."""
    if line.is_link or line.size > MAX_CAPTION_CHARS:
        return False
    return line.is_caption or (line.size <= MAX_LOOSE_CAPTION_CHARS and not line.tag and _is_under_picture(line))


def _is_under_picture(line: Line) -> bool:
    """Whether the short *line* shares its block with a picture, or stands centred and plain below one.

    A sentence is none: pictures stand in the paragraphs of stories, too.
    """
    block = line.element
    if line.text[-1:] in ENDS or block.tag not in CAPTION_BLOCKS or LABELLED.search(line.spaced):
        return False
    parts = [part.tag for part in islice(block.iter(), MAX_CAPTION_PARTS + 1)]
    if len(parts) > MAX_CAPTION_PARTS:
        return False
    if "img" in parts:
        return len("".join(block.itertext()).strip()) <= MAX_LOOSE_CAPTION_CHARS
    above = block.getprevious()
    if above is None or not _is_centred(block) or not {"strong", "b"}.isdisjoint(parts):
        return False
    return next(above.iter("img"), None) is not None and not "".join(above.itertext()).strip()


def _is_centred(block: html.HtmlElement) -> bool:
    style = f"{block.get('style') or ''} {block.get('align') or ''} {block.get('class') or ''}"
    return block.tag == "center" or bool(CENTRED.search(style))
