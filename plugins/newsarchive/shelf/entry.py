"""An article as lists see it, and the rest of what is kept of it: both read from its Markdown file once."""

import marshal
import re
from typing import TYPE_CHECKING, Any, NamedTuple, Optional

from ..article import Article

if TYPE_CHECKING:
    from . import Shelf

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
