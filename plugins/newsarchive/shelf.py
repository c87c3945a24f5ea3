"""The articles in content/articles as the site half sees them: read once, kept in a catalogue on disk.

The Markdown files are the archive; the catalogue (one SQLite file) only remembers what was
read from them, so that a run reads the files that changed. Delete it and it is made again.
"""

import marshal
import os
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, Optional

from .article import Article
from .errors import FrontMatterError
from .frontmatter import paragraphs_of, parse
from .tree import files_below
from .workers import spread

READER = 6
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
        self.db.execute("CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, stamp TEXT, entry BLOB, details BLOB)")

    def _open(self) -> None:
        self.owner = os.getpid()
        self.last: tuple[int, Details] | None = None
        self.db = sqlite3.connect(self.file, isolation_level=None)
        self.db.execute("PRAGMA synchronous=NORMAL")

    def refresh(self, workers: int = 0, progress: Callable[[int, int], None] = lambda done, total: None) -> Changes:
        """Read the files that changed since the last refresh; forget those that are gone.

        *progress* is told how many files of how many are read.
        """
        known = dict(self.db.execute("SELECT path, stamp FROM file"))
        found = dict(_files(self.articles))
        changed = sorted(path for path, stamp in found.items() if known.get(path) != stamp)
        gone = known.keys() - found.keys()
        broken = []
        with self.db:
            self.db.execute("BEGIN")
            self.db.executemany("DELETE FROM file WHERE path = ?", [(path,) for path in gone])
            read = zip(changed, spread(self._read, changed, workers), strict=True)
            for number, (path, entry) in enumerate(read, 1):
                progress(number, len(changed))
                if isinstance(entry, str):
                    broken.append(FrontMatterError(entry))
                    self.db.execute("DELETE FROM file WHERE path = ?", (path,))
                else:
                    self.db.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)", (path, found[path], *entry))
        return Changes(len(changed) - len(broken), len(gone), tuple(broken))

    def entries(self, holds: Callable[[str], bool] | None = None) -> list[Entry]:
        """All entries, or those of the days that *holds* says, newest first; articles of unknown date come last.

        Raises:
            FrontMatterError: two files bear the same slug.
        """
        same: dict[Any, Any] = {}
        rows = self.db.execute("SELECT entry, rowid FROM file")
        found = (self._entry(marshal.loads(data), row, same) for data, row in rows)
        entries = [entry for entry in found if holds is None or holds(entry.day)]
        entries.sort(key=lambda entry: (entry.day, entry.moment, entry.slug), reverse=True)
        seen: set[str] = set()
        for entry in entries:
            if entry.slug in seen:
                one, other, *_ = sorted(it.details.path for it in entries if it.slug == entry.slug)
                raise FrontMatterError(f"{other}: Slug {entry.slug!r} is also that of {one}; give one of them another")
            seen.add(entry.slug)
        return entries

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

    def _read(self, path: str) -> tuple[bytes, bytes] | str:
        """Entry and details of one file, packed; or what is wrong with it."""
        with open(f"{self.articles}/{path}", "rb") as file:  # noqa: PTH123
            data = file.read()
        try:
            return packed(parse(data.decode("utf-8"), path), path, blake2b(data, digest_size=12).hexdigest())
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
