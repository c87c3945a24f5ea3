"""What came or went in the output folder is noticed, and what is as it was is not looked at again."""

import os
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from newsarchive.build import standing
from newsarchive.build.output import Output, write_whole

EDITIONS = ["", "zh-hant/"]
KEYS = ["index.html", "2019/index.html", "2019/11/20-a.html", "2019/11/20-b.html", "2019/11/20/index.html", "tag/山/a"]
TICK_SECONDS = 0.02
"""Longer than the step of the clock by which Linux notes when a folder changed (at most 10 ms)."""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An output folder that was written and looked at, so that all but its newest folders are believed."""
    monkeypatch.setattr(standing, "COARSEST", 0)
    for edition in EDITIONS:
        for key in KEYS:
            write_whole(str(tmp_path / "output"), edition + key, key)
    with closing(output(tmp_path)) as kept:
        kept.record((key, b"1") for key in KEYS)
    time.sleep(TICK_SECONDS)
    (tmp_path / "output" / "newer").mkdir()
    assert stands(tmp_path)
    return tmp_path


def output(folder: Path) -> Output:
    return Output(folder / "output", folder, EDITIONS)


def stands(folder: Path) -> bool:
    with closing(output(folder)) as kept:
        return kept.stands()


def lost(folder: Path) -> list[str]:
    """Keys a build would have to make again, as a new run sees it."""
    with closing(output(folder)) as kept:
        kept.stands()
        return [key for key in KEYS if not kept.digest(key)]


def _replace(path: Path) -> None:
    """Another folder takes the place of *path*, as after a restored copy."""
    path.rename(path.with_name("old"))
    path.mkdir()


LOSSES: dict[str, tuple[Callable[[Path], None], list[str]]] = {
    "a page": (lambda top: (top / "2019/11/20-a.html").unlink(), ["2019/11/20-a.html"]),
    "a page of one edition": (lambda top: (top / "zh-hant/tag/山/a").unlink(), ["tag/山/a"]),
    "the front page": (lambda top: (top / "index.html").unlink(), ["index.html"]),
    "a folder": (lambda top: shutil.rmtree(top / "2019/11"), KEYS[2:5]),
    "a folder for a file": (lambda top: (shutil.rmtree(top / "tag"), (top / "tag").touch())[1], ["tag/山/a"]),
    "a folder for another": (lambda top: _replace(top / "2019/11/20"), ["2019/11/20/index.html"]),
    "an edition": (lambda top: shutil.rmtree(top / "zh-hant"), KEYS),
    "all": (shutil.rmtree, KEYS),
    "a page for a renamed one": (lambda top: (top / "2019/11/20-a.html").replace(top / "2019/11/c"), [KEYS[2]]),
}


@pytest.mark.parametrize("name", LOSSES)
def test_what_is_taken_away_is_missed_at_once_and_until_it_is_made_again(site: Path, name: str) -> None:
    take, missed = LOSSES[name]
    take(site / "output")

    assert lost(site) == missed
    assert lost(site) == missed

    if (site / "output/tag").is_file():
        (site / "output/tag").unlink()
    for edition in EDITIONS:
        for key in missed:
            write_whole(str(site / "output"), edition + key, key)
    with closing(output(site)) as kept:
        kept.record((key, b"2") for key in missed)
    assert lost(site) == []


def test_folders_that_are_as_they_were_are_not_looked_into(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def note(folder: str) -> "os._ScandirIterator[str]":
        looked.append(os.path.relpath(folder, site / "output"))
        return real(folder)

    real = os.scandir
    (site / "output/2019/11/20-b.html").write_text("x")  # in place: as before, this is not seen
    monkeypatch.setattr(os, "scandir", note)

    assert stands(site)
    assert looked == [".", "zh-hant"]


def test_a_folder_that_changed_of_late_is_looked_into_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "COARSEST", 10**12)
    (site / "output/2019/11/more").mkdir()
    assert stands(site)

    looked: list[str] = []
    real = standing._files_in
    monkeypatch.setattr(standing, "_files_in", lambda folder: (looked.append(folder), real(folder))[1])

    assert stands(site)
    assert str(site / "output/2019/11/") in {folder.rstrip("/") for folder in looked}


def test_in_an_edition_that_is_new_nothing_stands(site: Path) -> None:
    with closing(Output(site / "output", site, [*EDITIONS, "zh-hant-hk/"])) as kept:
        assert not kept.stands()
        assert not kept.digest("index.html")
