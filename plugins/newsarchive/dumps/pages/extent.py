"""From which line to which the story of a page runs.

trafilatura tells where the body is; what it consists of is told by the page itself: the element that holds nearly all
of its prose, less what stands behind links in blocks of another kind: who wrote it, teasers, notices.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import chain, pairwise

from lxml import html

from ...errors import InstallError
from .particulars import DATED, ENDS, MAX_AROUND_CHARS, is_caption, is_said, leads_on
from .visible import Line

MIN_BODY_CHARS = 30
MIN_PROSE_CHARS = 12
START_CHARS = 12
MAX_RUN_CHARS = 200_000
"""Of longer texts, sentences are known by their beginnings only, to save memory."""

MOST = 0.85
"""The share of the prose that the element of the story holds; the rest is an opening, a summary, a teaser."""

FEW = 0.5
"""What stands behind the story in blocks of another kind is no part of it, if it is less than this of its prose."""

MAX_PARTICULARS = 4
SENTENCE_END = re.compile(r"(?<=[。！？!?\n])")
STOPS = re.compile(r"[。！？；，,!?;…」”]")
GAP = re.compile(r"[\s\ufeff\u200b]+")


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


def starts_of(tree: html.HtmlElement) -> frozenset[str]:
    """What a line of the body that trafilatura finds may begin with: it runs lines together at times."""
    text = _extractor()(tree, include_comments=False, include_tables=True, include_links=False) or ""
    gapless = plain(text)
    runs = (gapless[at : at + START_CHARS] for at in range(min(len(gapless), MAX_RUN_CHARS)))
    return frozenset(chain(runs, (plain(part)[:START_CHARS] for part in SENTENCE_END.split(text) if part.strip())))


def plain(text: str) -> str:
    """*text* without spaces."""
    return GAP.sub("", text)


def prose_of(lines: Sequence[Line], starts: frozenset[str], summary: str = "") -> list[int]:
    """Places of the paragraphs that are surely of the body: those trafilatura found, else all prose.

    Where only another block begins as the page's own *summary* does, trafilatura took a notice for the story.
    """
    prose = [at for at, line in enumerate(lines) if _is_prose(line)]
    found = [at for at in prose if _is_in(lines[at], starts)]
    if _size(lines, found) < MIN_BODY_CHARS:
        found = prose
    if len(plain(summary)) < START_CHARS or any(begins_as(lines[at], summary) for at in found):
        return found
    told = next(
        (at for at in prose if at not in found and lines[at].aside is None and begins_as(lines[at], summary)), -1
    )
    other = _beside(lines, prose, told) if told >= 0 else []
    return other if _size(lines, other) > _size(lines, found) else found


def _size(lines: Sequence[Line], places: Sequence[int]) -> int:
    return sum(lines[at].size for at in places)


def alike(lines: Sequence[Line], places: Sequence[int]) -> list[int]:
    """*places* and those of all prose in blocks of their kinds."""
    kinds = {_kind(lines[at].element) for at in places}
    return [at for at, line in enumerate(lines) if _is_prose(line) and _kind(line.element) in kinds]


def begins_as(line: Line, summary: str) -> bool:
    """Whether *line* has the first words of the page's *summary* at its beginning, be it behind a dateline."""
    opening = plain(summary)[:START_CHARS]
    return len(opening) == START_CHARS and opening in plain(line.text)[: 3 * START_CHARS]


def _beside(lines: Sequence[Line], prose: Sequence[int], told: int) -> list[int]:
    """Those of *prose* in the innermost block that holds more than the paragraph at the place *told*."""
    inside: list[int] = []
    for block in elements(lines[told]):
        inside = [at for at in prose if block in elements(lines[at])]
        if len(inside) > 1:
            break
    return inside


def _is_in(line: Line, starts: frozenset[str]) -> bool:
    return plain(line.text)[:START_CHARS] in starts


def _is_prose(line: Line) -> bool:
    is_long = line.size >= MIN_PROSE_CHARS and bool(STOPS.search(line.text))
    return is_long and not line.is_link and not line.tag and not is_caption(line)


def stretch(lines: Sequence[Line], places: Sequence[int], starts: frozenset[str]) -> tuple[int, int]:
    """(first, last) line of the element that holds most of the prose at *places*, and of prose next to it."""
    places = _without_trailers(lines, places)
    inside = _home(lines, places)
    within = [at for at in places if inside in elements(lines[at])]
    first, last = within[0], within[-1]
    wanted = set(places)
    while first - 1 in wanted:
        first -= 1
    while last + 1 in wanted and lines[last + 1].aside in (None, lines[first].aside):
        last += 1
    return _behind_particulars(lines, *_widened(lines, (first, last), inside, starts))


def _without_trailers(lines: Sequence[Line], places: Sequence[int]) -> Sequence[int]:
    """*places* up to where links part the story from blocks of another kind that hold FEW of its prose."""
    kinds = [_kind(lines[at].element) for at in places]
    last = {kind: number for number, kind in enumerate(kinds)}
    whole, done, end = _size(lines, places), 0, 0
    for number, (at, following) in enumerate(pairwise(places), 1):
        done, end = done + lines[at].size, max(end, last[kinds[number - 1]])
        if end < number and whole - done < FEW * done and any(map(_parts, lines[at + 1 : following])):
            return places[:number]
    return places


def _kind(element: html.HtmlElement) -> tuple[str, ...]:
    """What paragraphs of one story have in common: names and classes of the block and of the one around it."""
    above = element.getparent()
    around = (str(above.tag), above.get("class") or "") if above is not None else ()
    return (str(element.tag), element.get("class") or "", *around)


def _parts(line: Line) -> bool:
    """Whether *line*, between paragraphs, is of something else than the story."""
    return line.aside is not None or (leads_on(line) and not line.is_caption)


def _behind_particulars(lines: Sequence[Line], first: int, last: int) -> tuple[int, int]:
    """The stretch without the headlines and particulars it begins with: date and outlet stand above a story."""
    for at in range(first, min(first + MAX_PARTICULARS, last)):
        if lines[at].text[-1:] in ENDS or lines[at].size > MAX_AROUND_CHARS:
            break
        if DATED.search(lines[at].spaced) and is_said(lines[at]):
            return at + 1, last
    return first, last


def _widened(
    lines: Sequence[Line], ends: tuple[int, int], inside: html.HtmlElement, starts: frozenset[str]
) -> tuple[int, int]:
    """*ends* with the lines of the same element next to them: short ones where trafilatura takes them for story, too,
    and prose of the same kind, where it overlooked a paragraph."""
    first, last = ends
    kinds = {_kind(lines[at].element) for at in (first, last)}

    aside = lines[first].aside

    def is_story(line: Line) -> bool:
        is_beside = line.aside is aside or line.aside is None
        return is_beside and (_is_short_story(line, inside, starts) or _is_overlooked(line, inside, kinds))

    while first and is_story(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and is_story(lines[last + 1]):
        last += 1
    return first, last


def _is_overlooked(line: Line, inside: html.HtmlElement, kinds: set[tuple[str, ...]]) -> bool:
    is_like = _is_prose(line) and _kind(line.element) in kinds
    return is_like and line.text[-1:] in ENDS and inside in elements(line) and not is_said(line)


def _is_short_story(line: Line, inside: html.HtmlElement, starts: frozenset[str]) -> bool:
    is_plain = not (leads_on(line) or line.tag or line.is_caption)
    return is_plain and inside in elements(line) and _is_in(line, starts)


def _home(lines: Sequence[Line], places: Sequence[int]) -> html.HtmlElement:
    """The innermost element that holds MOST of the characters at *places*."""
    sizes: dict[html.HtmlElement, int] = {}
    for at in places:
        for element in elements(lines[at]):
            sizes[element] = sizes.get(element, 0) + lines[at].size
    wanted = MOST * _size(lines, places)
    holding = [element for element, size in sizes.items() if size >= wanted]
    return max(holding, key=lambda element: sum(1 for _ in element.iterancestors()))


def elements(line: Line) -> Iterator[html.HtmlElement]:
    """The blocks around *line*, from the inside."""
    yield line.element
    yield from line.element.iterancestors()
