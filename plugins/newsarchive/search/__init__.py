"""Articles -> a search index of small static files, one for all editions. Any substring of Han text is found.

Every article is cut into grams: each unit (a character of Han, or a word) and each pair of neighbours
(tokens.py). A browser fetches the few files that hold the grams of a query, intersects their lists, and
then reads the result pages themselves: to make sure of longer phrases, and to quote them.

The folder `search/` at the root of the site, every `.bin` in gzip:
    manifest.bin    JSON: format, number of articles, editions with their folders, segments from the newest on
    fold.bin        Traditional -> Simplified, character by character, as far as this archive needs it (foldtable.py)
    <segment>/      segment.py. A segment is named after its content, so a reader whose manifest is old meets
                    a missing file, never a wrong one.

Every byte follows from the articles as they are, not from how they came to be so: the oldest articles, a round
number of them, make the base, the oldest of the rest a second segment, again a round number, and what is then left
the newest one (`cut`). New articles are the newest, so on most days only that small segment is written. Where an old
article changes, the base is made anew: with so few segments no index can hold what it would hold after a clean build,
and yet keep its files.

Ids within a segment count from the newest article, so lists are in the order of dates.
"""

import gc
import gzip
import json
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import accumulate, count, islice, pairwise
from pathlib import Path
from typing import Any

from .codec import pack
from .document import KINDS, Document, IndexStats, Labels
from .facets import relabel
from .foldtable import fold_table
from .naming import FORMAT, key_of, name_of
from .segment import Segment, read_entry
from .tokens import fold, runs

__all__ = ["KINDS", "Document", "IndexStats", "Labels", "cut", "fold", "is_whole", "runs", "write_index"]

SMALLEST_BASE = 256
"""Fewer articles are one segment: to index them takes a fifth of a second."""

SHARE = 16
"""At most one in so many articles stands beside the base, on average half of that."""

EVEN_BITS = 6
"""Of 64 articles, about as many as come on a day: the step by which what stands beside the base is cut is halfway
between this and the step of the base. A smaller one would have the second segment written more often, a larger one
more articles in the newest; a fourth segment saved nothing of it, and each is asked by every query."""

FINENESS = 8
"""How much smaller the shards of segments beside the base are: a query reads as many of them as of the base."""


def cut(size: int) -> list[int]:
    """How many of *size* articles each segment holds, from the newest.

    The base grows by steps of a power of two: 16 to 32 steps make it up. So does the segment before it.

    >>> [cut(size) for size in (255, 256, 300, 10_000, 10_050, 100_000)]
    [[255], [256], [12, 288], [16, 256, 9728], [66, 256, 9728], [160, 1536, 98304]]
    """
    bits = (size // SHARE).bit_length() - 1
    oldest_first = []
    for step_bits in (bits, (bits + EVEN_BITS) // 2):
        if size >= SMALLEST_BASE:
            oldest_first.append(size >> step_bits << step_bits)
            size -= oldest_first[-1]
    return [part for part in (size, *reversed(oldest_first)) if part]


def write_index(
    documents: Collection[Document],
    folder: Path,
    labels: Labels,
    editions: Mapping[str, str],
    progress: Callable[[int, int], None] = lambda done, total: None,
    kept: Callable[[Callable[[Document], bytes]], Iterable[bytes]] | None = None,
) -> IndexStats:
    """Bring the index in *folder* up to date with *documents*, newest first; they are iterated more than once.

    *labels* are the facets' names in each edition, *editions* the folder of each, like `zh-hant/`, empty for the
    one at the root. *progress* is told how many documents of how many are indexed. Where keys of *documents* are
    *kept*, that gives them, and is told how one is made.

    Raises:
        ValueError: documents are not newest first.
    """
    folder.mkdir(parents=True, exist_ok=True)
    make = partial(key_of, labels=labels)
    keys = list(kept(make)) if kept else [make(document) for document in _in_order(documents)]
    parts = list(pairwise(accumulate(cut(len(keys)), initial=0)))
    missing = [(start, end) for start, end in parts if not read_entry(folder / name_of(keys[start:end]))]
    indexed = sum(end - start for start, end in missing)
    tell = partial(_tell, progress, count(1), indexed)
    segments = []
    for start, end in parts:
        path = folder / name_of(keys[start:end])
        if (start, end) in missing:
            fineness = 1 if end == len(keys) else FINENESS
            segment = Segment(path, end - start, labels, fineness)
            segments.append(_filled(segment, map(tell, islice(documents, start, end))))
        else:
            relabel(path, labels)
            segments.append(read_entry(path) or {})
    _write_manifest(folder, len(keys), segments, editions)
    return IndexStats(folder, len(keys), indexed, len(keys) >= SMALLEST_BASE and parts[-1] in missing)


def _tell(progress: Callable[[int, int], None], done: Iterator[int], total: int, document: Document) -> Document:
    """*document*, after *progress* was told of it."""
    progress(next(done), total)
    return document


def is_whole(folder: Path) -> bool:
    """Whether an index stands in *folder* with all its segments."""
    try:
        manifest = json.loads(gzip.decompress((folder / "manifest.bin").read_bytes()))
    except (OSError, ValueError, EOFError):
        return False
    return all(read_entry(folder / segment["id"]) for segment in manifest["segments"])


def _write_manifest(folder: Path, size: int, segments: list[dict[str, Any]], editions: Mapping[str, str]) -> None:
    """Write what tells a browser of the *segments*, and remove others."""
    _write(folder / "fold.bin", pack(fold_table({char for segment in segments for char in segment.pop("folds")})))
    manifest = {"format": FORMAT, "n": size, "editions": dict(editions), "segments": segments}
    text = json.dumps(manifest, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    _write(folder / "manifest.bin", pack(text.encode()))
    _remove_others(folder, {segment["id"] for segment in segments})


def _in_order(documents: Iterable[Document]) -> Iterator[Document]:
    """*documents*, refused if they are not newest first."""
    before: Document | None = None
    for document in documents:
        if before and before.date < document.date:
            raise ValueError(
                f"{document.slug} ({document.date}) comes after {before.slug} ({before.date}); expected newest first"
            )
        yield document
        before = document


def _filled(segment: Segment, documents: Iterable[Document]) -> dict[str, Any]:
    """Entry of *segment*, which is written with *documents* in it."""
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
