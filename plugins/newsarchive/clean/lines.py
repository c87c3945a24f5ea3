"""Line ends: hard-wrapped lines joined, indentation and empty lines removed."""

import re
from collections.abc import Sequence
from operator import ne
from unicodedata import east_asian_width

from .change import Change, Context
from .protected import MARK

SPACES = " \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
STRIPPED = " \t\xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
EMPTY_RUN = re.compile(r"\n{3,}")
RUN_ON = re.compile(rf"([。！？…][」』”’]*(?:（[^（）\n]{{1,40}}）)?)[{SPACES}]+(?=[^{SPACES}」』”’）])")
SPACED_CLAUSE = re.compile(rf"[，、；][{SPACES}]")
MIN_RUN_ON = 40
"""Characters of a line from which it can be several paragraphs; headlines are shorter."""

INDENT = re.compile(rf"[{SPACES}]")
SENTENCE_END = re.compile(r"[。！？!?：:；;…」』”’）)】.]$")
JOINT_NEEDS_SPACE = re.compile(rf"[A-Za-z0-9,.;:{MARK}]$")

MIN_FULL_LINES = 5
MIN_WIDTH, MAX_WIDTH = 24, 120
"""Columns (a Han character takes two) between which a constant line length means hard wrapping."""

SLACK = 4
"""Columns a full line may fall short of: a mark that may not begin a line takes a character with it."""

MIN_OPEN_SHARE = 0.6
"""Share of full lines that break off in mid-sentence; a list of equally long titles has blank or ended lines."""


def part_paragraphs(text: str, context: Context) -> Change:
    r"""*text* with its line ends back where scrapers made them spaces: 。 and a space, in a long line.

    Nobody types a space behind 。 alone; a line that has them behind ， too is left. Inside
    quotation marks a line is not parted.

    >>> line = "總裁的發言升高市場對央行將升息的預期，連續走升。 卡尼表示，將討論是否升息，再作決定。"
    >>> part_paragraphs(line, Context()).text
    '總裁的發言升高市場對央行將升息的預期，連續走升。\n卡尼表示，將討論是否升息，再作決定。'
    """
    if context.is_title or not RUN_ON.search(text):
        return Change(text)
    count = 0

    def part(match: re.Match[str]) -> str:
        nonlocal count
        before = match.string[: match.end()]
        if any(before.rfind(opener) > before.rfind(closer) for opener, closer in ("“”", "「」")):
            return match[0]
        count += 1
        return match[1] + "\n"

    lines = text.split("\n")
    for i, line in enumerate(lines):
        if len(line) >= MIN_RUN_ON and not SPACED_CLAUSE.search(line):
            lines[i] = RUN_ON.sub(part, line)
    return Change("\n".join(lines), count)


def join_wrapped(text: str, context: Context) -> Change:
    """*text* with the lines of a clearly hard-wrapped story joined to paragraphs.

    It is clear where the longest lines are equally long, most of them break off in mid-sentence,
    and no line is longer. An indented or empty line begins a paragraph.
    """
    lines = text.split("\n")
    longest = max(lines, key=len).rstrip()
    if len(lines) <= MIN_FULL_LINES or len(longest) > MAX_WIDTH or columns(longest) > MAX_WIDTH:
        return Change(text)
    widths = [columns(line.rstrip()) for line in lines]
    width = max(widths)
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return Change(text)
    is_full = [width - SLACK <= w for w in widths]
    follows = [i for i in range(1, len(lines)) if is_full[i - 1] and lines[i].strip() and not INDENT.match(lines[i])]
    if not _is_wrapped(lines, is_full, follows):
        return Change(text)
    has_indents = sum(bool(INDENT.match(line)) for line in lines) > 1
    joints = {i for i in follows if has_indents or not SENTENCE_END.search(lines[i - 1].rstrip())}
    return Change(_joined(lines, joints), len(joints))


def _is_wrapped(lines: Sequence[str], is_full: Sequence[bool], follows: Sequence[int]) -> bool:
    full = sum(is_full)
    shown = sum(bool(line.strip()) for line in lines)
    open_ends = sum(not SENTENCE_END.search(lines[i - 1].rstrip()) for i in follows)
    return full >= MIN_FULL_LINES and full >= shown * 0.4 and open_ends >= MIN_OPEN_SHARE * full


def _joined(lines: Sequence[str], joints: set[int]) -> str:
    parts = [lines[0]]
    for i, line in enumerate(lines[1:], 1):
        if i not in joints:
            parts += ["\n", line]
            continue
        parts[-1] = parts[-1].rstrip()
        is_latin = JOINT_NEEDS_SPACE.search(parts[-1]) and line[:1].isascii()
        parts += [" " if is_latin else "", line]
    return "".join(parts)


def columns(line: str) -> int:
    """Width of *line* on a terminal.

    >>> columns("煙臺5G")
    6
    """
    if line.isascii():
        return len(line)
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in line)


def trim_lines(text: str, context: Context) -> Change:
    r"""*text* without indentation, space at line ends and runs of empty lines.

    >>> trim_lines("\n　　一 \n\n\n\n二\n", Context()).text
    '一\n\n二'
    """
    lines = text.split("\n")
    stripped = [line.strip(STRIPPED) for line in lines]
    count = sum(map(ne, lines, stripped)) if lines != stripped else 0
    joined = "\n".join(stripped)
    trimmed, runs = EMPTY_RUN.subn("\n\n", joined) if "\n\n\n" in joined else (joined, 0)
    outer = trimmed.strip("\n")
    return Change(outer, count + runs + (outer != trimmed))
