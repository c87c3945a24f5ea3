"""Runs that lack something: room on the disk, the right to write or to read, the hour, the archive to themselves."""

import os
import random
import resource
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .scene import ENVIRONMENT, Done, Scene, Tally, impolite, run, torn

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
BOUND = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if IS_ROOT else []
"""Root may read and write everything: what may not be done is tried without that right."""

DAY_SECONDS = 86_400
PLACES = ("output", "content/articles", ".newsarchive")

FAKETIME = max(
    (str(file) for top in ("/usr/lib", "/opt/homebrew/lib") for file in Path(top).glob("**/faketime/libfaketime*1*")),
    default=os.environ.get("LIBFAKETIME", ""),
)
"""Library that gives a process another clock (Debian: faketime), the one for threads (MT) first, if there is one."""


def doubled(scene: Scene, chance: random.Random, tally: Tally) -> Iterator[str]:
    """Two or three runs at once: one is done, the others say who is at it."""
    runs = []
    for _ in range(chance.choice((2, 2, 3))):
        command = scene.command(chance.choice(("html", "html", "ingest")))
        pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        runs.append(subprocess.Popen(command, env=ENVIRONMENT, text=True, **pipes))
        time.sleep(chance.choice((0, 0.02, chance.uniform(0, scene.seconds["html"]))))
    said = [one.communicate()[1] for one in runs]
    done = [Done(one.args, one.returncode, "", text) for one, text in zip(runs, said, strict=True)]
    tally.faults["run beside another"] += len(done) - 1
    for one in done:
        yield from impolite(one)
    if all(one.returncode == 2 for one in done):
        yield "of several runs none was done"
    yield from torn(scene)


def starved(scene: Scene, chance: random.Random, tally: Tally) -> Iterator[str]:
    """The disk is full halfway; where we have no disk of our own, no file may grow beyond a limit."""
    top = scene.folder.parent
    if top.is_mount():
        needed = sum(file.stat().st_size for file in scene.saved.rglob("*") if file.is_file())
        with (top / "ballast").open("wb") as file:
            free = os.statvfs(top).f_bavail * os.statvfs(top).f_frsize
            os.posix_fallocate(file.fileno(), 0, max(1, free - int((needed + 20_000_000) * chance.random() ** 3)))
        done, kind = run(scene), "full disk"
        (top / "ballast").unlink()
    else:
        done, kind = _bound(scene, **_limit(chance.randrange(20_000, 300_000))), "limit on the size of files"
    tally.faults[f"{kind}, {'noticed' if done.returncode == 2 else 'not reached'}"] += 1
    yield from impolite(done)
    yield from torn(scene)


def _limit(size: int) -> dict[str, Callable[[], None]]:
    return {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))}


def _bound(scene: Scene, **more: Any) -> Done:
    """A run that may do no more than the rights of files allow."""
    return subprocess.run(
        [*BOUND, *scene.command()],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        **{"env": ENVIRONMENT} | more,
    )


@contextmanager
def _taken_from(files: list[Path], rights: int) -> Iterator[None]:
    """Take *rights* away from *files* while the block lasts."""
    for file in files:
        file.chmod(file.stat().st_mode & ~rights)
    yield
    for file in filter(Path.exists, files):  # an article whose dump went goes, too
        file.chmod(file.stat().st_mode | rights & 0o700)


def locked(scene: Scene, chance: random.Random, tally: Tally) -> Iterator[str]:
    """A part of the archive may not be written to: all of it, or some folders."""
    place = scene.folder / chance.choice(PLACES)
    place.mkdir(parents=True, exist_ok=True)
    folders = [place, *(path for path in place.rglob("*") if path.is_dir())]
    with _taken_from(chance.sample(folders, chance.randint(1, len(folders))), 0o222):
        done = _bound(scene)
    tally.faults[f"read-only {place.name}, {'noticed' if done.returncode == 2 else 'not needed'}"] += 1
    yield from impolite(done)
    yield from torn(scene)


def unreadable(scene: Scene, chance: random.Random, tally: Tally) -> Iterator[str]:
    """Some dumps, or one article, may not be read."""
    articles = [*(scene.folder / "content" / "articles").rglob("*.md")]
    chosen = chance.choice([chance.sample(scene.dumps(), 2), chance.sample(articles, min(1, len(articles)))])
    with _taken_from(chosen, 0o444):
        done = _bound(scene)
    kind = "article" if chosen and chosen[0].suffix == ".md" else "dump"
    tally.faults[f"unreadable {kind}, exit status {done.returncode}"] += 1
    yield from impolite(done)


def clock_gone_back(scene: Scene, chance: random.Random, tally: Tally) -> Iterator[str]:
    """Half of all files bear other times than they had, up to ten years off; in mid-run the clock goes back, too."""
    for file in scene.folder.rglob("*"):
        if chance.random() < 0.5:
            moment = time.time() + chance.uniform(-3650, 3650) * DAY_SECONDS
            os.utime(file, (moment, moment))
    clock = scene.folder.with_name("clock")
    clock.write_text("+0", "ascii")
    moment = chance.choice((0, chance.random() * scene.seconds["html"]))
    turning = threading.Timer(moment, clock.write_text, (f"-{chance.randint(1, 3650)}d", "ascii"))
    turning.start()
    more = {"LD_PRELOAD": FAKETIME, "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1"} if FAKETIME else {}
    done = _bound(scene, env=ENVIRONMENT | more)
    turning.cancel()
    tally.faults["clock and files set back" if FAKETIME else "files set back, not the clock: no libfaketime"] += 1
    yield from impolite(done)
    yield from torn(scene)
