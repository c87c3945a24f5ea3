"""Cards: an article as a list shows it, rendered once for each edition and reused on every page."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from os import getpid
from pathlib import Path

from ..shelf import Entry
from ..view import Card
from ..workers import spread

ROOT = "\x1aroot\x1a"
"""Stands in a stored card for the way up to the root, which differs from page to page."""

BATCH = 500
"""Placeholders in one query; SQLite allows 999 everywhere."""


class Cards:
    """Cards on disk, by edition and slug; safe to delete."""

    def __init__(self, cache: Path) -> None:
        self.file = cache / "cards.sqlite"
        self._open()
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute(
            "CREATE TABLE IF NOT EXISTS card (edition TEXT, slug TEXT, digest TEXT, card TEXT, html TEXT,"
            " PRIMARY KEY (edition, slug)) WITHOUT ROWID"
        )

    def _open(self) -> None:
        self.owner = getpid()
        self.db = sqlite3.connect(self.file, isolation_level=None)
        self.db.execute("PRAGMA synchronous=OFF")

    def refresh(
        self, edition: str, base: str, entries: Sequence[Entry], make: Callable[[Entry], tuple[Card, str]], workers: int
    ) -> None:
        """Make the cards whose article or *base* (digest of theme and edition) changed; drop those of articles gone."""
        known = dict(self.db.execute("SELECT slug, digest FROM card WHERE edition = ?", (edition,)))
        wanted = {entry.slug: base + entry.digest for entry in entries}
        changed = [entry for entry in entries if known.get(entry.slug) != wanted[entry.slug]]
        with self.db:
            self.db.execute("BEGIN")
            for entry, (card, html) in zip(changed, spread(make, changed, workers), strict=True):
                row = (edition, entry.slug, wanted[entry.slug], json.dumps(asdict(card), ensure_ascii=False), html)
                self.db.execute("INSERT OR REPLACE INTO card VALUES (?, ?, ?, ?, ?)", row)
            gone = ((edition, slug) for slug in known.keys() - wanted.keys())
            self.db.executemany("DELETE FROM card WHERE edition = ? AND slug = ?", gone)

    def html(self, edition: str, slugs: Sequence[str], root: str) -> tuple[str, ...]:
        """Rendered cards of *slugs*, in that order, with links that start at *root*."""
        found = dict(self._rows("slug, html", edition, slugs))
        return tuple(found[slug].replace(ROOT, root) for slug in slugs)

    def cards(self, edition: str, slugs: Sequence[str]) -> tuple[Card, ...]:
        """Cards of *slugs* as values, in that order."""
        found = dict(self._rows("slug, card", edition, slugs))
        return tuple(Card(**json.loads(found[slug])) for slug in slugs)

    def _rows(self, columns: str, edition: str, slugs: Sequence[str]) -> Iterable[tuple[str, str]]:
        if self.owner != getpid():  # a connection must not be shared with a forked worker
            self._open()
        for start in range(0, len(slugs), BATCH):
            some = slugs[start : start + BATCH]
            marks = ", ".join("?" * len(some))
            yield from self.db.execute(
                f"SELECT {columns} FROM card WHERE edition = ? AND slug IN ({marks})", (edition, *some)
            )
