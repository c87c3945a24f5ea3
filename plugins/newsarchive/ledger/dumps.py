"""What was read from the dumps: one row a record, so that an unchanged dump need not be read again."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from .. import duplicates
from ..article import Article, Note, Refusal
from ..frontmatter import render

CHUNK_BYTES = 1 << 20
NOTED = "noted"
"""Verdict on words outside of records: they are kept, and counted nowhere."""


class Outcome(NamedTuple):
    """What became of one record, packed to travel between processes."""

    origin: str
    sha: bytes
    """Empty if refused."""

    body: bytes
    """Markdown of the article, or the raw record if refused; compressed."""

    bands: bytes = b""
    title: str = ""
    day: str = ""
    completeness: int = 0
    print: bytes = b""
    """Digest of all that comparing with other records looks at."""

    refusal: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    """(kind, text): warning, derived."""

    verdict: str = ""
    """What is known of it at once: refused or noted."""


def outcome(result: Article | Refusal, origin: str) -> Outcome:
    """*result* of cataloguing the record at *origin*, ready for `enter`."""
    if isinstance(result, Refusal):
        return Outcome(
            str(result.origin),
            b"",
            zlib.compress(result.raw.encode("utf-8", "surrogatepass"), 1),
            refusal=result.reason,
            verdict="refused",
        )
    title = "" if result.title_derived else result.title
    day = result.date.date().isoformat() if result.date else ""
    letters = duplicates.letters("\n".join(result.paragraphs))
    bands = json.dumps(duplicates.bands(letters)).encode()
    notes = [("warning", warning) for warning in result.warnings]
    notes += [("derived", result.title)] if result.title_derived else []
    return Outcome(
        origin, bytes.fromhex(result.sha256), zlib.compress(render(result).encode("utf-8", "surrogatepass"), 1), bands,
        title, day, completeness(result), duplicates.digest(f"{title}\n{day}\n{letters}"), notes=tuple(notes),
    )  # fmt: skip


def noted(note: Note) -> Outcome:
    """A *note* ready for `enter`."""
    body = zlib.compress(note.raw.encode("utf-8", "surrogatepass"), 1)
    return Outcome(str(note.origin), b"", body, refusal=note.text, verdict=NOTED)


def completeness(article: Article) -> int:
    """How much a record tells about its story beside the story; of duplicates the fullest is published."""
    told = (
        not article.title_derived, article.date is not None, article.date_precision in ("second", "minute"),
        article.source, article.reporters, article.original_url, not article.repairs,
    )  # fmt: skip
    return sum(map(bool, told))


@dataclass(frozen=True, slots=True)
class Stamp:
    """State of a dump file and of all that its reading depends on."""

    size: int
    mtime: int
    digest: bytes


UNREADABLE = Stamp(-1, 0, b"")


def stamp(path: Path, known: Stamp | None) -> Stamp:
    """State of the file *path*; its bytes are read only if size or time are not those *known*.

    One that may not be read is `UNREADABLE`, which no file is: it is looked at again in the next run.
    """
    state = path.stat()
    if known and (known.size, known.mtime) == (state.st_size, state.st_mtime_ns):
        return known
    digest = blake2b(digest_size=16)
    try:
        with path.open("rb") as file:
            while block := file.read(CHUNK_BYTES):
                digest.update(block)
    except OSError:
        return UNREADABLE
    return Stamp(state.st_size, state.st_mtime_ns, digest.digest())


def known_stamps(db: sqlite3.Connection, version: str) -> dict[str, Stamp]:
    """Dumps that *version* of the program has read to the end, by path."""
    rows = db.execute("SELECT path, size, mtime, digest FROM dump WHERE version = ?", (version,))
    return {path: Stamp(*state) for path, *state in rows}


def keep(db: sqlite3.Connection, path: str, state: Stamp) -> None:
    """Note that the dump *path* was only touched."""
    db.execute("UPDATE dump SET size = ?, mtime = ? WHERE path = ?", (state.size, state.mtime, path))


def forget(db: sqlite3.Connection, present: Iterable[str]) -> None:
    """Strike what was read from dumps that are not *present* any more."""
    gone = {path for (path,) in db.execute("SELECT path FROM dump")} - set(present)
    for path in sorted(gone):
        _strike(db, path)


def begin(db: sqlite3.Connection, path: str) -> int:
    """Strike what is known of dump *path*; the id under which its records are entered."""
    _strike(db, path)
    return int(db.execute("INSERT INTO dump (path, version) VALUES (?, '')", (path,)).lastrowid or 0)


def number_of(db: sqlite3.Connection, path: str) -> int:
    """The id that `begin` gave dump *path*."""
    return int(db.execute("SELECT id FROM dump WHERE path = ?", (path,)).fetchone()[0])


def finish(db: sqlite3.Connection, dump: int, state: Stamp, version: str, records: int) -> None:
    """Note that *dump* was read to its end and held *records* records."""
    db.execute(
        "UPDATE dump SET size = ?, mtime = ?, digest = ?, version = ?, records = ? WHERE id = ?",
        (state.size, state.mtime, state.digest, version, records, dump),
    )


def enter(db: sqlite3.Connection, dump: int | None, path: str, place: int, found: Outcome) -> None:
    """Enter record number *place* of the dump *path*."""
    node = _node(db, found.sha) if found.sha else None
    columns = (
        dump,
        path,
        place,
        found.origin,
        node,
        found.title,
        found.day,
        found.completeness,
        found.print,
        found.verdict or None,
        found.refusal,
    )
    record = db.execute(
        "INSERT INTO record (dump, path, place, origin, node, title, day, completeness, print, verdict, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", columns,
    ).lastrowid  # fmt: skip
    db.execute("INSERT INTO text VALUES (?, ?, ?)", (record, found.body, found.bands))
    db.executemany("INSERT INTO note VALUES (?, ?, ?)", ((record, kind, text) for kind, text in found.notes))


def body_of(db: sqlite3.Connection, record: int) -> str:
    """Markdown of a record taken, raw text of one refused."""
    (body,) = db.execute("SELECT body FROM text WHERE record = ?", (record,)).fetchone()
    return zlib.decompress(body).decode("utf-8", "surrogatepass")


def refusals(db: sqlite3.Connection) -> Iterator[tuple[int, str, str]]:
    """(record, origin, reason) of each record refused, in the order of the dumps."""
    yield from db.execute("SELECT id, origin, reason FROM record WHERE verdict = 'refused' ORDER BY path, place")


def notes(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """(origin, words) of what stands outside of records, in the order of the dumps."""
    yield from db.execute(f"SELECT origin, reason FROM record WHERE verdict = '{NOTED}' ORDER BY path, place")


def verdict_on(db: sqlite3.Connection, origin: str) -> tuple[str, str]:
    """(verdict, slug it is published under or why it is refused) of the record at *origin*; both may be empty."""
    query = "SELECT verdict, reason FROM record WHERE dump IS NOT NULL AND origin = ? ORDER BY id LIMIT 1"
    verdict, reason = db.execute(query, (origin,)).fetchone() or ("", "")
    return verdict or "", reason or ""


def duplicates_of(db: sqlite3.Connection, slug: str) -> list[str]:
    """Origins of the records that are duplicates of the article *slug*."""
    query = "SELECT origin FROM record WHERE verdict = 'duplicate' AND reason = ? ORDER BY path, place"
    return [origin for (origin,) in db.execute(query, (slug,))]


def strike_records(db: sqlite3.Connection, where: str, *values: object) -> None:
    """Delete records; what they were published as is looked at again."""
    chosen = f"(SELECT id FROM record WHERE {where})"
    db.execute(f"UPDATE node SET stale = 1, dirty = 1 WHERE id IN (SELECT node FROM record WHERE {where})", values)
    db.execute(f"DELETE FROM text WHERE record IN {chosen}", values)
    db.execute(f"DELETE FROM note WHERE record IN {chosen}", values)
    db.execute(f"DELETE FROM record WHERE {where}", values)


def _strike(db: sqlite3.Connection, path: str) -> None:
    if row := db.execute("SELECT id FROM dump WHERE path = ?", (path,)).fetchone():
        strike_records(db, "dump = ?", row[0])
        db.execute("DELETE FROM dump WHERE id = ?", row)


def _node(db: sqlite3.Connection, sha: bytes) -> int:
    row = db.execute(
        "INSERT INTO node (sha, stale, dirty) VALUES (?, 1, 1)"
        " ON CONFLICT (sha) DO UPDATE SET stale = 1, dirty = 1 RETURNING id", (sha,),
    ).fetchone()  # fmt: skip
    return int(row[0])
