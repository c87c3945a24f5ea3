"""CPU seconds and the most memory of a phase, of this process and of those it ends."""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
MB = 1024


@dataclass
class Phases:
    """Rows of the table, in the order the phases end."""

    rows: list[tuple[str, float, float, int]] = field(default_factory=list)

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        begun, cpu = time.monotonic(), cpu_seconds()
        CLEAR.write_text("5")  # the peak begins anew
        yield
        self.rows.append((name, time.monotonic() - begun, cpu_seconds() - cpu, peak_mb()))

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """*function*, measured as the phase *name*."""

        def measured(*args: Any, **options: Any) -> Any:
            with self.phase(name):
                return function(*args, **options)

        return measured

    def show(self, count: int) -> None:
        print(f"{'phase':14}{'wall s':>9}{'CPU s':>9}{'CPU ms/record':>15}{'peak MB':>9}")
        for name, wall, cpu, peak in self.rows:
            print(f"{name:14}{wall:9.1f}{cpu:9.1f}{1000 * cpu / count:15.3f}{peak:9}", flush=True)


def cpu_seconds() -> float:
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in usage)


def peak_mb() -> int:
    """Most memory of this process since the phase began."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // MB
