"""What an archive gives away: its files one by one, each paid for from one budget."""

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedReader, RawIOBase
from typing import BinaryIO, NamedTuple, cast

MAX_MEMBERS = 5_000_000
MAX_RATIO = 200
"""Of a bomb more comes out than so many times its size. Text packs 3 to 40 times, deflate at most 1,032 times."""

FREE_BYTES = 1 << 25
"""What any archive may hold whatever its own size."""

DAMAGES = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
    RuntimeError,  # RecursionError, too
    NotImplementedError,
    ValueError,
)
"""What broken archives make the standard library raise."""


class Unreadable(Exception):  # noqa: N818 - it reads as what it says: raise Unreadable(reason)
    """An archive, or the rest of it, cannot be read; the message says why and how to mend it."""


class Member(NamedTuple):
    """One file inside an archive."""

    name: str
    stream: BinaryIO
    given: dict[str, str] = {}  # noqa: RUF012 - never changed
    reason: str = ""
    """Why it cannot be read, though it belongs to the archive."""


@dataclass(slots=True)
class Budget:
    """How many bytes may still come out of one dump, however deep it is nested."""

    left: int
    members: int = field(default=MAX_MEMBERS)

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise Unreadable(f"more than {MAX_RATIO} times its packed size; if it is no bomb, unpack it by hand")

    def count(self) -> None:
        """One more member."""
        self.members -= 1
        if self.members < 0:
            raise Unreadable(f"more than {MAX_MEMBERS} files; unpack it by hand")


def budget_for(size: int) -> Budget:
    """The budget of a file of *size* bytes."""
    return Budget(max(FREE_BYTES, size * MAX_RATIO))


class _Metered(RawIOBase):
    """A stream that pays for each byte from a budget, and reports damage as Unreadable."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        try:
            data = self._stream.read(len(view))
        except DAMAGES as error:
            raise Unreadable(f"the archive is damaged here: {error}") from None
        self._budget.spend(len(data))
        view[: len(data)] = data
        return len(data)


def metered(stream: BinaryIO, budget: Budget) -> BufferedReader:
    """*stream* as one that spends of *budget*."""
    return BufferedReader(_Metered(stream, budget), 1 << 16)


class _Poured(RawIOBase):
    """A stream of what an iterator gives."""

    def __init__(self, parts: Iterator[str]) -> None:
        self._parts = parts
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        while not self._rest and (part := next(self._parts, None)) is not None:
            self._rest = part.encode("utf-8", "replace")
        data, self._rest = self._rest[: len(view)], self._rest[len(view) :]
        view[: len(data)] = data
        return len(data)


def poured(parts: Iterator[str], budget: Budget) -> BufferedReader:
    """The text of *parts* as a stream in UTF-8 that spends of *budget*."""
    return metered(cast(BinaryIO, BufferedReader(_Poured(parts), 1 << 16)), budget)
