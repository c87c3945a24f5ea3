"""One dump, whatever its shape -> Records and Notes; what cannot be taken is a Refusal.

FORMATS lists the shapes in the order they are tried.
"""

import os
import re
from collections.abc import Callable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple, cast

from ..article import Note, Origin, Record, Refusal
from ..decode import decode_stream, is_binary
from . import (
    FORMAT_NAMES,
    arrays,
    cells,
    elements,
    labelled,
    name_of,
    objects,
    plain,
    posts,
    sections,
    statements,
    subtitles,
    table,
    yaml,
)
from .containers import MAX_NESTING, kind_of, members, safe_name
from .dump import Dump, opened
from .mapping import Mapping, mapping_for
from .member import Budget, Unreadable, budget_for
from .pages import page
from .signatures import stranger
from .stretches import told_together

HEAD_BYTES = 1 << 13
NOTHING = {"warc": "a web archive without pages", "sqlite": "a database without tables"}
"""What is said of an archive of some kind that holds nothing."""


class Format(NamedTuple):
    """One shape of dumps."""

    name: str
    """As a mapping's `format` calls it."""

    sniff: Callable[[str, str], bool]
    """Whether a dump is of this shape, by its file name in lower case and its first characters."""

    read: Callable[[Dump], Iterator[Record | Refusal]]


FORMATS = (
    Format("arrays", arrays.sniff, arrays.read),
    Format("json", objects.sniff, objects.read),
    Format("sql", statements.sniff, statements.read),
    Format("yaml", yaml.sniff, yaml.read),
    Format("markdown", sections.sniff, sections.read),
    Format("cells", cells.sniff, cells.read),
    Format("elements", elements.sniff, elements.read),
    Format("html", page.sniff, page.read),
    Format("posts", posts.sniff, posts.read),
    Format("subtitles", subtitles.sniff, subtitles.read),
    Format("labelled", labelled.sniff, labelled.read),
    Format("table", table.sniff, table.read),
    Format("lines", plain.is_lines, plain.read_lines),
    Format("plain", plain.sniff, plain.read),
    Format("whole", lambda name, head: False, plain.read_whole),
)
"""Tried in this order; `whole` only where a mapping says so."""


def read_all(path: Path, root: Path) -> Iterator[Record | Refusal | Note]:
    """The records of the dump at *path*, and notes of the words that are in no record, of each file after its records.

    Raises:
        MappingError: the mapping beside it is wrong.
    """
    mapping = mapping_for(path, root, FORMAT_NAMES)
    name = name_of(path, root) if path.is_relative_to(root) else name_of(path, path.parent)
    try:
        with path.open("rb") as file:
            yield from _read(name, file, mapping, None, {}, 0)
    except OSError as error:
        yield Refusal(Origin(name), f"cannot be read: {error.strerror or error}")


def _read(
    name: str, stream: BufferedReader, mapping: Mapping, budget: Budget | None, given: dict[str, str], depth: int
) -> Iterator[Record | Refusal | Note]:
    """The records of one file or member of an archive."""
    try:
        if kind := kind_of(stream):
            budget = budget or budget_for(stream.seek(0, os.SEEK_END) or 0)
            if not depth:
                stream.seek(0)
            yield from _archive(name, kind, stream, mapping, budget, depth)
        else:
            yield from _text(name, stream, mapping, given)
    except Unreadable as reason:
        yield Refusal(Origin(name), str(reason))


def _archive(
    name: str, kind: str, stream: BufferedReader, mapping: Mapping, budget: Budget, depth: int
) -> Iterator[Record | Refusal | Note]:
    if depth >= MAX_NESTING:
        raise Unreadable(f"an archive {depth} archives deep; unpack the outer ones")
    count = 0
    for member in members(kind, name, stream, budget):
        count += 1
        path = f"{name}!/{safe_name(member.name)}"
        if member.reason:
            yield Refusal(Origin(path), member.reason)
            continue
        yield from _read(path, cast(BufferedReader, member.stream), mapping, budget, member.given, depth + 1)
    if not count:
        raise Unreadable(NOTHING.get(kind, "an archive without files"))


def _text(
    name: str, stream: BufferedReader, mapping: Mapping, given: dict[str, str]
) -> Iterator[Record | Refusal | Note]:
    head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
    if not head:
        yield Refusal(Origin(name), "an empty file; fetch it again or remove it")
        return
    if reason := stranger(head) or (
        "no text, but bytes of another kind; remove it" if is_binary(head) and not mapping.encoding else ""
    ):
        yield Refusal(Origin(name), reason)
        return
    dump = opened(name, decode_stream(stream, mapping.encoding), mapping, given)
    if not dump.head.strip() and len(dump.head) < 1000:
        yield Refusal(dump.origin(1, "utf-8"), "a file of blanks; fetch it again or remove it", dump.head)
        return
    count = 0
    for found in told_together(shape_of(dump).read(dump)):
        count += not isinstance(found, Note)
        yield found
    if not count:
        yield Refusal(Origin(name), f"no record found in it as {shape_of(dump).name}; say its shape in a mapping")


def shape_of(dump: Dump) -> Format:
    """The format of *dump*: what its mapping says, else the first that knows its head."""
    if dump.mapping.format:
        return next(shape for shape in FORMATS if shape.name == dump.mapping.format)
    name = re.sub(r"\.(?:txt|dat|bak|old|orig)$", "", dump.name)
    return next(shape for shape in FORMATS if shape.sniff(name, dump.head) or shape.name == "plain")
