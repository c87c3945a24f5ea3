"""Mail and what is written like it: .eml, mbox, and the MHTML in which browsers save pages."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from typing import BinaryIO, NamedTuple

MAX_BYTES = 1 << 25
"""Of one message: it is held whole, pictures and all."""

MAX_LINE_BYTES = 1 << 16
BEGINNING = re.compile(
    rb"(?:From [^\n]*\n)?(?:[A-Za-z][A-Za-z-]{0,60}:[^\n]*\n(?:[ \t][^\n]*\n)*+){0,60}?"
    rb"(?:MIME-Version|Content-Transfer-Encoding):",
    re.I,
)
BOX = b"From "
"""Begins each message of an mbox, behind an empty line (RFC 4155)."""

SHOWN = ("text/html", "text/plain")
"""Kinds of parts that may be the text of a message, best first."""


class Letter(NamedTuple):
    """The text of one message, and what its head says of it."""

    ending: str
    body: bytes
    given: dict[str, str]


def is_mail(head: bytes) -> bool:
    """Whether a file that begins with *head* is mail; headers that a tool put above a page do not make it so.

    >>> is_mail(b"Subject: a\\nMIME-Version: 1.0\\n"), is_mail(b"HTTP/1.1 200 OK\\nServer: a\\n\\n<html>")
    (True, False)
    """
    return bool(BEGINNING.match(head))


def letters(stream: BinaryIO) -> Iterator[Letter]:
    """The messages in *stream*; one without text, or too large, has an empty body."""
    for data in _messages(stream):
        message = message_from_bytes(data)
        said = {"title": _words(message["Subject"]), "date": _words(message["Date"])}
        said["url"] = _words(message["Snapshot-Content-Location"] or message["Content-Location"])
        parts = [part for part in message.walk() if part.get_content_type() in SHOWN and not part.get_filename()]
        best = min(parts, key=lambda part: SHOWN.index(part.get_content_type()), default=None)
        body = best.get_payload(decode=True) if best else b""
        ending = best.get_content_subtype().replace("plain", "txt") if best else "txt"
        yield Letter(
            ending, body if isinstance(body, bytes) else b"", {key: value for key, value in said.items() if value}
        )


def _messages(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of each message, of one too large none."""
    kept, size, is_box, was_empty = list[bytes](), 0, False, True
    while line := stream.readline(MAX_LINE_BYTES):
        if line.startswith(BOX) and was_empty and (is_box or not kept):
            if kept:
                yield b"".join(kept) if size <= MAX_BYTES else b""
            kept, size, is_box = [], 0, True
            continue
        size += len(line)
        if size <= MAX_BYTES:
            kept.append(line)
        was_empty = not line.strip()
    if kept:
        yield b"".join(kept) if size <= MAX_BYTES else b""


def _words(value: object) -> str:
    """A header's *value* without its encoding (RFC 2047); as it is where that is broken."""
    try:
        return " ".join(str(make_header(decode_header(str(value or "")))).split())
    except (LookupError, ValueError, MessageError):
        return str(value)
