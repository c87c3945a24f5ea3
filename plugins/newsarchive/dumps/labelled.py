"""Labelled text: 【标 题】…【正 文】…, or `标题：…`, `title=…`, `TI  - …` (RIS) by lines; one record after another."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..article import Record, Refusal
from ..vocabulary.fields import TEXT, field_of, plain_key
from .dump import MAX_RECORD_CHARS, Dump, Line
from .layout import RULE, unwrapped
from .taking import take

NAME = "labelled"
LABEL = re.compile(
    r"\s*+(?:[【〔\[<＜]\s*+(?P<boxed>[^】〕\]>＞【〔\[<＜\n]{1,16}?)\s*[】〕\]>＞]\s*[:：]?"
    r"|(?P<tag>[A-Z][A-Z0-9])  -(?=\s|$)"
    r"|(?P<plain>[A-Za-z_\u4e00-\u9fff][\w \u3000\-]{0,15}?)\s*[:：=])"
    r"[ \t\u3000]*(?P<value>[^\n]*)\n?"
)
SNIFF_LINES = 400


class _Label(NamedTuple):
    """A line that begins with a label."""

    key: str
    value: str
    is_boxed: bool


class _Shape(NamedTuple):
    """What the head of a dump shows of its labels."""

    first: str
    """Label that begins each record, as a plain key."""

    keys: frozenset[str]
    """Labels a record has above its story."""

    has_text: bool
    """Whether the story has a label; else it follows the last one."""


def sniff(name: str, head: str) -> bool:
    """Whether *head* begins with a label, and the story or title of a record is labelled."""
    return _shape(head) is not None


def _shape(head: str) -> _Shape | None:
    """The labels of *head*, or None if it is no labelled text."""
    lines = [line for line in head.split("\n")[:SNIFF_LINES] if line.strip() and not RULE.fullmatch(line)]
    first = label_of(lines[0]) if lines else None
    if not first:
        return None
    keys: list[str] = []
    for line in lines:
        label = label_of(line)
        if label and (label.is_boxed or field_of(label.key)):
            if plain_key(label.key) == plain_key(first.key) and keys:
                break
            keys.append(label.key)
            if field_of(label.key) == TEXT:
                break
    fields = [field_of(key) for key in keys]
    has_text = TEXT in fields
    known = len(set(fields) - {""})
    if not (has_text and known > 1) and not ("title" in fields and known > 2):
        return None
    return _Shape(plain_key(first.key), frozenset(map(plain_key, keys)), has_text)


def label_of(line: str) -> _Label | None:
    """The label *line* begins with.

    >>> label_of("【 标  题 】再创辉煌")
    _Label(key='标  题', value='再创辉煌', is_boxed=True)
    """
    found = LABEL.fullmatch(line.rstrip("\r\n"))
    if not found:
        return None
    return _Label((found["boxed"] or found["tag"] or found["plain"]).strip(), found["value"], not found["plain"])


def read(dump: Dump) -> Iterator[Record | Refusal]:
    """The records of a labelled *dump*."""
    shape = _shape(dump.head) or _Shape("", frozenset(), has_text=True)
    piece: list[Line] = []
    size = 0
    for line in dump.lines():
        label = label_of(line.text)
        is_new = label and plain_key(label.key) == shape.first and _has_story(piece, shape)
        if piece and (is_new or size >= MAX_RECORD_CHARS):
            yield _record(piece, shape, dump)
            piece, size = [], 0
        if piece or line.text.strip():
            piece.append(line)
            size += line.cost
    if piece:
        yield _record(piece, shape, dump)


def _has_story(piece: list[Line], shape: _Shape) -> bool:
    """Whether *piece* is a record already; a story may begin a line with the first label."""
    return any(label_of(line.text) for line in piece) or not shape.first


def _record(piece: list[Line], shape: _Shape, dump: Dump) -> Record | Refusal:
    """The record that stands on the lines of *piece*."""
    values: dict[str, list[str]] = {}
    key = TEXT
    for line in piece:
        text = line.text.rstrip("\r\n")
        label = label_of(text)
        if label and _is_label(label, key, shape):
            key = label.key
            values.setdefault(key, []).append(label.value)
        elif not RULE.fullmatch(text):
            values.setdefault(key if shape.has_text or key == TEXT else TEXT, []).append(text)
            key = key if shape.has_text else TEXT
    joined = {
        key: "\n".join(unwrapped(lines) if field_of(key) == TEXT else map(str.strip, lines))
        for key, lines in values.items()
    }
    if (
        shape.has_text
        and any(field_of(key) == TEXT and key != TEXT for key in joined)
        and not joined.get(TEXT, "").strip()
    ):
        joined.pop(TEXT, None)
    raw = "".join(line.text for line in piece)
    return take(joined, dump.origin(piece[0].number, piece[0].encoding), raw, dump)


def _is_label(label: _Label, current: str, shape: _Shape) -> bool:
    """Whether *label* is one here: above the story any boxed or known one, inside it none of plain words."""
    if field_of(current) == TEXT:
        return (label.is_boxed and plain_key(label.key) in shape.keys) or plain_key(label.key) == shape.first
    return label.is_boxed or bool(field_of(label.key)) or plain_key(label.key) in shape.keys
