"""What stands in content/articles, and which record each file came from."""

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..errors import FrontMatterError
from ..frontmatter import SEAL, is_edited, parse
from ..tree import differences, files_below
from ..withdrawn import Withdrawal
from .dumps import enter, outcome, strike_records
from .store import open_ledger, transaction

SHA = re.compile(r"^SHA256:\s*([0-9a-f]{64})\s*$", re.M | re.I)
SLUG = re.compile(r"^Slug:\s*(\S+)\s*$", re.M | re.I)
ORIGIN = re.compile(r"^Original-File:\s*(\S(?:.*\S)?)", re.M | re.I)
UNFINISHED = ".unfinished"
"""Ending of a file that is being written; one found at the start of a run was left by a killed one."""


class Shelved(NamedTuple):
    """One Markdown file."""

    path: str
    """Relative to the articles folder."""

    slug: str
    seal: str
    """Digest of what was generated; empty if a person has removed it."""

    edited: bool


def refresh(db: sqlite3.Connection, articles: Path, *, tidy: bool = True) -> None:
    """Read the files below *articles* that changed since the last run; mark what they came from as dirty."""
    rows = db.execute("SELECT path, size, mtime FROM article ORDER BY path")
    known = ((path, (size, mtime)) for path, size, mtime in rows)
    with transaction(db):
        # put aside on disk: a table must not change while it is read, and the first run finds every file
        db.execute("CREATE TEMP TABLE changed (path TEXT, is_there INTEGER, was_there INTEGER)")
        changes = (
            (path, new is not None, old is not None) for path, new, old in differences(_files(articles, tidy), known)
        )
        db.executemany("INSERT INTO changed VALUES (?, ?, ?)", changes)
        for path, is_there, was_there in db.execute("SELECT * FROM changed"):
            if was_there:
                _mark(db, path)
            if is_there:
                _mark_sha(db, shelve(db, articles, path))
            else:
                db.execute("DELETE FROM article WHERE path = ?", (path,))
        db.execute("DROP TABLE changed")


def files(cache: Path) -> Iterator[tuple[str, str]]:
    """(path, size and time) of each file as the last import left it, in the order of paths."""
    with open_ledger(cache) as db:
        yield from db.execute("SELECT path, size || ':' || mtime FROM article ORDER BY path")


def shelve(db: sqlite3.Connection, articles: Path, path: str) -> bytes:
    """Note the file *path* as it stands; the digest of its record."""
    with open(f"{articles}/{path}", "rb") as file:  # noqa: PTH123  # a path made of text takes a fifth of the time
        data, state = file.read(), os.fstat(file.fileno())
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    head = text.partition("\n\n")[0] + "\n"
    sha, slug, origin, seal = (match[1] if (match := rule.search(head)) else "" for rule in (SHA, SLUG, ORIGIN, SEAL))
    digest = bytes.fromhex(sha.lower())
    row = (path, state.st_size, state.st_mtime_ns, digest, slug or path.removesuffix(".md"), origin, seal)
    db.execute("INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*row, is_edited(text)))
    return digest


def strike(db: sqlite3.Connection, path: str) -> None:
    """Note that the file *path* is gone."""
    _mark(db, path)
    db.execute("DELETE FROM article WHERE path = ?", (path,))


def write(db: sqlite3.Connection, articles: Path, path: str, text: str) -> None:
    """Write the file *path* whole or not at all, and note it."""
    target = articles / path
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}{UNFINISHED}")
    unfinished.write_bytes(text.encode("utf-8", "replace"))
    unfinished.replace(target)
    shelve(db, articles, path)


def article_of(db: sqlite3.Connection, node: int) -> Shelved | None:
    """The file that *node* is published as."""
    row = db.execute(
        "SELECT path, slug, seal, edited FROM article WHERE sha = (SELECT sha FROM node WHERE id = ?) ORDER BY path",
        (node,),
    ).fetchone()
    return Shelved(row[0], row[1], row[2], bool(row[3])) if row else None


def withdraw(db: sqlite3.Connection, articles: Path, withdrawals: Iterable[Withdrawal], *, remove: bool = True) -> int:
    """Take the *withdrawals* off the shelf; how many files that removed.

    The digest of a withdrawn record is remembered, so that neither it nor its duplicates come back.
    """
    removed = 0
    listed = {withdrawal.slug: withdrawal.key for withdrawal in withdrawals}
    with transaction(db):
        for slug, sha in db.execute("SELECT slug, sha FROM withdrawn").fetchall():
            if slug not in listed:
                db.execute("DELETE FROM withdrawn WHERE slug = ?", (slug,))
                _mark_sha(db, sha)
        for slug, key in listed.items():
            rows = db.execute(
                "SELECT path, sha FROM article WHERE slug = ? OR path = ?", (slug, f"{slug}.md")
            ).fetchall()
            for path, _ in rows:
                strike(db, path)
                if remove:
                    (articles / path).unlink(missing_ok=True)
            sha = rows[0][1] if rows else bytes.fromhex(key)
            if not db.execute("SELECT 1 FROM withdrawn WHERE slug = ?", (slug,)).fetchone() or rows:
                db.execute("INSERT OR REPLACE INTO withdrawn VALUES (?, ?)", (slug, sha))
                _mark_sha(db, sha)
            removed += len(rows)
    return removed


def is_withdrawn(db: sqlite3.Connection, node: int) -> bool:
    """Whether a person has withdrawn what *node* was published as."""
    (sha,) = db.execute("SELECT sha FROM node WHERE id = ?", (node,)).fetchone()
    # the list may hold the whole digest, or the part of it that ends a slug
    query = "SELECT 1 FROM withdrawn WHERE sha IN (?, ?)"
    return db.execute(query, (sha, sha[:6])).fetchone() is not None


def unknown_withdrawals(db: sqlite3.Connection) -> Iterator[str]:
    """Listed slugs that name no article and no record the ledger knows: mistyped, or known before the cache was."""
    query = "SELECT 1 FROM node WHERE sha BETWEEN ? AND ?"
    for slug, sha in db.execute("SELECT slug, sha FROM withdrawn WHERE length(sha) < 32 ORDER BY slug").fetchall():
        if not sha or db.execute(query, _below(sha)).fetchone() is None:
            yield slug


def keep_vanished(db: sqlite3.Connection, articles: Path) -> None:
    """Enter the articles whose records have left the dumps, so that their duplicates are still known for such.

    None is entered while the dumps hold nothing it could be compared with: an archive kept without its dumps
    need not be read.
    """
    living = "SELECT node FROM record WHERE dump IS NOT NULL AND node IS NOT NULL"
    shelved = "SELECT node.id FROM node JOIN article USING (sha)"
    is_alone = db.execute(f"{living} LIMIT 1").fetchone() is None
    with transaction(db):
        strike_records(db, f"dump IS NULL AND ({int(is_alone)} OR node IN ({living}) OR node NOT IN ({shelved}))")
        for path in [] if is_alone else _unentered(db):
            try:
                article = parse((articles / path).read_text(encoding="utf-8"), path)
            except (FrontMatterError, UnicodeDecodeError):
                continue  # the site half reports files that cannot be read
            enter(db, None, article.original_file, 0, outcome(article, article.original_file)._replace(notes=()))


def _unentered(db: sqlite3.Connection) -> list[str]:
    """Files that came from a record the ledger does not hold."""
    rows = db.execute(
        "SELECT path FROM article WHERE origin != '' AND sha NOT IN"
        " (SELECT sha FROM node JOIN record ON record.node = node.id) ORDER BY path"
    )
    return [path for (path,) in rows]


VANISHED = (
    "FROM article LEFT JOIN node USING (sha) WHERE article.origin != '' AND NOT EXISTS"
    " (SELECT 1 FROM record WHERE record.node = node.id AND dump IS NOT NULL)"
)


def count_vanished(db: sqlite3.Connection) -> int:
    """How many articles there are whose record is in no dump any more."""
    return int(db.execute(f"SELECT count(*) {VANISHED}").fetchone()[0])


def vanished(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """(slug, origin) of each of them, in the order of origins."""
    yield from db.execute(f"SELECT slug, article.origin {VANISHED} ORDER BY article.origin, slug")


def vanished_kin(db: sqlite3.Connection) -> Iterator[tuple[str, str, int]]:
    """(slug, origin, node) of those that are kin to other records, in the same order."""
    is_kin = "EXISTS (SELECT 1 FROM edge WHERE a = node.id)"
    yield from db.execute(f"SELECT slug, article.origin, node.id {VANISHED} AND {is_kin} ORDER BY article.origin, slug")


def overtaken(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """(slug, origin) of each article edited by a person whose record would now give another."""
    yield from db.execute(
        "SELECT slug, origin FROM article JOIN node USING (sha)"
        " WHERE edited AND article.seal != '' AND article.seal != node.seal ORDER BY path"
    )


def _mark(db: sqlite3.Connection, path: str) -> None:
    if row := db.execute("SELECT sha FROM article WHERE path = ?", (path,)).fetchone():
        _mark_sha(db, row[0])


def _mark_sha(db: sqlite3.Connection, prefix: bytes) -> None:
    if prefix:
        db.execute("UPDATE node SET dirty = 1 WHERE sha BETWEEN ? AND ?", _below(prefix))


def _below(prefix: bytes) -> tuple[bytes, bytes]:
    """The first and the last digest that begin with *prefix*."""
    return prefix, prefix + b"\xff" * (32 - len(prefix))


def _files(folder: Path, tidy: bool) -> Iterator[tuple[str, tuple[int, int]]]:
    """(path, (size, time)) of every Markdown file below *folder*; left-overs of killed runs are removed."""
    for path, found in files_below(folder):
        if found.name.startswith("."):
            if tidy and found.name.endswith(UNFINISHED):
                Path(found.path).unlink(missing_ok=True)
        elif found.name.endswith(".md"):
            state = found.stat()
            yield path, (state.st_size, state.st_mtime_ns)
