"""Archives, opened in place: nothing is written to disk, and each limit that is reached is said.

A bomb is told by what comes out of it: more than MAX_RATIO times the file's size. Text packs 3 to 40 times,
deflate at most 1,032 times.
"""

import bz2
import gzip
import lzma
import os
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BufferedReader, BytesIO, RawIOBase
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, NamedTuple, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader as Unpacker
from warcio.exceptions import ArchiveLoadFailed

from ..decode import decode
from .mail import letters
from .served import LOOK_BYTES, Sent, ending_of, may_be_page, packed_by
from .signatures import archive_of

MAX_NESTING = 3
MAX_MEMBERS = 5_000_000
MAX_DIRECTORY_BYTES = 1 << 25
"""Size of a ZIP's list of files: Python holds half a gigabyte for a million of them before the first is seen."""

MAX_RATIO = 200
FREE_BYTES = 1 << 25
"""What any archive may hold whatever its own size."""

SPOOL_BYTES = 1 << 24
END_BYTES = 1 << 17
HEAD_BYTES = 4096
OFFICE = ("[Content_Types].xml", "mimetype")
IGNORED = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._|~\$)")
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

PACKINGS = frozenset(Unpacker.get_supported_decompressors())
"""Of a body in a web archive: gzip and deflate, and br where Python has brotli."""


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


_Opener = Callable[[str, BinaryIO, Budget], Iterator[Member]]


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


def kind_of(stream: BufferedReader) -> str:
    """Kind of archive *stream* is, its position unmoved; empty for any other file."""
    return archive_of(stream.peek(HEAD_BYTES)[:HEAD_BYTES])


def members(kind: str, name: str, stream: BinaryIO, budget: Budget) -> Iterator[Member]:
    """The files in the archive *stream* of the given *kind*, in its own order.

    Raises:
        Unreadable: the archive is damaged, encrypted or a bomb; members before that have been given.
    """
    try:
        yield from _OPENERS[kind](name, stream, budget)
    except DAMAGES as error:
        raise Unreadable(f"this {kind} archive is damaged: {error}; fetch it again") from None


def safe_name(name: str) -> str:
    """*name* of a member without the ways out of its folder.

    >>> safe_name("/etc/passwd"), safe_name("..\\\\..\\\\a/./b.txt"), safe_name("C:/x.txt")
    ('etc/passwd', 'a/b.txt', 'x.txt')
    """
    parts = re.split(r"[/\\]", re.sub(r"^[A-Za-z]:", "", name))
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "unnamed"


def _zip(name: str, stream: BinaryIO, budget: Budget) -> Iterator[Member]:
    file = _seekable(stream, budget)
    _look_at_directory(file)
    with file, zipfile.ZipFile(file) as archive:
        infos = archive.infolist()
        if any(info.filename in OFFICE for info in infos):
            raise Unreadable("an Office file or e-book; save it as CSV, text or HTML")
        for info in infos:
            if info.is_dir() or IGNORED.search(info.filename):
                continue
            _count(budget)
            if info.flag_bits & 1:
                raise Unreadable("the archive is encrypted; unpack it by hand")
            with archive.open(info) as member:
                yield Member(_zip_name(info), metered(cast(BinaryIO, member), budget))


def _look_at_directory(file: BinaryIO) -> None:
    """Refuse a ZIP that lists more files than memory should hold; its last record tells (APPNOTE.TXT 4.3.16)."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - END_BYTES))
    end = file.read(END_BYTES)
    at, wide = end.rfind(b"PK\x05\x06"), end.rfind(b"PK\x06\x06")
    listed = int.from_bytes(end[at + 12 : at + 16], "little") if at >= 0 else 0
    if listed == 0xFFFFFFFF and wide >= 0:
        listed = int.from_bytes(end[wide + 40 : wide + 48], "little")
    file.seek(0)
    if min(listed, size) > MAX_DIRECTORY_BYTES:
        raise Unreadable(f"a ZIP whose list of files alone has {listed >> 20} MB; unpack it by hand")


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Its name; ZIP tools of Chinese Windows store GBK and mark nothing, which Python reads as code page 437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return decode(info.filename.encode("cp437")).text
    except UnicodeEncodeError:
        return info.filename


def _seekable(stream: BinaryIO, budget: Budget) -> BinaryIO:
    """*stream*, or where it cannot seek a copy of it on disk without a name."""
    if stream.seekable():
        return stream
    copy = SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115 - closed by the caller
    while data := stream.read(1 << 20):
        copy.write(data)
    copy.seek(0)
    return cast(BinaryIO, copy)


def _tar(name: str, stream: BinaryIO, budget: Budget) -> Iterator[Member]:
    with tarfile.open(fileobj=stream, mode="r|", errorlevel=1) as archive:
        for info in archive:
            if not info.isfile() or IGNORED.search(info.name):
                continue
            _count(budget)
            member = archive.extractfile(info)
            if member is not None:
                given_name = info.name.encode("utf-8", "surrogateescape")
                yield Member(decode(given_name).text, metered(cast(BinaryIO, member), budget))


def _count(budget: Budget) -> None:
    budget.members -= 1
    if budget.members < 0:
        raise Unreadable(f"more than {MAX_MEMBERS} files; unpack it by hand")


def _packed(opener: Callable[[BinaryIO], object], ending: str) -> _Opener:
    def unpacked(name: str, stream: BinaryIO, budget: Budget) -> Iterator[Member]:
        inner = re.sub(rf"\.(?:{ending})$", "", name.rsplit("/", 1)[-1], flags=re.I)
        inner += ".tar" if name.lower().endswith((".tgz", ".tbz2", ".txz")) else ""
        yield Member(inner, metered(cast(BinaryIO, opener(stream)), budget))

    return unpacked


def _warc(name: str, stream: BinaryIO, budget: Budget) -> Iterator[Member]:
    """Pages of a web archive; pictures, styles and requests are no records of news."""
    try:
        for number, item in enumerate(ArchiveIterator(stream, arc2warc=True), 1):
            if item.rec_type not in ("response", "resource", "conversion"):
                continue
            said = (item.http_headers or item.rec_headers).get_header
            address = item.rec_headers.get_header("WARC-Target-URI") or ""
            sent = Sent(said("Content-Type") or "", said("Content-Encoding") or "", address)
            if not may_be_page(sent.kind):
                continue
            body = metered(item.content_stream(), budget)
            head, damage = _begun(body)
            if ending := ending_of(sent, head):
                _count(budget)
                given = {"url": address, "captured": item.rec_headers.get_header("WARC-Date") or ""}
                known = {key: value for key, value in given.items() if value}
                yield Member(f"{number}.{ending}", body, known, damage or packed_by(sent, head, PACKINGS))
    except ArchiveLoadFailed as error:
        raise Unreadable(f"this WARC is damaged: {error}") from None


def _mail(name: str, stream: BinaryIO, budget: Budget) -> Iterator[Member]:
    """Messages, each as its text."""
    for number, letter in enumerate(letters(stream), 1):
        _count(budget)
        reason = "" if letter.body.strip() else "a message without text, or too large; save its text by itself"
        yield Member(f"{number}.{letter.ending}", metered(BytesIO(letter.body), budget), letter.given, reason)


def _begun(body: BufferedReader) -> tuple[bytes, str]:
    """(how *body* begins, why it cannot be read)."""
    try:
        return body.peek(LOOK_BYTES)[:LOOK_BYTES], ""
    except Unreadable as reason:
        return b"", str(reason)


_OPENERS: dict[str, _Opener] = {
    "zip": _zip,
    "tar": _tar,
    "warc": _warc,
    "mail": _mail,
    "gzip": _packed(lambda stream: gzip.GzipFile(fileobj=stream), "gz|tgz"),
    "bzip2": _packed(bz2.BZ2File, "bz2|tbz2"),
    "xz": _packed(lzma.LZMAFile, "xz|txz"),
}
