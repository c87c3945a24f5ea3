"""Which article stands in which list: kept on disk from run to run, brought up to date by what changed.

Lists are read as they are asked for, so memory does not grow with the archive, and a refresh says what lists and
pages the changes touch, so that a build need not look at the others. Delete the file and it is made again.
"""

import marshal
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from .browse import NEAR, Listing, Near, Place, tag_slug
from .entering import MANY, Work
from .rows import Chosen, Rows
from .shelf import Entry, Shelf
from .tree import differences

TABLES = """
CREATE TABLE state (made_by BLOB, digest INTEGER, labels BLOB, found BLOB);
CREATE TABLE article (
    id INTEGER PRIMARY KEY, slug TEXT UNIQUE, digest TEXT, row INTEGER, source TEXT, changed TEXT, data BLOB,
    key BLOB                        -- in the search index
);
CREATE INDEX keyless ON article (slug) WHERE key IS NULL;
CREATE TABLE heading (              -- 0: all articles
    id INTEGER PRIMARY KEY, kind TEXT, slug TEXT, name TEXT, lang TEXT, total INTEGER, own INTEGER, digest INTEGER,
    UNIQUE (kind, slug)
);
CREATE TABLE bearer (
    heading INTEGER, day TEXT, moment TEXT, slug TEXT, article INTEGER,
    name TEXT,                      -- of the heading as the article spells it; null if one below it is given
    PRIMARY KEY (heading, day, moment, slug)
) WITHOUT ROWID;
CREATE TABLE spelling (heading INTEGER, name TEXT, n INTEGER, PRIMARY KEY (heading, name)) WITHOUT ROWID;
CREATE TABLE figure (kind TEXT, name TEXT, n INTEGER, PRIMARY KEY (kind, name)) WITHOUT ROWID
"""

BATCH = 2000
"""Articles entered at once, in the order of the index."""


@dataclass(slots=True)
class Touched:
    """What the changes since the last refresh may alter."""

    articles: set[str] = field(default_factory=set)
    """Slugs: of those that changed or went, and of those whose pages show them."""

    headings: dict[tuple[str, str], Place] = field(default_factory=dict)
    """(kind, slug) -> the oldest place in the list where anything may be another."""

    days: set[str] = field(default_factory=set)


class Register:
    """Lists of the articles of one site."""

    def __init__(self, file: Path | None = None, shelf: Shelf | None = None) -> None:
        """Open *file*, in memory without one; *shelf* has the details of the articles."""
        self.file = file or ":memory:"
        self.shelf = shelf
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)
        self._open()
        self.touched: Touched | None = None
        """After `refresh`; None means everything."""

        self.before = 0
        """Digest of all articles before `refresh`."""

    def _open(self) -> None:
        self._owner = os.getpid()
        self._db = sqlite3.connect(self.file, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")

    @property
    def db(self) -> sqlite3.Connection:
        """A connection must not be shared with a forked worker: that opens its own."""
        if self._owner != os.getpid():
            self.inherited = self._db  # closed by its owner
            self._open()
        return self._db

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # bringing it up to date

    def refresh(
        self,
        made_by: bytes,
        found: Iterable[tuple[str, tuple[str, int]]],
        read: Callable[[int], bytes],
        state: bytes | None = None,
    ) -> None:
        """Bring all lists up to date with the articles *found*: (slug, (digest, row)) in the order of slugs.

        *read* gives the packed entry of a row. All is made anew if *made_by*, program and tables, is another. Where
        *state* is that of the last refresh, the articles are those found then, and are not compared.

        Raises:
            VocabularyError: two different tags would share a page.
        """
        with self.db:
            self.db.execute("BEGIN")
            is_new = self._begin(made_by)
            self.before = self.digest
            if state and self.db.execute("SELECT found FROM state").fetchone() == (state,):
                self.touched = Touched()
                return
            known = self.db.execute("SELECT slug, digest, row FROM article ORDER BY slug")
            pairs = ((slug, (digest, row)) for slug, digest, row in known)
            # a table must not change while it is read
            changes = differences(found, ()) if is_new else iter(list(differences(found, pairs)))
            tag_slug.cache_clear()  # the owner's headings may have been read anew since
            work = Work(self, read)
            for batch in iter(lambda: list(islice(changes, BATCH)), []):
                work.apply(batch)
            work.finish()
            self.db.execute("UPDATE state SET found = ?", (state,))
        self.touched = None if is_new or len(work.places) > MANY else self._touched(work)

    def _begin(self, made_by: bytes) -> bool:
        """Whether everything is made anew."""
        names = [name for (name,) in self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        if "state" in names and self.db.execute("SELECT made_by FROM state").fetchone() == (made_by,):
            return False
        for name in names:
            self.db.execute(f"DROP TABLE {name}")
        for statement in TABLES.split(";\n"):
            self.db.execute(statement)
        self.db.execute("INSERT INTO state VALUES (?, 0, NULL, NULL)", (made_by,))
        self.db.execute("INSERT INTO heading VALUES (0, '', '', '', '', 0, 0, 0)")
        return True

    def _touched(self, work: Work) -> Touched:
        """What the changes may alter, now that all are made."""
        touched = Touched(headings={mark: sums.since for mark, sums in work.sums.items()})
        for place, tags in work.places:
            touched.days.add(place[0])
            touched.articles.add(place[2])
            near = [self.beside(0, place, 1)]
            near += [self.beside(work.number(tag), place, NEAR, own=True) for tag in tags]
            touched.articles.update(row[2] for row in chain.from_iterable(chain.from_iterable(near)))
        return touched

    # reading

    @property
    def digest(self) -> int:
        """Of all articles."""
        return int(self.db.execute("SELECT digest FROM heading WHERE id = 0").fetchone()[0])

    @property
    def entries(self) -> Rows:
        """All articles, newest first."""
        return Rows(self, 0, self.db.execute("SELECT total FROM heading WHERE id = 0").fetchone()[0])

    def listings(self, *kinds: str) -> dict[str, dict[str, Listing]]:
        """Listings of *kinds* by slug."""
        found: dict[str, dict[str, Listing]] = {kind: {} for kind in kinds}
        columns = "id, kind, slug, name, lang, total, own, digest"
        marks = ",".join("?" * len(kinds))
        rows = self.db.execute(f"SELECT {columns} FROM heading WHERE kind IN ({marks}) ORDER BY kind, slug", kinds)
        for number, kind, slug, name, lang, total, own, digest in rows:
            found[kind][slug] = Listing(kind, slug, name, lang, Rows(self, number, total), own, digest)
        return found

    def figures(self, kind: str) -> dict[str, int]:
        """What is counted of *kind*: name -> number."""
        return dict(self.db.execute("SELECT name, n FROM figure WHERE kind = ? ORDER BY name", (kind,)))

    def entry(self, slug: str) -> Entry | None:
        """The article *slug*, if there is one."""
        row = self.db.execute("SELECT data, row FROM article WHERE slug = ?", (slug,)).fetchone()
        return Entry._make((*marshal.loads(row[0]), row[1], self.shelf)) if row else None

    def chosen(self, slugs: Sequence[str]) -> Chosen:
        """The articles with these *slugs*."""
        return Chosen(slugs, self.entry)

    def some(self, slugs: Iterable[str]) -> Iterator[Entry]:
        """Those of *slugs* that there are."""
        return (entry for slug in sorted(slugs) if (entry := self.entry(slug)))

    def digests(self, slugs: Iterable[str] | None) -> Iterator[tuple[str, str]]:
        """(slug, digest) in the order of slugs, of all articles or those of *slugs* that there are."""
        if slugs is None:
            return iter(self.db.execute("SELECT slug, digest FROM article ORDER BY slug"))
        query = "SELECT slug, digest FROM article WHERE slug = ?"
        return (row for slug in sorted(slugs) if (row := self.db.execute(query, (slug,)).fetchone()))

    def keys(self, base: bytes, make: Callable[[Entry], bytes]) -> Iterator[bytes]:
        """Keys of all articles in the search index, newest first; *make* makes those of articles that changed.

        All are made anew where *base*, the digest of what every page depends on, is another.
        """
        if self.db.execute("SELECT labels FROM state").fetchone() != (base,):
            self.db.execute("UPDATE article SET key = NULL")
            self.db.execute("UPDATE state SET labels = ?", (base,))
        fresh = self.db.execute("SELECT slug FROM article WHERE key IS NULL ORDER BY slug").fetchall()
        with self.db:
            self.db.execute("BEGIN")
            for entry in self.some(slug for (slug,) in fresh):
                self.db.execute("UPDATE article SET key = ? WHERE slug = ?", (make(entry), entry.slug))
        return self.entries.column("key")

    def beside(self, heading: int, place: Place, count: int, *, own: bool = False) -> tuple[list[Near], list[Near]]:
        """Up to *count* articles newer than *place*, nearest first, and of those older.

        With *own* those only that bear the heading themselves.
        """
        newer, older = (
            self.db.execute(
                "SELECT b.day, b.moment, b.slug, a.digest FROM bearer b CROSS JOIN article a ON a.id = b.article"
                f" WHERE b.heading = ? AND (b.day, b.moment, b.slug) {sign} (?, ?, ?) {'AND b.name NOTNULL' * own}"
                f" ORDER BY b.day {way}, b.moment {way}, b.slug {way} LIMIT ?",
                (heading, *place, count),
            ).fetchall()
            for sign, way in ((">", "ASC"), ("<", "DESC"))
        )
        return newer, older
