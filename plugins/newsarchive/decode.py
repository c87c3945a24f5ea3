"""Bytes -> text, whatever the encoding, and never an exception.

Byte-order mark, then strict UTF-8, then GB18030 or Big5 by the share of common characters: chardet reads
no Traditional text in GB18030 at all, this rule did all of it from 60 characters on. A file in several
encodings is read line by line. What no encoding explains becomes U+FFFD, is counted, and is said.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import BinaryIO

BLOCK_BYTES = 1 << 18
MAX_LINE_BYTES = 1 << 22
SAMPLE_BYTES = 3000
LEGACY = ("gb18030", "big5hkscs")
LOST = "\ufffd"
MIN_COMMONNESS = 0.3
"""Of what is read in the right encoding, all but names in rare characters is commoner."""


SEVEN_BIT = (
    (re.compile(rb"~\{[!-~]{2,}~\}"), "hz"),
    (re.compile(rb"\x1b\$\)[AGE][^\n]*\x0e"), "iso2022_cn"),
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
    (re.compile(rb"\x1b\$[A-Z(]"), "iso2022_jp_2"),
    (re.compile(rb"\+[A-Za-z0-9+/]{5,}-?"), "utf-7"),
)
"""What Chinese in seven bits shows, of mail and networks of old (RFC 1843, 1922, 1554, 2152)."""

ISO_2022_CN = "iso2022_cn"
"""Which Python has no codec for."""

SHIFTED = re.compile(rb"\x0e([^\x0f\n]*)\x0f?")
DESIGNATION = re.compile(rb"\x1b\$[)*+][A-Z]")
TO_EIGHT_BITS = bytes(byte | 0x80 if 0x20 < byte < 0x7F else byte for byte in range(256))
SEVEN_BIT_BYTES = 1 << 16
"""How far into a file that is ASCII the first sign of Chinese in seven bits is looked for."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种"
    "事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第"
    "公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合"
    "回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总"
    "何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听"
    "白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带"
    "导争运笔网络央视讯者据悉京沪港台湾县省委党组织企业集团经济发展项目会议"
    "這個們來為國說時會對於過發後裡還進種經麼沒動樣開從實軍無與長機業關點將兩間問頭體見產話給門東聲員論處義條氣題爾變總"
    "電數報結務場計資許統區隊決馬書聽達強難權設記類據邊張該規萬覺術領確傳師觀讓識帶導爭運網絡視訊滬臺灣縣黨組織項議現當"
    "學樂應戰認幾際濟創業協億廣東號圖醫療單車環責編輯攝聞華備標準節務執補貼觸導辦選舉檢調查"
    "，。、：；（）“”「」《》！？　·—"
)
"""Characters that make up some two thirds of any Chinese newspaper page, in both scripts."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text read from bytes, without NUL characters and byte-order mark; line ends as they were."""

    text: str
    encoding: str
    """Python's name of the encoding; of a mixed file the one most of it is in."""

    warnings: tuple[str, ...] = ()
    """What had to be overlooked, e.g. `2 undecodable bytes, first at line 7`."""


def decode(data: bytes, encoding: str = "") -> Decoded:
    """*data* as text, in the given *encoding* or the one it shows.

    >>> decode("基礎教育，國務院".encode("gb18030")).text
    '基礎教育，國務院'
    >>> decode("中国\\n".encode() + "记者在北京说\\n".encode("gb18030") + b"\\xff\\n").warnings
    ('1 undecodable bytes, first at line 3', 'mixed encodings: utf-8 3 characters, gb18030 9 characters')
    """
    pieces = list(_pieces(iter([data]), encoding))
    text = "".join(text for text, _ in pieces)
    sizes: Counter[str] = Counter()
    for piece, name in pieces:
        sizes[name] += len(piece)
    main = sizes.most_common(1)[0][0] if sizes else "utf-8"
    return Decoded(text.replace("\0", ""), main, (*_lost(pieces, data), *_nul(text), *_mixed(sizes)))


def decode_stream(stream: BinaryIO, encoding: str = "") -> Iterator[Decoded]:
    """The text of *stream* in blocks of one encoding each; memory stays at some blocks.

    A block ends at the end of a line wherever lines are shorter than MAX_LINE_BYTES.
    """
    for text, name in _pieces(_blocks(stream), encoding):
        yield Decoded(text.replace("\0", ""), name, _nul(text))


def is_binary(data: bytes) -> bool:
    """Whether *data*, the head of a file, holds no text: over a twentieth of it are control characters.

    >>> is_binary(bytes(range(32)) * 9), is_binary("新华社".encode("utf-16"))
    (True, False)
    """
    text = "".join(text for text, _ in _pieces(iter([data[:SAMPLE_BYTES]]), ""))
    controls = sum(map(text.count, map(chr, (*range(1, 9), 11, *range(14, 26), 127))))
    return controls * 20 > len(text) > 0


def commonness(text: str) -> float:
    """Share of *text* beyond ASCII that is common in newspapers, lowered by lost and private-use characters.

    >>> commonness("记者在北京说"), commonness("\ue000\ue000")
    (1.0, -1.0)
    """
    wide = [char for char in text if char > "\x7f"]
    odd = sum(char == LOST or "\ue000" <= char <= "\uf8ff" for char in wide)
    return (sum(char in COMMON for char in wide) - odd) / (len(wide) or 1)


def _pieces(blocks: Iterable[bytes], encoding: str) -> Iterator[tuple[str, str]]:
    """(text, encoding) of each stretch of *blocks*; neighbours differ in encoding, or end a block."""
    blocks = iter(blocks)
    first = next(blocks, b"")
    mark, name = next(((mark, name) for mark, name in BOMS if first.startswith(mark)), (b"", ""))
    name = encoding or name or _wide_without_mark(first) or _seven_bit(first[:SEVEN_BIT_BYTES])
    blocks = _chain(first[len(mark) :], blocks)
    if name == ISO_2022_CN:
        blocks, name = map(_eight_bit, blocks), "gb2312"
    if encoding or name not in ("", "utf-8"):
        decoder = codecs.getincrementaldecoder(name)("replace")
        yield from ((decoder.decode(block), name) for block in blocks)
        yield decoder.decode(b"", final=True), name
        return
    legacy = ""
    for block in blocks:
        for text, name in _block(block, legacy):
            legacy = name if name in LEGACY else legacy
            yield text, name


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    """*stream* cut after a line end, or in a very long line after a byte no multi-byte character ends with."""
    kept = b""
    while data := stream.read(BLOCK_BYTES):
        kept += data
        if len(kept) < BLOCK_BYTES:
            break  # a short file is judged as a whole
        end = kept.rfind(b"\n") + 1
        if not end and len(kept) > MAX_LINE_BYTES:
            end = max(kept.rfind(byte) for byte in (b" ", b'"', b",", b">")) + 1 or _whole_utf8(kept)
        if end:
            yield kept[:end]
            kept = kept[end:]
    if kept:
        yield kept


def _whole_utf8(data: bytes) -> int:
    """Length of *data* without a UTF-8 character begun at its end."""
    return max((len(data) - back for back in range(1, 5) if data[-back] >= 0xC0), default=len(data))


def _wide_without_mark(data: bytes) -> str:
    """UTF-16 or UTF-32 told by the NUL bytes of its ASCII characters and by what it says; else an empty string."""
    sample = data[: SAMPLE_BYTES & ~3]
    if sample.count(0) * 100 < len(sample):
        return ""
    texts = {name: sample.decode(name, "replace") for _, name in BOMS[1:]}
    name = max(texts, key=lambda name: _plausible(texts[name]))
    return name if _plausible(texts[name]) > 0.4 else ""


def _seven_bit(data: bytes) -> str:
    r"""Encoding of seven bits in which the ASCII *data* says Chinese; else an empty string.

    >>> _seven_bit("中国\n".encode("hz")), _seven_bit(b"\x1b$)A\x0eVP9z\x0f\n"), _seven_bit(b"a+b+c=d, x+12345")
    ('hz', 'iso2022_cn', '')
    """
    if not data.isascii():
        return ""
    for sign, name in SEVEN_BIT:
        if sign.search(data):
            codec, sample = ("gb2312", _eight_bit(data)) if name == ISO_2022_CN else (name, data)
            text = sample[: 4 * SAMPLE_BYTES].decode(codec, "replace")
            if commonness(text) > MIN_COMMONNESS:
                return name
    return ""


def _eight_bit(data: bytes) -> bytes:
    """*data* of ISO-2022-CN as GB 2312; what it has of other sets comes out as rubbish, which is flagged."""
    return SHIFTED.sub(lambda found: found[1].translate(TO_EIGHT_BITS), DESIGNATION.sub(b"", data))


def _plausible(text: str) -> float:
    """Share of *text* that is printable ASCII, line ends or common Chinese."""
    known = sum(char in COMMON or " " <= char <= "~" or char in "\r\n\t" for char in text)
    return known / (len(text) or 1)


def _block(block: bytes, legacy: str) -> Iterator[tuple[str, str]]:
    """*block* in one stretch if it is UTF-8, else its lines, neighbours of one encoding joined."""
    try:
        yield block.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        lines = block.splitlines(keepends=True) if b"\n" in block else [block]
        legacy = legacy or _judge(b"".join(line for line in lines if not _is_utf8(line)), LEGACY)
        runs = groupby((_line(line, legacy) for line in lines), key=itemgetter(1))
        yield from (("".join(text for text, _ in run), name) for name, run in runs)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _line(line: bytes, legacy: str) -> tuple[str, str]:
    """One *line* and its encoding; *legacy* is what lines before it were in."""
    if line.isascii():
        return line.decode("ascii"), legacy
    try:
        return line.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        text = line.decode(legacy)
    except UnicodeDecodeError:
        text = LOST
    if commonness(text[:300]) < MIN_COMMONNESS:
        legacy = _judge(line, (legacy, "utf-8", *LEGACY))
        text = line.decode(legacy, "replace")
    return text, legacy


def _judge(data: bytes, encodings: Iterable[str]) -> str:
    """The one of *encodings* in which *data* shows most common characters; the first of equals."""
    wide = data if len(data) <= SAMPLE_BYTES else b"".join(re.findall(rb"[\x80-\xff][^\n]*", data)[:400])
    sample = wide[:SAMPLE_BYTES]
    return max(encodings, key=lambda name: commonness(sample.decode(name, "replace")))


def _nul(text: str) -> tuple[str, ...]:
    return (f"{text.count(chr(0))} NUL characters dropped",) if "\0" in text else ()


def _lost(pieces: Iterable[tuple[str, str]], data: bytes) -> tuple[str, ...]:
    """Warning about U+FFFD that were not in *data* as such."""
    count, line, first = -data.count(LOST.encode()), 1, 0
    for text, _ in pieces:
        if LOST in text:
            first = first or line + text[: text.index(LOST)].count("\n")
            count += text.count(LOST)
        line += text.count("\n")
    return (f"{count} undecodable bytes, first at line {first}",) if count > 0 else ()


def _mixed(sizes: Counter[str]) -> tuple[str, ...]:
    if len(sizes) < 2:
        return ()
    return ("mixed encodings: " + ", ".join(f"{name} {count} characters" for name, count in sizes.items()),)
