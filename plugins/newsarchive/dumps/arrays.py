"""JSON of rows: `[["title", "content"], ["…", "…"]]`, and what pandas calls `split`."""

import json
import re
from collections.abc import Iterator

from ..article import Record, Refusal
from .columns import Row, filed, named
from .dump import MAX_RECORD_CHARS, Dump, Window, refusal
from .stretches import BROKEN, outside
from .taking import as_text

NAME = "arrays"
NESTED = re.compile(r"\s*\[\s*\[\s*[\"\d\-nt]")
SPLIT = re.compile(r"\s*\{[^\[\]{}]*\"(?:columns|header|fields|cols)\"\s*:\s*(\[[^\[\]]*\])")
LINES = re.compile(r"(?:\s*\[[^\[\]{}\n,]*+,[^\[\]{}\n]*+\][ \t\r]*(?:\n|\Z)){2}")
"""A row on each of two lines."""

FIRST = re.compile(r"\[\s*(?=\[)")
NEXT = re.compile(r"[\s,]*(?=\[)")
BETWEEN = re.compile(r"\]\s*+(?:,\s*+)?\[")
DROP_CHARS = 1 << 14
"""An error of the decoder counts the lines before it, so what stands there is kept short."""

CUT_CHARS = 20
"""An error so near the end of what is read may come of the rest not being there yet."""

DECODER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str)


def sniff(name: str, head: str) -> bool:
    """Whether *head* is JSON whose records are rows of a table."""
    return bool(NESTED.match(head) or LINES.match(head)) or (
        bool(SPLIT.match(head)) and bool(re.search(r'"(?:data|rows|values)"\s*:\s*\[\s*\[', head))
    )


def read(dump: Dump) -> Iterator[Record | Refusal]:
    """The records of a JSON *dump* of rows."""
    split = SPLIT.match(dump.head)
    heading = [_name(column) for column in _list(split[1])] if split else []
    window = Window(dump)
    rows = _rows(window, 0 if LINES.match(dump.head) else _first(window))
    table = dump.name.removesuffix(".json")
    yield from filed(table, rows, dump, heading) if heading else named(rows, dump)
    while window.text:
        yield from outside(window.text, window.origin())
        window.drop(len(window.text))
        window.more()


def _list(text: str) -> list[object]:
    try:
        found = DECODER.raw_decode(text)[0]
    except (ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def _name(column: object) -> str:
    """Name of a *column*, which may be told as an object."""
    return as_text(column.get("name")) if isinstance(column, dict) else as_text(column)


def _first(window: Window) -> int:
    """Position of the first inner array; at the end of the text if there is none."""
    while not (first := FIRST.search(window.text)):
        window.drop(max(0, len(window.text) - 100))
        if not window.more():
            return len(window.text)
    return first.end()


def _rows(window: Window, at: int) -> Iterator[Row | Refusal]:
    """The arrays from *at* on."""
    while (following := _next(window, at)) >= 0:
        at = following
        if at > DROP_CHARS:
            window.drop(at)
            at = 0
        origin = window.origin(at)
        cells, length = _row(window, at)
        raw = window.text[at : at + length]
        if cells is None:
            yield refusal(origin, f"{BROKEN}: {raw[:40]!r}; mend or remove it", raw)
        else:
            yield Row(cells, origin, raw, ", ")
        at += length
    window.drop(at)


def _next(window: Window, at: int) -> int:
    """Position of the bracket that opens the next row; -1 at the end of the rows."""
    while not (found := NEXT.match(window.text, at)):
        if window.text[at : at + 200].strip(" \t\r\n,") or not window.more():
            return -1
    return found.end()


def _row(window: Window, at: int) -> tuple[list[str] | None, int]:
    """(cells, length) of the row that begins *at*; a broken one has none and reaches to where the next begins."""
    while True:
        try:
            value, end = DECODER.raw_decode(window.text, at)
        except json.JSONDecodeError as error:
            is_cut = error.pos + CUT_CHARS > len(window.text) or error.msg.startswith("Unterminated string")
            if is_cut and len(window.text) - at < MAX_RECORD_CHARS and window.more():
                continue
            return None, _broken(window.text, at)
        except (ValueError, RecursionError):
            return None, _broken(window.text, at)
        return list(map(as_text, value)), end - at


def _broken(text: str, at: int) -> int:
    """Length of the broken row *at* this place."""
    following = BETWEEN.search(text, at)
    return (following.start() + 1 if following else len(text)) - at
