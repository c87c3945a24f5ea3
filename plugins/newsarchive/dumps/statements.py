"""SQL: rows of INSERT and COPY, columns from the statement, from CREATE TABLE, or by the shape of values."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from ..article import Record, Refusal
from .columns import Row, filed
from .definitions import balanced, bare_name, columns_made
from .dump import MAX_RECORD_CHARS, Dump, Window, refusal
from .stretches import outside

NAME = "sql"
IDENTIFIER = r"[`\"\[]?[\w$\-.`\"\[\]]+"
STATEMENT = re.compile(
    rf"\b(?:INSERT|REPLACE)\b(?:[\w\s]{{0,40}}?\bINTO\s+|\s+(?=\[))(?P<table>{IDENTIFIER})\s*(?:\((?P<columns>[^()]*)\)\s*)?VALUES?\s*(?=\()"
    rf"|\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?P<made>{IDENTIFIER})\s*\("
    rf"|^COPY\s+(?P<copied>{IDENTIFIER})(?:\s*+\((?P<copy>[^()]*)\))?\s++FROM\s+stdin[^\n;]*;[^\n\u3400-\u9fff]*\n",
    re.I | re.M,
)
HEAD = re.compile(
    r"^[ \t]*(?:(?:INSERT|REPLACE)\s+(?:(?:(?:IGNORE|LOW_PRIORITY|DELAYED|OR\s+\w+)\s+)?INTO\s|\[)"
    r"|CREATE\s+TABLE\s|COPY\s\S.*FROM stdin)",
    re.I | re.M,
)
MYSQL = re.compile(r"\bINTO\s+`|ENGINE\s*=|\\r\\n|MySQL|MariaDB", re.I)
STANDARD = re.compile(r"^PRAGMA |^BEGIN TRANSACTION;|PostgreSQL|\bINTO\s+\"|^GO\s*$|\bINTO\s+\[", re.I | re.M)
OPEN = re.compile(r"[\s,]*\(")
PREFIXED = r"\s*(?:_\w+\s*|[NXB](?=')|[NXB](?=\"))?"
QUOTED = {
    True: re.compile(PREFIXED + r"(['\"])((?:(?!\1)[^\\]|\\.|\1\1)*+)\1\s*(?=[,)])", re.S | re.I),
    False: re.compile(PREFIXED + r"(['\"])((?:(?!\1).|\1\1)*+)\1\s*(?=[,)])", re.S | re.I),
}
"""A quoted value; whether a backslash escapes depends on the server."""

ESCAPING = re.compile(r"\s*E(?=')", re.I)
BARE = re.compile(r"\s*+([^\s,()'\"][^,()'\"]*+(?:\((?:[^()']|'[^']*')*+\))?)?\s*+(?=[,)])")
CAST = re.compile(r"\w+\s*\(\s*N?'([^']*)'.*\)", re.S)
RESYNC = re.compile(r"\)\s*,\s*\(|\)\s*;")
ESCAPE = re.compile(r"\\(.)", re.S)
ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "0": "", "b": "\b", "Z": ""}


class _Row(NamedTuple):
    """A row and its table."""

    table: str
    columns: tuple[str, ...]
    row: Row | Refusal


def sniff(name: str, head: str) -> bool:
    """Whether *head* holds SQL statements that make or fill a table."""
    return bool(HEAD.search(head)) or (name.endswith(".sql") and bool(STATEMENT.search(head)))


def read(dump: Dump) -> Iterator[Record | Refusal]:
    """The records of an SQL *dump*; a table without stories is one Refusal."""
    for (table, columns), group in groupby(_Reader(dump).rows(), key=lambda row: (row.table, row.columns)):
        yield from filed(table, (item.row for item in group), dump, columns)


class _Reader:
    """Walks from statement to statement, from row to row."""

    def __init__(self, dump: Dump) -> None:
        self.window = Window(dump)
        self.escapes = bool(MYSQL.search(dump.head)) or ("\\'" in dump.head and not STANDARD.search(dump.head))
        self.made: dict[str, tuple[str, ...]] = {}
        self.passed: list[Refusal] = []
        self.of = ("", tuple[str, ...]())
        """Table and columns of the last statement."""

    def rows(self) -> Iterator[_Row]:
        while statement := self._statement():
            yield from self._passed()
            self.window.drop(statement.end())
            if statement["made"]:
                self._make(bare_name(statement["made"]))
                continue
            table = bare_name(statement["table"] or statement["copied"])
            listed = statement["columns"] or statement["copy"]
            columns = tuple(map(bare_name, listed.split(","))) if listed else self.made.get(table, ())
            self.of = table, columns
            yield from (_Row(table, columns, row) for row in (self._values() if statement["table"] else self._copied()))
        yield from self._passed()

    def _passed(self) -> Iterator[_Row]:
        """Text behind the last statement that may hold stories; it parts no rows of one table."""
        yield from (_Row(*self.of, refused) for refused in self.passed)
        self.passed.clear()

    def _statement(self) -> re.Match[str] | None:
        """The next statement that makes or fills a table; what stands before it and is none is `passed`."""
        while not (found := STATEMENT.search(self.window.text)):
            self._pass(max(0, len(self.window.text) - 5000 * (not self.window.is_whole)))
            if not self.window.more():
                self._pass(len(self.window.text))
                return None
        self._pass(found.start())
        found = STATEMENT.match(self.window.text)
        while found and found.end() + 20 > len(self.window.text) and self.window.more():
            found = STATEMENT.search(self.window.text)
        return found

    def _pass(self, count: int) -> None:
        self.passed += outside(self.window.text[:count], self.window.origin())
        self.window.drop(count)

    def _make(self, table: str) -> None:
        """Remember the columns of a CREATE TABLE, of which the window shows what follows the bracket."""
        while (
            "\n)" not in self.window.text
            and ";" not in self.window.text
            and len(self.window.text) < 1 << 18
            and self.window.more()
        ):
            pass
        body = balanced(self.window.text)
        self.made[table], odd = columns_made(body)
        self.passed += outside(odd, self.window.origin())
        self.window.drop(len(body))

    def _values(self) -> Iterator[Row | Refusal]:
        """The bracketed rows that follow VALUES."""
        at = 0
        while opened := self._opened(at):
            if opened.end() > 1 << 17:
                self.window.drop(opened.start())
                opened = OPEN.match(self.window.text)
            if not opened:
                break
            start = opened.end() - 1
            cells, end = self._cells(start + 1)
            while end < 0 and len(self.window.text) - start < MAX_RECORD_CHARS and self.window.more():
                cells, end = self._cells(start + 1)
            origin = self.window.origin(start)
            if end < 0:
                found = RESYNC.search(self.window.text, start)
                end = found.start() + 1 if found else len(self.window.text)
                yield refusal(
                    origin, "this row of SQL is broken; mend its quotation marks", self.window.text[start:end]
                )
            else:
                yield Row(cells, origin, self.window.text[start:end])
            at = end
        self.window.drop(at)

    def _opened(self, at: int) -> re.Match[str] | None:
        """The bracket that opens a row at *at*."""
        while not (found := OPEN.match(self.window.text, at)):
            if self.window.text[at : at + 200].strip(", \t\r\n") or not self.window.more():
                return None
        return found

    def _cells(self, at: int) -> tuple[list[str], int]:
        """(values, position after the closing bracket) of the row at *at*; -1 if it is broken or cut off."""
        cells: list[str] = []
        text = self.window.text
        while True:
            escapes = self.escapes
            if mark := ESCAPING.match(text, at):
                at, escapes = mark.end(), True
            value = QUOTED[escapes].match(text, at)
            bare = None if value else BARE.match(text, at)
            if not (found := value or bare):
                return cells, -1
            cells.append(_unquoted(value[2], value[1], escapes) if value else _bare_value(found[1]))
            at = found.end() + 1
            if text[found.end()] == ")":
                return cells, at

    def _copied(self) -> Iterator[Row]:
        """The tab-separated lines that follow COPY."""
        at = 0
        while True:
            end = self.window.text.find("\n", at)
            if end < 0:
                self.window.drop(at)
                at = 0
                if self.window.more():
                    continue
                end = len(self.window.text)
            line = self.window.text[at:end].rstrip("\r")
            if line == "\\." or (not line and end == len(self.window.text)):
                self.window.drop(end)
                return
            cells = ["" if cell == "\\N" else _unescaped(cell) for cell in line.split("\t")]
            yield Row(cells, self.window.origin(at), line, "\t")
            at = min(end + 1, len(self.window.text))


def _unquoted(value: str, quote: str, escapes: bool) -> str:
    value = value.replace(quote * 2, quote) if quote * 2 in value else value
    return _unescaped(value) if escapes and "\\" in value else value


def _unescaped(value: str) -> str:
    return ESCAPE.sub(lambda found: ESCAPED.get(found[1], found[1]), value)


def _bare_value(value: str | None) -> str:
    value = (value or "").strip()
    if cast := CAST.fullmatch(value):
        return cast[1]
    return "" if value.upper() in ("NULL", "DEFAULT") else value
