"""The articles in content/articles as the site half sees them: read once, kept in a catalogue on disk.

The Markdown files are the archive; the catalogue (one SQLite file) only remembers what was
read from them, so that a run reads the files that changed. Delete it and it is made again.
"""

import marshal
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from ..article import Article
from ..errors import FrontMatterError
from ..frontmatter import paragraphs_of, parse
from ..tree import differences, files_below
from ..workers import spread
from .entry import ROW, SHARED, Details, Entry, dump_of, packed

__all__ = ["READER", "ROW", "Changes", "Details", "Entry", "Shelf", "dump_of", "packed"]

READER = 7
"""Raised when Entry, Details or `packed` changes, so that catalogues of older versions are read anew."""

WINDOW = 20_000
"""Files whose names are held at once; for each window workers are started anew."""

KEEP = (
    "INSERT INTO file VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET stamp = excluded.stamp,"
    " slug = excluded.slug, digest = excluded.digest, entry = excluded.entry, details = excluded.details"
)
"""What changes keeps its row, by which others know it."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a refresh found since the last one."""

    read: int
    removed: int
    broken: tuple[FrontMatterError, ...]
    """Files left out because their head or text cannot be read."""


class Shelf:
    """Articles under a folder, newest first."""

    def __init__(self, articles: Path, cache: Path) -> None:
        """Open the catalogue in the folder *cache* for the Markdown files under *articles*."""
        self.articles = articles
        self.file = cache / "shelf.sqlite"
        cache.mkdir(parents=True, exist_ok=True)
        self._open()
        self.db.execute("PRAGMA journal_mode=WAL")
        if self.db.execute("PRAGMA user_version").fetchone()[0] != READER:
            self.db.execute("DROP TABLE IF EXISTS file")
            self.db.execute(f"PRAGMA user_version={READER}")
        self.db.execute(
            "CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, stamp TEXT, slug TEXT, digest TEXT, entry BLOB,"
            " details BLOB)"
        )
        self.db.execute("CREATE INDEX IF NOT EXISTS slug ON file (slug, path)")
        self.db.execute("CREATE TABLE IF NOT EXISTS state (id INTEGER PRIMARY KEY, token BLOB)")
        self.db.execute("INSERT OR IGNORE INTO state VALUES (0, randomblob(16))")

    def _open(self) -> None:
        self.owner = os.getpid()
        self.last: tuple[int, Details] | None = None
        self.db = sqlite3.connect(self.file, isolation_level=None)
        self.db.execute("PRAGMA synchronous=NORMAL")

    def refresh(
        self,
        workers: int = 0,
        progress: Callable[[int, int], None] = lambda done, total: None,
        files: Iterable[tuple[str, str]] | None = None,
    ) -> Changes:
        """Read the files that changed since the last refresh; forget those that are gone.

        *progress* is told how many files of how many are read. *files* are those that stand, (path, size and time
        stamp) in the order of paths, if they were looked at already.
        """
        known = self.db.execute("SELECT path, stamp FROM file ORDER BY path")
        with self.db:
            self.db.execute("BEGIN")
            # put aside on disk: a table must not change while it is read, and the first refresh finds every file
            self.db.execute("CREATE TEMP TABLE changed (path TEXT, stamp TEXT)")
            differing = differences(_files(self.articles) if files is None else files, known)
            self.db.executemany("INSERT INTO changed VALUES (?, ?)", ((path, stamp) for path, stamp, _ in differing))
            gone = self.db.execute("DELETE FROM file WHERE path IN (SELECT path FROM changed WHERE stamp IS NULL)")
            (count,) = self.db.execute("SELECT count(*) FROM changed WHERE stamp NOTNULL").fetchone()
            broken = []
            for number, (path, stamp, found) in enumerate(self._read_anew(workers), 1):
                progress(number, count)
                if isinstance(found, str):
                    broken.append(FrontMatterError(found))
                    self.db.execute("DELETE FROM file WHERE path = ?", (path,))
                else:
                    self.db.execute(KEEP, (path, stamp, *found))
            self.db.execute("DROP TABLE changed")
            if count or gone.rowcount:
                self.db.execute("UPDATE state SET token = randomblob(16)")
        return Changes(count - len(broken), gone.rowcount, tuple(broken))

    def _read_anew(self, workers: int) -> Iterator[tuple[str, str, tuple[str, str, bytes, bytes] | str]]:
        """(path, stamp, what `_read` gives) of each file that changed."""
        query = "SELECT rowid, path, stamp FROM changed WHERE stamp NOTNULL AND rowid > ? ORDER BY rowid LIMIT ?"
        last = 0
        while some := self.db.execute(query, (last, WINDOW)).fetchall():
            last = some[-1][0]
            read = spread(self._read, [path for _, path, _ in some], workers)
            yield from ((path, stamp, found) for (_, path, stamp), found in zip(some, read, strict=True))

    @property
    def state(self) -> bytes:
        """Another one after each refresh that found a change."""
        return bytes(self.db.execute("SELECT token FROM state").fetchone()[0])

    def rows(
        self, holds: Callable[[str], bool] | None = None, leave_out: Collection[str] = ()
    ) -> Iterator[tuple[str, tuple[str, int]]]:
        """(slug, (digest, row)) of all articles in the order of slugs, or of those of the days that *holds* says.

        Raises:
            FrontMatterError: two files bear the same slug.
        """
        before = ""
        for slug, digest, row in self.db.execute("SELECT slug, digest, rowid FROM file ORDER BY slug, path"):
            if slug == before:
                query = "SELECT path FROM file WHERE slug = ? ORDER BY path"
                one, other, *_ = (path for (path,) in self.db.execute(query, (slug,)))
                raise FrontMatterError(f"{other}: Slug {slug!r} is also that of {one}; give one of them another")
            before = slug
            if slug not in leave_out and (holds is None or holds(self.entry(row).day)):
                yield slug, (digest, row)

    def packed_entry(self, row: int) -> bytes:
        """The entry with this *row* in the form of marshal."""
        (data,) = self.db.execute("SELECT entry FROM file WHERE rowid = ?", (row,)).fetchone()
        return bytes(data)

    def entry(self, row: int) -> Entry:
        """The entry with this *row*."""
        return Entry._make((*marshal.loads(self.packed_entry(row)), row, self))

    def entries(self, holds: Callable[[str], bool] | None = None) -> list[Entry]:
        """All entries, or those of the days that *holds* says, newest first; articles of unknown date come last.

        Raises:
            FrontMatterError: two files bear the same slug.
        """
        same: dict[Any, Any] = {}
        found = (self._entry(marshal.loads(self.packed_entry(row)), row, same) for _, (_, row) in self.rows(holds))
        return sorted(found, key=lambda entry: (entry.day, entry.moment, entry.slug), reverse=True)

    def _entry(self, values: tuple[Any, ...], row: int, same: dict[Any, Any]) -> Entry:
        """*values* as an entry that shares what it has in common with others, kept in *same*."""
        slim = list(values)
        for place in SHARED:
            slim[place] = same.setdefault(slim[place], slim[place])
        return Entry._make((*slim, row, self))

    def details(self, row: int) -> Details:
        """Details of the entry with this *row*; the last ones are at hand."""
        if self.owner != os.getpid():  # a connection must not be shared with a forked worker
            self._open()
        if not self.last or self.last[0] != row:
            (data,) = self.db.execute("SELECT details FROM file WHERE rowid = ?", (row,)).fetchone()
            self.last = row, Details(*marshal.loads(data))
        return self.last[1]

    def days(self) -> Counter[str]:
        """How many articles each day has; no more of them is held."""
        return Counter(Entry(*marshal.loads(data)).day for (data,) in self.db.execute("SELECT entry FROM file"))

    def article(self, entry: Entry) -> Article:
        """The whole article behind *entry*."""
        return parse(self._text(entry), entry.details.path)

    def paragraphs(self, entry: Entry) -> tuple[str, ...]:
        """The paragraphs of the article behind *entry*; its head is not read again."""
        return paragraphs_of(self._text(entry))

    def _text(self, entry: Entry) -> str:
        with open(f"{self.articles}/{entry.details.path}", encoding="utf-8") as file:  # noqa: PTH123  # a Path costs more than to read it
            return file.read()

    def _read(self, path: str) -> tuple[str, str, bytes, bytes] | str:
        """Slug, digest, entry and details of one file, the latter packed; or what is wrong with it."""
        with open(f"{self.articles}/{path}", "rb") as file:  # noqa: PTH123
            data = file.read()
        try:
            digest = blake2b(data, digest_size=12).hexdigest()
            article = parse(data.decode("utf-8"), path)
            return article.slug, digest, *packed(article, path, digest)
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            return f"{path}:{line}: found bytes that are not UTF-8; save the file as UTF-8 and run again"
        except FrontMatterError as error:
            return str(error)


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """(path relative to *folder*, size and time stamp) of every Markdown file below it."""
    for path, found in files_below(folder):
        if found.name.endswith(".md") and not found.name.startswith("."):
            status = found.stat()
            yield path, f"{status.st_size}:{status.st_mtime_ns}"
