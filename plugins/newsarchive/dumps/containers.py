"""Archives, opened in place: nothing of them is kept on disk, and each limit that is reached is said."""

import bz2
import gzip
import lzma
import os
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from io import BufferedReader, BytesIO
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader as Unpacker
from warcio.exceptions import ArchiveLoadFailed

from ..decode import decode
from . import IGNORED
from .database import tables
from .mail import letters
from .member import DAMAGES, Budget, Member, Unreadable, metered
from .office import documents, is_office
from .served import LOOK_BYTES, Sent, ending_of, may_be_page, packed_by
from .signatures import archive_of

MAX_NESTING = 3
MAX_DIRECTORY_BYTES = 1 << 25
"""Size of a ZIP's list of files: Python holds half a gigabyte for a million of them before the first is seen."""

SPOOL_BYTES = 1 << 24
END_BYTES = 1 << 17
HEAD_BYTES = 4096
PACKINGS = frozenset(Unpacker.get_supported_decompressors())
"""Of a body in a web archive: gzip and deflate, and br where Python has brotli."""


_Opener = Callable[[str, BinaryIO, Budget], Iterator[Member]]


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
        if is_office(archive):
            yield from documents(name, archive, budget)
            return
        for info in archive.infolist():
            if info.is_dir() or IGNORED.search(info.filename):
                continue
            budget.count()
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
            budget.count()
            member = archive.extractfile(info)
            if member is not None:
                given_name = info.name.encode("utf-8", "surrogateescape")
                yield Member(decode(given_name).text, metered(cast(BinaryIO, member), budget))


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
                budget.count()
                given = {"url": address, "captured": item.rec_headers.get_header("WARC-Date") or ""}
                known = {key: value for key, value in given.items() if value}
                yield Member(f"{number}.{ending}", body, known, damage or packed_by(sent, head, PACKINGS))
    except ArchiveLoadFailed as error:
        raise Unreadable(f"this WARC is damaged: {error}") from None


def _mail(name: str, stream: BinaryIO, budget: Budget) -> Iterator[Member]:
    """Messages, each as its text."""
    for number, letter in enumerate(letters(stream), 1):
        budget.count()
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
    "sqlite": tables,
    "gzip": _packed(lambda stream: gzip.GzipFile(fileobj=stream), "gz|tgz"),
    "bzip2": _packed(bz2.BZ2File, "bz2|tbz2"),
    "xz": _packed(lzma.LZMAFile, "xz|txz"),
}
