"""CSV, TSV and other lines of cells: any delimiter, quoted line breaks, with or without a heading."""

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..article import Record, Refusal
from ..decode import Decoded
from .columns import Row, is_heading, named
from .dump import Dump, Line, opened

NAME = "table"
SURE = (
    "\t",
    "\x01",
    "\x02",
    "\x1f",
    "_!_",
    "|||",
    "||",
    "@@@",
    "$$$",
    "###",
    "^^",
    "<sep>",
    "<SEP>",
    "[SEP]",
    "\u0001",
)
"""Delimiters prose does not hold: cells in nearly every line are enough."""

USUAL = (",", ";", "|", "^", "~", "，", "\t")
"""Delimiters prose holds too: they need a known heading, quoted cells or the name of a table."""

NAMES = (".csv", ".tsv", ".tab", ".psv")
SAMPLE_LINES = 60
MOST = 0.8
MIN_FRAMED = 3
MAX_ROW_LINES = 5000
MAX_ROW_CHARS = 1 << 20
FRAME = re.compile(r"[+|][-=+|: ]{3,}|-[-+]{4,}|\(\d+ rows?\)|\d+ rows? in set\b.*")
"""Lines that the clients of databases, and Markdown, draw around a table parted by `|`."""

SWAPPED = str.maketrans("'\"", "\"'")
"""Makes single quotation marks double ones, and back."""

DECLARED = re.compile(r"sep=(.)\r?\n", re.I)


def sniff(name: str, head: str) -> bool:
    """Whether the lines of *head* fall into cells, or the file is named as a table."""
    return bool(delimiter_of(name, head))


def delimiter_of(name: str, head: str) -> str:
    r"""What stands between the cells of *head*; empty if it is no table.

    >>> delimiter_of("a.txt", "娱乐\t《画皮》取经马王堆\n"), delimiter_of("a.txt", "新华社,北京,1月1日电\n")
    ('\t', '')
    """
    if declared := DECLARED.match(head):
        return declared[1]
    lines = [line for line in head.split("\n")[:SAMPLE_LINES] if line.strip() and not FRAME.fullmatch(line.strip())]
    if not lines:
        return ""
    for delimiter in SURE:
        if _is_everywhere(lines, delimiter):
            return delimiter
    for delimiter in USUAL:
        cells = split(lines[0], delimiter)[0]
        if len(cells) > 1 and is_heading(cells) and len(lines) > 1:
            return delimiter
    if name.endswith(NAMES):
        best = max((_evenness(lines, delimiter), delimiter) for delimiter in USUAL)
        return best[1] if best[0].is_table or is_heading([lines[0]]) else ""
    return next((d for d in USUAL if lines[0].startswith('"') and f'"{d}"' in lines[0] and _is_quoted(lines, d)), "")


class _Evenness(NamedTuple):
    """How evenly a delimiter parts rows; the greatest is the true one's."""

    share: float
    """Of rows of several cells, those with the commonest number of cells."""

    width: int
    is_table: bool = False


def _evenness(lines: Sequence[str], delimiter: str) -> _Evenness:
    """How evenly *delimiter* parts the rows on *lines*; one that prose holds, too, must do so nearly always."""
    widths = Counter(len(row.cells) for row in _sample(lines, delimiter))
    rows = sum(widths.values())
    width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
    wide = sum(times for cells, times in widths.items() if cells > 1)
    share = count / rows if width > 1 else 0.0
    return _Evenness(share, width, share >= MOST if delimiter == "，" else wide * 2 >= rows)


def _is_quoted(lines: Sequence[str], delimiter: str) -> bool:
    """Whether most rows on *lines* begin with a quoted cell."""
    rows = _sample(lines, delimiter)
    quoted = sum(row.raw.startswith('"') and f'"{delimiter}"' in row.raw for row in rows)
    return quoted * 2 > len(rows)


def _sample(lines: Sequence[str], delimiter: str) -> list[Row]:
    return list(rows(opened("", [Decoded("\n".join(lines), "")]), delimiter))


def _is_everywhere(lines: Sequence[str], delimiter: str) -> bool:
    """Whether nearly all *lines* have the same number of cells, or a short first cell each."""
    counts = Counter(
        line.strip("\r\n \u3000").count(delimiter) for line in lines if not line.startswith((delimiter, " "))
    )
    usual, times = counts.most_common(1)[0] if counts else (0, 0)
    if usual and times * 10 >= len(lines) * 8:
        return True
    short = sum(0 < line.find(delimiter) <= 20 for line in lines)
    return short * 20 >= len(lines) * 19


def read(dump: Dump) -> Iterator[Record | Refusal]:
    """The records of a *dump* of lines of cells."""
    delimiter = dump.mapping.delimiter or delimiter_of(dump.name, dump.head) or ","
    return named(rows(dump, delimiter), dump)


def rows(dump: Dump, delimiter: str) -> Iterator[Row]:
    """The rows of *dump*; a quoted cell may hold line breaks, and the quotation mark be a single one."""
    first = next((line.strip() for line in dump.head.split("\n") if line.strip()), "")
    if not re.fullmatch(rf"'[^']*'(?:{re.escape(delimiter)}'[^']*')+", first):
        yield from _rows(dump, delimiter)
        return
    blocks = (replace(block, text=block.text.translate(SWAPPED)) for block in dump.blocks)
    for row in _rows(replace(dump, head=dump.head.translate(SWAPPED), blocks=blocks), delimiter):
        yield Row([cell.translate(SWAPPED) for cell in row.cells], row.origin, row.raw.translate(SWAPPED), row.joint)


def _rows(dump: Dump, delimiter: str) -> Iterator[Row]:
    is_quoted, is_framed = _has_quotes(dump.head, delimiter), _is_framed(dump.head)
    lines, waiting = dump.lines(), deque[Line]()
    width = 0
    while line := waiting.popleft() if waiting else next(lines, None):
        if not line.text.strip() or (line.number == 1 and DECLARED.fullmatch(line.text)):
            continue
        if delimiter == "|" and FRAME.fullmatch(line.text.strip()):
            continue
        text = line.text.rstrip("\r\n")
        cells, is_open = split(text, delimiter, is_quoted)
        if is_open:
            taken = _rest_of(line.text, lines, waiting, delimiter, width)
            text = (line.text + taken).rstrip("\r\n") if taken else text
            cells, _ = split(text, delimiter, is_quoted=bool(taken))
        width = width or len(cells)
        yield Row(
            _inside(cells, is_framed) if delimiter == "|" else cells,
            dump.origin(line.number, line.encoding),
            text,
            delimiter,
        )


def _is_framed(head: str) -> bool:
    """Whether the first lines of *head* begin and end with `|`."""
    lines = [text for line in head.split("\n")[:SAMPLE_LINES] if (text := line.strip()) and not FRAME.fullmatch(text)]
    return bool(lines) and all(line.startswith("|") and line.endswith("|") for line in lines[:MIN_FRAMED])


def _inside(cells: list[str], is_framed: bool) -> list[str]:
    """The cells of a row parted by `|`, which may have a frame around it: `| a | b |`."""
    return [cell.strip() for cell in (cells[1:-1] if is_framed and len(cells) > 2 else cells)]


def _has_quotes(head: str, delimiter: str) -> bool:
    """Whether cells of *head* are quoted: in `label<TAB>text` a quotation mark is just one."""
    mark = re.escape(delimiter)
    return bool(re.search(rf'(?:^|{mark})"', head, re.M)) and bool(re.search(rf'"(?:{mark}|\r?$)', head, re.M))


def _rest_of(start: str, lines: Iterator[Line], waiting: deque[Line], delimiter: str, width: int) -> str:
    """The lines after *start* that belong to its quoted cell; none if they are rows of their own.

    Lines that do not belong go back to the front of *waiting*.
    """
    parts: list[Line] = []
    size, looks_like_row = 0, 0
    while (
        len(parts) < MAX_ROW_LINES
        and size < MAX_ROW_CHARS
        and (line := waiting.popleft() if waiting else next(lines, None))
    ):
        parts.append(line)
        size += len(line.text)
        looks_like_row += width > 1 and len(split(line.text.rstrip("\r\n"), delimiter, is_quoted=False)[0]) == width
        text = "".join(part.text for part in parts) if '"' in line.text else ""
        if text and not split((start + text).rstrip("\r\n"), delimiter)[1]:
            return text
    if parts and looks_like_row * 2 < len(parts) and size < MAX_ROW_CHARS:
        return "".join(part.text for part in parts)
    waiting.extendleft(reversed(parts))
    return ""


def split(text: str, delimiter: str, is_quoted: bool = True) -> tuple[list[str], bool]:
    r"""(cells of one row, whether it ends inside quotes).

    >>> split('1,"a ""b"", c",d', ",")
    (['1', 'a "b", c', 'd'], False)
    >>> split('1,"a', ",")
    (['1', 'a'], True)
    """
    if not is_quoted or '"' not in text:
        return text.split(delimiter), False
    cells: list[str] = []
    at, closing = 0, re.compile(rf'(?<!")(?:"")*"(?={re.escape(delimiter)}|\s*\Z)')
    while at <= len(text):
        if text.startswith('"', at):
            end = (
                closing.search(text, at + 1)
                if not text.startswith('""', at)
                else _empty_or_more(text, at, delimiter, closing)
            )
            cell = text[at + 1 : end.end() - 1] if end else text[at + 1 :]
            cells.append(cell.replace('""', '"').replace('\\"', '"'))
            if not end:
                return cells, True
            at = end.end() + len(delimiter)
            if end.end() >= len(text.rstrip()):
                break
        else:
            end_at = text.find(delimiter, at)
            end_at = len(text) if end_at < 0 else end_at
            cells.append(text[at:end_at])
            at = end_at + len(delimiter)
    return cells, False


def _empty_or_more(text: str, at: int, delimiter: str, closing: re.Pattern[str]) -> re.Match[str] | None:
    """End of a cell that begins with two quotation marks: it is empty, or its text begins with one."""
    empty = re.compile(rf'"(?={re.escape(delimiter)}|\s*\Z)').match(text, at + 1)
    return empty or closing.search(text, at + 2)
