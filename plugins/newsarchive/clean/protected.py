"""What no rule may touch: addresses and code, set aside while the rules run."""

import re
from collections.abc import Iterator
from unicodedata import is_normalized

MARK = "\x1a"
"""U+001A SUBSTITUTE stands for each piece set aside; one byte in every encoding, never in prose."""

URL = r"(?:https?://|ftp://|www\.)(?:(?!&(?:nbsp|lt|gt|quot|[lr]dquo|#))[!-;=?-~])+(?<![,.;:!?)'\"\]])"
MAIL = r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
PIECE = re.compile(rf"(?=[!-~])(?:`[^`\n]+`|{URL}|{MAIL})")
CODE_SIGN = re.compile(r"\(\)|\);|[=!]=|=>|</|/>|[{}]$|[)\]'\"];$", re.M)
SIGNS = ("://", "www.", "@", "`", "{", "}", "()", ");", "==", "!=", "=>", "</", "/>", ";\n")
"""Without one of these there is nothing to set aside."""

MAX_WIDE_SHARE = 0.3
"""Share of non-ASCII characters up to which a line with the signs of code is code, not prose."""


def set_aside(text: str) -> tuple[str, list[str]]:
    r"""*text* with a MARK for each address or piece of code, and those pieces in order.

    >>> set_aside("见http://a.cn/?x=1,再见")
    ('见\x1a,再见', ['http://a.cn/?x=1'])
    """
    pieces: list[str] = []

    def piece(match: re.Match[str]) -> str:
        if not _is_sound(match[0] + match.string[match.end() : match.end() + 1].strip()):
            return match[0]
        pieces.append(match[0])
        return MARK

    if not any(sign in text for sign in SIGNS) and not text.endswith(";"):
        return text, pieces
    parts, end = [], 0
    for start, stop in _code_lines(text):
        parts += [PIECE.sub(piece, text[end:start]), MARK]
        pieces.append(text[start:stop])
        end = stop
    return "".join((*parts, PIECE.sub(piece, text[end:]))), pieces


def _code_lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line that is code."""
    stop = -1
    for match in CODE_SIGN.finditer(text):
        if match.start() <= stop:
            continue
        start = text.rfind("\n", 0, match.start()) + 1
        stop = (text.find("\n", match.end()) + 1 or len(text) + 1) - 1
        wide = sum(character > "\x7f" for character in text[start:stop])
        if wide <= MAX_WIDE_SHARE * (stop - start) and _is_sound(text[start:stop]):
            yield start, stop


def _is_sound(piece: str) -> bool:
    """Whether *piece* needs no cleaning of the kind that even code needs."""
    return piece.isprintable() and piece.strip() == piece and is_normalized("NFC", piece)


def put_back(text: str, pieces: list[str]) -> str:
    """Inverse of `set_aside`."""
    if not pieces:
        return text
    return "".join(part + piece for part, piece in zip(text.split(MARK), [*pieces, ""], strict=True))
