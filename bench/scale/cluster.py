"""A Dask cluster on this machine: a scheduler and workers, each a process of its own, ended by its id."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

START_SECONDS = 60
TOP = Path(__file__).parents[2]


@dataclass
class Cluster:
    folder: Path
    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def hire(self, *options: str) -> subprocess.Popen[bytes]:
        """Start a worker with one thread."""
        places = ("--local-directory", str(self.folder / f"worker{len(self.workers)}"))
        command = ("distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        self.workers.append(_start(self.folder, *command, *places, *options))
        return self.workers[-1]

    def lose_scheduler(self) -> None:
        """End the scheduler and, as they do without one, its workers."""
        self.end()
        self.workers.clear()

    def start_again(self, workers: int = 2) -> None:
        """A scheduler at the address of the one that was lost, with new workers."""
        _, self.scheduler = _scheduler(self.folder, int(self.address.rpartition(":")[2]))
        for _ in range(workers):
            self.hire()

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A scheduler on 127.0.0.1 with *workers*; all are ended at the end."""
    made = Cluster(folder, *_scheduler(folder, 0))
    try:
        for _ in range(workers):
            made.hire()
        yield made
    finally:
        made.end()


def _scheduler(folder: Path, port: int) -> tuple[str, subprocess.Popen[bytes]]:
    """(address, process) of a scheduler."""
    file = folder / "scheduler.json"
    file.unlink(missing_ok=True)
    command = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    process = _start(folder, *command, "--no-jupyter", "--scheduler-file", str(file))
    begun = time.monotonic()
    while time.monotonic() < begun + START_SECONDS:
        with suppress(FileNotFoundError, json.JSONDecodeError):  # it is not there, or half written
            return json.loads(file.read_text())["address"], process
        time.sleep(0.05)
    process.kill()
    raise TimeoutError(f"no scheduler within {START_SECONDS} s; see {folder}/dask_scheduler.log")


def _start(folder: Path, module: str, *options: str) -> subprocess.Popen[bytes]:
    with (folder / f"{module.rpartition('.')[2]}.log").open("ab") as log:
        return subprocess.Popen([sys.executable, "-m", module, *options], env=_environment(), stdout=log, stderr=log)


def _environment() -> dict[str, str]:
    places = (TOP, TOP / "plugins", *filter(None, (os.environ.get("PYTHONPATH"),)))
    return os.environ | {"PYTHONPATH": os.pathsep.join(map(str, places))}
