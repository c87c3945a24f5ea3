"""Work spread over processes: results come in order, and are those of one process."""

import gc
import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 40
"""Items handed over at once; 20 to 80 made no difference in a trial of 10,000 pages."""

WARM_UP = 20
"""So many items are done here before workers start: tables and templates these load, all workers inherit."""

SERIAL_BELOW = 200
"""Fewer items are done at once in this process: starting workers costs about 30 ms."""


def spread(work: Callable[[T], R], items: Sequence[T], workers: int = 0) -> Iterator[R]:
    """`map(work, items)` over *workers* processes (0: one for each core), in the order of *items*.

    Workers are forked and see what this process holds; only results travel back, and only a few chunks
    wait at a time, so memory stays flat. Where fork is missing (Windows) all is done here.

    Raises:
        ChildProcessError: a worker was killed.
    """
    gc.freeze()  # what stands already is not searched for circles again and again, nor copied for the workers
    try:
        yield from _spread(work, items, workers or os.cpu_count() or 1)
    finally:
        gc.unfreeze()


def _spread(work: Callable[[T], R], items: Sequence[T], workers: int) -> Iterator[R]:
    if workers == 1 or len(items) < SERIAL_BELOW or _fork() is None:
        for start in range(0, len(items), CHUNK):
            yield from _done(work, items[start : start + CHUNK])
        return
    yield from _done(work, items[:WARM_UP])
    starts = iter(range(WARM_UP, len(items), CHUNK))
    with staff(workers, lambda start: _done(work, items[start : start + CHUNK])) as submit:
        waiting: deque[Future[list[R]]] = deque(submit(start) for start in islice(starts, 3 * workers))
        while waiting:
            yield from waiting.popleft().result()
            waiting.extend(submit(start) for start in islice(starts, 1))


@contextmanager
def staff(count: int, work: Callable[..., R]) -> Iterator[Callable[..., Future[R]]]:
    """What has one of *count* processes do *work* with its arguments; where processes are forked, *work* is any.

    Each process has a line of its own and a thread here that waits at its other end. `ProcessPoolExecutor` lets all
    wait at one line: a worker that is killed takes its lock, or half a result, with it, and the run waits for ever
    (10 of 100 runs a worker of which was killed as they ended, 18 of 60 in the midst of work).

    Raises:
        ChildProcessError: of a result that a killed worker owes.
    """
    context = multiprocessing.get_context(_fork())
    lines: SimpleQueue[Connection[Any, Any]] = SimpleQueue()
    processes = [_hire(context, work, lines) for _ in range(count)]  # all before there are threads: fork copies none
    try:
        with ThreadPoolExecutor(count) as desk:
            try:
                yield partial(desk.submit, _ask, lines)
            except BaseException:  # GeneratorExit, too: nobody waits for what they still do
                for process in processes:
                    process.kill()
                raise
        for _ in processes:
            with suppress(OSError):  # one that was killed takes no leave
                lines.get().send(None)
    finally:
        for process in processes:
            process.join()


def _fork() -> str | None:
    """How processes come by what this one holds, where there is a way."""
    return "fork" if "fork" in multiprocessing.get_all_start_methods() else None


def _hire(context: Any, work: Callable[..., Any], lines: SimpleQueue[Any]) -> BaseProcess:
    """A process at work, its line in *lines*."""
    ours, theirs = context.Pipe()
    process: BaseProcess = context.Process(target=_serve, args=(theirs, work), daemon=True)
    process.start()
    theirs.close()  # now held by the process alone: with it the line ends
    lines.put(ours)
    return process


def _ask(lines: SimpleQueue[Any], *arguments: Any) -> Any:
    """What a process that is free makes of the *arguments*."""
    line = lines.get()
    try:
        line.send(arguments)
        result, error = line.recv()
    except (EOFError, OSError) as lost:
        raise ChildProcessError("a worker process was killed, for want of memory perhaps") from lost
    finally:
        lines.put(line)
    if error is not None:
        raise error
    return result


def _serve(line: "Connection[Any, Any]", work: Callable[..., Any]) -> None:
    """What a worker does all its life; Ctrl-C is for the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := multiprocessing.parent_process():
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    while (arguments := line.recv()) is not None:
        line.send_bytes(_answer(work, arguments))


def _answer(work: Callable[..., Any], arguments: Sequence[Any]) -> Any:
    """The result of *work*, or the error it ends with, ready for the line."""
    try:
        return ForkingPickler.dumps((work(*arguments), None))
    except Exception as error:  # noqa: BLE001  # whatever it is, it is raised again where the result is asked for
        error.add_note(traceback.format_exc())
        return ForkingPickler.dumps((None, error))


def _follow(parent: BaseProcess) -> None:
    """End this worker when its *parent* does, even by `kill -9`: what it still wrote would meet the next run."""
    parent.join()
    os._exit(1)


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
