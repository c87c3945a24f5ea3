"""`newsarchive init` begins an archive that builds; `newsarchive size` says who takes it; the wheel is complete."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.conftest import TOP, make

from newsarchive.cli import main
from newsarchive.hosts import HOSTS, Host, excesses, measure


def test_a_new_archive_builds_where_it_stands(tmp_path: Path) -> None:
    folder = tmp_path / "my archive"

    assert main(["init", str(folder), "--name", '我的"館"']) == 0
    sample = (TOP / "content" / "dumps" / "seed.txt").read_bytes()
    (folder / "content" / "dumps" / "a.txt").write_bytes(sample)
    done = make(folder / "pelicanconf.py")

    assert done.returncode == 0, done.stderr
    front = (folder / "output" / "index.html").read_text(encoding="utf-8")
    assert "我的&#34;馆&#34;" in front
    assert (folder / "output" / "about" / "index.html").is_file()
    assert (folder / "output" / "theme" / "css" / "style.css").is_file()


def test_nothing_that_stands_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").touch()

    assert main(["init", str(tmp_path)]) == 2
    assert "something stands there already" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_its_makefile_lists_every_target(tmp_path: Path) -> None:
    main(["init", str(tmp_path / "a")])

    shown = subprocess.run(["make", "-C", str(tmp_path / "a")], capture_output=True, text=True, check=True).stdout
    targets = ("html", "clean", "regenerate", "serve", "devserver", "publish", "size", "github")
    assert all(f"make {target} " in shown for target in targets)


def test_size_counts_what_stands_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for number in range(3):
        (tmp_path / "a" / f"{number}.html").write_bytes(b"x" * number)

    size = measure(tmp_path)

    assert (size.files, size.bytes, size.largest, size.fullest) == (3, 3, ("a/2.html", 2), ("a/", 3))
    assert excesses(size, Host("h", "H", 2, 2, 1, 2))[2] == "a/2.html has 0 MB, takes 0"
    assert len(excesses(size, Host("h", "H", 2, 2, 1, 2))) == 4
    assert [excesses(size, host) for host in HOSTS] == [[]] * len(HOSTS)


def test_size_fails_for_the_host_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "big.bin"
    file.touch()
    os.truncate(file, 30_000_000)

    assert main(["size", str(tmp_path), "--host", "cloudflare"]) == 1
    assert main(["size", str(tmp_path), "--host", "github"]) == 0
    assert "big.bin has 30 MB" in capsys.readouterr().out


def test_size_names_what_to_do_where_nothing_is_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["size", str(tmp_path / "output")]) == 2
    assert "newsarchive html" in capsys.readouterr().err


def test_the_wheel_holds_tables_theme_and_starter(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(tmp_path), str(TOP)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    if done.returncode:
        pytest.skip(f"pip could not build the wheel here: {done.stderr.strip()[-200:]}")
    (wheel,) = tmp_path.glob("newsarchive-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())

    for folder, kinds in (("vocabulary", ("*.toml", "*.csv")), ("starter/files", ("*.in",))):
        files = [file for kind in kinds for file in (TOP / "plugins" / "newsarchive" / folder).glob(kind)]
        assert files
        assert {f"newsarchive/{folder}/{file.name}" for file in files} <= names
    theme = {f"newsarchive/{file.relative_to(TOP).as_posix()}" for file in (TOP / "theme").rglob("*") if file.is_file()}
    assert theme <= names
    assert "newsarchive/pages/about.md" in names
