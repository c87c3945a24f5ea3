"""Articles -> a search index of small static files, one for all editions. Any substring of Han text is found.

Every article is cut into grams: each unit (a character of Han, or a word) and each pair of neighbours
(tokens.py). A browser fetches the few files that hold the grams of a query, intersects their lists, and
then reads the result pages themselves: to make sure of longer phrases, and to quote them.

The folder `search/` at the root of the site, every `.bin` in gzip:
    manifest.bin    JSON: format, number of articles, editions with their folders, segments
    fold.bin        Traditional -> Simplified, character by character, as far as this archive needs it (foldtable.py)
    <segment>/      segment.py: at most a base, and a delta of what changed since. A segment is named
                    after its content, so a reader whose manifest is old meets a missing file, never a wrong one.

Ids within a segment count from the newest article, so lists are in the order of dates. The delta's `at`
says where its articles stand among the base's; `gone` lists ids of the base that no longer hold.
"""

import gc
import json
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .codec import gaps, pack
from .document import KINDS, Document, IndexStats, Labels
from .foldtable import fold_table
from .ledger import FORMAT, key_of, name_of, read_keys, write_keys
from .segment import Segment, read_entry
from .tokens import fold, runs

__all__ = ["KINDS", "Document", "IndexStats", "Labels", "fold", "runs", "write_index"]

SMALLEST_BASE = 256
"""Archives below this size are indexed whole each time: it takes a fifth of a second."""

DELTA_SHARE = 8
DELTA_ARTICLES = 2048
"""The base is made anew when more articles changed than this, or than one in DELTA_SHARE of it."""


def write_index(
    documents: Collection[Document], folder: Path, state: Path, labels: Labels, editions: Mapping[str, str]
) -> IndexStats:
    """Bring the index in *folder* up to date with *documents*, newest first; they may be iterated twice.

    *state* is a folder of what only speeds up the next run. *labels* are the facets' names in each edition,
    *editions* the folder of each, like `zh-hant/`, empty for the one at the root.
    The same documents and state give the same bytes; without state the index is one segment.

    Raises:
        ValueError: documents are not newest first.
    """
    folder.mkdir(parents=True, exist_ok=True)
    changes = _changes(documents, folder, state, labels)
    segments = _segments(documents, changes, folder, state, labels)
    manifest = {"format": FORMAT, "n": len(documents), "editions": dict(editions), "segments": segments}
    _write(folder / "fold.bin", pack(fold_table({char for segment in segments for char in segment.pop("folds")})))
    text = json.dumps(manifest, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    _write(folder / "manifest.bin", pack(text.encode()))
    _remove_others(folder, {segment["id"] for segment in segments})
    sizes = [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
    return IndexStats(
        len(documents), changes.indexed, len(sizes), sum(sizes), changes.base is None and changes.indexed > 0
    )


@dataclass(slots=True)
class Changes:
    """What differs from the base."""

    base: dict[str, Any] | None
    """Manifest entry of the base, None if it has to be made anew."""

    fresh: list[tuple[Document, bytes]] = field(default_factory=list)
    """Documents the base does not hold, with their keys."""

    at: list[int] = field(default_factory=list)
    """For each of them, the id in the base it stands before."""

    gone: list[int] = field(default_factory=list)
    """Ids in the base that no longer hold."""

    indexed: int = 0
    """How many articles had to be read."""


def _changes(documents: Collection[Document], folder: Path, state: Path, labels: Labels) -> Changes:
    keys = read_keys(state)
    base = read_entry(folder / name_of(keys))
    if base is None or len(documents) < SMALLEST_BASE:
        return Changes(None)
    changes = Changes(base)
    most = min(DELTA_ARTICLES, len(keys) // DELTA_SHARE)
    missing = {key: number for number, key in enumerate(keys)}
    here = 0
    for document, key in _keyed(documents, labels):
        number = missing.pop(key, None)
        if number is not None:
            here = number + 1
            continue
        changes.fresh.append((document, key))
        changes.at.append(here)
        if len(changes.fresh) > most:
            return Changes(None)
    changes.gone = sorted(missing.values())
    return changes if len(changes.gone) + len(changes.fresh) <= most else Changes(None)


def _keyed(documents: Iterable[Document], labels: Labels) -> Iterator[tuple[Document, bytes]]:
    """*documents* with their keys, refused if they are not newest first."""
    before: Document | None = None
    for document in documents:
        if before and before.date < document.date:
            raise ValueError(
                f"{document.slug} ({document.date}) comes after {before.slug} ({before.date}); expected newest first"
            )
        yield document, key_of(document, labels)
        before = document


def _segments(
    documents: Collection[Document], changes: Changes, folder: Path, state: Path, labels: Labels
) -> list[dict[str, Any]]:
    """Write what is missing; return the segments' entries in the manifest."""
    if changes.base is None:
        keys = [key for _, key in _keyed(documents, labels)]
        write_keys(state, keys)
        return [_segment(documents, folder / name_of(keys), labels, changes)] if documents else []
    base = {**changes.base, "gone": gaps(changes.gone)} if changes.gone else changes.base
    if not changes.fresh:
        return [base]
    path = folder / name_of(key for _, key in changes.fresh)
    delta = _segment([document for document, _ in changes.fresh], path, labels, changes)
    return [base, {**delta, "at": gaps(changes.at)}]


def _segment(documents: Collection[Document], path: Path, labels: Labels, changes: Changes) -> dict[str, Any]:
    """Entry of the segment of *documents*, written to *path* unless it is there: its name tells what it holds."""
    if entry := read_entry(path):
        return entry
    changes.indexed = len(documents)
    segment = Segment(path, len(documents), labels)
    with _no_collector():
        for document in documents:
            segment.add(document)
        return segment.finish()


@contextmanager
def _no_collector() -> Iterator[None]:
    """Postings are a million lists without circles: looking for circles in them took a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _write(path: Path, data: bytes) -> None:
    """Write *path* whole, and only if it differs."""
    if not path.is_file() or path.read_bytes() != data:
        part = path.with_name(path.name + ".part")
        part.write_bytes(data)
        part.replace(path)


def _remove_others(folder: Path, names: set[str]) -> None:
    """Remove segments the manifest no longer names, and what a killed run left."""
    for path in folder.iterdir():
        if path.is_dir() and path.name not in names:
            shutil.rmtree(path)
