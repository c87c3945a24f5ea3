"""The output folder: which files stand there, what they were made from, and how one is replaced whole."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from socket import gethostname

from .standing import Standing

PARTS = ".parts"
"""Folder inside the output folder where a file is written before it takes its place."""

HOST = gethostname()
"""Workers on several machines may write into one folder."""

LAST = "\U0010ffff"
"""Sorts behind every character of a key."""

ROOT = "/"
"""Begins the key of a file that stands once, for all editions: `/sitemap.xml`."""


class Output:
    """Files of one output folder; a small catalogue remembers the digest each was made from.

    A key names a file in the folder of every edition: `2019/index.html`. It is entered without a digest before
    it is first written, and with one when its files stand: what a killed run left is made again, or removed if
    it is no longer planned.
    """

    def __init__(self, folder: Path, cache: Path, editions: Sequence[str]) -> None:
        """*editions* are the folders of the editions, `""` and `zh-hant/`."""
        self.folder = folder
        self.editions = tuple(editions)
        self.db = sqlite3.connect(cache / "output.sqlite", isolation_level=None)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=NORMAL")
        self.db.execute("CREATE TABLE IF NOT EXISTS folder (id INTEGER PRIMARY KEY, path TEXT UNIQUE, editions TEXT)")
        self.db.execute(
            "CREATE TABLE IF NOT EXISTS file (folder INTEGER, key TEXT, digest BLOB, PRIMARY KEY (folder, key))"
            " WITHOUT ROWID"
        )
        self.db.execute("INSERT OR IGNORE INTO folder (path, editions) VALUES (?, '[]')", (str(folder),))
        self.id, text = self.db.execute("SELECT id, editions FROM folder WHERE path = ?", (str(folder),)).fetchone()
        before = json.loads(text)
        self.standing = Standing(self.db, self.id, str(folder))
        if any(edition not in before for edition in self.editions):
            self.db.execute("UPDATE file SET digest = x'' WHERE folder = ?", (self.id,))  # nothing stands in a new one
        self.dropped = tuple(edition for edition in before if edition not in self.editions)
        self._note_editions(self.editions + self.dropped)
        shutil.rmtree(folder / PARTS, ignore_errors=True)

    def stands(self) -> bool:
        """Whether all files stand that should; the digest of a key is forgotten where one does not."""
        missing = {key for edition in self.editions for key in self.standing.missing(edition)}
        missing |= {key for key in self.keys(ROOT) if not self.path(key).is_file()}
        self.enter(missing)
        query = "SELECT 1 FROM file WHERE folder = ? AND digest = x'' LIMIT 1"
        return self.db.execute(query, (self.id,)).fetchone() is None

    def keys(self, prefix: str = "") -> Iterator[str]:
        """Those that begin with *prefix*, in their order."""
        query = "SELECT key FROM file WHERE folder = ? AND key >= ? AND key < ? ORDER BY key"
        return (key for (key,) in self.db.execute(query, (self.id, prefix, prefix + LAST)))

    def digest(self, key: str) -> bytes | None:
        """What the files of *key* were made from: nothing if they do not stand, None if they are new."""
        row = self.db.execute("SELECT digest FROM file WHERE folder = ? AND key = ?", (self.id, key)).fetchone()
        return bytes(row[0]) if row else None

    def count(self) -> int:
        """How many files are to stand."""
        query = "SELECT count(*), coalesce(sum(key >= '/' AND key < '0'), 0) FROM file WHERE folder = ?"
        keys, of_root = self.db.execute(query, (self.id,)).fetchone()
        return int((keys - of_root) * len(self.editions) + of_root)

    def path(self, key: str, edition: str = "") -> Path:
        """Where the file with this *key* stands in *edition*."""
        return self.folder / key.removeprefix(ROOT) if key.startswith(ROOT) else self.folder / edition / key

    def enter(self, keys: Iterable[str]) -> None:
        """Note that files with *keys* are about to be written for the first time."""
        self.record((key, b"") for key in keys)

    def record(self, made: Iterable[tuple[str, bytes]]) -> None:
        """Remember (key, digest) of what was written; called after the files stand."""
        rows = [(self.id, key, digest) for key, digest in made]
        with self.db:
            self.db.execute("BEGIN")
            self.db.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", rows)
            self.standing.enter(self.editions, (key for _, key, _ in rows if not key.startswith(ROOT)))

    def tidy(self, gone: Sequence[str]) -> int:
        """Take away the files of the keys *gone*, and all in editions that are no more; how many."""
        places = chain(
            ((edition, key) for edition in self.editions for key in gone),
            ((edition, key) for edition in self.dropped for key in self.keys() if not key.startswith(ROOT)),
        )
        count = sum(_remove(self.path(key, edition), self.folder) for edition, key in places)
        with self.db:
            self.db.execute("BEGIN")
            self.db.executemany("DELETE FROM file WHERE folder = ? AND key = ?", ((self.id, key) for key in gone))
        self._note_editions(self.editions)
        return count

    def _note_editions(self, editions: Sequence[str]) -> None:
        self.db.execute("UPDATE folder SET editions = ? WHERE id = ?", (json.dumps(editions), self.id))

    def close(self) -> None:
        """Close the catalogue."""
        shutil.rmtree(self.folder / PARTS, ignore_errors=True)
        self.db.close()


def write_whole(folder: str, file: str, text: str | bytes) -> bool:
    """Write *text* to *file* in *folder*; whether it changed. A reader sees the old file or the new one, never half.

    A file that is right already is left alone: to replace one costs ext4 ten times as much as to write a new one.
    Names are plain text here, as making paths of them took a third of the time.
    """
    data = text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")
    path = f"{folder}/{file}"
    if os.access(path, os.F_OK) and _holds(path, data):  # to fail to open it takes three times as long
        return False
    part = f"{folder}/{PARTS}/{HOST}-{os.getpid()}"
    try:
        _write(part, data)
    except FileNotFoundError:
        Path(part).parent.mkdir(parents=True, exist_ok=True)
        _write(part, data)
    try:
        os.replace(part, path)  # noqa: PTH105
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        os.replace(part, path)  # noqa: PTH105
    return True


def _write(path: str, data: bytes) -> None:
    """As `Path.write_bytes` does, in two thirds of its time."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)


def _holds(path: str, data: bytes) -> bool:
    """Whether the file at *path* has exactly this content."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            return os.fstat(file.fileno()).st_size == len(data) and file.read() == data
    except FileNotFoundError:
        return False


def _remove(path: Path, top: Path) -> bool:
    """Remove the file at *path* and the folders below *top* it leaves empty; whether it was there."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    for parent in path.parents:
        if parent == top or any(parent.iterdir()):
            break
        parent.rmdir()
    return True
