"""The articles in content/articles as the site half sees them: read once, kept in a catalogue on disk.

The Markdown files are the archive; the catalogue (one SQLite file) only remembers what was
read from them, so that a run reads the files that changed. Delete it and it is made again.
"""

import marshal
import os
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, Optional

from .article import Article
from .errors import FrontMatterError
from .frontmatter import paragraphs_of, parse
from .tree import differences, files_below
from .workers import spread

READER = 7
"""Raised when Entry, Details or `packed` changes, so that catalogues of older versions are read anew."""

MARSHAL = 4
"""Version of its format that every Python from 3.4 on reads."""

LEDE_CHARS = 100
LINE = re.compile(r":\d+\Z")


class Details(NamedTuple):
    """What only the article's own page, card and index entry need of it; read from the catalogue when asked for."""

    path: str
    """Markdown file, relative to the articles folder."""

    lede: str
    names: tuple[str, ...]
    """Reporters, other byline names and those a person adds; script conversion sets them as names."""

    beside: tuple[str, ...]
    """What the page prints beside title and story, for the search index: dateline, source, people, tags, places."""

    convert_off: bool = False
    convert_map: tuple[tuple[str, str], ...] = ()
    """What a person asks of conversion, as in Article."""


class Entry(NamedTuple):
    """What lists need to know of an article, some 600 bytes; `Details` and the text stay on disk."""

    slug: str
    digest: str
    """Of the file's bytes, 24 hex digits."""

    day: str
    """`2019-11-20`, or as much of it as is known, or empty."""

    moment: str
    """ISO 8601 in the article's zone, empty if unknown: sorts articles of a day."""

    title: str
    derived: bool
    source: str
    reporters: tuple[str, ...]
    tags: tuple[str, ...]
    """Spellings as the file shows them: Tags and Tags-Auto less Tags-Not."""

    characters: int
    lang: str
    is_machine_traditional: bool
    modified: str = ""
    """ISO 8601, empty if the article was never changed as far as is known."""

    dump: str = ""
    """Dump file the article came from, relative to the dump folder: `2019.zip` for `2019.zip!/a.txt:7`."""

    cleaning: tuple[tuple[str, int], ...] = ()
    """What cleaning did, rule by rule with counts, as in Article."""

    row: int = 0
    """In the catalogue of `shelf`."""

    shelf: Optional["Shelf"] = None

    @property
    def details(self) -> Details:
        """The rest, from the catalogue."""
        if self.shelf is None:
            raise LookupError(f"{self.slug}: an entry of no shelf has no details")
        return self.shelf.details(self.row)


SHARED = tuple(map(Entry._fields.index, ("day", "source", "reporters", "tags", "lang", "modified", "dump", "cleaning")))
"""What many entries have in common; held once."""

ROW = Entry._fields.index("row")
"""Fields from here on are not of the article but of this run."""

KEEP = (
    "INSERT INTO file VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET stamp = excluded.stamp,"
    " slug = excluded.slug, digest = excluded.digest, entry = excluded.entry, details = excluded.details"
)
"""What changes keeps its row, by which others know it."""

DAY_CHARS = {"second": 10, "minute": 10, "day": 10, "month": 7, "year": 4, "none": 0}


def packed(article: Article, path: str, digest: str) -> tuple[bytes, bytes]:
    """Entry and details of *article*, kept in the file *path* with *digest*.

    In the form of marshal, which is read in a third of the time of JSON.
    """
    moment = article.date.isoformat() if article.date else ""
    text = "".join(article.paragraphs)
    beside = (article.dateline, article.source, *article.byline_names, *article.shown_tags, *article.places)
    entry = Entry(
        article.slug, digest, moment[: DAY_CHARS[article.date_precision]], moment, article.title,
        article.title_derived, article.source, article.reporters, article.shown_tags,
        len("".join(text.split())), article.lang, article.machine_traditional,
        article.modified.isoformat() if article.modified else "", dump_of(article.original_file), article.cleaning,
    )  # fmt: skip
    details = Details(
        path, article.paragraphs[0][:LEDE_CHARS], article.kept_names, tuple(filter(None, beside)),
        article.convert_off, article.convert_map,
    )  # fmt: skip
    values: tuple[Any, ...] = entry[:ROW]
    return marshal.dumps(values, MARSHAL), marshal.dumps(tuple(details), MARSHAL)


def dump_of(original_file: str) -> str:
    """The file that `Original-File` names, without member and line.

    >>> dump_of("2019.zip!/a.txt:7"), dump_of("seed.txt:1")
    ('2019.zip', 'seed.txt')
    """
    return original_file.partition("!/")[0] if "!/" in original_file else LINE.sub("", original_file)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a refresh found since the last one."""

    read: int
    removed: int
    broken: tuple[FrontMatterError, ...]
    """Files left out because their head or text cannot be read."""


class Shelf:
    """Articles under a folder, newest first."""

    def __init__(self, articles: Path, cache: Path) -> None:
        """Open the catalogue in the folder *cache* for the Markdown files under *articles*."""
        self.articles = articles
        self.file = cache / "shelf.sqlite"
        cache.mkdir(parents=True, exist_ok=True)
        self._open()
        self.db.execute("PRAGMA journal_mode=WAL")
        if self.db.execute("PRAGMA user_version").fetchone()[0] != READER:
            self.db.execute("DROP TABLE IF EXISTS file")
            self.db.execute(f"PRAGMA user_version={READER}")
        self.db.execute(
            "CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, stamp TEXT, slug TEXT, digest TEXT, entry BLOB,"
            " details BLOB)"
        )
        self.db.execute("CREATE INDEX IF NOT EXISTS slug ON file (slug, path)")

    def _open(self) -> None:
        self.owner = os.getpid()
        self.last: tuple[int, Details] | None = None
        self.db = sqlite3.connect(self.file, isolation_level=None)
        self.db.execute("PRAGMA synchronous=NORMAL")

    def refresh(self, workers: int = 0, progress: Callable[[int, int], None] = lambda done, total: None) -> Changes:
        """Read the files that changed since the last refresh; forget those that are gone.

        *progress* is told how many files of how many are read.
        """
        known = self.db.execute("SELECT path, stamp FROM file ORDER BY path")
        differing = list(differences(_files(self.articles), known))
        changed = [(path, stamp) for path, stamp, _ in differing if stamp]
        gone = [(path,) for path, stamp, _ in differing if not stamp]
        broken = []
        with self.db:
            self.db.execute("BEGIN")
            self.db.executemany("DELETE FROM file WHERE path = ?", gone)
            read = zip(changed, spread(self._read, [path for path, _ in changed], workers), strict=True)
            for number, ((path, stamp), found) in enumerate(read, 1):
                progress(number, len(changed))
                if isinstance(found, str):
                    broken.append(FrontMatterError(found))
                    self.db.execute("DELETE FROM file WHERE path = ?", (path,))
                else:
                    self.db.execute(KEEP, (path, stamp, *found))
        return Changes(len(changed) - len(broken), len(gone), tuple(broken))

    def rows(
        self, holds: Callable[[str], bool] | None = None, leave_out: Collection[str] = ()
    ) -> Iterator[tuple[str, tuple[str, int]]]:
        """(slug, (digest, row)) of all articles in the order of slugs, or of those of the days that *holds* says.

        Raises:
            FrontMatterError: two files bear the same slug.
        """
        before = ""
        for slug, digest, row in self.db.execute("SELECT slug, digest, rowid FROM file ORDER BY slug, path"):
            if slug == before:
                query = "SELECT path FROM file WHERE slug = ? ORDER BY path"
                one, other, *_ = (path for (path,) in self.db.execute(query, (slug,)))
                raise FrontMatterError(f"{other}: Slug {slug!r} is also that of {one}; give one of them another")
            before = slug
            if slug not in leave_out and (holds is None or holds(self.entry(row).day)):
                yield slug, (digest, row)

    def packed_entry(self, row: int) -> bytes:
        """The entry with this *row* in the form of marshal."""
        (data,) = self.db.execute("SELECT entry FROM file WHERE rowid = ?", (row,)).fetchone()
        return bytes(data)

    def entry(self, row: int) -> Entry:
        """The entry with this *row*."""
        return Entry._make((*marshal.loads(self.packed_entry(row)), row, self))

    def entries(self, holds: Callable[[str], bool] | None = None) -> list[Entry]:
        """All entries, or those of the days that *holds* says, newest first; articles of unknown date come last.

        Raises:
            FrontMatterError: two files bear the same slug.
        """
        same: dict[Any, Any] = {}
        found = (self._entry(marshal.loads(self.packed_entry(row)), row, same) for _, (_, row) in self.rows(holds))
        return sorted(found, key=lambda entry: (entry.day, entry.moment, entry.slug), reverse=True)

    def _entry(self, values: tuple[Any, ...], row: int, same: dict[Any, Any]) -> Entry:
        """*values* as an entry that shares what it has in common with others, kept in *same*."""
        slim = list(values)
        for place in SHARED:
            slim[place] = same.setdefault(slim[place], slim[place])
        return Entry._make((*slim, row, self))

    def details(self, row: int) -> Details:
        """Details of the entry with this *row*; the last ones are at hand."""
        if self.owner != os.getpid():  # a connection must not be shared with a forked worker
            self._open()
        if not self.last or self.last[0] != row:
            (data,) = self.db.execute("SELECT details FROM file WHERE rowid = ?", (row,)).fetchone()
            self.last = row, Details(*marshal.loads(data))
        return self.last[1]

    def days(self) -> Counter[str]:
        """How many articles each day has; no more of them is held."""
        return Counter(Entry(*marshal.loads(data)).day for (data,) in self.db.execute("SELECT entry FROM file"))

    def article(self, entry: Entry) -> Article:
        """The whole article behind *entry*."""
        return parse(self._text(entry), entry.details.path)

    def paragraphs(self, entry: Entry) -> tuple[str, ...]:
        """The paragraphs of the article behind *entry*; its head is not read again."""
        return paragraphs_of(self._text(entry))

    def _text(self, entry: Entry) -> str:
        with open(f"{self.articles}/{entry.details.path}", encoding="utf-8") as file:  # noqa: PTH123  # a Path costs more than to read it
            return file.read()

    def _read(self, path: str) -> tuple[str, str, bytes, bytes] | str:
        """Slug, digest, entry and details of one file, the latter packed; or what is wrong with it."""
        with open(f"{self.articles}/{path}", "rb") as file:  # noqa: PTH123
            data = file.read()
        try:
            digest = blake2b(data, digest_size=12).hexdigest()
            article = parse(data.decode("utf-8"), path)
            return article.slug, digest, *packed(article, path, digest)
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            return f"{path}:{line}: found bytes that are not UTF-8; save the file as UTF-8 and run again"
        except FrontMatterError as error:
            return str(error)


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """(path relative to *folder*, size and time stamp) of every Markdown file below it."""
    for path, found in files_below(folder):
        if found.name.endswith(".md") and not found.name.startswith("."):
            status = found.stat()
            yield path, f"{status.st_size}:{status.st_mtime_ns}"
