"""A headline where the dump has none, and where any headline may break into lines.

The headline is one run of clauses from the first sentences: dateline, time and venue are left out,
enumerations cut to 等, and the run whose words the rest of the story repeats most is taken.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from math import sqrt
from typing import Any

from .script import fold
from .vocabulary import FOLDER, Pattern, read_patterns

LEAST_CHARS, MOST_CHARS = 14, 34
MOST_REPEATS = 5
"""A word repeated more often says no more."""

MOST_SEARCHED = 1000
"""Characters in which an end is looked for; rubbish may have none, however long it is."""

SENTENCES = 3
"""Sentences a headline may come from."""

SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?[”」』’]?")
CLAUSE_END = re.compile(r"[，,；;：:]\s*(?![^《》]{0,60}》)(?![^“]{0,20}”)")
NOUNS = ("n", "j", "x", "eng", "s", "l", "vn", "an")


@cache
def _jieba() -> Any:
    """What cuts a text into words; only where a title is new, as its dictionary takes a tenth of a second."""
    import rjieba

    return rjieba


def headline(paragraphs: Sequence[str]) -> str:
    """A headline made of the story; empty only if the story holds no words.

    >>> headline(["齐鲁网11月20日讯 11月20日上午,烟台市政府与山东移动、山东联通在东方海天酒店签署《合作协议》。"])
    '烟台市政府与山东移动等签署《合作协议》'
    """
    text = next((paragraph for paragraph in paragraphs if len(paragraph) >= LEAST_CHARS), "".join(paragraphs[:1]))
    sentences = [found[0].strip() for found in SENTENCE.finditer(text)][:SENTENCES]
    weights = _term_weights(paragraphs)
    windows = [window for place, one in enumerate(sentences) for window in _windows(one, place)]
    whole = [window for window in windows if not unpaired(window.text)]
    best = max(whole or windows, key=lambda window: _score(window, weights), default=None)
    made = _cut(best.text if best else text.strip())
    return without(made, unpaired(made)).strip(TRIMMED)


@dataclass(frozen=True, slots=True)
class _Window:
    """A run of clauses that may become the headline."""

    text: str
    sentence: int
    clause: int


def _windows(sentence: str, place: int) -> Iterator[_Window]:
    clauses = [_enumeration_cut(clause) for clause in map(_stripped, CLAUSE_END.split(sentence)) if clause]
    for first in range(len(clauses)):
        for last in range(first + 1, min(first + 4, len(clauses) + 1)):
            text = "，".join(clauses[first:last])
            if last == first + 1 or len(text) <= MOST_CHARS:
                yield _Window(text, place, first)


@cache
def _patterns(kind: str) -> tuple[Pattern, ...]:
    return read_patterns(FOLDER / "headlines.toml", kind)


def _stripped(clause: str) -> str:
    """*clause* without dateline, time and venue."""
    text = clause.strip(" 　。！？!?；;，,")
    for pattern in _patterns("opening"):
        if found := pattern.regex.search(fold(text)):
            text = text[found.end() :].lstrip(" 　，,：:")
    for pattern in _patterns("inside"):
        kept, end = [], 0
        for found in pattern.regex.finditer(fold(text)):
            kept.append(text[end : found.start()])
            end = found.end()
        text = "".join((*kept, text[end:]))
    return text


def _enumeration_cut(clause: str) -> str:
    """*clause* with 甲、乙、丙和丁 cut to 甲等, and a row of offices to the name behind it.

    >>> _enumeration_cut("烟台市与移动、联通、电信签署协议")
    '烟台市与移动等签署协议'
    >>> _enumeration_cut("中国科学院院长、学部主席团执行主席李国庆出席会议")
    '李国庆出席会议'
    """
    first, last = clause.find("、"), clause.rfind("、")
    if first < 0 or unpaired(clause[:first]) or unpaired(clause[:last]):
        return clause
    end = last + 1
    for word, kind in _jieba().tag(fold(clause[end:])):
        if kind.startswith("nr") and _patterns("office")[0].regex.search(fold(clause[:first])):
            return clause[end:]
        if not kind.startswith(NOUNS) and word not in "和与及":
            break
        end += len(word)
    return clause if end == last + 1 else f"{clause[:first]}等{clause[end:].removeprefix('等')}"


def _term_weights(paragraphs: Sequence[str]) -> Counter[str]:
    """Word -> how often the story has it; words of one character count nothing."""
    text = fold("\n".join(paragraphs))[:3000]
    return Counter(word for word in _jieba().cut(text) if len(word) > 1 and not word.isdigit())


def _score(window: _Window, weights: Counter[str]) -> float:
    """How good a headline *window* makes: a ridge regression of ROUGE-L on 9,700 windows of 560 titled articles."""
    words = {word for word in _jieba().cut(fold(window.text)) if len(word) > 1}
    worth = sum(sqrt(min(weights[word], MOST_REPEATS)) for word in words)
    length = len(window.text)
    return (
        0.287 * worth / (length + 12)
        + 0.0057 * worth
        - 0.0016 * length
        - 0.005 * max(0, LEAST_CHARS - length)
        - 0.030 * window.sentence
        - 0.007 * window.clause
        - 0.015 * window.text.count("，")
        + 0.065 * (window.sentence == window.clause == 0)
        + 0.025 * ("《" in window.text)
        + 0.133 * sum(map(str.isdecimal, window.text)) / (length + 1)
    )


def _cut(text: str) -> str:
    """*text* no longer than a headline, never cut inside a word, a 《title》 or other brackets.

    >>> _cut("烟台市政府与山东移动等签署《共同推动烟台5G应用发展战略合作协议》，各方将携手推进数字城市建设")
    '烟台市政府与山东移动等签署《共同推动烟台5G应用发展战略合作协议》…'
    """
    text = text.strip(TRIMMED)[:MOST_SEARCHED]
    if len(text) <= MOST_CHARS:
        return text
    whole = frozenset(_whole_ends(text))
    ends = [end for end in accumulate(map(len, breakable(text))) if end in whole]
    short = [end for end in ends if LEAST_CHARS <= end < MOST_CHARS]
    best = short[-1] if short else next((end for end in ends if end >= MOST_CHARS), len(text))
    return text if best == len(text) else text[:best].rstrip(TRIMMED) + "…"


TRIMMED = " 　，,、；;：:。"
PAIRS = dict(zip("》〉」』】〕）)]”", "《〈「『【〔（([“", strict=True))
"""Closing bracket -> opening one. ’ is none: it is an apostrophe as well."""


def unpaired(text: str) -> tuple[int, ...]:
    """Places of brackets in *text* that lack their partner.

    >>> unpaired("由《城厢》编辑部"), unpaired("由城厢》编辑部（文")
    ((), (3, 7))
    """
    stray: list[int] = []
    opened: list[int] = []
    for place, char in enumerate(text):
        if char in PAIRS.values():
            opened.append(place)
        elif char in PAIRS:
            if opened and text[opened[-1]] == PAIRS[char]:
                opened.pop()
            else:
                stray.append(place)
    return tuple(sorted((*stray, *opened)))


def _whole_ends(text: str) -> Iterator[int]:
    """Where *text* may end with no bracket in it that lacks its partner.

    >>> list(_whole_ends("由《城厢》编）辑"))
    [1, 5, 6]
    """
    opened: list[str] = []
    for end, char in enumerate(text, 1):
        if char in PAIRS.values():
            opened.append(char)
        elif char in PAIRS and (not opened or opened.pop() != PAIRS[char]):
            return
        if not opened:
            yield end


def without(text: str, places: Collection[int]) -> str:
    """*text* less the characters at *places*."""
    places = frozenset(places)
    return "".join(char for place, char in enumerate(text) if place not in places)


CLOSING = "，。、；：！？」』”’）】》〉…—·,.;:!?)]}%％"
OPENING = "「『“‘（【《〈([{"
SHORT_TITLE_CHARS = 12


def breakable(title: str) -> tuple[str, ...]:
    """The pieces of *title* between which a line may break; together they are *title*.

    No break inside a word, inside a short 《title》, before closing or after opening punctuation, nor
    beside Latin, as browsers break and space there by themselves.

    >>> breakable("煙臺簽署《合作協議》發展5G+應用")
    ('煙臺', '簽署', '《合作協議》', '發展5G+應用')
    """
    pieces: list[str] = []
    start = 0
    for word in _jieba().cut(fold(title)):
        piece = title[start : start + len(word)]
        start += len(word)
        if pieces and _hangs_together(pieces[-1], piece):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return tuple(pieces)


def _hangs_together(before: str, piece: str) -> bool:
    """Whether no line may break between *before* and *piece*."""
    left, right = before[-1], piece[0]
    if right in CLOSING or left in OPENING or left.isascii() or right.isascii() or right.isspace():
        return True
    opened = before.rfind("《")
    return opened > before.rfind("》") and len(before) - opened + len(piece) <= SHORT_TITLE_CHARS
