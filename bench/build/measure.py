"""One command, measured with all the processes it starts."""

import os
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY_SECONDS = 0.2
"""How often memory is looked at."""


@dataclass(frozen=True, slots=True)
class Cost:
    cpu: float
    """Seconds of user and system time."""

    wall: float
    peak_mb: float
    """Most memory at one time; a page that processes share counts once (PSS, Linux only)."""

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.cpu + other.cpu, self.wall + other.wall, max(self.peak_mb, other.peak_mb))


def measure(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run *command* in *folder*.

    Raises:
        RuntimeError: it failed; the message holds the end of what it said.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **(environment or {})}, stdout=said, stderr=subprocess.STDOUT
        )
        watch = _Watch(process.pid)
        watch.start()
        status = process.wait()
        watch.stop()
        if status:
            said.seek(0)
            raise RuntimeError(f"{command[0]} ended with {status}: {said.read()[-2000:].decode('utf-8', 'replace')}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, time.monotonic() - begun, watch.peak_kb / 1024)


class _Watch(threading.Thread):
    """Looks at the memory of a process and its children until it is stopped."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak_kb = 0
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.wait(EVERY_SECONDS):
            self.peak_kb = max(self.peak_kb, _memory_kb(self.pid))

    def stop(self) -> None:
        self.is_over.set()
        self.join()


def _memory_kb(pid: int) -> int:
    """Proportional memory of *pid* and all below it; 0 for what has ended, or where /proc does not tell."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return 0
    own = next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return own + sum(_memory_kb(int(child)) for child in children)
