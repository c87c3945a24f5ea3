"""Spaces typed into Chinese: runs made one, and those removed that divide nothing.

A space between Han may be an accident (推动 经济) or the only thing that divides names,
headline clauses and captions. It goes inside the sentences of a line, between their first and
last mark, outside parentheses, and where a whole line is spaced out word by word; elsewhere,
and in titles, it stays. A wider gap (U+3000, or several spaces) was set on purpose: between
Chinese it becomes one U+3000 and stays.
"""

import re

from .change import Change, Context
from .characters import CLOSERS, HAN, OPENERS
from .lines import SPACES

SPACE_RUN = re.compile(rf"[{SPACES}]+")
AT_MARK = re.compile("[ \u3000](?:(?=[，。、；：！？（）》」』”’】])|(?<=[，。、；：！？（）《「『“‘【].))")
BETWEEN_HAN = re.compile(rf" (?<=[{HAN}{CLOSERS}] )(?=[{HAN}{OPENERS}])")
BETWEEN_WORDS = re.compile(rf"[ \u3000](?<=[{HAN}{CLOSERS}].)(?=[{HAN}{OPENERS}])")
HAN_LATIN = re.compile(rf" (?<=[{HAN}] )(?=[A-Za-z0-9])| (?<=[A-Za-z0-9%] )(?=[{HAN}])")
SENTENCE = re.compile(r"[。！？]")
CLAUSE_MARK = re.compile(r"[，。；：！？]")
PARENTHESIS = re.compile(r"[（(【\[][^（()）】\]\n]*[）)】\]]")
DATE_TIME = re.compile(r"\d{1,4}[-/.:：年月]\d{1,2}|\d[年月日时時分]|\d{6}")
LABEL = re.compile(r"[:：|]")
HAN_ONE = re.compile(f"[{HAN}]")

SPACED_OUT_SHARE = 0.2
"""Spaces per Han character from which a line is spaced out word by word; names in a byline stay below."""

MIN_SPACED_OUT = 8


def close_spaces(text: str, context: Context) -> Change:
    """*text* without the spaces that divide nothing.

    >>> close_spaces("他说 ，推动 经济 发展。煙臺5G 應用", Context()).text
    '他说，推动经济发展。煙臺5G應用'
    >>> close_spaces("標題上半 標題下半", Context()).text
    '標題上半 標題下半'
    """
    if not SPACE_RUN.search(text):
        return Change(text)
    lines = [_close(line, context.is_title) for line in text.split("\n")]
    return Change("\n".join(line for line, _ in lines), sum(count for _, count in lines))


def _close(line: str, is_title: bool) -> tuple[str, int]:
    if not SPACE_RUN.search(line):
        return line, 0
    whole = SPACE_RUN.sub(_one_space, line)
    if whole.isascii() or not SPACE_RUN.search(whole.strip()):
        return whole, int(whole != line)
    whole, count = AT_MARK.subn("", whole)
    count += whole != line and not count
    if is_title or SENTENCE.search(whole) or not LABEL.search(whole):
        whole, closed = _close_latin(whole)
        count += closed
    if not is_title:
        whole, closed = _close_han(whole)
        count += closed
    return whole, count


def _one_space(match: re.Match[str]) -> str:
    """U+3000 for a gap at Chinese, else a space; a doubled space at Latin is no gap."""
    start, end = match.span()
    wide = (match.string[start - 1 : start] > "\x7f") + (match.string[end : end + 1] > "\x7f")
    is_gap = "\u3000" in match[0] or end - start > 3 - wide
    return "\u3000" if wide and is_gap else " "


def _close_latin(line: str) -> tuple[str, int]:
    """*line* without spaces between Han and Latin, but those beside a date or time."""
    if not HAN_LATIN.search(line):
        return line, 0
    apart = {end for match in DATE_TIME.finditer(line) for end in _word_ends(line, match)}
    count = 0

    def closed(match: re.Match[str]) -> str:
        nonlocal count
        count += match.start() not in apart
        return " " if match.start() in apart else ""

    return HAN_LATIN.sub(closed, line), count


def _word_ends(line: str, match: re.Match[str]) -> tuple[int, int]:
    """Places of the spaces before and behind the word that holds *match*."""
    return line.rfind(" ", 0, match.start()), line.find(" ", match.end())


def _close_han(line: str) -> tuple[str, int]:
    """*line* without spaces between Han inside its sentences."""
    spaces = len(BETWEEN_WORDS.findall(line))
    if not spaces:
        return line, 0
    if spaces >= MIN_SPACED_OUT and spaces >= SPACED_OUT_SHARE * len(HAN_ONE.findall(line)):
        return BETWEEN_WORDS.subn("", line)
    marks = [match.start() for match in CLAUSE_MARK.finditer(line)]
    if not SENTENCE.search(line) or len(marks) < 2:
        return line, 0
    first, last = marks[0], marks[-1]
    middle = line[first:last]
    parts, end, count = [line[:first]], 0, 0
    for match in PARENTHESIS.finditer(middle):
        prose, closed = BETWEEN_HAN.subn("", middle[end : match.start()])
        parts += [prose, match[0]]
        end, count = match.end(), count + closed
    prose, closed = BETWEEN_HAN.subn("", middle[end:])
    return "".join((*parts, prose, line[last:])), count + closed
