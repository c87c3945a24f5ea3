"""Tables of Excel (.xlsx) and OpenDocument (.ods) -> JSON, one row a line, so that the line of a record is its row."""

import json
import re
import zipfile
from array import array
from collections.abc import Iterator
from datetime import datetime, timedelta
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, NamedTuple, cast

from .member import Budget, Member, Unreadable, metered, poured
from .tree import Attributes, walked

SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
COLUMN = re.compile(r"([A-Z]{1,3})\d+")
MAX_COLUMNS = 1 << 14
SPOOL_BYTES = 1 << 24
DAY_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Number formats of dates that need no code of their own (ECMA-376, 18.8.30)."""

DAY_CODE = re.compile(r"[yd]|m[^mh]*h|h:m|年|月", re.I)
NO_CODE = re.compile(r'"[^"]*"|\[[^\[\]]*\]|\\.|_.')
EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
MAX_DAYS = 2_958_465
"""9999-12-31, the last day of a sheet."""


class _Strings:
    """The strings of a workbook, on disk where they are many."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115 - closed with the object
        self._ends = array("Q", [0])

    def add(self, text: str) -> None:
        self._file.seek(self._ends[-1])
        self._ends.append(self._ends[-1] + self._file.write(text.encode("utf-8", "replace")))

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            return ""
        self._file.seek(self._ends[number])
        return self._file.read(self._ends[number + 1] - self._ends[number]).decode()


class _Book(NamedTuple):
    """What the sheets of a workbook share."""

    strings: _Strings
    day_styles: frozenset[int]
    epoch: datetime


def excel_sheets(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Member]:
    """The sheets of a workbook of Excel.

    Raises:
        Unreadable: it has none that can be read.
    """
    sheets = sorted(filter(SHEET.fullmatch, archive.namelist()), key=lambda name: (len(name), name))
    if not sheets:
        raise Unreadable("a workbook without sheets in XML; save it as .xlsx or CSV")
    named = _Named()
    _read(archive, "xl/workbook.xml", budget, named)
    styles = _Styles()
    _read(archive, "xl/styles.xml", budget, styles)
    strings = _Shared()
    _read(archive, "xl/sharedStrings.xml", budget, strings)
    book = _Book(strings.strings, frozenset(styles.days), EPOCHS[named.is_1904])
    for number, sheet in enumerate(sheets):
        budget.count()
        name = named.names[number] if number < len(named.names) == len(sheets) else f"sheet{number + 1}"
        with archive.open(sheet) as stream:
            rows = _rows(metered(cast(BinaryIO, stream), budget), _ExcelRows(book))
            yield Member(f"{name}.json", poured(_told(rows), budget))


def calc_sheets(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Member]:
    """The tables of an OpenDocument spreadsheet, one below the other."""
    with archive.open("content.xml") as stream:
        rows = _rows(metered(cast(BinaryIO, stream), budget), _CalcRows())
        yield Member("tables.json", poured(_told(rows), budget))


class _Reader:
    """Hears what stands in one part of a workbook."""

    def begin(self, name: str, said: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """It ends."""

    def text(self, words: str) -> None:
        """Text stands in it."""


def _read(archive: zipfile.ZipFile, part: str, budget: Budget, reader: _Reader) -> None:
    if part in archive.namelist():
        with archive.open(part) as stream:
            for _ in walked(metered(cast(BinaryIO, stream), budget), reader.begin, reader.end, reader.text):
                pass


class _Named(_Reader):
    """Names of the sheets, and the year their days are counted from."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.is_1904 = False

    def begin(self, name: str, said: Attributes) -> None:
        if name == "sheet":
            self.names.append(said.get("name", ""))
        self.is_1904 |= name == "workbookPr" and said.get("date1904") in ("1", "true")


class _Styles(_Reader):
    """Which styles of cells show a number as a day."""

    def __init__(self) -> None:
        self.days: set[int] = set()
        self._codes: set[int] = set(DAY_FORMATS)
        self._is_used, self._count = False, 0

    def begin(self, name: str, said: Attributes) -> None:
        number = _number(said.get("numFmtId", ""))
        if name == "numFmt" and DAY_CODE.search(NO_CODE.sub("", said.get("formatCode", ""))):
            self._codes.add(number)
        self._is_used = self._is_used or name == "cellXfs"
        if name == "xf" and self._is_used:
            self.days |= {self._count} if number in self._codes else set()
            self._count += 1

    def end(self, name: str) -> None:
        self._is_used = self._is_used and name != "cellXfs"


class _Shared(_Reader):
    """The strings that cells name by number; how they are spoken is left out."""

    def __init__(self) -> None:
        self.strings = _Strings()
        self._parts: list[str] = []
        self._is_text, self._is_spoken = False, False

    def begin(self, name: str, said: Attributes) -> None:
        self._is_text = name == "t"
        self._is_spoken = self._is_spoken or name == "rPh"

    def end(self, name: str) -> None:
        self._is_text = False
        self._is_spoken = self._is_spoken and name != "rPh"
        if name == "si":
            self.strings.add("".join(self._parts))
            self._parts.clear()

    def text(self, words: str) -> None:
        if self._is_text and not self._is_spoken:
            self._parts.append(words)


class _Rows(_Reader):
    """Rows that are complete, each with its number."""

    def __init__(self) -> None:
        self.done: list[tuple[int, list[str]]] = []
        self._number = 0
        self._cells: list[str] = []

    def _put(self, cell: str, at: int, times: int = 1) -> None:
        """Set *cell* at a column; empty ones at the end of a row are none."""
        if cell and at < MAX_COLUMNS:
            self._cells += [""] * (at - len(self._cells)) + [cell] * min(times, MAX_COLUMNS - at)

    def _finish(self) -> None:
        if self._cells:
            self.done.append((self._number, self._cells))
        self._cells = []


class _ExcelRows(_Rows):
    """Rows of a sheet of Excel."""

    def __init__(self, book: _Book) -> None:
        super().__init__()
        self._book = book
        self._said: Attributes = {}
        self._at = -1
        self._value: list[str] = []
        self._is_value = False

    def begin(self, name: str, said: Attributes) -> None:
        if name == "row":
            self._number, self._at = max(_number(said.get("r", "")), self._number + 1), -1
        elif name == "c":
            self._said, self._value = said, []
            place = COLUMN.fullmatch(said.get("r", ""))
            self._at = max(_column(place[1]) if place else 0, self._at + 1)
        self._is_value = name in ("v", "t")

    def end(self, name: str) -> None:
        self._is_value = False
        if name == "c":
            self._put(self._cell("".join(self._value)), self._at)
        elif name == "row":
            self._finish()

    def text(self, words: str) -> None:
        if self._is_value:
            self._value.append(words)

    def _cell(self, value: str) -> str:
        kind = self._said.get("t", "n")
        if kind == "s":
            return self._book.strings[_number(value)]
        if kind == "n" and value and _number(self._said.get("s", "")) in self._book.day_styles:
            return _day(value, self._book.epoch)
        return value


class _CalcRows(_Rows):
    """Rows of an OpenDocument spreadsheet."""

    def __init__(self) -> None:
        super().__init__()
        self._at, self._times, self._day = 0, 1, ""
        self._value: list[str] = []

    def begin(self, name: str, said: Attributes) -> None:
        if name == "table-row":
            self._number, self._at = self._number + 1, 0
        elif name in ("table-cell", "covered-table-cell"):
            self._value, self._day = [], said.get("date-value", "")
            self._times = max(1, _number(said.get("number-columns-repeated", "")))
        elif name in ("p", "line-break") and self._value:
            self._value.append("\n")

    def end(self, name: str) -> None:
        if name in ("table-cell", "covered-table-cell"):
            self._put(self._day or "".join(self._value), self._at, self._times)
            self._at += self._times
        elif name == "table-row":
            self._finish()

    def text(self, words: str) -> None:
        self._value.append(words.strip("\n"))


def _rows(stream: BinaryIO, reader: _Rows) -> Iterator[tuple[int, list[str]]]:
    for _ in walked(stream, reader.begin, reader.end, reader.text):
        yield from reader.done
        reader.done.clear()


def _told(rows: Iterator[tuple[int, list[str]]]) -> Iterator[str]:
    """*rows* as JSON, each on the line of its number."""
    yield "["
    line = 1
    for number, cells in rows:
        yield "\n" * min(max(0, number - line), 1 << 20) + json.dumps(cells, ensure_ascii=False) + ","
        line = max(line, number)
    yield "]"


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _column(letters: str) -> int:
    """Place of a column.

    >>> _column("A"), _column("AB")
    (0, 27)
    """
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _day(value: str, epoch: datetime) -> str:
    """A number of days as a day and its time; any other *value* as it is.

    >>> _day("41762.38368055556", EPOCHS[False]), _day("41762", EPOCHS[False]), _day("–", EPOCHS[False])
    ('2014-05-03 09:12:30', '2014-05-03', '–')
    """
    try:
        days = float(value)
    except ValueError:
        return value
    if not 1 <= days < MAX_DAYS:
        return value
    moment = epoch + timedelta(seconds=round(days * 86400))
    return f"{moment:%Y-%m-%d}" if days.is_integer() else f"{moment:%Y-%m-%d %H:%M:%S}"
