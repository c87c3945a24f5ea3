"""Plain text: one article in a file, or several, parted by rules, by their heads, by blank lines, or one a line."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median
from typing import NamedTuple

from ..article import Record, Refusal
from .dump import HEAD_CHARS, MAX_RECORD_CHARS, Dump, Line, damage, refusal
from .layout import DAY_LINE, RULE, is_head_line, is_opening, is_title_line, unwrapped
from .markup import BLOCK, doubts, paragraphs
from .naming import title_in
from .separators import STORY_CHARS, Parting, dated, is_article, repeated, separated

NAME = "plain"
MAX_TITLE_LINES = 6
MIN_LINES = 3


class Heads(NamedTuple):
    """Where articles begin that have heads such as a source line and a time stamp."""

    title_lines: int
    """Lines of title above the head."""

    at_end: bool = False
    """Whether source and time stand below the story instead."""


def sniff(name: str, head: str) -> bool:
    """Anything that is text can be plain text."""
    return True


def is_lines(name: str, head: str) -> bool:
    """Whether each line of *head* is an article: most open as stories do, or there are hundreds of long ones."""
    lines = [line for line in head.split("\n") if line.strip()]
    if len(lines) < MIN_LINES:
        return False
    if sum(map(is_opening, lines)) * 10 >= len(lines) * 6 and median(map(len, lines)) >= STORY_CHARS // 2:
        return True
    return len(head) >= HEAD_CHARS and not re.search(r"\n\s*\n", head) and median(map(len, lines)) >= 100


def read_lines(dump: Dump) -> Iterator[Record | Refusal]:
    """The records of a *dump* that has one on each line."""
    for line in dump.lines():
        if line.text.strip():
            yield record([line], dump)


def read_whole(dump: Dump) -> Iterator[Record | Refusal]:
    """The one record that *dump* is."""
    return _records(_whole(dump.lines()), dump)


def read(dump: Dump) -> Iterator[Record | Refusal]:
    """The records of a plain text *dump*."""
    lines = [line.rstrip() for line in dump.head.split("\n")]
    parting = _parting(lines)
    if parting is _whole and (title := title_in(dump.file_name, dump.head)):
        dump = replace(dump, given={"title": title, **dump.given})
    return _records(parting(dump.lines()), dump)


def _records(pieces: Iterator[list[Line]], dump: Dump) -> Iterator[Record | Refusal]:
    for piece in pieces:
        if any(line.text.strip() for line in piece):
            yield record(piece, dump)


def record(piece: Sequence[Line], dump: Dump) -> Record | Refusal:
    """The Record on the lines of *piece*."""
    raw = "".join(line.text for line in piece)
    first = next((line for line in piece if line.text.strip()), piece[0])
    origin = dump.origin(first.number, first.encoding)
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    warnings = damage(raw)
    if BLOCK.search(text):
        markup, text = text, paragraphs(text)
        warnings += doubts(markup, text)
    lines = text.split("\n")
    if (joined := unwrapped(lines)) != lines:
        text = "\n".join(joined)
    if not text.strip():
        return refusal(origin, "no text, only markup or blanks", raw)
    if sum(line.cost for line in piece) >= MAX_RECORD_CHARS:
        warnings += (f"cut: no end of the article within {MAX_RECORD_CHARS} characters",)
    return Record(text, origin, {**dump.mapping.given, **dump.given}, raw if raw != text else "", warnings)


def _parting(lines: Sequence[str]) -> Parting:
    """How articles are parted in a dump that begins with *lines*."""
    if marked := separated(lines) or _rules(lines):
        return marked
    if heads := heads_of(lines):
        return lambda whole: _by_heads(whole, heads)
    if marked := dated(lines) or repeated(lines):
        return marked
    for blanks in (3, 2, 1):
        if _blocks_are_articles(lines, blanks):
            return lambda whole: _by_blanks(whole, blanks)
    return _whole


def _whole(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """All *lines* as one piece, cut where no article is that long."""
    piece: list[Line] = []
    size = 0
    for line in lines:
        piece.append(line)
        size += line.cost
        if size >= MAX_RECORD_CHARS:
            yield piece
            piece, size = [], 0
    yield piece


def _rules(lines: Sequence[str]) -> Parting | None:
    """Parting at lines such as `-----`; what is too short for an article goes to its neighbour."""
    blocks = [
        "".join(block).strip()
        for is_rule, block in groupby(lines, key=lambda line: bool(RULE.fullmatch(line)))
        if not is_rule
    ]
    blocks = [block for block in blocks if block]
    long = [block for block in blocks if len(block) >= STORY_CHARS]
    if len(long) < 2 or _are_underlines(lines):
        return None
    is_title_ruled = len(blocks[0]) < STORY_CHARS
    return lambda whole: _by_rules(whole, is_title_ruled)


def _are_underlines(lines: Sequence[str]) -> bool:
    """Whether most rules of *lines* stand between a short line and prose: the headings of one article."""
    around = [
        is_title_line(above) and len(below) >= STORY_CHARS // 2 and not is_title_line(below) and not is_opening(below)
        for above, line, below in zip(lines, lines[1:], lines[2:], strict=False)
        if RULE.fullmatch(line)
    ]
    return sum(around) * 3 > len(around) * 2


def _by_rules(lines: Iterable[Line], short_goes_on: bool) -> Iterator[list[Line]]:
    """Pieces between rules; a short one joins the next if *short_goes_on*, else the one before."""
    piece: list[Line] = []
    for block in _until(lines, lambda line: bool(RULE.fullmatch(line.text))):
        is_short = sum(len(line.text.strip()) for line in block) < STORY_CHARS
        if short_goes_on:
            piece += block
            if is_short:
                continue
            yield piece
            piece = []
        elif is_short:
            piece += block
        else:
            if piece:
                yield piece
            piece = block
    if piece:
        yield piece


def _until(lines: Iterable[Line], is_end: Callable[[Line], bool]) -> Iterator[list[Line]]:
    """*lines* in pieces that end with a line for which *is_end* holds; such lines are left out."""
    piece: list[Line] = []
    size = 0
    for line in lines:
        if is_end(line) or size >= MAX_RECORD_CHARS:
            yield piece
            piece, size = [], 0
        if not is_end(line):
            piece.append(line)
            size += line.cost
    yield piece


def heads_of(lines: Sequence[str]) -> Heads | None:
    """Where the heads stand if *lines* hold two or more with a story between each.

    >>> heads_of(["來源:齊魯網", "2019-11-20 17:54:11", "文" * 60, "來源:大眾網", "2019-11-21 08:00:00", "文" * 60])
    Heads(title_lines=0, at_end=False)
    """
    filled = [line for line in lines if line.strip()]
    groups = _groups(filled)
    if len(groups) < 2:
        return None
    first = groups[0]
    if any(len(line) >= STORY_CHARS for line in filled[:first]):
        return Heads(0, at_end=True)
    if first > MAX_TITLE_LINES:
        return None
    only_days = all(DAY_LINE.fullmatch(filled[at]) for at in groups)
    if only_days and not (first and all(is_title_line(filled[at - 1]) for at in groups)):
        return None  # a chronicle, whose days are its headings
    return Heads(first)


def _groups(filled: Sequence[str]) -> list[int]:
    """Places of the first head line of each head, of those that a story parts from the one before."""
    places: list[int] = []
    story = STORY_CHARS
    for at, line in enumerate(filled):
        if is_head_line(line):
            if story >= STORY_CHARS:
                places.append(at)
            story = 0
        elif len(line.strip()) > STORY_CHARS // 2:
            story += len(line.strip())
    is_bare = story < STORY_CHARS and len(places) > 1 and places[0] == 0
    return places[:-1] if is_bare else places


def _by_heads(lines: Iterable[Line], heads: Heads) -> Iterator[list[Line]]:
    """Pieces that begin with their heads and the title lines above, or end with them."""
    piece: list[Line] = []
    story, size, is_done = STORY_CHARS * (not heads.at_end), 0, False
    for line in lines:
        text = line.text.strip()
        size += line.cost
        if text and is_head_line(text):
            if story >= STORY_CHARS and not heads.at_end:
                cut = _start_of(piece, heads.title_lines)
                yield piece[:cut]
                piece, size = piece[cut:], 0
            is_done = story >= STORY_CHARS or is_done
            story = 0
        elif len(text) > STORY_CHARS // 2:
            story += len(text)
        if (is_done and heads.at_end and not is_head_line(text)) or size >= MAX_RECORD_CHARS:
            yield piece
            piece, size, is_done = [], 0, False
        piece.append(line)
    yield piece


def _start_of(piece: Sequence[Line], title_lines: int) -> int:
    """Where the next article begins at the end of *piece*: with up to *title_lines* lines like titles."""
    cut, left = len(piece), title_lines
    for at in range(len(piece) - 1, -1, -1):
        text = piece[at].text
        if not text.strip():
            continue
        if not left or not is_title_line(text):
            break
        cut, left = at, left - 1
    return cut


def _blocks_are_articles(lines: Sequence[str], blanks: int) -> bool:
    """Whether runs of *blanks* blank lines part articles: each block opens as a story or with a title."""
    blocks = [block for block in _blocks(lines, blanks) if len("".join(block)) >= 20]
    if len(blocks) < MIN_LINES - (blanks > 1):
        return False
    if any(len("".join(block)) < STORY_CHARS for block in blocks):
        return False
    return all(_is_article(block, is_sure=blanks > 2) for block in blocks)


def _is_article(block: Sequence[str], is_sure: bool) -> bool:
    titled = len(block) > 1 and is_title_line(block[0]) and len("".join(block[1:])) >= STORY_CHARS
    opened = is_opening(block[0]) or (len(block) > 1 and is_opening(block[1]))
    return opened or is_head_line(block[0]) or (titled and is_sure) or is_article(block)


def _blocks(lines: Sequence[str], blanks: int) -> Iterator[list[str]]:
    block: list[str] = []
    empty = 0
    for line in lines:
        if not line.strip():
            empty += 1
            continue
        if empty >= blanks and block:
            yield block
            block = []
        block.append(line)
        empty = 0
    if block:
        yield block


def _by_blanks(lines: Iterable[Line], blanks: int) -> Iterator[list[Line]]:
    """Pieces parted by at least *blanks* blank lines."""
    piece: list[Line] = []
    empty, size, has_text = 0, 0, False
    for line in lines:
        is_empty = not line.text.strip()
        if (not is_empty and empty >= blanks and has_text) or size >= MAX_RECORD_CHARS:
            yield piece
            piece, size, has_text = [], 0, False
        size += line.cost
        has_text |= not is_empty
        empty = empty + 1 if is_empty else 0
        piece.append(line)
    yield piece
