"""Which mending of a lost byte is the likeliest, and by how much."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from .characters import CLOSERS, OPENERS, STOPS
from .glosses import is_converters
from .likelihood import PUNCTUATION, log_likelihood
from .realign import GLOSS_AHEAD

STOPS_AND_CLOSERS = STOPS + CLOSERS
PAIRED = dict(zip(CLOSERS, OPENERS, strict=True))

FAR_LOOK = 60
"""Characters of a run that are weighed in the end."""

CONTEXT = 6
"""Characters to each side of a choice that decide it."""

MAX_LINE = 400
"""Characters of a line searched for an open bracket."""

MIN_MARGIN = 4.0
"""Nats by which the best reading of a doubtful character must beat the next, else 〓."""

GLOSS_AGREES = 6.0
"""Nats for a mended character that the reading behind it fits; about one in 1,300 would by chance."""

BEHEADS = re.compile("[A-Za-z]{2}")
BEHEADED = 8.0
"""Nats against a mending that takes the first letter off a Latin word."""

IN_DOUBT = "〓"


class Span(NamedTuple):
    start: int
    end: int


class Choice(NamedTuple):
    """One of several possible characters."""

    text: str
    sure: str
    """The same, or 〓 where another is nearly as likely."""


@dataclass(frozen=True, slots=True)
class Mending:
    """A damaged span and what it must have been."""

    start: int
    end: int
    text: str
    gain: float
    """Nats by which `text` is likelier than what was found."""

    sure: str
    """`text` with 〓 for each character in doubt."""


def weighed(text: str, span: Span, mended: str) -> Mending:
    before, behind = line_before(text, span.start), text[span.end : span.end + CONTEXT]
    found = text[span.start : span.end]
    if len(found) > FAR_LOOK:  # the end of a long run adds nothing
        found, behind = found[:FAR_LOOK], " "
    part = mended[:FAR_LOOK] if behind == " " else mended
    gain = _score(before, part, behind) - _score(before, found, behind)
    gloss = GLOSS_AHEAD.match(text, span.end)
    agrees = gloss is not None and is_converters(mended[-1], gloss[1])
    beheads = BEHEADS.search(text, span.end - 1, span.end + 1) is not None
    return Mending(span.start, span.end, mended, gain + GLOSS_AGREES * agrees - BEHEADED * beheads, mended)


def line_before(text: str, at: int) -> str:
    """The line of text[at] up to there, or its last MAX_LINE characters."""
    return text[max(text.rfind("\n", 0, at) + 1, at - MAX_LINE) : at]


def _score(before: str, option: str, behind: str) -> float:
    """How likely *option* is between *before* and *behind*; as logarithm, to be compared only.

    To the likelihood of words it adds what that does not know: no line begins with a stop, a
    dateline ends in a space, quotation marks come in pairs.
    """
    likelihood = log_likelihood(before[-CONTEXT:] + option + behind[:CONTEXT])
    if option[0] == "\u3000":
        likelihood += 4.0 if not before or before[-1] in "讯訊电電" else 0.0
    if option[-1] in PAIRED:
        likelihood += 3.0 if before.rfind(PAIRED[option[-1]]) > before.rfind(option[-1]) else -3.0
    if not before and option[0] in STOPS_AND_CLOSERS:
        likelihood -= 8.0
    if behind[:1] in ("", "\n"):
        likelihood -= 8.0 * (option[-1] in OPENERS) + 4.0 * (option[-1] in "，、：")
    return likelihood


def likeliest(options: Iterable[str], before: str, behind: str) -> Choice | None:
    """The likeliest of *options* between *before* and *behind*; none if there are none."""
    ranked = sorted(((_score(before, option, behind), option) for option in dict.fromkeys(options)), reverse=True)
    if not ranked:
        return None
    best = ranked[0][1]
    if len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= MIN_MARGIN:
        return Choice(best, best)
    are_marks = best in PUNCTUATION and ranked[1][1] in PUNCTUATION
    return Choice(best, best if are_marks else IN_DOUBT)
