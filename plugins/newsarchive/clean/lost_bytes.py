"""Text that lost a byte in GB 18030, so that the bytes behind it pair up wrongly (see realign).

Two ways lead to it. A byte goes astray: 。互聯網 → ?；ヂ網. Or a converter that works on bytes
finds a character across two others and writes its reading in between: 輸等重點 holds the bytes
of 數, so it becomes 輸?shù)戎攸c. Both are mended only where the text becomes far likelier;
a character that stays in doubt is set as 〓, as printers do, and reported.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from math import inf

from .change import Change, Context
from .characters import CLOSERS, COMMON, HAN, TONED, UNCOMMON, ranges
from .frequent import FREQUENT
from .glosses import is_converters
from .likelihood import fold, log_likelihood
from .realign import (
    LOST,
    READING,
    Shifted,
    character_of,
    firsts,
    is_synchronous,
    lasts,
    run_end,
    shifted,
    two_bytes,
)
from .weigh import CONTEXT, IN_DOUBT, Choice, Mending, Span, likeliest, line_before, weighed

SYMBOLS = f"\u3041-\u312f\u0391-\u0451\u2474-\u249b\u2550-\u25e5{TONED}"
"""Rows 2 to 9 of GB 2312 and their like: hardly ever between two Han characters."""

STRANGE = f"{UNCOMMON}{SYMBOLS}\ue000-\uf8ff"
HALF_MARK = re.compile(rf"(?<=[{LOST}])[;:!,](?=[^\x00-\x7f])")
SAME_MARKS = re.compile(r"[？！]+.?|[?!]+.?")
"""Marks of one width, as people type them; ?！? mixes two."""

ASKED = re.compile(rf"[？！]+[{re.escape(CLOSERS)}]+")
"""The end of a question, also where a link has torn it off its line."""

FULL = str.maketrans(",:;!", "，：；！")

MAX_LEFT = 12
"""Characters searched before a strange pair for the place of the loss."""

MAX_RUN = 2000
"""Characters of one run that are turned; paragraphs are shorter."""

LOOK = 12
"""Characters of a run that decide whether to look closer."""

MAX_STARTS = 3
MIN_GAIN, MIN_GAIN_AT_MARK = 16.0, 9.0
"""Nats by which a mended text must be likelier: no change in 4.8 million characters of sound news."""

MIN_HINT = {"gloss": 5.0, "lead": 6.0, "pair": 11.0}
"""Gain from which a place that is not mended is reported, by what drew attention to it."""

COST = {"gloss": 6, "lead": 1, "pair": 6}
MAX_LOOKS = 2000
"""Suspicious places examined in one text, weighed by COST: a bound on the time that rubbish can take."""


@cache
def _trigger() -> re.Pattern[str]:
    """A reading with its ( gone, a lost byte's mark before Chinese, or characters strange side by side.

    Strange are two outside everyday use, a symbol between Han, or three of four that news seldom uses.
    """
    seldom = ranges(c for c in map(chr, range(0x4E00, 0xA000)) if fold(c) not in FREQUENT)
    few = f"(?<=[{seldom}])(?=[{seldom}].?[{seldom}]|.[{seldom}]{{2}})"
    return re.compile(
        rf"[{LOST}{STRANGE}{seldom}](?:(?<=[{LOST}])(?:(?P<gloss>\(?{READING}\))|(?P<lead>(?=[^\x00-\x7f])))"
        rf"|(?P<pair>(?<=[{STRANGE}])(?=[{STRANGE}])|(?<=[{HAN}][{SYMBOLS}])(?=[{HAN}])|{few}))"
    )


def mend_lost_bytes(text: str, context: Context) -> Change:
    """*text* with the characters that a lost byte has broken put together again.

    >>> mend_lost_bytes("交通運輸?shù)戎攸c場所", Context()).repairs
    ('輸?shù)戎攸c → 輸等重點',)
    """
    if not _trigger().search(text):
        return Change(text)
    parts: list[str] = []
    repairs: list[str] = []
    warnings: list[str] = []
    source, text = text, HALF_MARK.sub(lambda match: match[0].translate(FULL), text)
    end = at = looks = 0
    while (match := _trigger().search(text, at)) and looks < MAX_LOOKS:
        mending = _mending(text, match, end)
        looks += COST[match.lastgroup or "pair"]
        if mending is None:
            at = match.end()
            continue
        found = source[mending.start : mending.end]
        if mending.gain < _needed(match, found, mending.text):
            if not SAME_MARKS.fullmatch(found):
                warnings.append(f"a byte may be lost: {found[:40]!r}, perhaps {mending.text[:40]!r}")
            at = max(match.end(), mending.end)
            continue
        parts += [source[end : mending.start], mending.sure]
        repairs.append(f"{found} → {mending.sure}")
        if mending.sure != mending.text:
            warnings.append(
                f"a lost byte leaves {IN_DOUBT} in doubt: {mending.sure[:40]!r}, perhaps {mending.text[:40]!r}"
            )
        end = at = mending.end
    if looks >= MAX_LOOKS and (repairs or warnings):
        warnings.append(
            f"over {MAX_LOOKS} places look damaged; those behind {source[end : end + 20]!r} were not examined"
        )
    return Change("".join((*parts, source[end:])), len(repairs), repairs=tuple(repairs), warnings=tuple(warnings))


def _needed(match: re.Match[str], found: str, mended: str) -> float:
    """Gain from which *found* is mended rather than reported: the more it looks sound, the more."""
    if ASKED.fullmatch(found):
        return inf
    if not found.strip("?？!！") and not ("“" in mended or mended[-1] == "”"):
        return inf
    return MIN_GAIN if match.lastgroup == "pair" else MIN_GAIN_AT_MARK


def _mending(text: str, match: re.Match[str], floor: int) -> Mending | None:
    """The likeliest mending of the place that *match* found, not reaching before *floor*."""
    if match.lastgroup == "gloss":
        options = [*_behind_gloss(text, match), *_before_gloss(text, match, floor)]
    elif match.lastgroup == "lead":
        options = [*_realigned(text, match.start(), match.end(), True)]
    else:
        starts = _likeliest_starts(text, _lowest_start(text, match.start(), floor), match.start())
        options = [mending for start in starts for mending in _realigned(text, start, start, False)]
    best = max(options, key=lambda mending: mending.gain, default=None)
    return best if best and best.gain >= MIN_HINT[match.lastgroup or "pair"] else None


def _lowest_start(text: str, at: int, floor: int) -> int:
    """First place from which a wrong pairing can have run on to *at*."""
    start = at
    while start > max(floor, at - MAX_LEFT) and two_bytes(text[start - 1]) and not is_synchronous(text[start - 1]):
        start -= 1
    return start


def _likeliest_starts(text: str, lowest: int, at: int) -> list[int]:
    """The places from *lowest* to *at* from which turning the pairs makes the text likeliest."""
    end = run_end(text, at, LOOK)
    turned = ((start, shifted(text[start:end])) for start in range(lowest, at + 1))
    ranked = [(log_likelihood(f"{text[lowest:start]}{IN_DOUBT}{run.middle}"), start) for start, run in turned if run]
    return [start for _, start in sorted(ranked, reverse=True)[:MAX_STARTS]]


def _realigned(text: str, start: int, run: int, is_trail: bool) -> Iterator[Mending]:
    """Mendings of the span from *start* whose wrongly paired run begins at *run*."""
    if _is_hopeless(text[run : run_end(text, run, LOOK)]):
        return
    for end in _ends(text, run):
        turned = shifted(text[run:end])
        if turned is None:
            continue
        if first := likeliest(firsts(turned.first, is_trail), line_before(text, start), turned.middle):
            yield from _finished(text, Span(start, end), first, turned)


def _finished(text: str, span: Span, first: Choice, turned: Shifted) -> Iterator[Mending]:
    """The mending of *span* by *first*, the certain middle of *turned* and the likeliest last character."""
    ends = dict(lasts(turned.last, text, span.end))
    begun = first.text + turned.middle
    if last := likeliest(ends, line_before(text, span.start) + begun, text[span.end : span.end + CONTEXT]):
        mending = weighed(text, Span(span.start, ends[last.text]), begun + last.text)
        yield replace(mending, sure=first.sure + turned.middle + last.sure)


def _ends(text: str, run: int) -> Iterator[int]:
    """Where the run from *run* may end: at the next ASCII byte, or at a ？ that was a lost byte's mark."""
    end = run_end(text, run, MAX_RUN)
    if end == run:
        return
    yield end
    mark = text.find("？", run + 1, end)
    if mark > 0:
        yield mark


def _is_hopeless(run: str) -> bool:
    """Whether *run*, the beginning of one, is no likelier when paired the other way."""
    if len(run) < 2:
        return run in COMMON
    turned = shifted(run)
    return turned is None or log_likelihood(turned.middle) <= log_likelihood(run[1:])


def _behind_gloss(text: str, match: re.Match[str]) -> Iterator[Mending]:
    """Mendings where the reading was put between two characters whose bytes held another: 輸?shù)戎攸c."""
    start = match.start() - 1
    for rear in _parted(text, match, match.end()):
        first = text[start] + rear
        if text[match.end()].isascii():
            yield weighed(text, Span(start, match.end() + 1), first)
            continue
        for end in _ends(text, match.end()):
            if turned := shifted(text[match.end() : end]):
                yield from _finished(text, Span(start, end), Choice(first, first), turned)


def _parted(text: str, match: re.Match[str], at: int) -> Iterator[str]:
    """Characters that text[at] is the rear half of, if the reading in *match* is that of one lying across."""
    reading = _reading(match)
    lead = two_bytes(text[match.start() - 1])[1:] if match.start() else b""
    rear = (two_bytes(text[at]) or text[at].encode("ascii", "ignore"))[:1] if at < len(text) else b""
    if not lead or not rear or lead[0] < 0x80 or rear[0] < 0x40:
        return
    for trail in range(0x80, 0xFF):
        across = character_of(lead[0], trail)
        if across and is_converters(across, reading) and (first := character_of(trail, rear[0])):
            yield first


def _before_gloss(text: str, match: re.Match[str], floor: int) -> Iterator[Mending]:
    """Mendings where the reading belongs to the last character of a wrongly paired run: ヂ?lián)."""
    if not match.start() or not two_bytes(text[match.start() - 1]):
        return
    last = match.start() - 1
    if is_converters(text[last], _reading(match)):
        yield weighed(text, Span(last, match.end()), f"{text[last]}({_reading(match)})")
        return
    for start in range(_lowest_start(text, last, floor), last + 1):
        marked = start > floor and text[start - 1] in LOST
        yield from _realigned(text, start - marked, start, marked)


def _reading(match: re.Match[str]) -> str:
    return match["gloss"].lstrip(LOST + "(").rstrip(")")
