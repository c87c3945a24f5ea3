"""Runs that are ended, starved or doubled: the next run gives what an undisturbed one gives."""

import hashlib
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from bench.synthetic.archive import write_dumps
from tests.conftest import TOP, lay_out, make

KILLS = 10
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def command(conf: Path) -> list[str]:
    return [sys.executable, "-m", "newsarchive", "html", "-s", str(conf)]


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(TOP / "plugins")}


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
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], float]:
    """What a run gives that nobody disturbs, and how long it takes."""
    folder = tmp_path_factory.mktemp("undisturbed") / "same"
    conf = archive(folder)
    begun = time.monotonic()
    done = make(conf)
    assert done.returncode == 0, done.stderr
    return state(folder), time.monotonic() - begun


def test_a_run_killed_at_any_moment_is_made_good_by_the_next(
    tmp_path: Path, undisturbed: tuple[dict[str, str], float]
) -> None:
    wanted, lasting = undisturbed
    folder = tmp_path / "same"
    conf = archive(folder)
    chance = random.Random(1)
    for _ in range(KILLS):
        run = subprocess.Popen(command(conf), env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)  # fmt: skip
        time.sleep(chance.uniform(0.1, min(lasting, 5)))
        os.killpg(run.pid, 9)
        run.wait()
        assert half_written(folder) == []

    done = make(conf)

    assert done.returncode == 0, done.stderr
    assert state(folder) == wanted


def half_written(folder: Path) -> list[str]:
    """Pages a visitor may see that do not begin and end as pages do."""
    pages = [file for file in (folder / "output").rglob("*.html") if file.is_file()]
    texts = ((file, file.read_text("utf-8")) for file in pages)
    return [str(f) for f, text in texts if not re.match("<!doctype html>", text) or not text.rstrip().endswith(">")]


def test_a_hand_edited_article_survives_kills(tmp_path: Path) -> None:
    conf = archive(tmp_path, 10)
    assert make(conf).returncode == 0
    file = sorted((tmp_path / "content" / "articles").rglob("*.md"))[0]
    edited = file.read_text("utf-8") + "\n由編者補上的一段。\n"
    file.write_text(edited, "utf-8")
    shutil.rmtree(tmp_path / ".newsarchive")
    for delay in (0.4, 0.9, 1.4):
        run = subprocess.Popen(command(conf), env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)  # fmt: skip
        time.sleep(delay)
        os.killpg(run.pid, 9)
        run.wait()

    assert make(conf).returncode == 0
    assert file.read_text("utf-8") == edited


def test_two_runs_at_once_do_no_harm(tmp_path: Path, undisturbed: tuple[dict[str, str], float]) -> None:
    folder = tmp_path / "same"
    conf = archive(folder)
    runs = [subprocess.Popen(command(conf), env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(2)]  # fmt: skip
    said = [run.communicate()[1] for run in runs]

    codes = [run.returncode for run in runs]
    assert 0 in codes
    assert set(codes) <= {0, 2}, said
    assert all("Traceback" not in text for text in said), said
    assert make(conf).returncode == 0
    assert state(folder) == undisturbed[0]


def test_a_full_disk_ends_the_run_with_a_sentence_and_the_next_mends_all(
    tmp_path: Path, undisturbed: tuple[dict[str, str], float]
) -> None:
    """A limit on the size of files stands for the full disk: writing fails halfway just so."""
    folder = tmp_path / "same"
    conf = archive(folder)

    def starve() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    done = subprocess.run(
        command(conf), env=ENVIRONMENT, capture_output=True, text=True, check=False, preexec_fn=starve
    )

    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("newsarchive: ")
    assert half_written(folder) == []
    assert make(conf).returncode == 0
    assert state(folder) == undisturbed[0]


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
