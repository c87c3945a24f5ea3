"""Dumps -> rows of the ledger, in the order of the dumps, by as many workers as there are, near or far."""

import os
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ..article import Note, Origin, Record, Refusal
from ..cluster.engine import Engine, Pending, processes
from ..dumps import name_of, read_all
from ..errors import ClusterError
from ..ledger import dumps as ledger
from ..ledger.dumps import NOTED, Outcome, Stamp, noted, outcome
from ..ledger.store import transaction
from .depot import Depot
from .sent import Sent, laid_out, mappings_below, read_sent, sent
from .version import program_version

BATCH_BYTES = 256 * 1024
"""Small dumps are handed over by so many bytes at once: about 0.2 s of work, 100 times the cost of handing over."""

BATCH_RECORDS = 100
"""Records of a larger dump that are handed over at once."""

SERIAL_BYTES = 512 * 1024
"""Less than this is read here: starting processes takes as long."""

AHEAD_PER_WORKER = 3
"""Batches in flight; they bound memory, whatever the dumps' size."""

MAX_NAMED = 5
"""Dumps a message names."""

Found = Record | Refusal | Note
Read = tuple[Found, ...]


class Dump(NamedTuple):
    """A dump to be read."""

    name: str
    place: str
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Piece:
    """A dump, or a run of its records."""

    dump: Dump
    weight: int
    """Bytes it adds to a batch."""

    done: int
    """Bytes of the dump that are done when it is."""

    records: Read | Sent | None = None
    """Or the whole of a small dump, if it travels; None if it is read from its place, where it is catalogued."""

    is_first: bool = True
    is_last: bool = True


Batch = tuple[Piece, ...]
"""What one worker catalogues at once."""


class Task(NamedTuple):
    """What a worker is told of a batch: of each piece its records, or the file that holds them."""

    root: Path
    zone: tzinfo
    pieces: tuple[Read | Sent | Path, ...]
    mappings: tuple[Sent, ...] = ()
    """For dumps that travel."""


def read_dumps(
    db: sqlite3.Connection,
    depot: Depot,
    zone: tzinfo,
    *,
    workers: int,
    engine: Engine | None,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Enter into the ledger the records of all dumps in *depot* that changed since they were read.

    Raises:
        ClusterError: the workers of *engine* were lost; what they had done is in the ledger.
    """
    program = program_version(depot.root, zone)
    known = ledger.known_stamps(db, program)
    places, total = _waiting(db, depot, known)
    is_far = depot.is_far or (engine is not None and engine.is_far)
    mappings = mappings_below(depot.root) if is_far else ()
    done, count = 0, 0
    with _engine(engine, workers, total) as taken:
        batches = _batches(_changed(db, depot, places, known), depot, is_far)
        try:
            for batch, results in _ordered(taken, partial(_task, depot.root, zone, mappings), batches):
                with transaction(db):
                    count = _enter(db, batch, results, program, count)
                done += sum(piece.done for piece in batch)
                if progress:
                    progress(min(done, total), total)
        except ClusterError as error:
            raise ClusterError(f"{error}; {_missing(db, depot, places, program)}") from error


def _missing(db: sqlite3.Connection, depot: Depot, places: Sequence[str], program: str) -> str:
    """Which dumps are not read to their end, in words."""
    read = ledger.known_stamps(db, program)
    names = [name for name in (depot.lying(place).name for place in places) if name not in read]
    some = ", ".join(names[:MAX_NAMED]) + (" …" if len(names) > MAX_NAMED else "")
    return (
        f"{len(places) - len(names)} of {len(places)} new dumps are read, missing are {len(names)}: {some}; "
        "run again, those read are not read again"
    )


def _waiting(db: sqlite3.Connection, depot: Depot, known: Mapping[str, Stamp]) -> tuple[list[str], int]:
    """Where dumps lie that may have to be read, and their bytes; what the ledger knows of vanished ones is struck."""
    names: list[str] = []
    places: list[str] = []
    for name, place in depot.dumps():
        names.append(name)
        if name not in known or depot.is_touched(place, known[name]):
            places.append(place)
    with transaction(db):
        ledger.forget(db, names)
    return places, sum(map(depot.size, places))


def _changed(db: sqlite3.Connection, depot: Depot, places: Iterable[str], known: Mapping[str, Stamp]) -> Iterator[Dump]:
    """The dumps at *places* whose content is not what the ledger holds; the others were only touched."""
    for name, place in map(depot.lying, places):
        stamp = depot.stamp(place, known.get(name))
        if name in known and stamp.digest == known[name].digest:
            ledger.keep(db, name, stamp)
        else:
            yield Dump(name, place, stamp)


def _batches(changed: Iterable[Dump], depot: Depot, is_far: bool) -> Iterator[Batch]:
    """What is to be read, in order, in portions worth handing over."""
    batch: list[Piece] = []
    weight = 0
    for piece in _pieces(changed, depot, is_far):
        if batch and weight + piece.weight > BATCH_BYTES:
            yield tuple(batch)
            batch, weight = [], 0
        batch.append(piece)
        weight += piece.weight
    if batch:
        yield tuple(batch)


def _pieces(changed: Iterable[Dump], depot: Depot, is_far: bool) -> Iterator[Piece]:
    for dump in changed:
        if dump.stamp.size > BATCH_BYTES:
            yield from _portions(dump, depot)
        else:
            yield Piece(dump, dump.stamp.size, dump.stamp.size, _sent(dump, depot) if is_far else None)


def _sent(dump: Dump, depot: Depot) -> Read | Sent:
    """The whole of a small *dump*, to be read where it is catalogued: reading is half the work of a saved page."""
    try:
        with depot.opened(dump.place) as file:
            return sent(file, depot.root)
    except OSError as error:
        return (_unreadable(dump.name, error),)


def _portions(dump: Dump, depot: Depot) -> Iterator[Piece]:
    records = _records(dump, depot)
    portion, first, left = tuple(islice(records, BATCH_RECORDS)), True, dump.stamp.size
    while True:
        following = tuple(islice(records, BATCH_RECORDS))
        # how far a reader is in a file it does not tell: records weigh what their text weighs
        weight = sum(len((record.raw or getattr(record, "text", "")).encode("utf-8", "replace")) for record in portion)
        done = min(left, weight) if following else left
        left -= done
        yield Piece(dump, weight, done, portion, first, not following)
        if not following:
            return
        portion, first = following, False


def _records(dump: Dump, depot: Depot) -> Iterator[Found]:
    try:
        with depot.opened(dump.place) as file:
            yield from read_all(file, depot.root)
    except OSError as error:
        yield _unreadable(dump.name, error)


def _unreadable(name: str, error: OSError) -> Refusal:
    return Refusal(Origin(name), f"cannot be read: {error.strerror or error}; look after the file and run again")


def _task(root: Path, zone: tzinfo, mappings: tuple[Sent, ...], batch: Batch) -> Task:
    pieces = tuple(Path(piece.dump.place) if piece.records is None else piece.records for piece in batch)
    return Task(root, zone, pieces, mappings if any(isinstance(piece, Sent) for piece in pieces) else ())


def _catalogue(task: Task) -> list[list[Outcome]]:
    """Outcomes of each piece of a batch; runs in another process."""
    travels = any(isinstance(piece, Sent) for piece in task.pieces)
    with laid_out(task.mappings) if travels else nullcontext(task.root) as root:
        return [[_outcome(record, task.zone) for record in _read(piece, root)] for piece in task.pieces]


def _read(piece: Read | Sent | Path, root: Path) -> Iterator[Found]:
    if isinstance(piece, tuple):
        yield from piece
        return
    try:
        yield from read_sent(piece, root) if isinstance(piece, Sent) else read_all(piece, root)
    except OSError as error:
        yield _unreadable(piece.name if isinstance(piece, Sent) else name_of(piece, root), error)


def _outcome(record: Found, zone: tzinfo) -> Outcome:
    from ..catalogue import catalogue  # not before a dump changed: its tables cost a build 0.2 s

    if isinstance(record, Note):
        return noted(record)
    result = record if isinstance(record, Refusal) else catalogue(record, zone)
    if isinstance(result, Refusal) and isinstance(record, Record) and not result.raw:
        result = Refusal(result.origin, result.reason, record.raw or record.text)
    return outcome(result, str(record.origin))


def _enter(db: sqlite3.Connection, batch: Batch, results: list[list[Outcome]], program: str, before: int) -> int:
    """Enter the *results* of *batch*; how many records of its last dump are entered so far, *before* it included."""
    entered = before
    for piece, outcomes in zip(batch, results, strict=True):
        dump = piece.dump
        entered = 0 if piece.is_first else entered
        number = ledger.begin(db, dump.name) if piece.is_first else ledger.number_of(db, dump.name)
        for found in outcomes:
            entered += found.verdict != NOTED
            ledger.enter(db, number, dump.name, entered, found)
        if piece.is_last:
            ledger.finish(db, number, dump.stamp, program, entered)
    return entered


def _engine(engine: Engine | None, workers: int, size: int) -> AbstractContextManager[Engine | None]:
    """*engine*, or processes of our own, or none where this process is enough."""
    workers = workers or os.cpu_count() or 1
    if engine is not None or workers == 1 or size < SERIAL_BYTES:
        return nullcontext(engine)
    from .. import catalogue  # noqa: F401  # once, before there are workers that would each load it
    from ..dumps import reading  # noqa: F401

    return processes(workers)


def _ordered(
    engine: Engine | None, task_of: Callable[[Batch], Task], batches: Iterable[Batch]
) -> Iterator[tuple[Batch, list[list[Outcome]]]]:
    """Each batch with its results, in order; only a few are in flight.

    Raises:
        ClusterError: those who did the work are gone.
    """
    if engine is None:
        yield from ((batch, _catalogue(task_of(batch))) for batch in batches)
        return
    waiting: deque[tuple[Batch, Pending[list[list[Outcome]]]]] = deque()
    for batch in batches:
        waiting.append((batch, engine.submit(_catalogue, task_of(batch))))
        if len(waiting) > AHEAD_PER_WORKER * engine.width():
            first, pending = waiting.popleft()
            yield first, pending.result()
    yield from ((batch, pending.result()) for batch, pending in waiting)
