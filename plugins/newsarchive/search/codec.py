"""How numbers and lists become bytes. theme/static/js/search/postings.js reads them.

A *posting* is `id << 2 | dense << 1 | title`: an article, whether it says the gram three times or more,
and whether its title does. A list of postings is written as gaps, in LEB128.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

TITLE, DENSE, FLAG_BITS = 1, 2, 2
FLAGS = (1 << FLAG_BITS) - 1
START = -1
"""What stands before the first posting of a list."""


def varint(number: int) -> bytes:
    """*number* in LEB128.

    >>> varint(300)
    b'\\xac\\x02'
    """
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


SMALL = 1 << 14
_SMALL = [varint(number) for number in range(SMALL)]
_AFTER = [b"", *_SMALL]
"""By how much a posting exceeds the greatest of the article before."""


def quick_varint(number: int) -> bytes:
    """`varint`, looked up where it is two bytes at most."""
    return _SMALL[number] if number < SMALL else varint(number)


def gap(before: int, posting: int) -> int:
    """What is written for *posting* after *before* (START for none)."""
    return posting - (before | FLAGS) - 1


def gaps_within(postings: Sequence[int]) -> bytes:
    """All of *postings* but the first, which needs to know what stands before it; ids span less than 4096."""
    after = _AFTER
    return b"".join([after[b - (a | FLAGS)] for a, b in pairwise(postings)])


def numbers(data: bytes) -> Iterator[int]:
    """The numbers written in *data*."""
    number = shift = 0
    for byte in data:
        number |= (byte & 127) << shift
        if byte > 127:
            shift += 7
        else:
            yield number
            number = shift = 0


def postings(data: bytes) -> Iterator[int]:
    """The postings written in *data*."""
    last = START
    for number in numbers(data):
        last = (last | FLAGS) + 1 + number
        yield last


def encode(found: Iterable[int], before: int = START) -> bytes:
    """*found* as a list that starts after the posting *before*.

    >>> list(postings(encode([1, 4, 40000])))
    [1, 4, 40000]
    """
    out = []
    for posting in found:
        out.append(quick_varint(gap(before, posting)))
        before = posting
    return b"".join(out)


def gaps(ascending: Iterable[int]) -> list[int]:
    """*ascending* numbers as differences, which are short.

    >>> gaps([3, 3, 10])
    [3, 0, 7]
    """
    return [after - before for before, after in pairwise((0, *ascending))]


def text(string: str) -> bytes:
    """*string* in UTF-8, after its length in bytes."""
    data = string.encode("utf-8", "surrogatepass")
    return varint(len(data)) + data


def fnv1a(string: str) -> int:
    """32-bit FNV-1a of *string* in UTF-8; spreads units over files.

    >>> hex(fnv1a("a"))
    '0xe40c292c'
    """
    number = 0x811C9DC5
    for byte in string.encode("utf-8", "surrogatepass"):
        number = (number ^ byte) * 0x01000193 & 0xFFFFFFFF
    return number


def pack(data: bytes) -> bytes:
    """*data* in gzip, the same bytes on every run."""
    press = zlib.compressobj(9, zlib.DEFLATED, 31)
    return press.compress(data) + press.flush()
