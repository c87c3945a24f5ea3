"""Runs that are killed at random moments, and as a store is written; all of a run, its first process or a worker."""

import os
import random
import signal
import time
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

from .scene import RUN_SECONDS, Scene, Tally, pid_of, started, torn

WRITES = {"ingest": 12, "html": 24}
"""So often are the stores in the cache written to, or nearly."""

WORKERS_LIVE_SECONDS = 15
"""Workers whose first process was killed may take so long to notice."""


def killed(scene: Scene, chance: random.Random, tally: Tally) -> Iterator[str]:
    """Two to eight runs are killed, one after the other."""
    for _ in range(chance.randint(2, 8)):
        command = chance.choice(("ingest", "html", "html"))
        process = started(scene, command, scene.folder.with_name("errors"))
        moment = chance.choice((_at_random, _as_written))(process, scene, command, chance)
        whom = _kill(process, chance.choice(("group", "group", "first", "worker")))
        tally.faults[f"kill -9 of {whom}, {command}, {moment}" if whom else "too late to kill"] += 1
        yield from _outlived(process)
        yield from torn(scene)


def _at_random(process: BaseProcess, scene: Scene, command: str, chance: random.Random) -> str:
    process.join(chance.random() * scene.seconds[command])
    return "at a random moment"


def _as_written(process: BaseProcess, scene: Scene, command: str, chance: random.Random) -> str:
    """Wait until the stores have changed so many times: most die between a write and its commit."""
    writes, seen = chance.randint(1, WRITES[command]), _stores(scene)
    while process.is_alive() and writes:
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


def _kill(process: BaseProcess, whom: str) -> str:
    """Kill the run or a part of it; whom it hit."""
    if not process.is_alive():
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
        os.killpg(pid_of(process), signal.SIGKILL)
    return whom


def _outlived(process: BaseProcess) -> Iterator[str]:
    """Wait until all of a run is gone; what is not gone in time is a defect, and ended."""
    process.join(RUN_SECONDS)
    if process.is_alive():
        yield "a run hangs whose worker was killed"
    elif _are_gone(process):
        return
    else:
        yield "workers live on whose first process was killed"
    os.killpg(pid_of(process), signal.SIGKILL)
    process.join()


def _are_gone(process: BaseProcess) -> bool:
    """Whether all of a run is gone, after some time to notice."""
    for _ in range(WORKERS_LIVE_SECONDS * 20):
        try:
            os.killpg(pid_of(process), 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False
