"""Which of the visible lines of a page are its story, which stand around it and say who, when and whence.

trafilatura tells where the body is; what the body consists of is told by the page itself: the element that holds
nearly all of its prose, without captions, lists of links under a heading, boxes for subscribers, the title again.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from lxml import html

from ..errors import InstallError
from .visible import Line, lines_of

MIN_BODY_CHARS = 30
MIN_PROSE_CHARS = 12
MAX_LABEL_CHARS = 20
AROUND_LINES = 12
MAX_AROUND_CHARS = 120
MAX_CAPTION_CHARS = 300
START_CHARS = 12
MAX_RUN_CHARS = 200_000
"""Of longer texts, sentences are known by their beginnings only, to save memory."""

MOST = 0.85
"""The share of the prose that the element of the story holds; the rest is an opening, a summary, a teaser."""

FEW = 0.4
"""What is marked as navigation or the like but holds more of the prose than this is the story all the same."""

MAX_PARTICULARS = 4
DATED = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")
SENTENCE_END = re.compile(r"(?<=[。！？!?\n])")
STOPS = re.compile(r"[。！？；，,!?;…」”]")
ENDS = "。！？」”…"
GAP = re.compile(r"\s+")
STATED = re.compile(
    r"来\s*源|來\s*源|稿\s*源|出\s*处|出\s*處|编\s*辑|編\s*輯|责\s*编|責\s*編|记\s*者|記\s*者|作\s*者|通\s*讯\s*员|通\s*訊\s*員|摄|攝|文\s*[/／|｜]"
    r"|撰\s*文|供\s*稿|\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|原\s*标\s*题|原\s*標\s*題"
)
HINTED = re.compile(r"报\s*道|報\s*導|发\s*布|發\s*布|發\s*佈|更\s*新")
"""Words in lines that say who, when and whence, surely or perhaps."""


@dataclass(frozen=True, slots=True)
class Story:
    """What is read of a page."""

    above: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    before: tuple[Line, ...] = ()
    """All lines above the body, the nearest last; the headline is one of them."""

    links: frozenset[str] = frozenset()
    """The words of all links of the page."""

    @property
    def text(self) -> str:
        """One paragraph a line, with the lines around it that may say who, when and whence."""
        known = set(self.body)
        around = ((line for line in lines if line not in known) for lines in (self.above, self.below))
        above, below = map(tuple, around)
        return "\n".join((*above, *self.body, *below))


def story_of(tree: html.HtmlElement, titles: Iterable[str]) -> Story:
    """The story of the page *tree*, whose headline may be one of *titles*; without a body if there is none."""
    lines = list(lines_of(tree))
    starts = _starts(_extracted(tree))
    places = _prose(lines, starts)
    if sum(lines[at].size for at in places) < MIN_BODY_CHARS:
        return Story()
    first, last = _stretch(lines, places, starts)
    known = {_plain(title) for title in titles if title}
    dropped = _dropped(lines, range(first, last + 1), _told_aside(lines, places))
    body = [
        lines[at].text for at in range(first, last + 1) if at not in dropped and _plain(lines[at].text) not in known
    ]
    near = range(max(0, first - AROUND_LINES), first), range(last + 1, min(len(lines), last + 1 + AROUND_LINES))
    listing = {at for part in near for at in part if _leads(lines, at)}
    above, below = ([lines[at].spaced for at in part if at not in listing and _is_said(lines[at])] for part in near)
    captions = [line.text for line in lines[max(0, first - AROUND_LINES) : last + 1] if _is_caption(line)]
    links = frozenset(line.text for line in lines if line.is_link)
    return Story(tuple(above), tuple(body), tuple(below), tuple(captions), tuple(lines[:first]), links)


@cache
def _extractor() -> Callable[..., str | None]:
    """trafilatura's `extract`, loaded with the first page: it takes longer than most dumps.

    Raises:
        InstallError: trafilatura or one of its parts is missing.
    """
    try:
        from trafilatura import extract
    except ImportError as error:
        raise InstallError(
            f"trafilatura cannot be loaded: {error}; run `pip install lxml-html-clean trafilatura`"
        ) from error
    return extract


def _extracted(tree: html.HtmlElement) -> str:
    return _extractor()(tree, include_comments=False, include_tables=True, include_links=False) or ""


def _plain(text: str) -> str:
    return GAP.sub("", text)


def _starts(text: str) -> frozenset[str]:
    """What a line of the *text* that was extracted may begin with: trafilatura runs lines together at times."""
    plain = _plain(text)
    runs = (plain[at : at + START_CHARS] for at in range(min(len(plain), MAX_RUN_CHARS)))
    return frozenset(chain(runs, (_plain(part)[:START_CHARS] for part in SENTENCE_END.split(text) if part.strip())))


def _prose(lines: Sequence[Line], starts: frozenset[str]) -> list[int]:
    """Places of the paragraphs that are surely of the body: those trafilatura found, else all prose."""
    prose = [at for at, line in enumerate(lines) if _is_prose(line)]
    found = [at for at in prose if _is_in(lines[at], starts)]
    return found if sum(lines[at].size for at in found) >= MIN_BODY_CHARS else prose


def _is_in(line: Line, starts: frozenset[str]) -> bool:
    return _plain(line.text)[:START_CHARS] in starts


def _is_prose(line: Line) -> bool:
    is_long = line.size >= MIN_PROSE_CHARS and bool(STOPS.search(line.text))
    return is_long and not line.is_link and not line.tag and not _is_caption(line)


def _is_caption(line: Line) -> bool:
    return line.is_caption and line.size <= MAX_CAPTION_CHARS and not line.is_link


def _stretch(lines: Sequence[Line], places: Sequence[int], starts: frozenset[str]) -> tuple[int, int]:
    """(first, last) line of the element that holds most of the prose at *places*, and of prose next to it."""
    inside = _home(lines, places)
    within = [at for at in places if inside in _elements(lines[at])]
    first, last = within[0], within[-1]
    wanted = set(places)
    while first - 1 in wanted:
        first -= 1
    while last + 1 in wanted and lines[last + 1].aside is None:
        last += 1
    return _behind_particulars(lines, *_widened(lines, (first, last), inside, starts))


def _behind_particulars(lines: Sequence[Line], first: int, last: int) -> tuple[int, int]:
    """The stretch without the headlines and particulars it begins with: date and outlet stand above a story."""
    for at in range(first, min(first + MAX_PARTICULARS, last)):
        if lines[at].text[-1:] in ENDS or lines[at].size > MAX_AROUND_CHARS:
            break
        if DATED.search(lines[at].spaced) and _is_said(lines[at]):
            return at + 1, last
    return first, last


def _widened(
    lines: Sequence[Line], ends: tuple[int, int], inside: html.HtmlElement, starts: frozenset[str]
) -> tuple[int, int]:
    """*ends* with the short lines of the same element next to them, where trafilatura takes them for story, too."""
    first, last = ends
    while first and _is_short_story(lines[first - 1], inside, starts):
        first -= 1
    while last + 1 < len(lines) and _is_short_story(lines[last + 1], inside, starts):
        last += 1
    return first, last


def _is_short_story(line: Line, inside: html.HtmlElement, starts: frozenset[str]) -> bool:
    is_plain = not (line.is_link or line.tag or line.aside is not None or line.is_caption)
    return is_plain and inside in _elements(line) and _is_in(line, starts)


def _home(lines: Sequence[Line], places: Sequence[int]) -> html.HtmlElement:
    """The innermost element that holds MOST of the characters at *places*."""
    sizes: dict[html.HtmlElement, int] = {}
    for at in places:
        for element in _elements(lines[at]):
            sizes[element] = sizes.get(element, 0) + lines[at].size
    wanted = MOST * sum(lines[at].size for at in places)
    holding = [element for element, size in sizes.items() if size >= wanted]
    return max(holding, key=lambda element: sum(1 for _ in element.iterancestors()))


def _elements(line: Line) -> Iterator[html.HtmlElement]:
    """The blocks around *line*, from the inside."""
    yield line.element
    yield from line.element.iterancestors()


def _told_aside(lines: Sequence[Line], places: Sequence[int]) -> set[html.HtmlElement]:
    """The elements that are what their class says, as they hold but FEW of the prose."""
    sizes: dict[html.HtmlElement, int] = {}
    for at in places:
        if (aside := lines[at].aside) is not None:
            sizes[aside] = sizes.get(aside, 0) + lines[at].size
    whole = sum(lines[at].size for at in places)
    asides = {line.aside for line in lines if line.aside is not None}
    return {aside for aside in asides if sizes.get(aside, 0) < FEW * whole}


def _dropped(lines: Sequence[Line], places: range, asides: set[html.HtmlElement]) -> set[int]:
    """Those of *places* that are captions, navigation, or a list of links with the line that introduces it."""
    dropped: set[int] = set()
    for at in places:
        line = lines[at]
        if _is_caption(line) or line.aside in asides or _is_listed(lines, at) or _leads(lines, at):
            dropped.add(at)
    return dropped


def _leads(lines: Sequence[Line], at: int) -> bool:
    """Whether the line *at* this place introduces a list of links: 更多海島新聞報導."""
    line = lines[at]
    is_label = line.size <= MAX_LABEL_CHARS and line.text[-1:] not in ENDS and not STATED.search(line.text)
    return is_label and _is_listed(lines, at + 1)


def _is_listed(lines: Sequence[Line], at: int) -> bool:
    """Whether the line *at* this place is a link, not a sentence that is one."""
    return at < len(lines) and lines[at].is_link and lines[at].text[-1:] not in ENDS


def _is_said(line: Line) -> bool:
    is_short = len(line.spaced) <= MAX_AROUND_CHARS and not line.tag and not _is_caption(line)
    return is_short and bool(STATED.search(line.spaced) or HINTED.search(line.spaced))
