"""A Dask cluster on this machine: a scheduler and workers, each a process of its own, ended by its id."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
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

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A scheduler on 127.0.0.1 with *workers*; all are ended at the end."""
    file = folder / "scheduler.json"
    command = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    scheduler = _start(folder, *command, "--no-jupyter", "--scheduler-file", str(file))
    begun = time.monotonic()
    while not file.is_file() and time.monotonic() < begun + START_SECONDS:
        time.sleep(0.05)
    made = Cluster(folder, json.loads(file.read_text())["address"], scheduler)
    try:
        for _ in range(workers):
            made.hire()
        yield made
    finally:
        made.end()


def _start(folder: Path, module: str, *options: str) -> subprocess.Popen[bytes]:
    with (folder / f"{module.rpartition('.')[2]}.log").open("ab") as log:
        return subprocess.Popen([sys.executable, "-m", module, *options], env=_environment(), stdout=log, stderr=log)


def _environment() -> dict[str, str]:
    places = (TOP, TOP / "plugins", *filter(None, (os.environ.get("PYTHONPATH"),)))
    return os.environ | {"PYTHONPATH": os.pathsep.join(map(str, places))}
