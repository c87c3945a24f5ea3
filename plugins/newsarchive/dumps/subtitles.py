"""Subtitles (SubRip, WebVTT): the words of one programme, without numbers and times."""

import re
from collections.abc import Iterator

from ..article import Record, Refusal
from .dump import MAX_RECORD_CHARS, Dump, Line, damage, refusal
from .markup import one_line

NAME = "subtitles"
TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
CUE = re.compile(rf"\s*{TIME}\s*-->\s*{TIME}.*")
BEGINNING = re.compile(rf"\s*(?:WEBVTT.*\n(?:.*\n){{0,30}}?|\d+[ \t]*\r?\n|(?={TIME})){TIME}\s*-->")
NUMBER = re.compile(r"\s*\d+\s*")
NOTES = ("WEBVTT", "NOTE", "STYLE", "REGION")
"""Words that begin a block of WebVTT without speech (W3C WebVTT, 4.1)."""


def sniff(name: str, head: str) -> bool:
    r"""Whether *head* begins with a subtitle.

    >>> sniff("a.txt", "1\n00:00:01,000 --> 00:00:02,000\n各位\n"), sniff("a", "WEBVTT\n\n00:01.000 --> 00:02.000\n")
    (True, True)
    """
    return "-->" in head and bool(BEGINNING.match(head))


def read(dump: Dump) -> Iterator[Record | Refusal]:
    """The record that a *dump* of subtitles is; more where it is longer than any."""
    block: list[Line] = []
    kept: list[Line] = []
    said: list[str] = []
    size = 0
    for line in dump.lines():
        size += line.cost
        block.append(line)
        if not line.text.strip():
            said += _said(block)
            kept += block
            block = []
        if size >= MAX_RECORD_CHARS:
            yield _record(kept + block, said + _said(block), dump)
            kept, block, said, size = [], [], [], 0
    if kept or block:
        yield _record(kept + block, said + _said(block), dump)


def _said(block: list[Line]) -> list[str]:
    """What is said in one *block* of lines; all of it where it has no time."""
    lines = [line.text.strip() for line in block if line.text.strip()]
    times = [at for at, line in enumerate(lines) if CUE.fullmatch(line)]
    if times:
        lines = lines[times[0] + 1 :]
    elif lines and lines[0].split()[0] in NOTES:
        lines = []
    return [words for line in lines if not NUMBER.fullmatch(line) and (words := one_line(line))]


def _record(lines: list[Line], said: list[str], dump: Dump) -> Record | Refusal:
    raw = "".join(line.text for line in lines)
    origin = dump.origin(lines[0].number, lines[0].encoding)
    if not said:
        return refusal(origin, "subtitles without words", raw)
    return Record("\n".join(said), origin, {**dump.mapping.given, **dump.given}, raw, damage(raw))
