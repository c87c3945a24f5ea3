"""Text decoded by the wrong codec: ä¸­å›½ (UTF-8 as Latin-1), ÖÐ¹ú (GBK as Latin-1), 鏂板崕 (UTF-8 as GBK).

A line is mended only where encoding it back is exact and what comes out is Chinese beyond
doubt; what looks like it but has lost bytes is reported.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress

from .change import Change, Context
from .characters import COMMON, UNCOMMON
from .likelihood import log_likelihood

CP1252 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
LATIN_RUN = re.compile(rf"[ -~\x80-\xff{CP1252}]+")
LATIN_PAIR = re.compile(rf"[\xa1-\xff][\x80-\xff{CP1252}]")
ODD_PAIR = re.compile(f"[{UNCOMMON}\u3040-\u312f\ue000-\uf8ff\ufffd][{UNCOMMON}\u3040-\u312f\ue000-\uf8ff\ufffd€]")
LOST = re.compile("锟斤拷|嚙踝蕭|ï¿½")
"""U+FFFD in UTF-8 read as GBK, Big5 and Latin-1: what stood there is lost for good."""

MISREADINGS = (("gb18030", "utf-8"), ("gb18030", "big5"), ("big5", "gb18030"), ("big5", "utf-8"))
"""(codec it was read by, codec it was written in), for text that came out as Han."""

MIN_HAN = 2
MIN_COMMON_SHARE = 0.9
MIN_GAIN_PER_CHARACTER = 3.0
MAX_LAYERS = 3
MAX_SHOWN = 60
LOOK = 200
"""Characters weighed; a paragraph needs no more."""

MAX_FINDS = 500
"""Suspicious places examined in one text; a bound on the time rubbish can take."""


def mend_mojibake(text: str, context: Context) -> Change:
    """*text* with misread lines read rightly.

    >>> mend_mojibake("ä¸\\xadå›½æ–°é—»", Context()).text, mend_mojibake("ÖÐ¹úÐÂÎÅ", Context()).text
    ('中国新闻', '中国新闻')
    """
    if not any(sign.search(text) for sign in (LATIN_PAIR, ODD_PAIR, LOST)):
        return Change(text)
    found: list[Change] = []
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if len(found) < MAX_FINDS and ODD_PAIR.search(line):
            lines[i] = _examine(line, _from_han, found)
        if len(found) < MAX_FINDS and LATIN_PAIR.search(lines[i]):
            lines[i] = LATIN_RUN.sub(lambda match: _examine(match[0], _from_latin, found), lines[i])
        if lost := LOST.search(lines[i]):
            near = lines[i][max(0, lost.start() - 8) : lost.end() + 8]
            found.append(Change("", warnings=(f"characters lost before this dump was made: {near!r}",)))
    repairs = tuple(repair for change in found for repair in change.repairs)
    warnings = tuple(warning for change in found for warning in change.warnings)
    return Change("\n".join(lines), len(repairs), repairs=repairs, warnings=warnings)


def _examine(text: str, readings: Callable[[str], Iterator[tuple[str, bool]]], found: list[Change]) -> str:
    """*text* read rightly, if one of its *readings* is Chinese beyond doubt; what was done goes to *found*."""
    if text.isascii():
        return text
    body = text.strip(" ")
    for reading, is_exact in readings(body):
        if not _is_chinese(reading.replace("\ufffd", "")) or _gain(body, reading) < MIN_GAIN_PER_CHARACTER:
            continue
        if is_exact:
            found.append(Change("", repairs=(f"{_shown(body)} → {_shown(reading)}",)))
            return text.replace(body, reading)
        found.append(Change("", warnings=(f"decoded by the wrong codec, and bytes are missing: {body[:40]!r}",)))
        return text
    return text


def _shown(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


def _from_han(text: str) -> Iterator[tuple[str, bool]]:
    """*text*, read by one multi-byte codec, as others read it; and whether each reading is exact."""
    for read_by, written_in in MISREADINGS:
        with suppress(UnicodeError):
            yield text.encode(read_by).decode(written_in), True
    yield text.encode("gb18030", "ignore").decode("utf-8", "replace"), False


def _from_latin(text: str) -> Iterator[tuple[str, bool]]:
    """*text*, read as Latin-1 or Windows-1252, as others read it; UTF-8 perhaps several times over."""
    data = _latin_bytes(text)
    layer = text
    for _ in range(MAX_LAYERS):
        try:
            layer = _latin_bytes(layer).decode("utf-8")
        except UnicodeError:
            break
        yield layer, True
    for codec in ("gb18030", "big5"):
        with suppress(UnicodeError):
            yield data.decode(codec), True
    yield data.decode("utf-8", "replace"), False


def _latin_bytes(text: str) -> bytes:
    """Bytes of *text* by Windows-1252, and by Latin-1 where that has no character."""
    return b"".join(c.encode("cp1252") if c in CP1252 else c.encode("latin-1") for c in text)


def _is_chinese(text: str) -> bool:
    han = [character for character in text if "\u3400" <= character <= "\u9fff"]
    common = sum(character in COMMON for character in han)
    is_printable = "".join(text.split()).isprintable()
    return is_printable and len(han) >= MIN_HAN and common >= MIN_COMMON_SHARE * len(han)


def _gain(found: str, reading: str) -> float:
    """How much likelier a character of *reading* is than one of *found*."""
    reading, found = reading[:LOOK], found[:LOOK]
    return log_likelihood(reading) / len(reading) - log_likelihood(found) / len(found)
