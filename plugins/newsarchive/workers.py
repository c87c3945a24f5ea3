"""Work spread over processes: results come in order, and are those of one process."""

import gc
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 40
"""Items handed over at once; 20 to 80 made no difference in a trial of 10,000 pages."""

WARM_UP = 20
"""So many items are done here before workers start: tables and templates these load, all workers inherit."""

SERIAL_BELOW = 200
"""Fewer items are done at once in this process: starting workers costs about 30 ms."""

_task: tuple[Callable[[Any], Any], Sequence[Any]]
"""What forked workers do, and to what; they inherit it, so neither needs to be pickled."""


def spread(work: Callable[[T], R], items: Sequence[T], workers: int = 0) -> Iterator[R]:
    """`map(work, items)` over *workers* processes (0: one for each core), in the order of *items*.

    Workers are forked and see what this process holds; only results travel back, and only a few chunks
    wait at a time, so memory stays flat. Where fork is missing (Windows) all is done here.
    """
    gc.freeze()  # what stands already is not searched for circles again and again, nor copied for the workers
    try:
        yield from _spread(work, items, workers or os.cpu_count() or 1)
    finally:
        gc.unfreeze()


def _spread(work: Callable[[T], R], items: Sequence[T], workers: int) -> Iterator[R]:
    if workers == 1 or len(items) < SERIAL_BELOW or "fork" not in multiprocessing.get_all_start_methods():
        for start in range(0, len(items), CHUNK):
            yield from _done(work, items[start : start + CHUNK])
        return
    global _task
    _task = (work, items)
    yield from _done(work, items[:WARM_UP])
    starts = iter(range(WARM_UP, len(items), CHUNK))
    with ProcessPoolExecutor(workers, multiprocessing.get_context("fork"), leave_with_parent) as pool:
        waiting: deque[Future[list[R]]] = deque(pool.submit(_do, start) for start in islice(starts, 3 * workers))
        while waiting:
            yield from waiting.popleft().result()
            waiting.extend(pool.submit(_do, start) for start in islice(starts, 1))


def leave_with_parent() -> None:
    """Called by a worker as it begins: it ends when the process that started it does, even by `kill -9`.

    A worker waits for work on a pipe that its fellows hold open, too, and would wait for ever.
    """
    if parent := multiprocessing.parent_process():
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _do(start: int) -> list[Any]:
    work, items = _task
    return _done(work, items[start : start + CHUNK])


def _done(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Results of *items*. Circles are looked for once behind them: to look all the time took a quarter of it."""
    is_on = gc.isenabled()
    gc.disable()
    try:
        return [work(item) for item in items]
    finally:
        gc.collect(0)
        if is_on:
            gc.enable()
