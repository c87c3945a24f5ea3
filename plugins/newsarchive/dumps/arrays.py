"""JSON of rows: `[["title", "content"], ["…", "…"]]`, and what pandas calls `split`."""

import json
import re
from collections.abc import Iterator

from ..article import Record, Refusal
from .columns import Row, named
from .dump import MAX_RECORD_CHARS, Dump, Window
from .taking import as_text

NAME = "arrays"
NESTED = re.compile(r"\s*\[\s*\[\s*[\"\d\-nt]")
SPLIT = re.compile(r"\s*\{[^\[\]{}]*\"(?:columns|header|fields|cols)\"\s*:\s*(\[[^\[\]{}]*\])")
FIRST = re.compile(r"\[\s*(?=\[)")
NEXT = re.compile(r"[\s,]*(?=\[)")
BETWEEN = re.compile(r"\]\s*,?\s*\[")
DECODER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str)


def sniff(name: str, head: str) -> bool:
    """Whether *head* is JSON whose records are rows of a table."""
    return bool(NESTED.match(head)) or (
        bool(SPLIT.match(head)) and bool(re.search(r'"(?:data|rows|values)"\s*:\s*\[\s*\[', head))
    )


def read(dump: Dump) -> Iterator[Record | Refusal]:
    """The records of a JSON *dump* of rows."""
    split = SPLIT.match(dump.head)
    heading = [as_text(name) for name in _list(split[1])] if split else []
    return named(_rows(Window(dump)), dump, heading)


def _list(text: str) -> list[object]:
    try:
        found = DECODER.raw_decode(text)[0]
    except (ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def _rows(window: Window) -> Iterator[Row]:
    """The inner arrays; what is broken is a row without cells."""
    while not (first := FIRST.search(window.text)):
        window.drop(max(0, len(window.text) - 100))
        if not window.more():
            return
    at = first.end()
    while (after := _next(window, at)) >= 0:
        window.drop(after)
        cells, end = _row(window)
        yield Row(cells, window.origin(), window.text[:end], ", ")
        window.drop(end)
        at = 0


def _next(window: Window, at: int) -> int:
    """Position of the bracket that opens the next row; -1 at the end of the rows."""
    while not (found := NEXT.match(window.text, at)):
        if window.text[at:].strip(" \t\r\n,") or not window.more():
            return -1
    return found.end()


def _row(window: Window) -> tuple[list[str], int]:
    """(cells, length) of the row the window begins with; one without cells reaches to where the next begins."""
    while True:
        try:
            value, end = DECODER.raw_decode(window.text)
        except (ValueError, RecursionError):
            if len(window.text) < MAX_RECORD_CHARS and window.more():
                continue
            broken = BETWEEN.search(window.text)
            return [], broken.start() + 1 if broken else len(window.text)
        return list(map(as_text, value)), end
