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
    """The inner arrays; what is broken is one row of its raw text."""
    while not (first := FIRST.search(window.text)):
        window.drop(max(0, len(window.text) - 100))
        if not window.more():
            return
    at = first.end()
    while True:
        after = NEXT.match(window.text, at)
        try:
            value, end = DECODER.raw_decode(window.text, after.end()) if after else ([], -1)
        except (ValueError, RecursionError):
            value, end = [], -1
        if end < 0:
            window.drop(at)
            at = 0
            if len(window.text) < MAX_RECORD_CHARS and not window.text.lstrip().startswith("]") and window.more():
                continue
            if after:
                yield Row([], window.origin(), window.text.strip())
            return
        start = after.end() if after else at
        yield Row(list(map(as_text, value)), window.origin(start), window.text[start:end], ", ")
        at = end
        if at > 1 << 17:
            window.drop(at)
            at = 0
