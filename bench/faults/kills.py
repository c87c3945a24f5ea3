"""Runs that are killed at random moments, and as a store is written; all of a run, its first process or a worker."""

import contextlib
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from .scene import ENVIRONMENT, LOADING, Scene, Tally, torn

WRITES = {"ingest": 12, "html": 24}
"""So often are the stores in the cache written to, or nearly."""

WORKERS_LIVE_SECONDS = 15
"""Workers whose first process was killed may take so long to notice."""


def killed(scene: Scene, chance: random.Random, tally: Tally) -> Iterator[str]:
    """Two to eight runs are killed, one after the other."""
    for _ in range(chance.randint(2, 8)):
        command = chance.choice(("ingest", "html", "html"))
        process = subprocess.Popen(
            scene.command(command), env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        moment = chance.choice((_at_random, _as_written))(process, scene, command, chance)
        whom = _kill(process, chance.choice(("group", "group", "first", "worker")))
        tally.faults[f"kill -9 of {whom}, {command}, {moment}" if whom else "too late to kill"] += 1
        yield from _outlived(process)
        yield from torn(scene)


def _at_random(process: subprocess.Popen[bytes], scene: Scene, command: str, chance: random.Random) -> str:
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(chance.uniform(LOADING, 1) * scene.seconds[command])
    return "at a random moment"


def _as_written(process: subprocess.Popen[bytes], scene: Scene, command: str, chance: random.Random) -> str:
    """Wait until the stores have changed so many times: most die between a write and its commit."""
    writes, seen = chance.randint(1, WRITES[command]), _stores(scene)
    while process.poll() is None and writes:
        now = _stores(scene)
        writes, seen = writes - (now != seen), now
        time.sleep(0.0002)
    return "as a store is written"


def _stores(scene: Scene) -> set[tuple[str, int, int]]:
    """Size and time of all files of the cache."""
    try:
        return {(it.name, it.stat().st_size, it.stat().st_mtime_ns) for it in os.scandir(scene.folder / ".newsarchive")}
    except FileNotFoundError:
        return set()  # not there yet, or one went as we looked


def _kill(process: subprocess.Popen[bytes], whom: str) -> str:
    """Kill the run or a part of it; whom it hit."""
    if process.poll() is not None:
        return ""
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    children = workers.read_text("ascii").split() if workers.is_file() else []
    if whom == "worker" and children:
        try:
            os.kill(int(children[-1]), signal.SIGKILL)
        except ProcessLookupError:
            return ""
    elif whom == "first":
        process.kill()
    else:
        whom = "group"
        os.killpg(process.pid, signal.SIGKILL)
    return whom


def _outlived(process: subprocess.Popen[bytes]) -> Iterator[str]:
    """Wait until all of a run is gone; what is not gone in time is a defect, and ended."""
    try:
        process.wait(60)
        for _ in range(WORKERS_LIVE_SECONDS * 20):
            os.killpg(process.pid, 0)
            time.sleep(0.05)
    except ProcessLookupError:
        return
    except subprocess.TimeoutExpired:
        yield "a run hangs whose worker was killed"
    else:
        yield "workers live on whose first process was killed"
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
