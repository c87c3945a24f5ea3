"""Ledger -> Markdown: of each group of records that tell one story, one is published."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ..frontmatter import SEAL, parse, render
from ..ledger.articles import SLUG, Shelved, article_of, is_withdrawn, write
from ..ledger.dumps import body_of
from ..ledger.kin import kin
from ..ledger.store import transaction

BATCH = 500


@dataclass(frozen=True, slots=True)
class Member:
    """A record in its group."""

    record: int
    node: int
    is_vanished: bool
    path: str
    place: int
    origin: str
    day: str
    completeness: int

    @property
    def place_in_dumps(self) -> tuple[bool, str, int]:
        """Sorts the records of one digest: the first still in the dumps stands for all."""
        return self.is_vanished, self.path, self.place

    @property
    def rank(self) -> tuple[bool, int, bool, str, str, int]:
        """Sorts the records of one story: the fullest, then the earliest, is published."""
        return self.is_vanished, -self.completeness, not self.day, self.day, self.path, self.place


def shelve(db: sqlite3.Connection, articles: Path, *, dry_run: bool, announce: Callable[[str], object]) -> int:
    """Write what the ledger marks as dirty; how many files were written, or would be in a dry run.

    *announce* is called with the slug of each.
    """
    written = 0
    query = "SELECT id FROM node WHERE dirty ORDER BY id LIMIT ?"
    while batch := [node for (node,) in db.execute(query, (BATCH,))]:
        settled: set[int] = set()
        with transaction(db):
            for node in batch:
                if node not in settled:
                    nodes = kin(db, node)
                    slugs = _settle(db, articles, nodes, dry_run)
                    written += len(slugs)
                    settled.update(nodes)
                    for slug in slugs:
                        announce(slug)
            db.executemany("UPDATE node SET dirty = 0 WHERE id = ?", ((node,) for node in settled))
    return written


def _settle(db: sqlite3.Connection, articles: Path, nodes: list[int], dry_run: bool) -> list[str]:
    """Publish one of the records of *nodes*, or those that are published already; slugs of the files that wrote."""
    members = sorted(
        (member for node in nodes for member in _members(db, node)), key=lambda member: member.place_in_dumps
    )
    first = {member.node: member for member in reversed(members)}
    shelved = {node: found for node in first if (found := article_of(db, node))}
    withdrawn = {node for node in nodes if is_withdrawn(db, node)}
    # an address once public stays: what is shelved is published, whatever would be chosen today
    heads = sorted((first[node] for node in shelved), key=lambda member: member.rank)
    if not heads and not withdrawn:
        heads = sorted(first.values(), key=lambda member: member.rank)[:1]
    published = {head.record for head in heads}
    others = [member for member in members if member.record not in published and not member.is_vanished]
    written: list[str] = []
    slugs: dict[int, str] = {}
    for head in heads:
        lines = tuple(_line(db, member) for member in others if head is heads[0])
        slugs[head.node], is_written = _publish(db, articles, head, lines, shelved.get(head.node), dry_run)
        if is_written:
            written.append(slugs[head.node])
    verdicts = (
        (*_verdict(member, published, withdrawn, slugs, slugs[heads[0].node] if heads else ""), member.record)
        for member in members if not member.is_vanished
    )  # fmt: skip
    db.executemany("UPDATE record SET verdict = ?, reason = ? WHERE id = ?", verdicts)
    return written


def _members(db: sqlite3.Connection, node: int) -> Iterator[Member]:
    rows = db.execute(
        "SELECT id, node, dump IS NULL, path, place, origin, day, completeness FROM record WHERE node = ?", (node,)
    ).fetchall()
    return (Member(record, of, bool(vanished), *rest) for record, of, vanished, *rest in rows)


def _verdict(
    member: Member, published: set[int], withdrawn: set[int], slugs: dict[int, str], head: str
) -> tuple[str, str]:
    """(verdict, slug it is published under)."""
    if member.record in published:
        return "taken", slugs[member.node]
    if member.node in withdrawn or not head:
        return "withdrawn", ""
    return "duplicate", slugs.get(member.node, head)


def _line(db: sqlite3.Connection, member: Member) -> str:
    """A duplicate as `Other-Sources` names it: 大眾網 2019-11-20 seed.txt:40 https://…"""
    article = parse(body_of(db, member.record), member.origin)
    return " ".join(filter(None, (article.source, member.day, member.origin, article.original_url)))


def _publish(
    db: sqlite3.Connection,
    articles: Path,
    head: Member,
    others: tuple[str, ...],
    shelved: Shelved | None,
    dry_run: bool,
) -> tuple[str, bool]:
    """(slug of *head*, whether its file was written); *others* are its duplicates."""
    if head.is_vanished and shelved:
        text = (articles / shelved.path).read_text(encoding="utf-8", errors="replace")
        if shelved.edited:
            return shelved.slug, False
    else:
        text = body_of(db, head.record)
    own = _field(SLUG, text)
    # the slug of an edited file may be the person's; what it was generated with is the file's name
    slug = own if shelved is None else shelved.path.removesuffix(".md") if shelved.edited else shelved.slug
    if others or slug != own or head.is_vanished:
        text = render(replace(parse(text, head.origin), slug=slug, other_sources=others))
    seal = _field(SEAL, text)
    db.execute("UPDATE node SET seal = ? WHERE id = ?", (seal, head.node))
    path = shelved.path if shelved else f"{slug}.md"
    if shelved is None and _is_taken(db, path):
        return slug, False
    if shelved and (shelved.edited or shelved.seal == seal):
        return shelved.slug, False
    if not dry_run:
        write(db, articles, path, text)
    return slug, True


def _is_taken(db: sqlite3.Connection, path: str) -> bool:
    """Whether a file stands there that a person has changed so far that its digest is gone."""
    return db.execute("SELECT 1 FROM article WHERE path = ?", (path,)).fetchone() is not None


def _field(rule: re.Pattern[str], text: str) -> str:
    match = rule.search(text)
    return match[1] if match else ""
