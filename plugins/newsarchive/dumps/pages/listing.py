"""Lists of links on a page: those beside a story, and pages that are nothing but lists of other pages."""

import re
from collections.abc import Sequence
from itertools import pairwise

from .particulars import DATED, ENDS, STATED, leads_on
from .visible import Line

MAX_LABEL_CHARS = 20
MIN_HEADLINE_CHARS = 6
MIN_ENTRY_CHARS = 10
"""Longer than the buttons between a headline and its story."""

MAX_HEADLINE_CHARS = 44
STOPS = "。…"
MIN_ENTRIES = 5
"""As many stories, each under a link of its own, make a page a list."""

MOST = 0.6
"""The share of the paragraphs of a list that stand behind such links; in a story, links are between few of them."""

MOST_DATED = 0.3
"""The same where each has its day; some are summed up in several paragraphs."""

MAX_NOTICE_CHARS = 200
BESIDE = 2
"""Lines between a headline and its day."""

CLOCK_ONLY = re.compile(r"\W*+(?:(?:今[日天]|昨[日天])\W*+)?\d{1,2}[:：]\d\d\W*")


def leads(lines: Sequence[Line], at: int) -> bool:
    """Whether the line *at* this place introduces a list of links: 更多海島新聞報導."""
    line = lines[at]
    is_label = line.size <= MAX_LABEL_CHARS and line.text[-1:] not in ENDS and not STATED.search(line.text)
    return is_label and is_listed(lines, at + 1)


def is_listed(lines: Sequence[Line], at: int) -> bool:
    """Whether the line *at* this place is a link, not a sentence or a paragraph that is one."""
    if at >= len(lines) or not leads_on(lines[at]):
        return False
    return lines[at].text[-1:] not in (ENDS if lines[at].size > MAX_HEADLINE_CHARS else STOPS)


def is_opened(lines: Sequence[Line], places: Sequence[int], headline: int) -> bool:
    """Whether most of the prose at *places* stands between the *headline* and the first link to another story."""
    first = next((at for at in range(headline + 1, len(lines)) if at > places[0] and _is_entry(lines, at)), len(lines))
    opening = [at for at in places if headline < at < first]
    above = range(headline + 1, places[0])
    is_entered = any(_is_entry(lines, at) and lines[at].size >= MIN_ENTRY_CHARS for at in above)
    said = sum(lines[at].size for at in opening)
    return headline >= 0 and not is_entered and 2 * said >= sum(lines[at].size for at in places)


def is_list(lines: Sequence[Line], places: Sequence[int], headline: int) -> bool:
    """Whether the page of *lines* lists other pages: its prose at *places* is their teasers, or stands behind the list.

    *headline* is the place of what may be the headline, -1 where the page shows none.
    """
    return _is_teasers(lines, places, headline >= 0) or _is_behind_list(lines, places, headline)


def _is_teasers(lines: Sequence[Line], places: Sequence[int], has_headline: bool) -> bool:
    """Whether most of the paragraphs at *places* stand each behind a headline that leads elsewhere.

    Under a headline of its own a page may be a story of many others, unless each has its day.
    """
    before = [range(max(0, last + 1), at) for last, at in pairwise((places[0] - 1 - BESIDE, *places))]
    entries = sum(leads_on(lines[at]) for at in places)
    entries += sum(
        any(_is_entry(lines, at) and (not has_headline or _has_day(lines, at)) for at in part) for part in before
    )
    dated = sum(any(_is_entry(lines, at) and _has_day(lines, at) for at in part) for part in before)
    return (entries >= MIN_ENTRIES and entries >= MOST * len(places)) or (
        dated >= MIN_ENTRIES and dated >= MOST_DATED * len(places)
    )


def _is_behind_list(lines: Sequence[Line], places: Sequence[int], headline: int) -> bool:
    """Whether more is said in dated links between the *headline* and the prose at *places* than in the prose.

    A notice above the headline, or on a page without one, is less than a list anywhere.
    """
    said = sum(lines[at].size for at in places)
    is_notice = said <= MAX_NOTICE_CHARS and (headline < 0 or headline > places[-1])
    around = range(len(lines)) if is_notice else range(headline + 1, places[0])
    listed = [at for at in around if _is_entry(lines, at) and _has_day(lines, at)]
    return len(listed) >= MIN_ENTRIES and sum(lines[at].size for at in listed) > said


def _is_entry(lines: Sequence[Line], at: int) -> bool:
    return is_listed(lines, at) and lines[at].size >= MIN_HEADLINE_CHARS


def _has_day(lines: Sequence[Line], at: int) -> bool:
    """Whether the link *at* this place or a line beside it says its day."""
    near = lines[max(0, at - BESIDE) : at + 1 + BESIDE]
    return any(DATED.search(line.text) or CLOCK_ONLY.fullmatch(line.text) for line in near)
