"""An archive in a state to start from, what an undisturbed run makes of it, and what must hold of any other."""

import hashlib
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

from bench.demo import make_demo
from newsarchive.cli import main

TOP = Path(__file__).parents[2]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(TOP / "plugins"), "PYTHONDONTWRITEBYTECODE": "1"}

UNFINISHED = re.compile(r"/\.|\.part/")
"""Where files are written that nothing leads to before they take their places."""

State = dict[str, str]
"""File -> SHA-256 of its bytes."""

FORK = multiprocessing.get_context("fork")
RUN_SECONDS = 300

Done = subprocess.CompletedProcess[str]


@dataclass
class Scene:
    name: str
    folder: Path
    """Where every round plays; the same for all scenes, as caches know their folder."""

    saved: Path
    edited: str = ""
    """An article corrected by hand, if there is one."""

    before: State = field(default_factory=dict)
    after: State = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    """How long each command takes undisturbed."""

    def restore(self) -> None:
        """Put the archive back as it was."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.saved, self.folder)

    def command(self, name: str = "html") -> list[str]:
        return [sys.executable, "-m", "newsarchive", name, "-s", str(self.folder / "democonf.py")]

    def dumps(self) -> list[Path]:
        return sorted(file for file in (self.folder / "content" / "dumps").rglob("*") if file.is_file())


@dataclass
class Tally:
    """What was tried, and what was wrong."""

    rounds: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    defects: list[str] = field(default_factory=list)


def started(scene: Scene, name: str, errors: Path) -> BaseProcess:
    """A run in a process group of its own. It is forked, so that it works at once and does not load Python first."""
    process = FORK.Process(target=_command, args=(scene.command(name)[3:], errors))
    process.start()
    while process.is_alive() and os.getpgid(pid_of(process)) != pid_of(process):
        time.sleep(0.001)
    return process


def pid_of(process: BaseProcess) -> int:
    """Number of a process that was started, and of its group."""
    if process.pid is None:
        raise RuntimeError("a process that was not started has no number")
    return process.pid


def _command(arguments: list[str], errors: Path) -> None:
    os.setsid()
    with errors.open("wb") as file:
        os.dup2(file.fileno(), 2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.exit(main(arguments))


def run(scene: Scene, name: str = "html") -> Done:
    """A run in peace."""
    errors = scene.folder.with_name("errors")
    process = started(scene, name, errors)
    process.join(RUN_SECONDS)
    if process.exitcode is None:
        process.kill()
        raise SystemExit(f"{scene.name}: a run hangs")
    return Done(name, process.exitcode, "", errors.read_text("utf-8"))


def scenes(folder: Path, articles: int) -> Iterator[Scene]:
    """A new archive; one whose cache was lost; one to which dumps come, go and change."""
    stage = folder / "stage"
    make_demo(stage, articles, 1)
    yield _measured(Scene("new", stage, folder / "new"))
    edited = _edit_by_hand(stage)
    run(Scene("", stage, stage))
    shutil.copytree(stage, folder / "built")
    shutil.rmtree(stage / ".newsarchive")
    yield _measured(Scene("without cache", stage, folder / "without", edited))
    shutil.rmtree(stage)
    shutil.copytree(folder / "built", stage)
    _bring_news(stage)
    yield _measured(Scene("with news", stage, folder / "news", edited))


def _measured(scene: Scene) -> Scene:
    """*scene* as its folder stands now, tried without a fault; it stands as built afterwards."""
    shutil.copytree(scene.folder, scene.saved)
    scene.before = state(scene.folder)
    for name in ("ingest", "html"):
        begun = time.monotonic()
        done = run(scene, name)
        scene.seconds[name] = time.monotonic() - begun
        if done.returncode > 1:
            raise SystemExit(f"{scene.name}: an undisturbed run fails: {done.stderr}")
    scene.seconds["html"] += scene.seconds["ingest"]  # a build that finds nothing imported does both
    scene.after = state(scene.folder)
    return scene


def _edit_by_hand(folder: Path) -> str:
    file = min((folder / "content" / "articles").rglob("*.md"))
    with file.open("a", encoding="utf-8") as text:
        text.write("\n由編者補上的一段。\n")
    return file.relative_to(folder).as_posix()


def _bring_news(folder: Path) -> None:
    """Dumps are added, taken away and corrected, an article is withdrawn, the site is renamed."""
    gone, corrected, *_ = sorted(file for file in (folder / "content" / "dumps").rglob("*") if file.is_file())
    gone.unlink()
    corrected.write_bytes(corrected.read_bytes().replace("。".encode(), "！".encode()))
    make_demo(folder / "more", 8, 2)
    (folder / "more" / "content" / "dumps").replace(folder / "content" / "dumps" / "more")
    shutil.rmtree(folder / "more")
    shelf = folder / "content" / "articles"
    slug = max(shelf.rglob("*.md")).relative_to(shelf).with_suffix("").as_posix()
    (folder / "content" / "withdrawn.txt").write_text(f"{slug} 當事人要求 2026-11-22\n", encoding="utf-8")
    with (folder / "democonf.py").open("a", encoding="utf-8") as conf:
        conf.write('SITENAME = "新名"\n')


def state(folder: Path) -> State:
    """Every file of articles and site that a reader or an editor may see."""
    found = {}
    for part in ("content/articles", "output"):
        for file in (folder / part).rglob("*"):
            name = file.relative_to(folder).as_posix()
            if not UNFINISHED.search(name) and file.is_file():
                found[name] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


def torn(scene: Scene) -> Iterator[str]:
    """What a visitor or editor may see now that is neither as before nor as it will be, or is missing."""
    now = state(scene.folder)
    for name, digest in now.items():
        if digest not in (scene.before.get(name), scene.after.get(name)):
            yield f"{name} is neither the old nor the new file"
    yield from (f"{name} is missing" for name in (scene.before.keys() & scene.after.keys()) - now.keys())


def unmended(scene: Scene) -> Iterator[str]:
    """What differs after a run in peace from what an undisturbed one gives; the article edited by hand is in it."""
    done = run(scene)
    if done.returncode > 1 or "Traceback" in done.stderr:
        yield f"the next run fails ({done.returncode}): {done.stderr[-300:]}"
    now = state(scene.folder)
    for name in sorted(now.keys() | scene.after.keys()):
        if now.get(name) != scene.after.get(name):
            yield f"{name} differs in the end" if name in now else f"{name} is missing in the end"
    left = [
        *(scene.folder / "output" / "search").glob("*.part"),
        *(scene.folder / "output").glob(".parts"),
        *(scene.folder / "content").rglob("*.unfinished"),
    ]
    yield from (f"{file} is left behind" for file in left)
    if scene.edited and now.get(scene.edited) != scene.before[scene.edited]:
        yield f"{scene.edited} was corrected by hand and is overwritten"


def impolite(done: Done) -> Iterator[str]:
    """How a run that could not be done said so, if not in a sentence and with exit status 2."""
    if done.returncode not in (0, 1, 2) or "Traceback" in done.stderr:
        yield f"exit status {done.returncode}: {done.stderr[-600:]}"
    elif done.returncode == 2 and not done.stderr.startswith("newsarchive: "):
        yield f"ends without a sentence: {done.stderr[-300:]}"
