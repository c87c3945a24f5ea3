"""Articles entered into lists and struck from them, with all that is added up on the way: see `lists`."""

import marshal
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from .browse import Place, figures_of, marks_of, refuse_shared_pages, tag_slug
from .rows import LAST, Rows, Source
from .shelf import Entry
from .vocabulary.headings import label

MANY = 5000
"""After so many changes all lists are looked at, not only those touched."""

LANG = "zh-Hans"
"""Of the name of a heading that no article bears itself."""


BEGINNING: Place = ("", "", "")
END: Place = (LAST, "", "")


@dataclass(slots=True)
class Sums:
    """What a batch of changes adds to one heading."""

    total: int = 0
    own: int = 0
    digest: int = 0
    since: Place = END
    """Of the oldest change; BEGINNING where all its pages may show another name."""


class Work:
    """One refresh of the lists: what it adds up, and where."""

    def __init__(self, source: Source, read: Callable[[int], bytes]) -> None:
        self.source = source
        self.db = source.db
        self.read = read
        self.numbers: dict[tuple[str, str], int] = {("", ""): 0}
        self.sums: dict[tuple[str, str], Sums] = defaultdict(Sums)
        self.spellings: Counter[tuple[int, str]] = Counter()
        self.figures: Counter[tuple[str, str]] = Counter()
        self.places: list[tuple[Place, tuple[tuple[str, str], ...]]] = []
        """Of the articles that changed, before and after, with the tags they bear; not much more than MANY."""

    def apply(self, batch: Iterable[tuple[str, tuple[str, int] | None, tuple[str, int] | None]]) -> None:
        """Enter and strike articles."""
        bearers: list[tuple[Any, ...]] = []
        for slug, new, old in batch:
            if new and old and new[0] == old[0]:
                self.db.execute("UPDATE article SET row = ? WHERE slug = ?", (new[1], slug))
                continue
            if old:
                self._strike(slug)
            if new:
                bearers += self._enter(slug, *new)
        bearers.sort()  # in the order of the index: random inserts cost three times as much
        self.db.executemany("INSERT INTO bearer VALUES (?, ?, ?, ?, ?, ?)", bearers)

    def _strike(self, slug: str) -> None:
        (data,) = self.db.execute("SELECT data FROM article WHERE slug = ?", (slug,)).fetchone()
        entry = Entry(*marshal.loads(data))
        place = entry.day, entry.moment, slug
        rows = [(number, *place) for number, _ in self._count(entry, -1)]
        self.db.executemany("DELETE FROM bearer WHERE heading = ? AND day = ? AND moment = ? AND slug = ?", rows)
        self.db.execute("DELETE FROM article WHERE slug = ?", (slug,))

    def _enter(self, slug: str, digest: str, row: int) -> list[tuple[Any, ...]]:
        data = self.read(row)
        entry = Entry(*marshal.loads(data))
        values = (slug, digest, row, entry.source, entry.modified or entry.day, data)
        number = self.db.execute(
            "INSERT INTO article (slug, digest, row, source, changed, data) VALUES (?, ?, ?, ?, ?, ?)", values
        ).lastrowid
        return [(head, entry.day, entry.moment, slug, number, name) for head, name in self._count(entry, 1)]

    def _count(self, entry: Entry, sign: int) -> list[tuple[int, str | None]]:
        """(number of the heading, name) for each heading of *entry*, after it is added or taken away."""
        print_ = blake2b(f"{entry.slug}\0{entry.digest}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
        digest = int.from_bytes(print_, signed=True)
        marks = marks_of(entry)
        place = entry.day, entry.moment, entry.slug
        for mark, name in marks.items():
            sums = self.sums[mark]
            sums.since = min(sums.since, place)
            sums.total += sign
            sums.own += sign * (name is not None)
            sums.digest ^= digest
        tags = tuple(mark for mark, name in marks.items() if mark[0] == "tag" and name is not None)
        if len(self.places) <= MANY:
            self.places.append((place, tags))
        self.figures.update({figure: sign * n for figure, n in figures_of(entry).items()})
        if not entry.dump:
            self.spellings.update({(self.number(("tag", slug)), name): sign for slug, name in spelt(entry)})
        return [(self.number(mark), name) for mark, name in marks.items()]

    def number(self, mark: tuple[str, str]) -> int:
        """Of a heading, which is entered if it is new."""
        if mark not in self.numbers:
            query = "SELECT id FROM heading WHERE kind = ? AND slug = ?"
            row = self.db.execute(query, mark).fetchone()
            new = "INSERT INTO heading (kind, slug, name, lang, total, own, digest) VALUES (?, ?, '', '', 0, 0, 0)"
            self.numbers[mark] = int(row[0] if row else self.db.execute(new, mark).lastrowid or 0)
        return self.numbers[mark]

    def finish(self) -> None:
        """Write the sums; name the headings that changed."""
        self.db.executemany(
            "INSERT INTO figure VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            ((*figure, n) for figure, n in self.figures.items()),
        )
        self.db.execute("DELETE FROM figure WHERE n = 0")
        self.db.executemany(
            "INSERT INTO spelling VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            ((*spelling, n) for spelling, n in self.spellings.items()),
        )
        self.db.execute("DELETE FROM spelling WHERE n = 0")
        renamed = [self._sum_up(mark, sums) for mark, sums in self.sums.items()]
        if any(renamed):  # the search index knows articles by the names of their headings, too
            self.db.execute("UPDATE article SET key = NULL")
        self._check()

    def _sum_up(self, mark: tuple[str, str], sums: Sums) -> bool:
        """Add *sums* to a heading; whether it bears another name than before, or one of another script."""
        number = self.number(mark)
        total, own, digest, *before = self.db.execute(
            "SELECT total, own, digest, name, lang FROM heading WHERE id = ?", (number,)
        ).fetchone()
        total += sums.total
        if not total:
            self.db.execute("DELETE FROM heading WHERE id = ? AND id > 0", (number,))
            self.db.execute("UPDATE heading SET total = 0, own = 0, digest = 0 WHERE id = ?", (number,))
            return False
        # as the oldest article spells it, so that new ones change no page but their own
        oldest = self.db.execute(
            "SELECT b.name, a.data FROM bearer b CROSS JOIN article a ON a.id = b.article"
            " WHERE heading = ? AND name NOTNULL ORDER BY day, moment, b.slug LIMIT 1",
            (number,),
        ).fetchone()
        name, lang = (oldest[0], Entry(*marshal.loads(oldest[1])).lang) if oldest else (label(mark[1], LANG), LANG)
        self.db.execute(
            "UPDATE heading SET total = ?, own = ?, digest = ?, name = ?, lang = ? WHERE id = ?",
            (total, own + sums.own, digest ^ sums.digest, name, lang, number),
        )
        is_renamed = bool(before[0]) and before != [name, lang]
        if is_renamed:
            sums.since = BEGINNING
        return is_renamed

    def _check(self) -> None:
        """Raise where tags that people gave would share a page."""
        for number in dict.fromkeys(number for number, _ in self.spellings):
            names = [name for (name,) in self.db.execute("SELECT name FROM spelling WHERE heading = ?", (number,))]
            if len(names) > 1:
                (total,) = self.db.execute("SELECT total FROM heading WHERE id = ?", (number,)).fetchone()
                refuse_shared_pages(sorted(names), Rows(self.source, number, total))


def spelt(entry: Entry) -> set[tuple[str, str]]:
    """(slug, name) of the tags of *entry*."""
    return {(tag_slug(name), name) for name in entry.tags}
