"""Articles of one list as a sequence that reads them from disk as they are asked for, newest first."""

import marshal
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Protocol, overload

from .shelf import Entry, Shelf

SHORT = 500
"""A list no longer than this is read once for all editions of its page."""

LAST = "\U0010ffff"
"""Sorts behind every day."""


class Source(Protocol):
    """Where lists stand; see `lists`."""

    shelf: Shelf | None

    @property
    def db(self) -> sqlite3.Connection:
        """Tables `bearer` and `article`."""


class Rows(Sequence[Entry]):
    """A list or a part of it: of the days from *first* to before *end*, *length* articles from *start* on."""

    __slots__ = ("end", "first", "heading", "length", "source", "start")

    def __init__(
        self, source: Source, heading: int, length: int, start: int = 0, first: str = "", end: str = LAST
    ) -> None:
        self.source = source
        self.heading = heading
        self.length = length
        self.start = start
        self.first = first
        self.end = end

    def __len__(self) -> int:
        return self.length

    def __reversed__(self) -> Iterator[Entry]:
        return reversed(list(self))

    def __iter__(self) -> Iterator[Entry]:
        return iter(_read(self)) if self.length <= SHORT else self._entries()

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> "Rows": ...
    def __getitem__(self, place: int | slice) -> "Entry | Rows":
        if isinstance(place, slice):
            start, stop, _ = place.indices(self.length)
            return Rows(self.source, self.heading, max(0, stop - start), self.start + start, self.first, self.end)
        start = range(self.length)[place]
        return next(iter(self[start : start + 1]))

    def column(self, name: str, *, is_oldest_first: bool = False) -> Iterator[Any]:
        """One *column* of the table `article` after the other."""
        return (value for (value,) in self._select(f"a.{name}", is_oldest_first))

    def slugs(self) -> Iterator[str]:
        """Their slugs, for which no article is looked up."""
        query = (
            "SELECT slug FROM bearer WHERE heading = ? AND day >= ? AND day < ?"
            " ORDER BY day DESC, moment DESC, slug DESC LIMIT ? OFFSET ?"
        )
        rows = self.source.db.execute(query, (self.heading, self.first, self.end, self.length, self.start))
        return (slug for (slug,) in rows)

    def periods(self, characters: int) -> list[tuple[str, "Rows"]]:
        """(period, its articles), newest first: see `browse.by_period`."""
        rows = self.source.db.execute(
            "SELECT substr(day, 1, ?) AS period, count(*) FROM bearer"
            " WHERE heading = ? AND day >= ? AND day < ? AND length(day) >= ? GROUP BY period ORDER BY period DESC",
            (characters, self.heading, self.first, self.end, characters),
        )
        return [(name, Rows(self.source, self.heading, n, 0, name, name + LAST)) for name, n in rows]

    def exactly(self, day: str) -> "Rows":
        """Those of which no more is known than *day*: a year, a month, or nothing."""
        query = "SELECT count(*) FROM bearer WHERE heading = ? AND day = ?"
        (count,) = self.source.db.execute(query, (self.heading, day)).fetchone()
        return Rows(self.source, self.heading, count, first=day, end=f"{day}\1")

    def older(self, place: tuple[str, str, str]) -> int:
        """How many of the whole list stand before *place* in time: day, moment and slug."""
        query = "SELECT count(*) FROM bearer WHERE heading = ? AND (day, moment, slug) < (?, ?, ?)"
        return int(self.source.db.execute(query, (self.heading, *place)).fetchone()[0])

    def _entries(self) -> Iterator[Entry]:
        shelf = self.source.shelf
        return (Entry._make((*marshal.loads(data), row, shelf)) for data, row in self._select("a.data, a.row", False))

    def _select(self, columns: str, is_oldest_first: bool) -> sqlite3.Cursor:
        way = "ASC" if is_oldest_first else "DESC"
        return self.source.db.execute(
            f"SELECT {columns} FROM bearer b CROSS JOIN article a ON a.id = b.article"
            " WHERE b.heading = ? AND b.day >= ? AND b.day < ?"
            f" ORDER BY b.day {way}, b.moment {way}, b.slug {way} LIMIT ? OFFSET ?",
            (self.heading, self.first, self.end, self.length, self.start),
        )


class Chosen(Sequence[Entry]):
    """The articles with these *slugs*, read as they are asked for."""

    def __init__(self, slugs: Sequence[str], read: Callable[[str], Entry | None]) -> None:
        self.slugs = slugs
        self.read = read

    def __len__(self) -> int:
        return len(self.slugs)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Entry]: ...
    def __getitem__(self, place: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(place, slice):
            return Chosen(self.slugs[place], self.read)
        found = self.read(self.slugs[place])
        if found is None:
            raise IndexError(f"{self.slugs[place]}: there is no such article any more")
        return found


@lru_cache(maxsize=4)
def _read(rows: Rows) -> list[Entry]:
    return list(rows._entries())
