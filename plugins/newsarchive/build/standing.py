"""Which files stand in the output folder: a folder is looked into again only if something in it came or went since.

The system notes for each folder when a name in it was last entered or struck, in nanoseconds and by itself: unlike
the times of files it cannot be set. What is written into a file that stands is not seen by this; nor was it by a
list of all names, which took as long as to look at two files for each.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator

BATCH = 2000
"""Folders looked at at once, so that memory does not grow with the archive."""

COARSEST = 3_000_000_000
"""Nanoseconds; the coarsest clock of a file system (FAT) has steps of two seconds. A folder that changed in so much
before the last change of any may change again without its time telling: it is not believed."""

TELLS = os.name == "posix"
"""Elsewhere the time noted is another, and not all file systems note it for folders."""

TABLE = """
CREATE TABLE IF NOT EXISTS place (      -- a folder with files in it
    folder INTEGER, edition TEXT, path TEXT,
    changed INTEGER,                    -- when all its files stood; 0 if that is not sure
    PRIMARY KEY (folder, edition, path)
) WITHOUT ROWID
"""

LAST = "\U0010ffff"


class Standing:
    """Folders of one output folder, in the catalogue of `output`."""

    def __init__(self, db: sqlite3.Connection, number: int, top: str) -> None:
        """*number* is that of the output folder *top* in the catalogue."""
        self.db = db
        self.number = number
        self.top = top
        self.newest = 0
        """When any folder looked at so far changed last."""

        db.execute(TABLE)

    def enter(self, editions: Iterable[str], keys: Iterable[str]) -> None:
        """Note the folders of files with *keys* in all *editions*."""
        paths = {key[: key.rfind("/") + 1] for key in keys}
        rows = ((self.number, edition, path) for edition in editions for path in paths)
        self.db.executemany("INSERT OR IGNORE INTO place VALUES (?, ?, ?, 0)", rows)

    def missing(self, edition: str) -> Iterator[str]:
        """Keys of the files that should stand in *edition* and do not."""
        query = "SELECT path, changed FROM place WHERE folder = ? AND edition = ? AND path > ? ORDER BY path LIMIT ?"
        places = [("", 0)]  # the folder of all others changes with every build
        while places:
            yield from self._looked_at(edition, places)
            places = self.db.execute(query, (self.number, edition, places[-1][0], BATCH)).fetchall()

    def _looked_at(self, edition: str, places: Iterable[tuple[str, int]]) -> list[str]:
        """The same of some *places*, whose state is noted."""
        missing: list[str] = []
        seen: list[tuple[int, str]] = []
        for path, before in places:
            changed = self._changed(edition + path)
            if not changed or changed != before:
                lacking = self._lacking(edition, path)
                missing += lacking
                seen.append((0 if lacking else changed, path))
        with self.db:
            self.db.execute("BEGIN")
            believed = self.newest - COARSEST if TELLS else 0
            rows = ((changed if changed < believed else 0, self.number, edition, path) for changed, path in seen)
            self.db.executemany("UPDATE place SET changed = ? WHERE folder = ? AND edition = ? AND path = ?", rows)
        return missing

    def _changed(self, path: str) -> int:
        """When the folder *path* changed last; 0 if it is not there."""
        try:
            changed = os.stat(f"{self.top}/{path}").st_ctime_ns  # noqa: PTH116  # a Path costs more than to ask
        except (FileNotFoundError, NotADirectoryError):
            return 0
        self.newest = max(self.newest, changed)
        return changed

    def _lacking(self, edition: str, path: str) -> list[str]:
        """Keys of the files that should stand in this one folder, and do not."""
        there = _files_in(f"{self.top}/{edition}{path}")
        query = "SELECT key FROM file WHERE folder = ? AND key >= ? AND key < ? AND NOT instr(substr(key, ?), '/')"
        start = len(path)
        keys = self.db.execute(query, (self.number, path, path + LAST, start + 1))
        return [key for (key,) in keys if key[start:] not in there]


def _files_in(folder: str) -> set[str]:
    """Names of all but the folders in *folder*."""
    try:
        with os.scandir(folder) as inside:
            return {it.name for it in inside if not it.is_dir(follow_symlinks=False)}
    except (FileNotFoundError, NotADirectoryError):
        return set()
