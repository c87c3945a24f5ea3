"""YAML as exports write it: a list of mappings, mappings by name, or one in each document.

A record ends where its indentation does, so a dump of any size is cut into records first. Of YAML only what data
needs is read: blocks, quoted and plain text over several lines, lists, flow style; anchors and tags are overlooked.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..article import Record, Refusal
from ..vocabulary.fields import TEXT, field_of, plain_key
from . import nodes
from .dump import MAX_RECORD_CHARS, Dump, Line, refusal
from .stretches import HAN, outside
from .taking import has_story, take, unfolded

NAME = "yaml"
NAMES = (".yaml", ".yml")
BEGINNING = re.compile(r"(?:[^\S\n]*+(?:#.*|%YAML.*)?\n)*+(?:---|- *\S|- *\n)")
PART = re.compile(r"(?:---|\.\.\.)(?:\s.*)?")
SNIFF_LINES = 2000


class _Shape(NamedTuple):
    """Where records begin."""

    begins: re.Pattern[str]
    """A line that begins one."""

    is_part: bool = False
    """Whether `---` does."""

    is_keyed: bool = False
    """Whether the line is a name, and the record stands below it."""


def sniff(name: str, head: str) -> bool:
    """Whether *head* is YAML whose records have stories."""
    if not (name.endswith(NAMES) or BEGINNING.match(head)):
        return False
    return _shape(head.split("\n")[:SNIFF_LINES]) is not None


def _shape(lines: Sequence[str]) -> _Shape | None:
    """The shape of the records on *lines*, by the first of them that holds a story."""
    for shape in _shapes(lines):
        pieces = list(_pieces((Line(0, line, "") for line in lines), shape))
        if any(is_record and _is_story(values_of(piece, shape)) for is_record, piece in pieces[:3]):
            return shape
    return None


def _shapes(lines: Sequence[str]) -> Iterator[_Shape]:
    item = next((found for line in lines if (found := re.match(r"(\s*)-(?:\s+\S|\s*$)", line))), None)
    if item:
        yield _Shape(re.compile(rf"{item[1]}-(?:\s.*)?", re.S))
    if any(map(PART.fullmatch, lines[:20])) or any(nodes.KEY.match(line) for line in lines[:20]):
        yield _Shape(PART, is_part=True)
    for above, below in pairwise(lines):
        if (key := nodes.KEY.match(above)) and not key["value"] and nodes.indent(below) > nodes.indent(above):
            yield _Shape(re.compile(rf"{key[1]}(?!\s|#|-\s).*:\s*", re.S), is_keyed=True)
            return


def _is_story(values: dict[str, object]) -> bool:
    return any(field_of(key) == TEXT for key in values) and has_story(unfolded(values), {})


def read(dump: Dump) -> Iterator[Record | Refusal]:
    """The records of a YAML *dump*."""
    shape = _shape(dump.head.split("\n")[:SNIFF_LINES]) or _Shape(PART, is_part=True)
    is_above = True
    for is_record, piece in _pieces(dump.lines(), shape):
        raw = "".join(line.text for line in piece)
        origin = dump.origin(piece[0].number, piece[0].encoding)
        if values := values_of(piece, shape) if is_record else {}:
            yield take(values, origin, raw, dump)
        elif is_above and not is_record:
            yield from outside(raw, origin)
        elif HAN.search(raw):
            yield refusal(origin, f"no YAML: {raw.strip()[:40]!r}; mend its indentation or remove it", raw)
        is_above = is_above and not is_record


def _pieces(lines: Iterator[Line], shape: _Shape) -> Iterator[tuple[bool, list[Line]]]:
    """(whether it is a record, lines) of each stretch."""
    piece: list[Line] = []
    is_record, size = shape.is_part, 0
    for line in lines:
        begins = bool(shape.begins.fullmatch(line.text.rstrip("\r\n")))
        leaves = not begins and is_record and not shape.is_part and _leaves(line.text, piece[0].text)
        if piece and (begins or leaves or size >= MAX_RECORD_CHARS):
            yield is_record, piece
            piece, size = [], 0
        if not piece or begins:
            is_record = shape.is_part or begins or (is_record and not leaves)
        piece.append(line)
        size += line.cost
    if piece:
        yield is_record, piece


def _leaves(line: str, first: str) -> bool:
    """Whether *line* stands no deeper than the record that began with *first*."""
    return bool(line.strip()) and nodes.indent(line) <= nodes.indent(first) and not line.lstrip().startswith("#")


def values_of(piece: Sequence[Line], shape: _Shape) -> dict[str, object]:
    """What the record on *piece* says."""
    lines = [line.text.rstrip("\r\n") for line in piece]
    first = lines[0]
    if shape.is_part:
        return nodes.mapping([line for line in lines if not PART.fullmatch(line)])
    if not shape.is_keyed:
        at = first.index("-")
        return nodes.mapping([first[:at] + " " + first[at + 1 :], *lines[1:]])
    name = first.strip().rstrip(":").strip("'\" ")
    values = nodes.mapping(lines[1:])
    known = {field_of(plain_key(key)) for key in values}
    if "/" in name and "url" not in known:
        return {"url": name, **values}
    return {"title": name, **values} if "title" not in known else values
