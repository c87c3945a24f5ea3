"""Which records tell the same story. Two nodes are kin if `duplicates.is_same`, or through a third that is.

Whether two nodes are joined depends on their texts alone, so groups do not depend on the order of dumps; only
an article whose record has left the dumps is joined to the record that has taken its place.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache, partial

from ..duplicates import Telling, is_same, telling
from .dumps import body_of
from .store import transaction

BATCH = 2000
MIN_BANDS = 2
"""Nodes that share fewer are not compared: with Jaccard 0.8 one in 400 shares just one, with 0.3 one in nine."""

MAX_CANDIDATES = 64
"""Nodes a new one is compared with, those sharing most bands first; more only occur in series like lottery draws."""

TELLINGS_KEPT = 512


def regroup(db: sqlite3.Connection) -> None:
    """Bring the groups up to date after records were entered or struck."""
    for batch in _batches(db, 1):
        with transaction(db):
            entries = [entry for node in batch for entry in _renew(db, node)]
            # in the order of the index: random inserts cost three times as much at a million nodes
            db.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", sorted(entries))
    told = lru_cache(TELLINGS_KEPT)(partial(_telling, db))
    for batch in _batches(db, 2):
        with transaction(db):
            for node in batch:
                _join(db, node, told)
    with transaction(db):
        _join_successors(db)


def _join_successors(db: sqlite3.Connection) -> None:
    """Join an article whose record has left the dumps to the record that now bears its headline and day there.

    A short story that was corrected shares too little with its old self for `is_same`; so does one that grew.
    """
    pairs = db.execute(
        "SELECT gone.node, gone.origin, fresh.node, fresh.origin FROM record AS gone JOIN record AS fresh"
        " ON fresh.title = gone.title AND fresh.day = gone.day AND fresh.node != gone.node"
        " WHERE gone.dump IS NULL AND fresh.dump IS NOT NULL AND gone.title != '' AND gone.day != ''"
    ).fetchall()
    for gone, old, fresh, new in pairs:
        known = db.execute("SELECT 1 FROM edge WHERE a = ? AND b = ?", (gone, fresh)).fetchone()
        if old.rpartition(":")[0] == new.rpartition(":")[0] and not known:
            db.executemany("INSERT INTO edge VALUES (?, ?)", ((gone, fresh), (fresh, gone)))
            db.execute("UPDATE node SET dirty = 1 WHERE id IN (?, ?)", (gone, fresh))


def kin(db: sqlite3.Connection, node: int) -> list[int]:
    """*node* and all that tell the same story, in ascending order."""
    found, waiting = {node}, [node]
    while waiting:
        near = {b for (b,) in db.execute("SELECT b FROM edge WHERE a = ?", (waiting.pop(),))} - found
        found |= near
        waiting += near
    return sorted(found)


def _batches(db: sqlite3.Connection, stale: int) -> Iterator[list[int]]:
    query = "SELECT id FROM node WHERE stale = ? ORDER BY id LIMIT ?"
    while batch := [node for (node,) in db.execute(query, (stale, BATCH))]:
        yield batch


def _renew(db: sqlite3.Connection, node: int) -> list[tuple[int, int]]:
    """Entries for `band` of a node whose text may have changed; none if it has not, or is gone."""
    row = db.execute(
        "SELECT id, print FROM record WHERE node = ? ORDER BY dump IS NULL, path, place LIMIT 1", (node,)
    ).fetchone()
    known, bands = db.execute("SELECT print, bands FROM node WHERE id = ?", (node,)).fetchone()
    if row and row[1] == known:
        db.execute("UPDATE node SET stale = 0 WHERE id = ?", (node,))
        return []
    _part(db, node, json.loads(bands or "[]"))
    if not row:
        db.execute("DELETE FROM node WHERE id = ?", (node,))
        return []
    (bands,) = db.execute("SELECT bands FROM text WHERE record = ?", (row[0],)).fetchone()
    db.execute("UPDATE node SET stale = 2, dirty = 1, print = ?, bands = ? WHERE id = ?", (row[1], bands, node))
    return [(number, node) for number in json.loads(bands)]


def _part(db: sqlite3.Connection, node: int, bands: list[int]) -> None:
    """Cut *node* off from its kin."""
    db.execute("UPDATE node SET dirty = 1 WHERE id IN (SELECT b FROM edge WHERE a = ?)", (node,))
    db.execute("DELETE FROM edge WHERE (b, a) IN (SELECT a, b FROM edge WHERE a = ?)", (node,))
    db.execute("DELETE FROM edge WHERE a = ?", (node,))
    db.executemany("DELETE FROM band WHERE hash = ? AND node = ?", ((number, node) for number in bands))


def _join(db: sqlite3.Connection, node: int, told: Callable[[int], Telling]) -> None:
    """Find the kin of *node* among those that share a band with it."""
    (bands,) = db.execute("SELECT bands FROM node WHERE id = ?", (node,)).fetchone()
    numbers = json.loads(bands)
    candidates = db.execute(
        f"SELECT node FROM band WHERE hash IN ({','.join('?' * len(numbers))}) AND node != ?"
        " GROUP BY node HAVING count(*) >= ? ORDER BY count(*) DESC, node LIMIT ?",
        (*numbers, node, MIN_BANDS, MAX_CANDIDATES),
    ).fetchall()  # fmt: skip
    for (other,) in candidates:
        if is_same(told(node), told(other)):
            db.executemany("INSERT OR IGNORE INTO edge VALUES (?, ?)", ((node, other), (other, node)))
            db.execute("UPDATE node SET dirty = 1 WHERE id = ?", (other,))
    db.execute("UPDATE node SET stale = 0 WHERE id = ?", (node,))


def _telling(db: sqlite3.Connection, node: int) -> Telling:
    record, title, day = db.execute(
        "SELECT id, title, day FROM record WHERE node = ? ORDER BY dump IS NULL, path, place LIMIT 1", (node,)
    ).fetchone()
    body = body_of(db, record).partition("\n\n")[2]
    return telling(title, body, date.fromisoformat(day) if day else None)
