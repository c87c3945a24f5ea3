"""The command `newsarchive explain`: which rule read which part of a record, and what was dropped."""

import argparse
import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from datetime import tzinfo
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..article import Article, Record, Refusal
from ..catalogue import catalogue, read
from ..dumps import read_dump
from ..errors import ArchiveError
from ..ledger.dumps import duplicates_of, verdict_on
from ..ledger.store import open_ledger
from ..plugin import Archive, open_archive
from ..shelf import Shelf, dump_of
from ..tagging import why
from .aligned import padded

if TYPE_CHECKING:
    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]

EXAMPLES = """example:
  newsarchive explain content/dumps/seed.txt            every record of a dump
  newsarchive explain seed.txt:40                       the record around line 40
  newsarchive explain 2019/11/20-3f2a9c81d04e           the record an article was made of

exit status: 0 explained, 1 a record is refused, 2 nothing is so named
"""

WITH_LINE = re.compile(r"(?P<name>.+?)(?::(?P<line>\d+))?")
VERDICTS = {"taken": "published as", "duplicate": "duplicate of", "": "not imported yet"}
NAME_COLUMNS = 26
MOST_CHARS = 200
"""More of a reading is not shown."""


MANY_PASSED = 5000
"""Records read on the way to the one that is wanted, from which a person is told why it takes time."""


class Wanted(NamedTuple):
    """The records a person asks for."""

    dump: Path
    root: Path
    """Folder that origins are relative to."""

    member: str
    """How their path ends within an archive, e.g. `!/a.txt`; empty for all."""

    line: int
    """A line of the one record; 0 for all."""

    sha: str = ""
    """SHA-256 of the one record, where several stand on the line."""


def add(commands: "Parsers") -> None:
    """Add the command to *commands*; its options carry the function that runs it as `run`."""
    explain = commands.add_parser(
        "explain",
        help="show which rule read which part of a record, and what was dropped",
        description="Read records as an import would, and say how; nothing is written.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    explain.add_argument("-s", "--settings", type=Path, default=Path("pelicanconf.py"))
    explain.add_argument("--most", type=int, default=10, metavar="N", help="records to explain (10)")
    explain.add_argument("what", metavar="FILE[:LINE]", help="a dump, a line of it, or an article's slug")
    explain.set_defaults(run=_explain)


def _explain(options: argparse.Namespace) -> int:
    archive = open_archive(options.settings)
    wanted = _wanted(archive, options.what)
    records = (one for one in _records(wanted) if not wanted.sha or _sha(one) == wanted.sha)
    explained = refused = 0
    with open_ledger(archive.cache, dry_run=True) as db:
        for record in islice(records, options.most):
            result = record if isinstance(record, Refusal) else catalogue(record, archive.zone)
            for name, text in _lines(record, result, archive.zone, db):
                print(f"{padded(name, NAME_COLUMNS)}{text}".rstrip())
            print()
            explained += 1
            refused += isinstance(result, Refusal)
    if not explained:
        raise ArchiveError(f"{options.what}: no record stands there; name a line of the file that has text")
    more = ", there are more: see --most" if next(records, None) else ""
    print(f"{explained} records explained, {refused} of them refused{more}.")
    return 1 if refused else 0


def _wanted(archive: Archive, what: str) -> Wanted:
    """What *what* names: a dump as seen from here or from the folder of dumps, or an article.

    Raises:
        ArchiveError: there is no such dump or article.
    """
    dumps = archive.content / archive.settings.dumps
    article = _article_of(archive, what)
    found = WITH_LINE.fullmatch(article.original_file if article else what)
    name, line = (found["name"], int(found["line"] or 0)) if found else (what, 0)
    for path in (Path(dump_of(name)), dumps / dump_of(name)):
        if path.is_file():
            inside = path.resolve().is_relative_to(dumps.resolve())
            root = dumps.resolve() if inside else path.resolve().parent
            member = name[len(dump_of(name)) :]
            return Wanted(path.resolve(), root, member, line, article.sha256 if article else "")
    raise ArchiveError(
        f"{what}: neither a dump nor the slug of an article; name a file, or a slug as 2019/11/20-3f2a9c"
    )


def _article_of(archive: Archive, slug: str) -> Article | None:
    """The article *slug*, if there is one."""
    shelf = Shelf(archive.content / "articles", archive.cache)
    shelf.refresh(archive.settings.workers)
    wanted = slug.removesuffix(".html")
    return next((shelf.article(entry) for entry in shelf.entries() if entry.slug == wanted), None)


def _records(wanted: Wanted) -> Iterator[Record | Refusal]:
    """The records *wanted*, of a line those that begin there, else the last before it; no more is read than that needs.

    A dump is read from its beginning: how far that is is said once it has taken long.
    """
    last: Record | Refusal | None = None
    is_found = False
    for count, one in enumerate(read_dump(wanted.dump, wanted.root), 1):
        if count == MANY_PASSED and not is_found:
            print(f"newsarchive: reading {wanted.dump.name} from its beginning, as dumps are", file=sys.stderr)
        if not one.origin.path.endswith(wanted.member):
            if is_found or last:
                break
        elif not wanted.line or one.origin.line == wanted.line:
            is_found = True
            yield one
        elif one.origin.line > wanted.line:
            break
        else:
            last = one
    if last and not is_found:
        yield last


def _sha(record: Record | Refusal) -> str:
    return record.sha256 if isinstance(record, Record) else ""


def _lines(
    record: Record | Refusal, result: Article | Refusal, zone: tzinfo, db: sqlite3.Connection
) -> Iterator[tuple[str, str]]:
    """What is to be said of *record* and its *result*, as (name, text)."""
    yield "record", f"{record.origin}  ({record.origin.encoding})"
    if isinstance(record, Record):
        yield from _readings(record, zone)
    if isinstance(result, Refusal):
        yield "refused", result.reason
    else:
        yield from _article(result)
    if isinstance(record, Record):
        yield from _verdict(db, record)


def _readings(record: Record, zone: tzinfo) -> Iterator[tuple[str, str]]:
    """What the rules did, in their order."""
    body, _, head = read(record, zone)
    yield from ((f"given {name}", _short(value)) for name, value in record.given.items())
    yield from ((f"cleaned {rule}", f"{count} places") for rule, count in body.counts)
    yield from (("mended", repair) for repair in body.repairs)
    dropped = set(head.boilerplate)
    yield from ((f"{'dropped' if words in dropped else 'read'} {rule}", _short(words)) for rule, words in head.readings)
    noted = {words for _, words in head.readings}
    yield from (("dropped", _short(words)) for words in head.boilerplate if words not in noted)
    yield from ((f"unread {name}", "its words say nothing that could be read") for name in head.unread)


def _article(article: Article) -> Iterator[tuple[str, str]]:
    """What came of it, with the reasons of each tag."""
    yield "title", article.title + ("  (derived from the first sentences)" if article.title_derived else "")
    known = f"{article.date}  (known to the {article.date_precision})" if article.date else "unknown"
    yield "date", f"{known}  {article.date_printed}"
    people = ("reporters", "correspondents", "photographers", "editors")
    for name in ("source", "reprint_from", "dateline", "places", *people, "lang", "slug"):
        value = getattr(article, name)
        if value:
            yield name.replace("_", " "), value if isinstance(value, str) else "、".join(value)
    for tag in article.tags_auto:
        yield f"tag {tag}", _first(why(article.title, article.paragraphs, tag, article.places))
    yield from (("warning", warning) for warning in article.warnings)
    yield "story", f"{len(article.paragraphs)} paragraphs: {_short(article.paragraphs[0])}"


def _verdict(db: sqlite3.Connection, record: Record) -> Iterator[tuple[str, str]]:
    """What the last import made of *record*."""
    verdict, reason = verdict_on(db, str(record.origin))
    yield "import", f"{VERDICTS.get(verdict, verdict)} {reason}"
    if verdict == "taken":
        yield from (("duplicate", origin) for origin in duplicates_of(db, reason))


def _first(lines: Iterable[str]) -> str:
    return next(iter(lines), "")


def _short(text: str) -> str:
    """*text* in one line, not too long.

    >>> _short("甲" * 500)[-1], _short("甲\\n乙")
    ('…', '甲 乙')
    """
    line = " ".join(text.split())
    return line if len(line) <= MOST_CHARS else line[: MOST_CHARS - 1] + "…"
