"""Which of the visible lines of a page are its story, which stand around it and say who, when and whence.

`extent` says from where to where the story runs; captions, lists of links under a heading, boxes for subscribers and
the title again, which stand in between, are no part of it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from lxml import html

from .extent import MIN_BODY_CHARS, alike, begins_as, plain, prose_of, starts_of, stretch
from .listing import is_list, is_listed, is_opened, leads
from .particulars import is_caption, is_said, leads_on, marked, shown_text
from .visible import Line, lines_of

AROUND_LINES = 12
MIN_SUMMED_LINES = 3
SUMMARY = re.compile(
    r"[\[［【]?\s*(?:内容|內容|文章)?(?:摘要|提要)\s*+(?:[】\]］]\s*+)?[：:]\s*+(?P<summary>.{10,400}?)[\]］】]?"
)
"""An editor's summary in a box of its own; a story has at least two more paragraphs."""

FEW = 0.4
"""What is marked as navigation or the like but holds more of the prose than this is the story all the same."""


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

    summary: str = ""
    """What stands above the story under the word 摘要."""

    is_list: bool = False
    """Whether the page only leads to stories, each with its own link; then it has no body."""

    @property
    def text(self) -> str:
        """One paragraph a line, with the lines around it that may say who, when and whence."""
        known = set(self.body)
        around = ((line for line in lines if line not in known) for lines in (self.above, self.below))
        above, below = map(tuple, around)
        return "\n".join((*above, *self.body, *below))


def story_of(tree: html.HtmlElement, titles: Iterable[str], summary: str = "") -> Story:
    """The story of the page *tree*, whose headline may be one of *titles*; without a body if there is none.

    *summary* is what the page says of its story, which tells it from notices.
    """
    lines = list(lines_of(tree))
    starts = starts_of(tree)
    places: Sequence[int] = prose_of(lines, starts, summary)
    if sum(lines[at].size for at in places) < MIN_BODY_CHARS:
        return Story()
    known = {plain(title) for title in titles if title}
    headline = _headline_at(lines, known)
    if not is_opened(lines, places, headline) and is_list(lines, alike(lines, places), headline):
        return Story(is_list=True)
    asides = _told_aside(lines, places)
    clear = [at for at in places if lines[at].aside not in asides]
    asides = asides if clear else set()
    places = _under(lines, clear or places, headline, summary)
    first, last = stretch(lines, places, starts)
    dropped = _dropped(lines, range(first, last + 1), asides)
    told = (lines[at] for at in range(first, last + 1) if at not in dropped)
    summary, body = _parted([shown_text(line) for line in told if plain(line.text) not in known])
    near = range(max(0, first - AROUND_LINES), first), range(last + 1, min(len(lines), last + 1 + AROUND_LINES))
    listing = {at for part in near for at in part if leads(lines, at)}
    above, below = ([marked(lines[at]) for at in part if at not in listing and is_said(lines[at])] for part in near)
    captions = [
        line.text for line in (*lines[max(0, first - AROUND_LINES) : last + 1], *_next(lines, last)) if is_caption(line)
    ]
    links = frozenset(line.text for line in lines if line.is_link)
    return Story(tuple(above), tuple(body), tuple(below), tuple(captions), tuple(lines[:first]), links, summary)


def _parted(body: list[str]) -> tuple[str, list[str]]:
    """The summary that *body* begins with, by its label, and the rest.

    >>> _parted(["[摘要：老水车昨天重新转动。]", "石桥镇讯。", "水车停了四十年。"])
    ('老水车昨天重新转动。', ['石桥镇讯。', '水车停了四十年。'])
    """
    found = SUMMARY.fullmatch(body[0]) if len(body) >= MIN_SUMMED_LINES else None
    return (found["summary"], body[1:]) if found else ("", body)


def _next(lines: Sequence[Line], last: int) -> Iterator[Line]:
    """The lines behind the story up to the first that is of something else; its pictures may stand there."""
    return takewhile(lambda line: line.aside is None and not leads_on(line), islice(lines, last + 1, None))


def _headline_at(lines: Sequence[Line], known: set[str]) -> int:
    """The first place of a line that is one of the *known* titles, of a heading if there is one; -1 for none."""
    shown = [at for at, line in enumerate(lines) if not line.is_link and plain(line.text) in known]
    return next((at for at in shown if lines[at].tag), shown[0] if shown else -1)


def _under(lines: Sequence[Line], places: Sequence[int], headline: int, summary: str) -> Sequence[int]:
    """Those of *places* behind the *headline*, where most of the prose is, or where it begins as its *summary* does.

    Notices may stand above a headline.
    """
    under = [at for at in places if at > headline]
    is_most = 2 * sum(lines[at].size for at in under) >= sum(lines[at].size for at in places)
    return under if is_most or (under and begins_as(lines[under[0]], summary)) else places


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
        if is_caption(line) or line.aside in asides or is_listed(lines, at) or leads(lines, at):
            dropped.add(at)
    return dropped
