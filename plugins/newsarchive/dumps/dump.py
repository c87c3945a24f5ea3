"""A dump that is being read: decoded blocks from front to back, as lines or as a window of text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from ..article import Origin, Refusal
from ..decode import LOST, Decoded
from .mapping import NO_MAPPING, Mapping

HEAD_CHARS = 100_000
"""How much of a dump its shape is told from."""

MAX_RECORD_CHARS = 1 << 23
"""A record longer than this is none: the dump is cut there, so that memory stays flat."""


LINE_COST = 64


class Line(NamedTuple):
    """One line of a dump, with its end."""

    number: int
    text: str
    encoding: str

    @property
    def cost(self) -> int:
        """What it counts towards MAX_RECORD_CHARS: a file of blank lines must not fill the memory either."""
        return len(self.text) + LINE_COST


@dataclass(frozen=True, slots=True)
class Dump:
    """One file, or one member of an archive; its blocks can be read once."""

    path: str
    """As Origin.path."""

    head: str
    """Its first characters."""

    blocks: Iterator[Decoded]
    """All of it, the head too."""

    mapping: Mapping = NO_MAPPING

    given: dict[str, str] = field(default_factory=dict)
    """What its container says of every record in it, e.g. the address of a page in a WARC."""

    end: str = "\n"
    """What its lines end with; in files of old Macs `\\r`, which stands as `\\n` in `head`."""

    @property
    def name(self) -> str:
        """File name without folders, in lower case."""
        return self.file_name.lower()

    @property
    def file_name(self) -> str:
        """File name without folders."""
        return re.split(r"[/\\]", self.path)[-1]

    def origin(self, line: int, encoding: str) -> Origin:
        return Origin(self.path, line, encoding)

    def lines(self) -> Iterator[Line]:
        """Its lines with their ends; one longer than MAX_RECORD_CHARS comes in pieces."""
        number, rest = 1, ""
        for block in self.blocks:
            parts = (rest + block.text).split(self.end)
            rest = parts.pop()
            for part in parts:
                yield Line(number, part + self.end, block.encoding)
                number += 1
            if len(rest) > MAX_RECORD_CHARS:
                yield Line(number, rest, block.encoding)
                rest = ""
        if rest:
            yield Line(number, rest, block.encoding)


def opened(
    path: str, blocks: Iterable[Decoded], mapping: Mapping = NO_MAPPING, given: dict[str, str] | None = None
) -> Dump:
    """The dump that consists of *blocks*, its head read."""
    blocks, read, size = iter(blocks), list[Decoded](), 0
    for block in blocks:
        read.append(block)
        size += len(block.text)
        if size >= HEAD_CHARS:
            break
    head = "".join(block.text for block in read)[:HEAD_CHARS]
    end = "\r" if "\r" in head and "\n" not in head else "\n"
    return Dump(path, head.replace("\r", "\n") if end == "\r" else head, chain(read, blocks), mapping, given or {}, end)


class Window:
    """The part of a dump that a reader looks at: grows at its end, is dropped from its front.

    >>> window = Window(opened("a.json", [Decoded("[1,\\n", "utf-8"), Decoded("2]", "utf-8")]))
    >>> window.text, window.more(), window.text
    ('[1,\\n', True, '[1,\\n2]')
    >>> window.drop(4)
    >>> window.text, window.line
    ('2]', 2)
    """

    def __init__(self, dump: Dump) -> None:
        self._dump = dump
        self._encoding = "utf-8"
        self.text = ""
        self.line = 1
        self._counted, self._line = 0, 1
        self.is_whole = False
        """Whether nothing follows."""

        self.more()

    def more(self) -> bool:
        """Take in at least as much as there is, so that growing costs no more than the text is long."""
        wanted, parts = len(self.text), [self.text]
        for block in self._dump.blocks:
            self._encoding = block.encoding
            parts.append(block.text)
            wanted -= len(block.text)
            if wanted <= 0 and block.text:
                break
        else:
            self.is_whole = True
        grown = len(parts) > 1
        self.text = "".join(parts)
        return grown

    def drop(self, count: int) -> None:
        self.line = self._line_of(count)
        self.text = self.text[count:]
        self._counted, self._line = 0, self.line

    def origin(self, position: int = 0) -> Origin:
        """Where the character at *position* stands in the dump."""
        return Origin(self._dump.path, self._line_of(position), self._encoding)

    def _line_of(self, position: int) -> int:
        """Number of the line of *position*, counted on from the one asked for before."""
        if position < self._counted:
            self._counted, self._line = 0, self.line
        self._line += self.text.count("\n", self._counted, position)
        self._counted = position
        return self._line


def damage(raw: str) -> tuple[str, ...]:
    """Warning about characters of *raw* that were lost in decoding, or before."""
    count = raw.count(LOST)
    return (f"{count} undecodable bytes (U+FFFD)",) if count else ()


def refusal(origin: Origin, reason: str, raw: str = "") -> Refusal:
    """A Refusal that keeps at most MAX_RECORD_CHARS of *raw*."""
    return Refusal(origin, reason, raw[:MAX_RECORD_CHARS])
