"""What takes work: `submit(function, *arguments)` as of `concurrent.futures`, whoever does it.

Here are the processes of this machine; the workers of a Dask cluster are in `office`.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

from ..workers import staff
from .kit import Kit, kit_here, using

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Pending(Protocol[R_co]):
    """Work handed over."""

    def result(self) -> R_co:
        """What came of it; waits."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Somebody who takes work."""

    submit: Callable[..., Pending[Any]]
    """Called with a function and its arguments."""

    width: Callable[[], int]
    """How much of it is done at the same time, now."""

    is_far: bool = False
    """Whether it is done where our files may not be."""


@contextmanager
def processes(count: int) -> Iterator[Engine]:
    """*count* processes of this machine; forked where that can be, and so with all that is loaded here."""
    with staff(count, partial(with_kit, kit_here())) as submit:
        yield Engine(submit, lambda: count)


def lent(executor: Executor, width: int) -> Engine:
    """An executor of somebody's, e.g. one of threads."""
    return Engine(executor.submit, lambda: width or os.cpu_count() or 1)


def with_kit(kit: Kit, work: Callable[..., R], *arguments: Any) -> R:
    """What *work* gives with the tables of *kit*; runs in a worker, near or far."""
    with using(kit):
        return work(*arguments)
