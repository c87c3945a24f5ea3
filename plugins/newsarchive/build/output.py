"""The output folder: which files stand there, what they were made from, and how one is replaced whole."""

import json
import os
import shutil
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from socket import gethostname

from ..tree import files_below

PARTS = ".parts"
"""Folder inside the output folder where a file is written before it takes its place."""

HOST = gethostname()
"""Workers on several machines may write into one folder."""

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
        self.id, before = self.db.execute("SELECT id, editions FROM folder WHERE path = ?", (str(folder),)).fetchone()
        self.dropped = tuple(edition for edition in json.loads(before) if edition not in self.editions)
        self._note_editions(self.editions + self.dropped)
        shutil.rmtree(folder / PARTS, ignore_errors=True)

    def known(self) -> dict[str, bytes]:
        """Key -> digest it was made from; empty where a file of it does not stand."""
        rows = self.db.execute("SELECT key, digest FROM file WHERE folder = ?", (self.id,))
        known: dict[str, bytes] = dict(rows.fetchall())
        for edition in self.editions:
            missing = {key for key in known if not key.startswith(ROOT)}
            missing.difference_update(path for path, _ in files_below(self.folder / edition, self.editions))
            known |= dict.fromkeys(missing, b"")
        for key in [key for key in known if key.startswith(ROOT)]:
            if not self.path(key).is_file():
                known[key] = b""
        return known

    def path(self, key: str, edition: str = "") -> Path:
        """Where the file with this *key* stands in *edition*."""
        return self.folder / key.removeprefix(ROOT) if key.startswith(ROOT) else self.folder / edition / key

    def enter(self, keys: Iterable[str]) -> None:
        """Note that files with *keys* are about to be written for the first time."""
        self.record((key, b"") for key in keys)

    def record(self, made: Iterable[tuple[str, bytes]]) -> None:
        """Remember (key, digest) of what was written; called after the files stand."""
        with self.db:
            self.db.execute("BEGIN")
            rows = ((self.id, key, digest) for key, digest in made)
            self.db.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", rows)

    def tidy(self, known: Collection[str], gone: Collection[str]) -> int:
        """Take away the files of the keys *gone*, and of all *known* ones in editions that are no more; how many."""
        count = 0
        known_there = [key for key in known if not key.startswith(ROOT)]
        places = [
            *((edition, gone) for edition in self.editions),
            *((edition, known_there) for edition in self.dropped),
        ]
        for edition, keys in places:
            for key in sorted(keys):
                count += _remove(self.path(key, edition), self.folder)
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
