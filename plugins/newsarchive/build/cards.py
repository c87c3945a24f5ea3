"""Cards: an article as a list shows it, rendered once for each edition and reused on every page."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from os import getpid
from pathlib import Path
from typing import TypeVar

from ..lists import Register, Touched
from ..shelf import Entry
from ..tree import differences
from ..view import Card
from ..workers import spread

ROOT = "\x1aroot\x1a"
"""Stands in a stored card for the way up to the root, which differs from page to page."""

BATCH = 500
"""Placeholders in one query; SQLite allows 999 everywhere."""

KEPT = 10_000
"""Cards of an edition kept in memory, some 10 MB: an article stands in ten lists, and beside seven others."""

COMMIT_EVERY = 2000
"""Articles after which their cards are safe: at most so many are made again after a kill."""

FIELDS = tuple(field.name for field in fields(Card))

T = TypeVar("T")

Made = list[tuple[str, Card, str]]
"""Edition, card and its HTML, of one article."""


class Cards:
    """Cards on disk, by slug and edition; safe to delete."""

    def __init__(self, cache: Path) -> None:
        self.file = cache / "cards.sqlite"
        self.shown: dict[str, dict[str, str]] = defaultdict(dict)
        """Edition -> slug -> HTML, as far as at hand: what is made first, forked workers find there."""

        self.values: dict[str, dict[str, Card]] = defaultdict(dict)
        self._open()
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("CREATE TABLE IF NOT EXISTS base (digest BLOB)")
        self.db.execute("CREATE TABLE IF NOT EXISTS article (slug TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID")
        self.db.execute(
            "CREATE TABLE IF NOT EXISTS text (slug TEXT, edition TEXT, card TEXT, html TEXT,"
            " PRIMARY KEY (slug, edition)) WITHOUT ROWID"
        )

    def _open(self) -> None:
        self.owner = getpid()
        self.db = sqlite3.connect(self.file, isolation_level=None)
        self.db.execute("PRAGMA synchronous=OFF")

    def refresh(
        self,
        base: bytes,
        register: Register,
        touched: Touched | None,
        make: Callable[[Entry], Made],
        workers: int,
        progress: Callable[[int, int], None],
    ) -> None:
        """Make the cards whose article changed, or all if *base* did (theme, editions); drop those of articles gone.

        Where *touched* tells what changed only that is looked at.
        """
        self._start(base)
        self.shown.clear()
        self.values.clear()
        differing = list(differences(register.digests(touched.articles if touched else None), self._known(touched)))
        changed = register.chosen([slug for slug, digest, _ in differing if digest])
        gone = [slug for slug, digest, _ in differing if not digest]
        self.db.execute("BEGIN")
        for table in ("article", "text"):
            self.db.executemany(f"DELETE FROM {table} WHERE slug = ?", ((slug,) for slug in gone))
        for count, (entry, made) in enumerate(zip(changed, spread(make, changed, workers), strict=True), 1):
            self._keep(entry.slug, made)
            rows = ((entry.slug, edition, _packed(card), html) for edition, card, html in made)
            self.db.executemany("INSERT OR REPLACE INTO text VALUES (?, ?, ?, ?)", rows)
            self.db.execute("INSERT OR REPLACE INTO article VALUES (?, ?)", (entry.slug, entry.digest))
            if count % COMMIT_EVERY == 0:
                self.db.execute("COMMIT")
                self.db.execute("BEGIN")
            progress(count, len(changed))
        self.db.execute("COMMIT")

    def _known(self, touched: Touched | None) -> Iterator[tuple[str, str]]:
        """(slug, digest its cards were made from) in the order of slugs."""
        if touched is None:
            return iter(self.db.execute("SELECT slug, digest FROM article ORDER BY slug"))
        query = "SELECT slug, digest FROM article WHERE slug = ?"
        rows = (self.db.execute(query, (slug,)).fetchone() for slug in sorted(touched.articles))
        return (row for row in rows if row)

    def _start(self, base: bytes) -> None:
        """Forget all cards if they were made from another *base*."""
        if self.db.execute("SELECT digest FROM base").fetchone() == (base,):
            return
        with self.db:
            self.db.execute("BEGIN")
            for table in ("base", "article", "text"):
                self.db.execute(f"DELETE FROM {table}")
            self.db.execute("INSERT INTO base VALUES (?)", (base,))

    def _keep(self, slug: str, made: Made) -> None:
        for edition, card, html in made:
            if len(self.shown[edition]) < KEPT:
                self.shown[edition][slug] = html
                self.values[edition][slug] = card

    def html(self, edition: str, slugs: Sequence[str], root: str) -> list[str]:
        """Rendered cards of *slugs*, in that order, with links that start at *root*."""
        return [html.replace(ROOT, root) for html in self._found(self.shown, "html", str, edition, slugs)]

    def cards(self, edition: str, slugs: Sequence[str]) -> tuple[Card, ...]:
        """Cards of *slugs* as values, in that order."""
        return tuple(self._found(self.values, "card", _unpacked, edition, slugs))

    def _found(
        self, kept: dict[str, dict[str, T]], column: str, read: Callable[[str], T], edition: str, slugs: Sequence[str]
    ) -> list[T]:
        """The *column* of each of *slugs*, as *read* gives it; what was read lately is *kept*."""
        if self.owner != getpid():  # a connection must not be shared with a forked worker
            self._open()
        known = kept[edition]
        missing = [slug for slug in slugs if slug not in known]
        if missing and len(known) + len(missing) > KEPT:
            known.clear()
            missing = list(slugs)
        for start in range(0, len(missing), BATCH):
            some = missing[start : start + BATCH]
            marks = ",".join("?" * len(some))
            query = f"SELECT slug, {column} FROM text WHERE edition = ? AND slug IN ({marks})"
            known.update((slug, read(text)) for slug, text in self.db.execute(query, (edition, *some)))
        return [known[slug] for slug in slugs]

    def close(self) -> None:
        """Close the file."""
        self.db.close()


def _packed(card: Card) -> str:
    return json.dumps([getattr(card, name) for name in FIELDS], ensure_ascii=False)


def _unpacked(text: str) -> Card:
    return Card(*json.loads(text))
