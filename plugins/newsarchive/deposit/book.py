"""The book of a deposit: how each file stood on both sides when they were last alike, and which differ now.

Lists of a million files stand in SQLite, not in memory.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

VERSION = 1
CHUNK = 256
"""Files that are looked at together; what is done is entered after each chunk."""

TABLES = """
DROP TABLE IF EXISTS kept;
DROP TABLE IF EXISTS inventory;
CREATE TABLE kept (
    path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER,
    digest BLOB,   -- of what stood on both sides
    mark TEXT,     -- of the file there
    sending BLOB   -- digest of what is being put there, empty if it is being removed; null if nothing is under way
) WITHOUT ROWID;
CREATE TABLE inventory (digest BLOB);
"""

TODAY = """
CREATE TEMP TABLE here (path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER) WITHOUT ROWID;
CREATE TEMP TABLE there (path TEXT PRIMARY KEY, mark TEXT) WITHOUT ROWID;
CREATE TEMP TABLE differing (path TEXT PRIMARY KEY) WITHOUT ROWID;
"""

DIFFERING = """
INSERT INTO differing
SELECT path FROM (SELECT path FROM here UNION SELECT path FROM there UNION SELECT path FROM kept) AS any
LEFT JOIN here USING (path) LEFT JOIN there USING (path) LEFT JOIN kept USING (path)
WHERE here.size IS NULL OR here.size IS NOT kept.size OR here.mtime IS NOT kept.mtime OR there.mark IS NOT kept.mark
"""

CASES = """
SELECT path, here.size, here.mtime, coalesce(there.mark, ''),
    kept.size, kept.mtime, coalesce(kept.digest, x''), coalesce(kept.mark, ''), kept.sending
FROM differing LEFT JOIN here USING (path) LEFT JOIN there USING (path) LEFT JOIN kept USING (path)
"""


class Case(NamedTuple):
    """A file, on both sides and as it was when they were last alike."""

    path: str
    size: int | None
    mtime: int | None
    """Here; None if it is not here."""

    mark: str
    """There; empty if it is not there."""

    kept_size: int | None
    kept_mtime: int | None
    kept_digest: bytes
    kept_mark: str
    sending: bytes | None
    """What an ended run was putting there; empty if it was removing it."""


class Kept(NamedTuple):
    """A file that is alike on both sides."""

    size: int | None
    mtime: int | None
    digest: bytes
    mark: str


class Counts(NamedTuple):
    """Of files here, there, and alike on both sides the last time."""

    here: int
    there: int
    kept: int


@contextmanager
def opened(cache: Path, folder: Path, address: str) -> Iterator["Book"]:
    """The book of *folder* and *address*."""
    cache.mkdir(parents=True, exist_ok=True)
    name = blake2b(f"{folder.resolve()}\n{address}".encode(), digest_size=8).hexdigest()
    file = cache / f"deposit-{name}.sqlite"
    db = sqlite3.connect(file, isolation_level=None)
    try:
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute("PRAGMA journal_mode=WAL")
        if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            db.executescript(
                f"DROP TABLE IF EXISTS kept; DROP TABLE IF EXISTS inventory; {TABLES}; PRAGMA user_version={VERSION}"
            )
        db.executescript(TODAY)
        yield Book(db, file)
    finally:
        db.close()


class Book:
    """What is known of both sides."""

    def __init__(self, db: sqlite3.Connection, file: Path) -> None:
        self.db = db
        self.file = file

    def note(self, here: Iterable[tuple[str, int, int]], there: Iterable[tuple[str, str]]) -> None:
        """Enter what stands on both sides today."""
        with self.db:
            self.db.execute("BEGIN")
            self.db.executemany("INSERT OR REPLACE INTO here VALUES (?, ?, ?)", here)
            self.db.executemany("INSERT OR REPLACE INTO there VALUES (?, ?)", there)

    def counts(self) -> Counts:
        """How many files there are."""
        queries = ("FROM here", "FROM there", "FROM kept WHERE mark != ''")
        here, there, kept = (self.db.execute(f"SELECT count(*) {query}").fetchone()[0] for query in queries)
        return Counts(here, there, kept)

    def forget_all(self) -> None:
        """Know nothing of earlier runs."""
        self.db.executescript("DELETE FROM kept; DELETE FROM inventory")

    def only_there(self, path: str) -> str:
        """The mark of *path*, if it is there and not here; else nothing."""
        query = "SELECT mark FROM there WHERE path = ? AND path NOT IN (SELECT path FROM here)"
        row = self.db.execute(query, (path,)).fetchone()
        return row[0] if row else ""

    def ours(self) -> Iterator[str]:
        """Paths of all files here, and of those we put there, in order."""
        query = "SELECT path FROM here UNION SELECT path FROM kept ORDER BY path"
        return (path for (path,) in self.db.execute(query))

    @property
    def inventory(self) -> bytes:
        """Digest of the inventory that was put there last."""
        row = self.db.execute("SELECT digest FROM inventory").fetchone()
        return row[0] if row else b""

    @inventory.setter
    def inventory(self, digest: bytes) -> None:
        self.db.execute("DELETE FROM inventory")
        self.db.execute("INSERT INTO inventory VALUES (?)", (digest,))

    def unsettled(self) -> list[Case]:
        """Files an ended run was putting there or removing."""
        query = CASES.replace("FROM differing", "FROM (SELECT path FROM kept WHERE sending IS NOT NULL) AS differing")
        return [Case(*row) for row in self.db.execute(query)]

    def differing(self) -> int:
        """How many files are not as they were on both sides."""
        self.db.execute("DELETE FROM differing")
        self.db.execute(DIFFERING)
        count: int = self.db.execute("SELECT count(*) FROM differing").fetchone()[0]
        return count

    def cases(self) -> Iterator[list[Case]]:
        """The files counted by `differing`, in order of their paths, some at a time."""
        last = ""
        while found := self.db.execute(f"{CASES} WHERE path > ? ORDER BY path LIMIT {CHUNK}", (last,)).fetchall():
            yield [Case(*row) for row in found]
            last = found[-1][0]

    def begin(self, path_and_digest: Iterable[tuple[str, bytes]]) -> None:
        """Note what is about to be put there, with its digest, or removed, with none."""
        with self.db:
            self.db.execute("BEGIN")
            for path, digest in path_and_digest:
                self.db.execute("INSERT OR IGNORE INTO kept VALUES (?, NULL, NULL, x'', '', NULL)", (path,))
                self.db.execute("UPDATE kept SET sending = ? WHERE path = ?", (digest, path))

    def enter(self, found: Iterable[tuple[str, Kept | None]]) -> None:
        """Note files that are now alike, or on neither side: None."""
        with self.db:
            self.db.execute("BEGIN")
            for path, kept in found:
                if kept:
                    self.db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?, NULL)", (path, *kept))
                else:
                    self.db.execute("DELETE FROM kept WHERE path = ?", (path,))

    def give_up(self, path: str) -> None:
        """Note that nothing was put in the place of *path*."""
        self.db.execute("UPDATE kept SET sending = NULL WHERE path = ?", (path,))
