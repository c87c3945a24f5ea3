"""Which article stands where in the base, so that a run indexes only what changed since. May be deleted."""

import sqlite3
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

from .document import Document, Labels
from .segment import label_texts

FORMAT = 1
"""Of the files and of the fold; raised whenever either changes, so that index and browser never disagree."""


def key_of(document: Document, labels: Labels) -> bytes:
    """Digest of all that the index keeps of *document*."""
    parts = (document.slug, document.date, document.digest, *document.names, *map(":".join, document.facets))
    text = "\x1f".join((*parts, "", *label_texts(document, labels)))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def name_of(keys: Iterable[bytes]) -> str:
    """Name of the segment that holds the documents with *keys*, in this order: other content, other addresses."""
    state = blake2b(FORMAT.to_bytes(2), digest_size=6)
    for key in keys:
        state.update(key)
    return state.hexdigest()


class Ledger:
    """The articles of the base: slug -> id and key."""

    def __init__(self, folder: Path) -> None:
        """Open the ledger in *folder*; one of another format is forgotten."""
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / "search.sqlite", isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        if self._db.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
            self._db.execute("DROP TABLE IF EXISTS base")
            self._db.execute(f"PRAGMA user_version={FORMAT}")
        self._db.execute("CREATE TABLE IF NOT EXISTS base (slug TEXT PRIMARY KEY, id INTEGER, key BLOB) WITHOUT ROWID")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def find(self, slug: str, key: bytes) -> int | None:
        """Id of the article in the base if it is there with this *key*."""
        row = self._db.execute("SELECT id FROM base WHERE slug = ? AND key = ?", (slug, key)).fetchone()
        return row[0] if row else None

    def replace(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Let *rows* of (slug, key), in the order of their ids, be the base."""
        with self._db:
            self._db.execute("BEGIN")
            self._db.execute("DELETE FROM base")
            numbered = ((slug, number, key) for number, (slug, key) in enumerate(rows))
            self._db.executemany("INSERT INTO base VALUES (?, ?, ?)", numbered)

    def keys(self) -> Iterator[bytes]:
        """Keys in the order of the ids."""
        return (key for (key,) in self._db.execute("SELECT key FROM base ORDER BY id"))
