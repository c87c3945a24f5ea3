"""Runs that are killed, doubled or spread over processes give what one quiet run gives."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.ingest_archive import ZONE, Archive, python_path, story

from newsarchive.cluster.engine import lent
from newsarchive.errors import BusyError
from newsarchive.ingest import version
from newsarchive.ledger.store import open_ledger


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "dumps").mkdir()
    return Archive(tmp_path)


def test_a_second_run_at_the_same_time_is_refused(archive: Archive) -> None:
    archive.put("a.jsonl", story(1))
    program = "import sys, pathlib; from newsarchive.ledger.store import open_ledger\n"
    program += "with open_ledger(pathlib.Path(sys.argv[1])): print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(archive.cache)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=python_path(),
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()

        with pytest.raises(BusyError, match=f"process {other.pid} is importing"):
            archive.run()

        other.kill()  # its lock dies with it

    assert archive.run().taken == 1


def test_processes_and_threads_give_what_one_process_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsarchive.ingest.reading.BATCH_BYTES", 4000)
    monkeypatch.setattr("newsarchive.ingest.reading.BATCH_RECORDS", 7)
    monkeypatch.setattr("newsarchive.ingest.reading.SERIAL_BYTES", 0)
    trees = []
    with ThreadPoolExecutor(2) as threads:
        for number, options in enumerate(({"workers": 1}, {"workers": 2}, {"engine": lent(threads, 2)})):
            archive = Archive(tmp_path / str(number))
            archive.put("large.jsonl", *map(story, range(60)))
            for small in range(8):
                archive.put(f"small/{small}.jsonl", story(100 + small), story(small))
            archive.run(**options)
            trees.append(archive.tree())

    assert len(trees[0]) == 68
    assert trees[0] == trees[1] == trees[2]


KILLED_AT: tuple[Callable[[sqlite3.Connection], object], ...] = (
    lambda db: db.execute("UPDATE dump SET version = '' WHERE path = 'b.jsonl'"),
    lambda db: db.execute("UPDATE node SET stale = 1, dirty = 1"),
    lambda db: db.execute("UPDATE node SET dirty = 1"),
)
"""States a killed run may leave the ledger in: while reading, grouping, shelving."""


@pytest.mark.parametrize("killed", KILLED_AT)
def test_after_a_killed_run_the_next_gives_the_same(
    archive: Archive, killed: Callable[[sqlite3.Connection], object]
) -> None:
    archive.put("a.jsonl", *map(story, range(5)))
    archive.put("b.jsonl", story(2, source="晨報"), story(9))
    archive.run()
    before = archive.tree()
    with open_ledger(archive.cache) as db:
        killed(db)
    first = archive.files()[0]
    first.unlink()
    first.with_name(f".{first.name}.unfinished").write_text("half", encoding="utf-8")

    archive.run()

    assert archive.tree() == before


def test_a_run_killed_for_real_is_finished_by_the_next(tmp_path: Path) -> None:
    whole, killed = Archive(tmp_path / "whole"), Archive(tmp_path / "killed")
    for archive in (whole, killed):
        for number in range(12):
            archive.put(f"{number:02}.jsonl", *map(story, range(number * 20, number * 20 + 25)))
    whole.run()
    program = (
        "import os, signal, sys; from tests.ingest_archive import Archive; from pathlib import Path\n"
        "stop = lambda done, total: done > total / 2 and os.kill(os.getpid(), signal.SIGKILL)\n"
        "Archive(Path(sys.argv[1])).run(progress=stop)"
    )
    kill = "import newsarchive.ingest.reading as reading; reading.BATCH_BYTES = 20000\n"
    done = subprocess.run([sys.executable, "-c", kill + program, str(killed.root)], env=python_path(), check=False)

    killed.run()

    assert done.returncode == -9
    assert killed.tree() == whole.tree()


def test_words_outside_of_records_are_reported_and_counted_nowhere(archive: Archive) -> None:
    told = story(1)
    item = f"<item><title>{told['title']}</title><description>{told['content']}</description></item>"
    archive.put("a.xml", f"<rss><channel><title>清河新闻</title>{item}</channel></rss>")

    report = archive.run()

    assert (report.records, report.taken, report.refused_count) == (1, 1, 0)
    assert [found for found in archive.findings() if found["kind"] == "outside"] == [
        {"kind": "outside", "where": "a.xml:1", "text": "清河新闻"}
    ]
    assert "清河新闻" in (archive.cache / "import-report" / "report.md").read_text(encoding="utf-8")


def test_new_words_on_the_terminal_let_no_dump_be_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "PACKAGE", tmp_path)
    tables = tmp_path / "vocabulary"
    tables.mkdir()
    (tables / "fields.toml").write_text("", "utf-8")
    first = version.program_version(tmp_path / "dumps", ZONE)

    (tables / "terminal.toml").write_text("a = 1", "utf-8")
    (tables / "reasons.toml").write_text("a = 1", "utf-8")
    second = version.program_version(tmp_path / "dumps", ZONE)
    (tables / "fields.toml").write_text("a = 1", "utf-8")

    assert first == second != version.program_version(tmp_path / "dumps", ZONE)
