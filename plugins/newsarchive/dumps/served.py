"""What a server sent, as a web archive keeps it: which kind of page it is, if any, and whether it can be read."""

import re
from typing import NamedTuple

ENDING = re.compile(r"[^/?#]*//[^/?#]+/[^?#]*\.([A-Za-z]{2,6})(?:[?#]|$)")
"""Of a file in an address: servers send Markdown and CSV as plain text."""

PAGE_TYPES = ("html", "text/", "json", "xml")
NO_PAGES = ("css", "javascript", "dns")
SILENT_TYPES = re.compile(
    r"(?:|\*/\*|(?:application|binary)/(?:octet-stream|(?:x-)?(?:force-)?download)|.*unknown.*)\s*(?:;.*)?"
)
"""What servers say that know nothing of a file: then its body is looked at."""

MARKUP = re.compile(rb"\s*+(?:<!doctype\s|<html|<head|<body|<meta|<!--|<div|<p[\s>]|<h1)", re.I)
SHAPES = (
    (MARKUP, "html"),
    (re.compile(rb"\s*+<\?xml"), "xml"),
    (re.compile(rb"\s*+(?:\{\s*+\"|\[\s*+[{\"\[])"), "json"),
)
LOOK_BYTES = 512


class Sent(NamedTuple):
    """What the headers of a response say."""

    kind: str
    """Content-Type."""

    packing: str
    """Content-Encoding."""

    address: str


def may_be_page(kind: str) -> bool:
    """Whether a file of the Content-Type *kind* may be a page of news.

    >>> [may_be_page(kind) for kind in ("text/html; charset=gbk", "application/octet-stream", "image/png", "text/css")]
    [True, True, False, False]
    """
    kind = kind.lower().strip()
    is_page = any(part in kind for part in PAGE_TYPES) and not any(part in kind for part in NO_PAGES)
    return is_page or bool(SILENT_TYPES.fullmatch(kind))


def ending_of(sent: Sent, head: bytes) -> str:
    """Ending of the file that *sent* is read as, whose body begins with *head*; empty where that shows no page.

    >>> ending_of(Sent("text/plain", "", "http://a.cn/1.md?x"), b"")
    'md'
    >>> [ending_of(Sent("application/octet-stream", "", ""), head) for head in (b"<!DOCTYPE html>", b"x=1")]
    ['html', '']
    """
    kind = sent.kind.lower()
    if SILENT_TYPES.fullmatch(kind.strip()):
        return next((ending for shape, ending in SHAPES if shape.match(_unmarked(head))), "")
    named = ENDING.match(sent.address)
    return "html" if "html" in kind else named[1] if named else "txt" if "text/plain" in kind else "dat"


def _unmarked(head: bytes) -> bytes:
    """*head* without a byte-order mark; UTF-16 as ASCII, which is enough to know markup by."""
    return head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")


def packed_by(sent: Sent, head: bytes, known: frozenset[str]) -> str:
    """Why the body cannot be read though it is a page: it is packed in none of the *known* ways; else empty.

    Crawlers may keep a body unpacked beside the header that says it is packed: then it shows what it is.

    >>> packed_by(Sent("text/html", "br", ""), b"\\x1b\\x03", frozenset({"gzip"}))
    "its body is packed as 'br', which is not read here; fetch the pages again, asking for gzip or none"
    >>> packed_by(Sent("text/html", "br", ""), b"<html>", frozenset({"gzip"}))
    ''
    """
    packing = sent.packing.strip().lower()
    if packing in known or packing in ("", "identity") or MARKUP.match(_unmarked(head)):
        return ""
    found = f"its body is packed as {packing[:40]!r}"
    return f"{found}, which is not read here; fetch the pages again, asking for gzip or none"
