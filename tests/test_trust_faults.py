"""Runs that are ended, starved or doubled: the next run gives what an undisturbed one gives."""

import hashlib
import os
import re
import shutil
import threading
from pathlib import Path

import pytest
from bench.faults.__main__ import FAULTS, disturb
from bench.faults.scene import Tally
from bench.synthetic.archive import write_dumps
from tests.conftest import TOP, lay_out, make

KILLS = 4
MOST_TIMES = 5
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def archive(folder: Path, articles: int = 40) -> Path:
    """A synthetic archive in *folder*, not yet built; returns its settings file."""
    conf = lay_out(folder)
    write_dumps(folder / "content", 1, articles)
    return conf


def state(folder: Path) -> dict[str, str]:
    """Every file of articles and site with its digest."""
    found = {}
    for part in ("content/articles", "output"):
        for file in sorted((folder / part).rglob("*")):
            if file.is_file():
                found[str(file.relative_to(folder))] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


@pytest.fixture(scope="module")
def tally(tmp_path_factory: pytest.TempPathFactory) -> Tally:
    """Some rounds of `bench.faults`, which plays hundreds; a kill may come too late, so they go on until enough hit."""
    tally = Tally()
    for seed in range(2, 2 + MOST_TIMES):
        if hits(tally) < KILLS:
            disturb(tally, tmp_path_factory.mktemp("faults"), [*FAULTS, "killed", "killed"], articles=3, seed=seed)
    return tally


def hits(tally: Tally) -> int:
    """Kills that found the run alive."""
    return sum(count for name, count in tally.faults.items() if name.startswith("kill -9"))


def test_disturbed_runs_leave_no_trace_and_the_next_gives_what_an_undisturbed_one_gives(tally: Tally) -> None:
    assert tally.defects == []
    assert hits(tally) >= KILLS
    assert tally.rounds.keys() == FAULTS.keys()


def half_written(folder: Path) -> list[str]:
    """Pages a visitor may see that do not begin and end as pages do."""
    walk = os.walk(folder / "output")  # which lives on where a folder goes while it is read
    pages = [Path(place, name) for place, _, names in walk for name in names if name.endswith(".html")]
    texts = ((file, file.read_text("utf-8")) for file in pages)
    return [str(f) for f, text in texts if not re.match("<!doctype html>", text) or not text.rstrip().endswith(">")]


@pytest.mark.skipif(IS_ROOT, reason="root writes where it may not")
def test_an_output_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    conf = lay_out(tmp_path, TOP / "content" / "dumps" / "seed.txt")
    (tmp_path / "output").mkdir(mode=0o500)

    done = make(conf)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert str(tmp_path / "output") in done.stderr


def test_an_output_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    conf = lay_out(tmp_path, TOP / "content" / "dumps" / "seed.txt")
    (tmp_path / "output").write_text("x", "utf-8")

    done = make(conf)

    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert str(tmp_path / "output") in done.stderr


def test_a_dump_that_cannot_be_read_is_named_and_the_others_are_taken(tmp_path: Path) -> None:
    conf = lay_out(tmp_path, TOP / "content" / "dumps" / "seed.txt")
    (tmp_path / "content" / "dumps" / "a.txt").symlink_to(tmp_path / "nowhere.txt")
    if not IS_ROOT:
        (tmp_path / "content" / "dumps" / "b.txt").write_text("x", "utf-8")
        (tmp_path / "content" / "dumps" / "b.txt").chmod(0)

    done = make(conf)

    assert "Traceback" not in done.stderr
    assert "1 written" in done.stdout


def test_a_clock_that_goes_back_changes_nothing(tmp_path: Path) -> None:
    conf = archive(tmp_path, 10)
    assert make(conf).returncode == 0
    before = state(tmp_path)
    for file in (tmp_path / "content").rglob("*"):
        os.utime(file, (10**9, 10**9))  # 2001
    dump = next((tmp_path / "content" / "dumps").rglob("*.txt"))
    shutil.copystat(tmp_path / "siteconf.py", dump)

    assert make(conf).returncode == 0
    assert state(tmp_path) == before


def test_readers_see_whole_pages_while_a_build_replaces_them(tmp_path: Path) -> None:
    conf = archive(tmp_path, 20)
    assert make(conf).returncode == 0
    torn: list[str] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            torn.extend(half_written(tmp_path))

    reader = threading.Thread(target=look)
    reader.start()
    with conf.open("a", encoding="utf-8") as file:
        file.write('SITENAME = "另一名"\n')
    result = make(conf)
    done.set()
    reader.join()

    assert result.returncode == 0
    assert torn == []
