"""CPU seconds and the most memory of a phase, of this process and of those it ends, told apart."""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
SELF, ENDED = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
MB = 1024


class Row(NamedTuple):
    """What a phase took."""

    name: str
    wall: float
    here: float
    """CPU seconds of this process."""

    others: float
    """Of the processes it ended."""

    peak_here: int
    """MB."""

    peak_other: int
    """Of the largest process ended so far."""


@dataclass
class Phases:
    """Rows of the table, in the order the phases end."""

    rows: list[Row] = field(default_factory=list)

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        begun, here, others = time.monotonic(), cpu_seconds(SELF), cpu_seconds(ENDED)
        CLEAR.write_text("5")  # the peak begins anew
        yield
        peaks = peak_mb(), resource.getrusage(ENDED).ru_maxrss // MB
        spent = cpu_seconds(SELF) - here, cpu_seconds(ENDED) - others
        self.rows.append(Row(name, time.monotonic() - begun, *spent, *peaks))

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """*function*, measured as the phase *name*."""

        def measured(*args: Any, **options: Any) -> Any:
            with self.phase(name):
                return function(*args, **options)

        return measured

    def show(self, count: int) -> None:
        print(f"{'':14}{'wall s':>9}{'CPU s here':>12}{'others':>9}{'ms/record':>11}{'peak MB here':>14}{'other':>7}")
        for row in self.rows:
            each = 1000 * (row.here + row.others) / count
            print(
                f"{row.name:14}{row.wall:9.1f}{row.here:12.1f}{row.others:9.1f}{each:11.3f}"
                f"{row.peak_here:14}{row.peak_other:7}",
                flush=True,
            )


def cpu_seconds(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def peak_mb() -> int:
    """Most memory of this process since the phase began."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // MB
