"""The output folder: which files stand there, what they were made from, and how one is replaced whole."""

import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path


class Output:
    """Files of one output folder; a small catalogue remembers the digest each was made from."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        self.db = sqlite3.connect(cache / "output.sqlite", isolation_level=None)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=NORMAL")
        self.db.execute(
            "CREATE TABLE IF NOT EXISTS page"
            " (folder TEXT, file TEXT, digest TEXT, PRIMARY KEY (folder, file)) WITHOUT ROWID"
        )

    def known(self) -> dict[str, str]:
        """File -> digest it was made from, for the files that still stand where they were written."""
        rows = self.db.execute("SELECT file, digest FROM page WHERE folder = ?", (str(self.folder),))
        present = set(_files(self.folder))
        return {file: digest for file, digest in rows if file in present}

    def record(self, made: Iterable[tuple[str, str]]) -> None:
        """Remember (file, digest) of what was written; called after the files stand."""
        with self.db:
            self.db.execute("BEGIN")
            rows = ((str(self.folder), file, digest) for file, digest in made)
            self.db.executemany("INSERT OR REPLACE INTO page VALUES (?, ?, ?)", rows)

    def remove(self, files: Iterable[str]) -> int:
        """Take away *files* and the folders they leave empty; return how many."""
        count = 0
        for file in files:
            path = self.folder / file
            path.unlink(missing_ok=True)
            self.db.execute("DELETE FROM page WHERE folder = ? AND file = ?", (str(self.folder), file))
            count += 1
            for parent in path.parents:
                if parent == self.folder or any(parent.iterdir()):
                    break
                parent.rmdir()
        return count


def write_whole(path: Path, text: str | bytes) -> bool:
    """Write *text* so that a reader sees the old file or the new one, never half; return whether it changed."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")
    try:
        if path.read_bytes() == data:
            return False
        fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    except FileNotFoundError:  # nobody can be reading it: the new name appears with the rename below
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    fresh.write_bytes(data)
    fresh.replace(path)
    return True


def _files(folder: Path) -> Iterable[str]:
    stack = [""]
    while stack:
        here = stack.pop()
        try:
            inside = list(os.scandir(folder / here))
        except FileNotFoundError:
            continue
        for found in inside:
            if found.is_dir(follow_symlinks=False):
                stack.append(f"{here}{found.name}/")
            else:
                yield here + found.name
