"""What no rule may touch: addresses and code, set aside while the rules run."""

import re

MARK = "\x1a"
"""U+001A SUBSTITUTE stands for each piece set aside; one byte in every encoding, never in prose."""

URL = r"(?:https?://|ftp://|www\.)(?:(?!&(?:nbsp|lt|gt|quot|[lr]dquo|#))[!-;=?-~])+(?<![,.;:!?)'\"\]])"
MAIL = r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
PIECE = re.compile(rf"`[^`\n]+`|{URL}|{MAIL}")
CODE_LINE = re.compile(r"^.*(?:\(\)|\);|[=!]=|=>|</|/>|[{};]$).*$", re.M)
SIGNS = re.compile(r"://|www\.|[@`{}]|\(\)|\);|[=!]=|=>|</|/>|;$", re.M)
MAX_WIDE_SHARE = 0.3
"""Share of non-ASCII characters up to which a line with the signs of code is code, not prose."""


def set_aside(text: str) -> tuple[str, list[str]]:
    r"""*text* with a MARK for each address or piece of code, and those pieces in order.

    >>> set_aside("见http://a.cn/?x=1,再见")
    ('见\x1a,再见', ['http://a.cn/?x=1'])
    """
    pieces: list[str] = []

    def piece(match: re.Match[str]) -> str:
        pieces.append(match[0])
        return MARK

    def line(match: re.Match[str]) -> str:
        wide = sum(character > "\x7f" for character in match[0])
        return piece(match) if wide <= MAX_WIDE_SHARE * len(match[0]) else PIECE.sub(piece, match[0])

    if not SIGNS.search(text):
        return text, pieces
    parts, end = [], 0
    for match in CODE_LINE.finditer(text):
        parts += [PIECE.sub(piece, text[end : match.start()]), line(match)]
        end = match.end()
    return "".join((*parts, PIECE.sub(piece, text[end:]))), pieces


def put_back(text: str, pieces: list[str]) -> str:
    """Inverse of `set_aside`."""
    if not pieces:
        return text
    return "".join(part + piece for part, piece in zip(text.split(MARK), [*pieces, ""], strict=True))
