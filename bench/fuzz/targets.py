"""What is fuzzed, and what must hold of it whatever comes in."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta, timezone
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zipfile import ZipFile

from newsarchive import withdrawn
from newsarchive.article import Article, Note, Record, Refusal
from newsarchive.catalogue import catalogue
from newsarchive.clean import clean
from newsarchive.decode import decode, decode_stream
from newsarchive.dumps import FORMAT_NAMES, read_all
from newsarchive.dumps.mapping import read_mapping
from newsarchive.dumps.stretches import MAX_NOTE_CHARS
from newsarchive.errors import ArchiveError
from newsarchive.frontmatter import paragraphs_of, parse, render
from newsarchive.script import converter, detect, fold
from newsarchive.search.tokens import runs

from . import seeds

ZONE = timezone(timedelta(hours=8))
HAN = re.compile("[\u3400-\u9fff]")
PLAIN = ("utf-8", "gb18030", "big5hkscs", "")
OFFICE_PARTS = (
    ("word/document.xml",),
    ("xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"),
    ("content.xml",),
)
PACKED = (b"\x1f\x8b", b"PK")


class Target(NamedTuple):
    """A part to be fuzzed."""

    run: Callable[[bytes], None]
    """Raises whatever it likes where a promise is broken."""

    seeds: Callable[[], Sequence[bytes]]


def decoding(data: bytes) -> None:
    whole, blocks = decode(data), list(decode_stream(BytesIO(data)))
    assert "\0" not in whole.text + "".join(block.text for block in blocks)
    assert bool(whole.text.strip("\0")) == any(block.text for block in blocks)
    is_marked = data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))
    if not is_marked and b"\0" not in data and whole.encoding in PLAIN:
        with suppress(UnicodeDecodeError):
            assert data.decode("utf-8") == whole.text


def cleaning(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    once = clean(text).text
    assert clean(once).text == once


def dumps_as(name: str) -> Callable[[bytes], None]:
    """Reading a dump called *name*: nothing is raised, nothing vanishes, and what is taken can be shelved."""

    def reading(data: bytes) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(data)
            found = list(read_all(path, Path(folder)))
        accounted(data, found)
        for record in found[:4]:
            if isinstance(record, Record):
                assert record.text.strip()
                shelved(record)

    return reading


def office(data: bytes) -> None:
    """An office file in which one part, and all that may hold the words of another kind, is *data*."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name in OFFICE_PARTS[len(data) % len(OFFICE_PARTS)]:
            archive.writestr(name, data)
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    _read_whole("a.xlsx", packed.getvalue())


def database(data: bytes) -> None:
    _read_whole("a.db", data)


def _read_whole(name: str, data: bytes) -> None:
    """Reading what is no text: nothing is raised, something is told, and what is taken can be shelved."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        found = list(read_all(path, Path(folder)))
    assert found, "neither record nor refusal"
    for record in found[:2]:
        if isinstance(record, Record):
            shelved(record)


def accounted(data: bytes, found: Sequence[Record | Refusal | Note]) -> None:
    """Each Chinese character of a dump of text is in a record, a refusal or a note, but for notes that repeat."""
    if not found:
        raise AssertionError("neither record nor refusal")
    lost = unaccounted(data, found)
    assert lost < MAX_NOTE_CHARS, f"{lost} Chinese characters of {_han(decode(data).text)} are in no record"


def unaccounted(data: bytes, found: Sequence[Record | Refusal | Note]) -> int:
    """How many Chinese characters of *data* are in none of *found*; none if it is refused as a whole."""
    if data[:2] in PACKED or (len(found) == 1 and not found[0].raw and isinstance(found[0], Refusal)):
        return 0
    return _han(decode(data).text) - sum(max(_han(one.raw), _han(getattr(one, "text", ""))) for one in found)


def _han(text: str) -> int:
    return len(HAN.findall(text))


def shelved(record: Record) -> None:
    result = catalogue(record, ZONE)
    if isinstance(result, Article):
        assert parse(render(result)) == result


def front_matter(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    paragraphs_of(text)
    try:
        article = parse(text)
    except ArchiveError:
        return
    again = parse(render(article))
    assert parse(render(again)) == again


def script(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    origin = detect(text)
    for code in ("zh-Hans", "zh-Hant", "zh-Hant-TW"):
        convert = converter(origin, code)
        convert(text)
        html = convert.html(text)
        assert html.count("<") == text.count("<"), "conversion made or lost a tag"


def words(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    assert fold(fold(text)) == fold(text)
    assert "".join(map("".join, runs(text))) is not None


def _file(read: Callable[[Path], object]) -> Callable[[bytes], None]:
    """Reading a file an owner writes: an error must be one of ours."""

    def reading(data: bytes) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "a.toml"
            path.write_bytes(data)
            with suppress(ArchiveError):
                read(path)

    return reading


def _dump_seeds() -> Sequence[bytes]:
    return [*(data for _, data in seeds.dumps()), *seeds.written(seeds.TEMPLATES)]


TARGETS = {
    "decode": Target(decoding, lambda: (*_dump_seeds(), *seeds.texts())),
    "clean": Target(cleaning, seeds.texts),
    **{f"dump-{name[2:]}": Target(dumps_as(name), _dump_seeds) for name in seeds.NAMES},
    "office": Target(office, lambda: seeds.written(seeds.OFFICE)),
    "database": Target(database, seeds.databases),
    "frontmatter": Target(front_matter, seeds.articles),
    "script": Target(script, seeds.texts),
    "words": Target(words, seeds.texts),
    "mapping": Target(_file(lambda path: read_mapping(path, FORMAT_NAMES)), seeds.texts),
    "withdrawn": Target(_file(withdrawn.read), seeds.texts),
}
