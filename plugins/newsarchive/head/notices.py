"""Boilerplate: what an outlet puts around and into a story. It is set aside, never deleted."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import tzinfo
from itertools import pairwise

from ..vocabulary import Pattern
from ..vocabulary.owned import Patterns, remembered
from .lines import read_line
from .people import People, people_of
from .shade import shade


def _notices(*places: str) -> Patterns:
    return Patterns(
        "boilerplate.toml",
        "boilerplate",
        notes=("where",),
        prepare=shade,
        keep=lambda notice: notice.notes["where"] in places,
    )


_OF_LINES = _notices("line", "list", "comments")
_OPENING = _notices("opening")
_WITHIN = _notices("start", "end", "span")
MAX_NOTICE_CHARS = 420
MAX_SPACING = 3
"""Where more than every third character is a space, the letters are set apart."""

MAX_LISTED_CHARS = 50
"""A line under 相关阅读 is the title of another text."""

MAX_CAPTION_CHARS = 90
MAX_CAPTION_SENTENCES = 2
MAX_CAPTION_RUN_CHARS = 1200
MAX_CREDIT_CHARS = 32
_CAPTIONS = Patterns("captions.toml", "caption", prepare=shade)
_CREDITS = Patterns("captions.toml", "glued", prepare=shade)
_STOP = re.compile(r"[。!?]")
_REFERS = re.compile(r"[(\[](?:见|如|附)[上下左右附]?图[^()]{0,24}[)\]]")
"""What refers from the story to its picture: （見圖，記者王小明攝）."""

_WRITTEN = re.compile(r"[(\[][^()\[\]]*(?:/文|文[:/]|撰文)[^()\[\]]*[)\]][。.]?$")
"""A byline that names who wrote closes a story: （记者 王明/文 李东/图）."""

_COMMENT = re.compile(r"^[^。,:!?]{1,16}:.{1,80}$|^.{1,8}$")


@remembered
def notice_of(line: str) -> Pattern | None:
    """The notice that *line* is, wholly.

    >>> notice_of("想爆料?請登錄《陽光連線》").name
    'tip line'
    """
    if len(line) > MAX_NOTICE_CHARS:
        return None
    shadow = _closed(shade(line))
    return next((notice for notice in _OF_LINES.fitting(shadow) if notice.regex.match(shadow)), None)


def _closed(shadow: str) -> str:
    """*shadow* without the spaces with which all its letters are set apart.

    >>> _closed("版 权 所 有"), _closed("版权 所有")
    ('版权所有', '版权 所有')
    """
    return shadow.replace(" ", "") if shadow.count(" ") * MAX_SPACING > len(shadow) else shadow


def without_spans(paragraph: str) -> tuple[str, list[str]]:
    """*paragraph* without the links and buttons in it, and what was cut out.

    >>> without_spans("包括張杰(微博)、謝娜(微博)夫婦")
    ('包括張杰、謝娜夫婦', ['(微博)', '(微博)'])
    """
    cut: list[str] = []
    for notice in _WITHIN.fitting(shade(paragraph)):
        spans = [found.span() for found in notice.regex.finditer(shade(paragraph))]
        for start, end in reversed(spans):
            cut.append(paragraph[start:end].strip())
            paragraph = paragraph[:start] + paragraph[end:]
    return paragraph.strip(), [piece for piece in cut if piece]


def note_of(line: str) -> str:
    """The editor's note on changes with which *line* begins; empty when there is none.

    >>> note_of("（新增動新聞）市府昨日公布名單。")
    '（新增動新聞）'
    """
    if line[:1] not in "([（【〔［":
        return ""
    shadow = shade(line)
    found = next(filter(None, (notice.regex.match(shadow) for notice in _OPENING)), None)
    return line[: found.end()] if found else ""


def is_caption(line: str) -> bool:
    """Whether *line* is the words under a picture, by the credit at its end.

    >>> is_caption("10月11日,习近平在金奈会见莫迪。新华社记者鞠鹏摄"), is_caption("他爱好拍摄。")
    (True, False)
    """
    if len(line) > MAX_CAPTION_RUN_CHARS:
        return False
    shadow = shade(line)
    if _REFERS.search(shadow) or ("文" in shadow[-MAX_CREDIT_CHARS:] and _WRITTEN.search(shadow)):
        return False
    if len(line) > MAX_CAPTION_CHARS:
        return _is_run(shadow)
    if len(_STOP.findall(shadow)) > MAX_CAPTION_SENTENCES:
        return _is_run(shadow)
    return any(form.regex.search(shadow) for form in _CAPTIONS.fitting(shadow))


def _is_run(shadow: str) -> bool:
    """Whether captions run on in *shadow*, each with its credit behind it: 警方到場。翻攝畫面男子送醫。資料照片."""
    tail = shadow[-MAX_CREDIT_CHARS:]
    if not any(form.regex.search(tail) for form in _CREDITS.fitting(shadow)):
        return False
    ends = [found.end() for form in _CREDITS.fitting(shadow) for found in form.regex.finditer(shadow)]
    return (
        len(ends) > 1
        and max(ends) >= len(shadow.rstrip("。)]"))
        and all(b - a <= MAX_CAPTION_CHARS for a, b in pairwise((0, *sorted(ends))))
    )


def credit_of(line: str) -> People:
    """The photographers that the end of a caption names."""
    last = re.split(r"[。!?](?=.)", shade(line).rstrip("。"))[-1]
    found = people_of(line[len(line) - len(last) - (len(line) - len(line.rstrip("。"))) :].strip("。() （）"))
    return People(photographers=found.photographers)


def part_notices(lines: Iterable[str], zone: tzinfo) -> tuple[list[str], list[str]]:
    """*lines* without notices and the lists under them, and those.

    Under 相关阅读 stand titles of other texts, until a line ends like a sentence or is labelled.
    """
    kept: list[str] = []
    dropped: list[str] = []
    under = ""
    for line in lines:
        notice = notice_of(line)
        if notice:
            under = notice.notes["where"] if notice.notes["where"] in _LISTING or not under else under
        elif under in _LISTING and not _LISTING[under](line, zone):
            under = ""
        (dropped if notice or under in _LISTING else kept).append(line)
    return kept, dropped


def _is_listed(line: str, zone: tzinfo) -> bool:
    """Whether *line* can be the title of another text."""
    return len(line) <= MAX_LISTED_CHARS and not _STOP.search(shade(line)[-1:]) and not _says(line, zone)


def _is_comment(line: str, zone: tzinfo) -> bool:
    """Whether *line* is what somebody says of the text: 山里的魚：向老師致敬！"""
    return _COMMENT.match(shade(line)) is not None and not _says(line, zone)


_LISTING: Mapping[str, Callable[[str, tzinfo], bool]] = {"list": _is_listed, "comments": _is_comment}
"""What may stand under a notice, by its place."""


def _says(line: str, zone: tzinfo) -> bool:
    """Whether *line* is labelled and tells something."""
    found = read_line(line, zone)
    return found is not None and bool(found.sources or found.people or found.published)
