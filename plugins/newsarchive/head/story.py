"""The story itself: its dateline is read off, links, captions and closing bylines are set aside."""

import re

from .apparatus import is_button
from .byline import read_byline
from .dateline import Dateline, find_dateline, read_dateline
from .notices import credit_of, is_caption, without_spans
from .outlet import OUTLETS, clean_outlet, is_outlet
from .people import People
from .shade import shade
from .sheet import Sheet
from .tail import Tail, photographers_of, read_closing, read_tail
from .title import bare

MAX_DATELINE_PARAGRAPHS = 8
MAX_FURTHER_CHARS = 40
MIN_GLUED_TITLE_CHARS = 6
MIN_STORY_CHARS = 80
MAX_SUMMARY_CHARS, MAX_SUMMARY_SHARE = 160, 0.3
_ODD_END = re.compile(
    r"[。！？][”」』]?(?:\s+(?P<odd>[^。！？；，,!?;:：“”「」]{2,40})"
    r"|(?P<gapped>[^\s。！？；，,!?;:：“”「」]{2,20} [^。！？；，,!?;:：“”「」]{2,20}))$"
)
_STOP = re.compile(r"[。!?;:,、\"”」』…)\]]$")
MIN_REPEATED_CHARS = 8
LAST_PARAGRAPHS = 3
"""A source named in brackets counts at the end of the text only."""

_REPORTED = re.compile(
    r"(?:^|[,。 ])据 ?(?:《(?P<quoted>[^》]{2,14})》|(?P<name>[㐀-鿿A-Za-z0-9]{2,12}?))"
    r"(?:网站|等媒体|\d{1,2}日|客户端|记者|综合|编译|刊文){0,3}(?:的)?(?:报[道导]|消息|电|讯|援引)[,:]"
)
MAX_REPORTED_PLACE = 30
_OWN = re.compile(r"(?P<date>(?:\d{1,2}月)?\d{1,2}日)?(?P<verb>讯|消息|电)(?![息问号话])[ :,]*")
_LEARNT = re.compile(r"(?:记者)?(?:从[^。,]{2,20}?)?(?:\d{1,2}日)?(?:获悉|了解到|讯|消息)")
MAX_NAME_CHARS = 10


def read_opening(sheet: Sheet) -> None:
    """Read the first dateline of the story, and the lines of byline behind it."""
    for at, paragraph in enumerate(sheet.lines[:MAX_DATELINE_PARAGRAPHS]):
        found = (find_dateline if at == 0 else read_dateline)(paragraph) or _own_dateline(sheet, paragraph)
        if not found or _is_closing(sheet, found, paragraph) or (at and read_closing(paragraph)):
            continue
        if _is_cited(found, paragraph, sheet.lines[:at]):
            return
        at -= _take_headlines(sheet, at) or _take_summary(sheet, found, at)
        _take_glued(sheet, paragraph[: found.start].strip(" 　?？|"))
        sheet.take_dateline(found, paragraph[found.start : found.end].strip())
        _take_further(sheet, at + 1)
        rest = paragraph[found.end :].strip()
        sheet.lines[at : at + 1] = [rest] if rest else []
        if not rest:
            _read_bylines(sheet, at)
        return


def _own_dateline(sheet: Sheet, paragraph: str) -> Dateline | None:
    """The dateline of an outlet that shows by nothing but the labels of the page that it is one: 直播吧4月25日讯."""
    shadow = shade(paragraph[:MAX_FURTHER_CHARS])
    for name in map(shade, filter(None, (*sheet.sources, sheet.page))):
        found = _OWN.match(shadow, len(name)) if shadow.startswith(name) else None
        if found:
            text = paragraph[: found.end("verb")]
            return Dateline(text, found.end(), outlet=paragraph[: len(name)], date=found["date"] or "", rule="own name")
        if len(name) > 1 and shadow.startswith((f"({name})", f"[{name}]")):
            own = paragraph[1 : len(name) + 1]
            return Dateline(own, len(name) + 2, outlet=own, rule="own name in brackets")
        if len(name) > 1 and shadow.startswith((f"({name})", f"[{name}]")):
            own = paragraph[1 : len(name) + 1]
            return Dateline(own, len(name) + 2, outlet=own, rule="own name in brackets")
    return None


def _is_cited(found: Dateline, paragraph: str, above: list[str]) -> bool:
    """Whether *found* stands behind sentences of the story and only says whence one piece of news comes.

    An opening begins a story; behind a sentence only one that names its reporter, or outlet, place and day, is
    another's, and one that a colon parts from the words behind it.
    """
    if not any(_STOP.search(shade(line)) for line in above):
        return False
    if found.people or (found.outlet and (paragraph[0] in "(（[【〔" or paragraph[: found.end].endswith((":", "：")))):
        return False
    return found.text[:1] in "据據" or not (found.date and found.outlet and found.places)


def _take_headlines(sheet: Sheet, at: int) -> int:
    """The number of lines taken above the dateline at *at*: they are headlines when none ends like a sentence."""
    if sheet.dateline or any(_STOP.search(shade(line)) for line in sheet.lines[:at]):
        return 0
    for line in sheet.lines[:at]:
        if sheet.title or sheet.titles:
            sheet.people += credit_of(line) if is_caption(line) else People()
            sheet.drop("other headline", line)
        else:
            sheet.titles.append(line)
    del sheet.lines[:at]
    return at


def _take_summary(sheet: Sheet, found: Dateline, at: int) -> int:
    """The number of lines taken above the dateline *found* at *at*: captions and a summary, when they are short beside
    the story that a sure dateline opens."""
    above, behind = sum(map(len, sheet.lines[:at])), sum(map(len, sheet.lines[at:]))
    is_sure = found.people or (found.outlet and (found.date or found.text[:1] != sheet.lines[at][:1]))
    if sheet.dateline or not is_sure or above > MAX_SUMMARY_CHARS or above > MAX_SUMMARY_SHARE * behind:
        return 0
    for line in sheet.lines[:at]:
        sheet.people += (credit_of(line) if is_caption(line) else People()) + People(
            photographers=photographers_of(line)
        )
        sheet.drop("above the dateline", line)
    del sheet.lines[:at]
    return at


def _take_further(sheet: Sheet, at: int) -> None:
    """Name the reporters of the dispatches that follow the first in one text; their datelines stay where they are."""
    for paragraph in sheet.lines[at:]:
        found = read_dateline(paragraph) if "(" in shade(paragraph[:MAX_FURTHER_CHARS]) else None
        if found and found.date and found.people:
            sheet.note("further dateline", paragraph[: found.end].strip())
            sheet.people += found.people


def _is_closing(sheet: Sheet, found: Dateline, paragraph: str) -> bool:
    """Whether the dateline ends a text of one paragraph: then it closes the story before it."""
    return found.start > 0 and len(sheet.lines) == 1 and not re.search(r"[。！？，]", paragraph[found.end :])


def _take_glued(sheet: Sheet, glued: str) -> None:
    """What stands before the dateline in its paragraph: a title, when it is long enough for one."""
    if not glued:
        return
    if sheet.title or sheet.titles or len(glued) < MIN_GLUED_TITLE_CHARS:
        if not any(bare(glued) == bare(title) for title in (sheet.title, *sheet.titles)):
            sheet.drop("before the dateline", glued)
    else:
        sheet.titles.append(glued)


def _read_bylines(sheet: Sheet, at: int) -> None:
    while at < len(sheet.lines) - 1 and (byline := read_byline(sheet.lines[at])):
        sheet.take_byline(byline, sheet.lines[at])
        del sheet.lines[at]


def read_paragraphs(sheet: Sheet) -> list[str]:
    """The paragraphs of the story."""
    last = len(sheet.lines) - LAST_PARAGRAPHS
    stories = (_read_paragraph(sheet, line, is_last=at >= last) for at, line in enumerate(sheet.lines))
    return [story for story in stories if re.search(r"\w", story)]


def _read_paragraph(sheet: Sheet, line: str, *, is_last: bool) -> str:
    """The story in *line*; empty when it is a caption."""
    paragraph, cut = without_spans(line)
    for piece in cut:
        sheet.drop("link", piece)
    closing = read_closing(paragraph)
    if not closing and len(sheet.lines) > 1 and is_caption(paragraph):
        sheet.people += credit_of(paragraph)
        sheet.drop("caption", paragraph)
        return ""
    if len(sheet.lines) > 1 and is_button(paragraph):
        sheet.drop("button in the story", paragraph)
        return ""
    tail = closing or read_tail(paragraph)
    sheet.clock = sheet.clock or tail.clock
    sheet.changed = sheet.changed or tail.changed
    sheet.people += tail.people
    sheet.places = sheet.places or tail.places
    sheet.stamps += tail.stamps
    sheet.sources += tail.sources if is_last else ()
    story, odd = _without_repeated_caption(tail)
    if is_last and not odd:
        story, odd = _without_odd_end(story)
    for piece in filter(None, (*tail.cut, odd)):
        sheet.drop("tail", piece)
    return story


def _without_repeated_caption(tail: Tail) -> tuple[str, str]:
    """The paragraph less its last sentence, when a credit stood behind that and the story has said it before."""
    story = tail.paragraph
    if not tail.people.photographers or tail.people.reporters:
        return story, ""
    at = max(story.rfind(stop, 0, len(story) - 1) for stop in "。！？!?") + 1
    opening = story[at : at + MIN_REPEATED_CHARS]
    if at == 0 or len(opening) < MIN_REPEATED_CHARS or opening not in story[:at]:
        return story, ""
    return story[:at], story[at:].strip()


def _without_odd_end(story: str) -> tuple[str, str]:
    """A long paragraph less the words that a gap parts from its last sentence and no stop ends: captions, buttons.

    >>> _without_odd_end("他們參加活動。" * 20 + " 授牌仪式现场 小记者自我介绍 |")[1]
    '授牌仪式现场 小记者自我介绍 |'
    """
    found = _ODD_END.search(story)
    if not found or found.start() < MIN_STORY_CHARS:
        return story, ""
    group = "odd" if found["odd"] else "gapped"
    return story[: found.start(group)].rstrip(), found[group]


def reported_by(paragraphs: list[str]) -> str:
    """The outlet that the first paragraph names as its own source: 据《北京青年报》报道.

    >>> reported_by(["据《北京青年报》报道，昨天，三座公园延长开放。"])
    '北京青年报'
    """
    opening = shade(paragraphs[0][:80]) if paragraphs else ""
    found = _REPORTED.search(opening, 0, 80)
    if not found or found.start() > MAX_REPORTED_PLACE:
        return ""
    group = "quoted" if found["quoted"] else "name"
    return clean_outlet(paragraphs[0][slice(*found.span(group))]) if found["quoted"] or is_outlet(found[group]) else ""


def named_by_itself(paragraphs: list[str]) -> str:
    """The outlet that speaks of itself in the first words of the story: 36氪获悉.

    >>> named_by_itself(["36氪获悉，公司完成融资。"]), named_by_itself(["江海公司获悉，项目完成。"])
    ('36氪', '')
    """
    opening = shade(paragraphs[0][:MAX_FURTHER_CHARS]) if paragraphs else ""
    ends = (end for end in range(MAX_NAME_CHARS, 1, -1) if opening[:end] in OUTLETS)
    return next((paragraphs[0][:end] for end in ends if _LEARNT.match(opening, end)), "")
