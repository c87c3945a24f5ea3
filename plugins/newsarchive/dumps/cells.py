"""Tables in markup: web pages that are one table, what programs save as .xls in HTML, and Excel's XML of 2003."""

import re
from collections.abc import Iterator

from ..article import Record, Refusal
from ..vocabulary.fields import TEXT, field_of, plain_key
from .columns import HAN, Row, is_heading, named
from .dump import MAX_RECORD_CHARS, Dump, Window
from .markup import one_line, paragraphs
from .stretches import outside

NAME = "cells"
ROW = re.compile(r"<(tr|row)(?=[\s>])[^<>]*>", re.I)
END = re.compile(r"</(?:tr|row|table|worksheet)\s*>|<(?:tr|row)(?=[\s>])", re.I)
CELL = re.compile(
    r"<(?:t[dh]|cell)(?=[\s/>])(?P<said>[^<>]*?)(?:/>|>(?P<inner>.*?)(?=</(?:t[dh]|cell)\s*>|<(?:t[dh]|cell)(?=[\s/>])|\Z))",
    re.I | re.S,
)
INDEX = re.compile(r"(?<![\w-])(?:ss:)?Index\s*=\s*[\"'](\d{1,5})", re.I)
DATA = re.compile(r"</?(?:ss:)?(?:data|cell|comment|b|font)(?=[\s/>])[^<>]*>", re.I)
SAMPLE_ROWS = 20
MOST_ABOVE = 5
MAX_COLUMNS = 1 << 14
MIN_STORY_CHARS = 40
DROP_CHARS = 1 << 17


def sniff(name: str, head: str) -> bool:
    """Whether *head* is that of a table with headings, one of them of stories, that holds most of what is said.

    A table within a page of news also has headings; its cells are short, and it is the lesser part.
    """
    if not (ROW.search(head) and "<" in head.lstrip()[:3]):
        return False
    rows = [_cells(head[found.end() : _end(head, found.end())]) for found in ROW.finditer(head)]
    start = next((at for at, cells in enumerate(rows[:MOST_ABOVE]) if len(cells) > 1 and is_heading(cells)), -1)
    if start < 0:
        return False
    story = [place for place, cell in enumerate(rows[start]) if field_of(plain_key(cell)) == TEXT]
    stories = [cells[story[0]] for cells in rows[start + 1 :][:SAMPLE_ROWS] if story and len(cells) > story[0]]
    if not stories or sum(len(HAN.findall(text)) for text in stories) < MIN_STORY_CHARS * len(stories):
        return False
    said = sum(len(HAN.findall(cell)) for cells in rows for cell in cells)
    return said * 10 >= 7 * len(HAN.findall(paragraphs(head)))


def read(dump: Dump) -> Iterator[Record | Refusal]:
    """The records of a *dump* that is a table."""
    return named(_rows(Window(dump)), dump)


def _rows(window: Window) -> Iterator[Row | Refusal]:
    at = 0
    while True:
        found = ROW.search(window.text, at)
        end = _end(window.text, found.end()) if found else len(window.text)
        if end == len(window.text) and len(window.text) - at < MAX_RECORD_CHARS and window.more():
            continue
        yield from outside(_plain(window.text[at : found.start() if found else end]), window.origin(at))
        if not found and window.is_whole:
            return
        if found and any(cells := _cells(window.text[found.end() : end])):
            yield Row(cells, window.origin(found.start()), window.text[found.start() : end], ", ")
        at = end
        if at > DROP_CHARS or not found:
            window.drop(at)
            at = 0


def _end(text: str, at: int) -> int:
    """Where the row ends whose tag ended at *at*."""
    found = END.search(text, at)
    return found.start() if found else len(text)


def _cells(row: str) -> list[str]:
    """The cells on the inside of a *row*, in which some may be left out.

    >>> _cells('<Cell><Data ss:Type="String">甲</Data></Cell><Cell ss:Index="3"><Data>乙</Data></Cell>')
    ['甲', '', '乙']
    >>> _cells("<th>标题</th><th> 正文</th>")
    ['标题', '正文']
    """
    cells: list[str] = []
    for found in CELL.finditer(row):
        if index := INDEX.search(found["said"]):
            cells += [""] * (min(int(index[1]), MAX_COLUMNS) - 1 - len(cells))
        cells.append(DATA.sub("", found["inner"] or "").strip())
    return cells


def _plain(markup: str) -> str:
    """What is to be read in *markup* between rows."""
    return one_line(DATA.sub("", markup))
