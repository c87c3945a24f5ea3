"""Office files and e-books, which are ZIPs: Word and OpenDocument texts, tables of Excel and OpenDocument, EPUB.

A text is given on as plain text, a table as JSON with one row a line, a book page by page; the readers of those
do the rest. Macros, pictures and formulas are not looked at.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, cast

from .member import Budget, Member, Unreadable, metered, poured
from .sheets import calc_sheets, excel_sheets
from .tree import Attributes, walked

MARKS = ("[Content_Types].xml", "mimetype")
PAGES = re.compile(r".*\.x?html?", re.I)
BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "s": " "}
HIDDEN = ("Fallback", "annotation", "note-citation", "tracked-changes", "rPh")
"""What is no text of the story, or holds it a second time."""


class _Text(NamedTuple):
    """Where a kind of text document keeps its words."""

    parts: tuple[str, ...]
    inside: frozenset[str]
    """Elements whose text counts."""


WORD = _Text(("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"), frozenset({"t"}))
WRITER = _Text(("content.xml",), frozenset({"p", "h"}))


def is_office(archive: zipfile.ZipFile) -> bool:
    """Whether *archive* is an office file or an e-book, and no archive of dumps."""
    return any(info.filename in MARKS for info in archive.infolist()[:50])


def documents(name: str, archive: zipfile.ZipFile, budget: Budget) -> Iterator[Member]:
    """What the office file or e-book *name* holds, in shapes that dumps have.

    Raises:
        Unreadable: it is of another kind, encrypted or damaged.
    """
    names = set(archive.namelist())
    stem = re.split(r"[/\\]", name)[-1].rpartition(".")[0] or "document"
    kind = archive.read("mimetype")[:100] if "mimetype" in names and _is_small(archive) else b""
    if "word/document.xml" in names:
        yield Member(f"{stem}.txt", poured(_lines(archive, WORD, budget), budget))
    elif "xl/workbook.xml" in names:
        yield from excel_sheets(archive, budget)
    elif b"opendocument.text" in kind:
        yield Member(f"{stem}.txt", poured(_lines(archive, WRITER, budget), budget))
    elif b"opendocument.spreadsheet" in kind:
        yield from calc_sheets(archive, budget)
    elif b"epub" in kind:
        yield from _pages(archive, budget)
    else:
        raise Unreadable("an Office file or e-book; save it as CSV, text or HTML")


def _is_small(archive: zipfile.ZipFile) -> bool:
    return archive.getinfo("mimetype").file_size < 1000


def _pages(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Member]:
    for info in archive.infolist():
        if PAGES.fullmatch(info.filename):
            budget.count()
            with archive.open(info) as page:
                yield Member(info.filename, metered(cast(BinaryIO, page), budget))


def _lines(archive: zipfile.ZipFile, kind: _Text, budget: Budget) -> Iterator[str]:
    """The paragraphs of a document, each a line."""
    for part in kind.parts:
        if part not in archive.namelist():
            continue
        reader = _Paragraphs(kind.inside)
        with archive.open(part) as stream:
            for _ in walked(metered(cast(BinaryIO, stream), budget), reader.begin, reader.end, reader.text):
                yield from reader.drained()


class _Paragraphs:
    """Gathers the text of a document."""

    def __init__(self, inside: frozenset[str]) -> None:
        self._inside = inside
        self._depth, self._hidden = 0, 0
        self._parts: list[str] = []

    def begin(self, name: str, said: Attributes) -> None:
        self._hidden += name in HIDDEN
        self._depth += name in self._inside
        if name in BREAKS and not self._hidden:
            self._parts.append(BREAKS[name])

    def end(self, name: str) -> None:
        self._hidden -= name in HIDDEN
        self._depth -= name in self._inside
        if name in ("p", "h"):
            self._parts.append("\n")

    def text(self, words: str) -> None:
        if self._depth and not self._hidden:
            self._parts.append(words)

    def drained(self) -> Iterator[str]:
        """What was gathered since it was asked before."""
        yield "".join(self._parts)
        self._parts.clear()
