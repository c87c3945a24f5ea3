"""The workers of a Dask cluster.

Dask schedules, moves work away from workers that die and gives it to those that join. Here it is opened, asked
whether its workers are as we are, and found again: a scheduler that dies forgets all work, so when another one
appears in its place what was under way is handed over once more.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from importlib import import_module
from logging import CRITICAL, getLogger
from typing import Any, Generic, TypeVar

from ..errors import ClusterError, InstallError
from .engine import Engine, Pending, with_kit
from .identity import differences, identity
from .kit import Kit, kit_here

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

CONNECT_SECONDS = 30
WORKERS_SECONDS = 60
RETURN_SECONDS = 120
"""How long another scheduler is waited for when one is lost: a service manager takes seconds, a person a minute."""

MOST_RETURNS = 5
"""How often in one run; a scheduler that falls more often falls by what it is given."""

ASK_EVERY = 50
"""Pieces of work handed over before a cluster is asked again how many it does at once: asking takes 2 ms."""

RETRIES = 2
"""How often work that failed for a reason of its worker is tried again; a worker lost is no failure."""

RUNNING = "running"
"""State of a client that has its scheduler."""

FAILED = "error"
"""State of work that a worker did, and that ended with an exception."""

LOST = "the connection to the Dask scheduler was lost"


@contextmanager
def cluster(address: str, tell: Callable[[str], object] = str) -> Iterator[Engine]:
    """The workers of the Dask scheduler at *address*, each told apart by what it has in common with us.

    *tell* hears that the scheduler is lost and waited for, and that another one is there.

    Raises:
        InstallError: Dask is not installed.
        ClusterError: nobody answers there, nobody works there, or a worker has other versions.
    """
    office = Office(address, tell)
    try:
        yield Engine(office.submit, office.width, is_far=True)
    finally:
        office.client.close(timeout=1)


class Office:
    """Hands work to a Dask client, and finds another scheduler when one is lost."""

    def __init__(self, address: str, tell: Callable[[str], object]) -> None:
        self.address = address
        self.tell = tell
        self.returns = 0
        self.count = 0
        self.threads = 1
        self._open(CONNECT_SECONDS)
        closed = import_module("distributed.client").ClosedClientError
        self.losses: tuple[type[BaseException], ...] = (CancelledError, OSError, closed)
        self.killed: type[BaseException] = import_module("distributed.scheduler").KilledWorker

    def submit(self, work: Callable[..., R], *arguments: object) -> Pending[R]:
        return Far(self, work, arguments)

    def hand_over(self, work: Callable[..., R], arguments: tuple[object, ...]) -> tuple[Any, Any]:
        """(client, future) of *work*."""
        if self.client.status != RUNNING:
            self.come_back(self.client)
        return self.client, self.client.submit(with_kit, self.kit, work, *arguments, pure=False, retries=RETRIES)

    def width(self) -> int:
        """Threads of all workers, asked for again now and then, as workers come and go."""
        if self.count % ASK_EVERY == 0:
            with suppress(*self.losses):  # whoever waits for a result learns of it
                self.threads = max(sum(self.client.nthreads().values()), 1)
        self.count += 1
        return self.threads

    def come_back(self, lost: Any) -> None:
        """Wait for a scheduler in the place of that of the client *lost*, unless that was done.

        Raises:
            ClusterError: none came, none of its workers did, or this has happened too often.
        """
        if self.client is not lost:
            return
        self.returns += 1
        if self.returns > MOST_RETURNS:
            raise ClusterError(f"{LOST}, for the {self.returns}th time")
        self.tell(f"{LOST}; waiting up to {RETURN_SECONDS} s for one at {self.address}")
        getLogger("distributed.client").setLevel(CRITICAL)  # its traceback of the lost connection says no more
        lost.close(timeout=1)
        try:
            self._open(RETURN_SECONDS)
        except (ClusterError, OSError) as error:
            raise ClusterError(
                f"{LOST}, and within {RETURN_SECONDS} s there was none to go on with: {error}"
            ) from error
        self.tell(f"a Dask scheduler answers at {self.address}; what was under way is handed over again")

    def _open(self, seconds: float) -> None:
        self.client = _connected(self.address, seconds)
        try:
            _check(self.client)
        except ClusterError:
            self.client.close(timeout=1)
            raise
        # the kit is the result of a task: the scheduler can have it made again, so no worker's death can lose it
        self.kit = self.client.submit(_same, kit_here(), pure=False)


class Far(Generic[R_co]):
    """Work that a cluster does; kept until it is done, to be handed over again."""

    def __init__(self, office: Office, work: Callable[..., R_co], arguments: tuple[object, ...]) -> None:
        self.office = office
        self.work = work
        self.arguments = arguments
        self.client, self.future = office.hand_over(work, arguments)

    def result(self) -> R_co:
        """What came of it; waits.

        Raises:
            ClusterError: nobody can do it.
        """
        while True:
            if self.client is not self.office.client:  # lost, as a piece of work before this one has found out
                self.client, self.future = self.office.hand_over(self.work, self.arguments)
            try:
                found: R_co = self.future.result()
            except self.office.killed as error:
                raise ClusterError(
                    f"work was given up because the workers that took it died, for want of memory perhaps ({error})"
                ) from error
            except self.office.losses as error:
                if self.future.status == FAILED:
                    raise ClusterError(f"a worker could not do its work: {error}") from error
                self.office.come_back(self.client)
            else:
                return found


def _connected(address: str, seconds: float) -> Any:
    try:
        distributed: Any = import_module("distributed")  # only here: nothing else needs the extra
    except ImportError as error:
        raise InstallError(
            f"a Dask cluster ({address}) needs packages that are not installed: pip install 'newsarchive[cluster]'"
        ) from error
    try:
        return distributed.Client(address, timeout=seconds, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"no Dask scheduler answers at {address}; start one with `dask scheduler`, "
            f"or name its address as it prints it ({error})"
        ) from error


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


def _same(kit: Kit) -> Kit:
    return kit
