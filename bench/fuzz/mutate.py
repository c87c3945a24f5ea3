"""Bytes -> other bytes, as disks, scrapers, converters and enemies change them."""

import gzip
from collections.abc import Callable, Sequence
from random import Random

MAX_BYTES = 1 << 16
TEXTS = (
    "{", "}", "[", "]", '"', "'", ",", ":", "\\", "\\u", "\\ud800", "null",
    "\n", "\r\n", "\t", "\f", "\0", " ", "\u3000", "\u200b", "\u202e", "\u0301", "\ufeff", "\ufffd", "\ue40c",
    "𠮷", "１", "<", ">", "</", "<!--", "-->", "<![CDATA[", "]]>", "<script>", "</doc>", "<content>",
    "&amp;", "&#x4e2d;", "&#", "【", "】", "标题：", "【正文】", "来源：", "2019-11-20 17:54", "记者", "（", "）",
    "(wǎng)", "。", "-{", "}-", "zh-hans:", "INSERT INTO `a` VALUES (", "');", "--", "COPY a FROM stdin;\n", "\\.",
    "---\n", "# ", "===\n", "```\n", "title: ", "PK\x03\x04", "WARC/1.0\r\n",
)  # fmt: skip
BYTES = (b"\xff", b"\xfe\xff", b"\x1f\x8b", b"\xa1", b"\x81\x30", b"\xc2", b"\xe4\xb8", b"\xef\xbb\xbf")
TOKENS = (*(text.encode() for text in TEXTS), *BYTES)
ENCODINGS = ("gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-32", "utf-8-sig", "latin-1")

Change = Callable[[bytes, Random], bytes]


def mutated(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """*data* changed a few times; *others* are what parts are taken from."""
    for _ in range(rng.choice((1, 1, 2, 3, 5, 9))):
        change = rng.choice(CHANGES)
        data = spliced(data, rng, rng.choice(others)) if change is spliced else change(data, rng)
        data = data[:MAX_BYTES]
    return data


def _place(data: bytes, rng: Random) -> int:
    return rng.randrange(len(data) + 1)


def _span(data: bytes, rng: Random) -> tuple[int, int]:
    start = _place(data, rng)
    return start, min(len(data), start + rng.choice((1, 2, 5, 20, 200)))


def flipped(data: bytes, rng: Random) -> bytes:
    if not data:
        return data
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :]


def inserted(data: bytes, rng: Random) -> bytes:
    at = _place(data, rng)
    return data[:at] + rng.choice(TOKENS) * rng.choice((1, 1, 1, 2, 3, 50, 2000)) + data[at:]


def deleted(data: bytes, rng: Random) -> bytes:
    start, end = _span(data, rng)
    return data[:start] + data[end:]


def doubled(data: bytes, rng: Random) -> bytes:
    start, end = _span(data, rng)
    return data[:end] + data[start:end] * rng.choice((1, 2, 30)) + data[end:]


def cut(data: bytes, rng: Random) -> bytes:
    return data[: _place(data, rng)] if rng.random() < 0.7 else data[_place(data, rng) :]


def spliced(data: bytes, rng: Random, other: bytes = b"") -> bytes:
    start, end = _span(other, rng)
    return data[: _place(data, rng)] + other[start : end + 400] + data[_place(data, rng) :]


def recoded(data: bytes, rng: Random) -> bytes:
    """A part, or all, in another encoding."""
    start, end = (0, len(data)) if rng.random() < 0.5 else _span(data, rng)
    part = data[start:end].decode("utf-8", "replace").encode(rng.choice(ENCODINGS), "replace")
    return data[:start] + part + data[end:]


def returned(data: bytes, rng: Random) -> bytes:
    return data.replace(b"\n", rng.choice((b"\r\n", b"\r", b"\n\n", b" ", b"\x0c")))


def swapped(data: bytes, rng: Random) -> bytes:
    lines = data.split(b"\n")
    rng.shuffle(lines)
    return b"\n".join(lines)


def packed(data: bytes, rng: Random) -> bytes:
    return gzip.compress(data, 1) if rng.random() < 0.2 else data


CHANGES: tuple[Change, ...] = (
    flipped, inserted, inserted, inserted, deleted, deleted, doubled, cut, spliced, recoded, returned, swapped, packed,
)  # fmt: skip
