"""What takes work: `submit(function, *arguments)` as of `concurrent.futures`, whoever does it.

Dask schedules, moves work away from workers that die and gives it to those that join; here it is only opened,
and asked whether its workers are as we are.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any, Generic, Protocol, TypeVar

from ..errors import ClusterError, InstallError
from ..workers import staff
from .identity import differences, identity
from .kit import Kit, kit_here, using

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

CONNECT_SECONDS = 30
WORKERS_SECONDS = 60
ASK_EVERY = 50
"""Pieces of work handed over before a cluster is asked again how many it does at once: asking takes 2 ms."""

RETRIES = 2
"""How often work that failed for a reason of its worker is tried again; a worker lost is no failure."""


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
    with staff(count, partial(_with_kit, kit_here())) as submit:
        yield Engine(submit, lambda: count)


def lent(executor: Executor, width: int) -> Engine:
    """An executor of somebody's, e.g. one of threads."""
    return Engine(executor.submit, lambda: width or os.cpu_count() or 1)


@contextmanager
def cluster(address: str) -> Iterator[Engine]:
    """The workers of the Dask scheduler at *address*, each told apart by what it has in common with us.

    Raises:
        InstallError: Dask is not installed.
        ClusterError: nobody answers there, nobody works there, or a worker has other versions.
    """
    client = _connected(address)
    try:
        _check(client)
        office = Office(client)
        yield Engine(office.submit, office.width, is_far=True)
    finally:
        client.close(timeout=1)


class Office:
    """Hands work to a Dask client, and says in our words when it is lost."""

    def __init__(self, client: Any) -> None:
        self.client = client
        # the kit is the result of a task: the scheduler can have it made again, so no worker's death can lose it
        self.kit = client.submit(_same, kit_here(), pure=False)
        self.losses = _losses()
        self.count = 0
        self.threads = 1

    def submit(self, work: Callable[..., R], *arguments: object) -> Pending[R]:
        with self.lost_in_our_words():
            return Far(self, self.client.submit(_with_kit, self.kit, work, *arguments, pure=False, retries=RETRIES))

    def width(self) -> int:
        """Threads of all workers, asked for again now and then, as workers come and go."""
        with self.lost_in_our_words():
            if self.count % ASK_EVERY == 0:
                self.threads = max(sum(self.client.nthreads().values()), 1)
        self.count += 1
        return self.threads

    @contextmanager
    def lost_in_our_words(self) -> Iterator[None]:
        """Says what happened when those who do the work are gone."""
        try:
            yield
        except self.losses as error:
            raise ClusterError(reason(error)) from error


@dataclass(frozen=True, slots=True)
class Far(Generic[R_co]):
    """Work that a cluster does."""

    office: Office
    future: Any

    def result(self) -> R_co:
        with self.office.lost_in_our_words():
            found: R_co = self.future.result()
            return found


def _connected(address: str) -> Any:
    try:
        distributed: Any = import_module("distributed")  # only here: nothing else needs the extra
    except ImportError as error:
        raise InstallError(
            f"a Dask cluster ({address}) needs packages that are not installed: pip install 'newsarchive[cluster]'"
        ) from error
    try:
        return distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"no Dask scheduler answers at {address}; start one with `dask scheduler`, "
            f"or name its address as it prints it ({error})"
        ) from error


def _losses() -> tuple[type[BaseException], ...]:
    """What Dask raises when scheduler or workers are gone for good."""
    names = {"distributed.scheduler": "KilledWorker", "distributed.client": "ClosedClientError"}
    return (CancelledError, OSError, *(getattr(import_module(module), name) for module, name in names.items()))


def _check(client: Any) -> None:
    """Refuse a cluster whose workers would not write what we would."""
    try:
        client.wait_for_workers(1, timeout=WORKERS_SECONDS)
    except TimeoutError as error:
        raise ClusterError(
            f"the scheduler at {client.scheduler.address} has no workers; start some with "
            f"`dask worker {client.scheduler.address} --nthreads 1`"
        ) from error
    wrong = [f"{worker}: {reason}" for worker, reason in sorted(_wrong(client.run(identity, on_error="return")))]
    if wrong:
        raise ClusterError(
            "workers differ from this machine; install the same newsarchive there (`pip install "
            "'newsarchive[cluster]'`) and start them again:\n  " + "\n  ".join(wrong)
        )


def _wrong(answers: dict[str, Any]) -> Iterator[tuple[str, str]]:
    here = identity()
    for worker, answer in answers.items():
        if isinstance(answer, BaseException):
            yield worker, f"newsarchive cannot be loaded there: {answer}"
        else:
            yield from ((worker, one) for one in differences(answer, here))


def reason(loss: BaseException) -> str:
    """What happened to those who did the work, in words.

    >>> reason(CancelledError())
    'the connection to the Dask scheduler was lost'
    """
    if type(loss).__name__ == "KilledWorker":
        return f"work was given up because the workers that took it died, for want of memory perhaps ({loss})"
    return "the connection to the Dask scheduler was lost" + (f" ({loss})" if isinstance(loss, OSError) else "")


def _same(kit: Kit) -> Kit:
    return kit


def _with_kit(kit: Kit, work: Callable[..., R], *arguments: Any) -> R:
    with using(kit):
        return work(*arguments)
