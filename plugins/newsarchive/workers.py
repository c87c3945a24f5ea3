"""Work spread over processes: results come in order, and are those of one process."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from os import cpu_count
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 40
"""Items handed over at once; 20 to 80 made no difference in a trial of 10,000 pages."""

SERIAL_BELOW = 200
"""Fewer items are done at once in this process: starting workers costs about 30 ms."""

_work: Callable[[object], object]


def spread(work: Callable[[T], R], items: Sequence[T], workers: int = 0) -> Iterator[R]:
    """`map(work, items)` over *workers* processes (0: one for each core), in the order of *items*.

    Workers are forked, so *work* may be any callable and sees what this process holds.
    Where fork is missing (Windows) all is done here.
    """
    workers = workers or cpu_count() or 1
    if workers == 1 or len(items) < SERIAL_BELOW or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, items)
        return
    global _work
    _work = work  # type: ignore[assignment]
    remaining = iter(_chunks(items))
    with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
        # a few chunks ahead of the reader, never the whole list: memory stays flat
        waiting = [pool.submit(_do, chunk) for chunk in islice(remaining, 3 * workers)]
        while waiting:
            yield from waiting.pop(0).result()  # type: ignore[misc]
            waiting.extend(pool.submit(_do, chunk) for chunk in islice(remaining, 1))


def _chunks(items: Sequence[T]) -> Iterable[Sequence[T]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))


def _do(chunk: Sequence[object]) -> list[object]:
    return list(map(_work, chunk))
