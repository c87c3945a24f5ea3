"""SQLite files -> JSON, one row a line, table by table. The file is only read, and nothing in it is run."""

import json
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO
from urllib.parse import quote

from ..decode import decode, is_binary
from .member import Budget, Member, Unreadable, poured

MAX_CELL_BYTES = 1 << 24
TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY rowid"
)
BRACKETS = re.compile(r"[\[\]{}\"]")
ADVICE = "dump it: sqlite3 FILE .dump > FILE.sql"


def tables(name: str, stream: BinaryIO, budget: Budget) -> Iterator[Member]:
    """The tables of the SQLite file in *stream*; a virtual one is left to the tables it keeps its rows in.

    Raises:
        Unreadable: it is damaged.
    """
    with tempfile.TemporaryDirectory(prefix="newsarchive-sqlite-") as folder:
        path = _path_of(stream, Path(folder))
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_CELL_BYTES)
            connection.text_factory = lambda data: decode(data).text
            for (table,) in connection.execute(TABLES).fetchmany(budget.members):
                budget.count()
                yield Member(f"{table}.json", poured(_rows(connection, str(table)), budget))
        except sqlite3.Error as error:
            raise Unreadable(f"this sqlite archive is damaged: {error}; {ADVICE}") from None
        finally:
            connection.close()


def _path_of(stream: BinaryIO, folder: Path) -> Path:
    """Where the file stands that *stream* reads; what stands in an archive is copied to *folder*, as SQLite seeks."""
    name = getattr(stream, "name", None)
    if isinstance(name, str) and Path(name).is_file():
        return Path(name).resolve()
    copy = folder / "dump"
    with copy.open("wb") as file:
        copyfileobj(stream, file)
    return copy


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    """The rows of *table* as JSON, with the names of its columns."""
    quoted = table.replace('"', '""')
    try:
        found = connection.execute(f'SELECT * FROM "{quoted}"')
        names = [BRACKETS.sub("", str(column[0])) for column in found.description]
        yield f'{{"columns": {json.dumps(names, ensure_ascii=False)}, "data": ['
        for row in found:
            yield json.dumps([_cell(value) for value in row], ensure_ascii=False) + ",\n"
        yield "]}"
    except sqlite3.Error as error:
        raise Unreadable(f"this sqlite archive is damaged: {error}; {ADVICE}") from None


def _cell(value: object) -> str:
    """One *value* as text; of bytes that are no text their number."""
    if isinstance(value, bytes):
        return f"({len(value)} bytes)" if is_binary(value) else decode(value).text
    return "" if value is None else str(value)
