"""The ledger's file: its tables, its lock, and its replacement when it is damaged or of another version."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ..errors import BusyError

VERSION = 3
"""Raised when TABLES changes; a ledger of another version is made anew."""

TABLES = """
CREATE TABLE dump (
    id INTEGER PRIMARY KEY, path TEXT UNIQUE, size INTEGER, mtime INTEGER, digest BLOB,
    version TEXT,     -- of the program that read it; empty while it is being read
    records INTEGER   -- as counted by the reader
);
CREATE TABLE record (
    id INTEGER PRIMARY KEY,
    dump INTEGER,     -- null for an article whose record has left the dumps
    path TEXT, place INTEGER, origin TEXT,
    node INTEGER,     -- null if refused
    title TEXT,       -- as printed; empty if derived
    day TEXT, completeness INTEGER, print BLOB,
    verdict TEXT,     -- taken, duplicate, withdrawn, refused; noted: words outside of records, counted nowhere
    reason TEXT       -- why refused; else the slug it is published under
);
CREATE INDEX record_dump ON record (dump);
CREATE INDEX record_title ON record (title, day);
CREATE INDEX record_node ON record (node, path, place);
CREATE TABLE text (record INTEGER PRIMARY KEY, body BLOB, bands BLOB);
CREATE TABLE note (record INTEGER, kind TEXT, text TEXT);
CREATE INDEX note_record ON note (record);
CREATE TABLE node (   -- one SHA-256, in however many places
    id INTEGER PRIMARY KEY, sha BLOB UNIQUE,
    stale INTEGER,    -- 1: its text may have changed, 2: its kin is to be looked for
    dirty INTEGER,    -- 1: what is shelved of it may have to change
    print BLOB, bands BLOB, seal TEXT
);
CREATE INDEX node_stale ON node (stale) WHERE stale;
CREATE INDEX node_dirty ON node (dirty) WHERE dirty;
CREATE TABLE band (hash INTEGER, node INTEGER, PRIMARY KEY (hash, node)) WITHOUT ROWID;
CREATE TABLE edge (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE article (
    path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, sha BLOB, slug TEXT, origin TEXT, seal TEXT, edited INTEGER
);
CREATE INDEX article_sha ON article (sha);
CREATE INDEX article_slug ON article (slug);
CREATE TABLE withdrawn (slug TEXT PRIMARY KEY, sha BLOB);
"""

FORGET = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


@contextmanager
def open_ledger(cache: Path, *, dry_run: bool = False) -> Iterator[sqlite3.Connection]:
    """The ledger in the folder *cache*, locked for this process; of a dry run a copy that is thrown away.

    The lock is SQLite's, which the system takes away when a process dies: none is ever stale.

    Raises:
        BusyError: another process has it.
    """
    path = cache / "ledger.sqlite"
    if dry_run:
        with tempfile.TemporaryDirectory(prefix="newsarchive-") as folder, closing(_copy(path, Path(folder))) as copy:
            yield copy
        return
    cache.mkdir(parents=True, exist_ok=True)
    with closing(_opened(path)) as db:
        holder = path.with_suffix(".pid")
        holder.write_text(str(os.getpid()), encoding="ascii")
        yield db
        holder.unlink(missing_ok=True)


def _copy(path: Path, folder: Path) -> sqlite3.Connection:
    copy = folder / path.name
    if path.is_file():
        with closing(_opened(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    return _opened(copy)


def _opened(path: Path) -> sqlite3.Connection:
    try:
        return _connected(path)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise BusyError(_busy(path)) from error
        if error.sqlite_errorcode not in FORGET:
            raise
    for name in (path, *(path.with_name(path.name + tail) for tail in ("-wal", "-shm", "-journal"))):
        name.unlink(missing_ok=True)
    return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        db.execute("PRAGMA locking_mode=EXCLUSIVE")
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute("BEGIN EXCLUSIVE")
        if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            for kind, name in db.execute("SELECT type, name FROM sqlite_master WHERE type = 'table'").fetchall():
                db.execute(f"DROP {kind} {name}")
            for statement in TABLES.split(";\n"):
                db.execute(statement)
            db.execute(f"PRAGMA user_version={VERSION}")
        db.execute("COMMIT")
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def _busy(path: Path) -> str:
    holder = path.with_suffix(".pid")
    process = holder.read_text(encoding="ascii").strip() if holder.is_file() else "unknown"
    return (
        f"{path.parent}: process {process} is importing into this archive; wait until it ends, or end it, and run again"
    )


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of what is done inside, or nothing."""
    db.execute("BEGIN")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
