"""Dumps in, articles out: ingest and ledger."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from bench.synthetic.story import compose, outlets

from newsarchive.article import Article
from newsarchive.errors import BusyError
from newsarchive.frontmatter import is_edited, parse, render
from newsarchive.ingest import Report, ingest
from newsarchive.ledger.store import open_ledger

ZONE = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Archive:
    """A folder of dumps and what is made of it."""

    root: Path

    @property
    def dumps(self) -> Path:
        return self.root / "dumps"

    @property
    def articles(self) -> Path:
        return self.root / "articles"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    def put(self, name: str, *records: dict[str, str] | str) -> None:
        """Write a dump in JSON Lines."""
        lines = (record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records)
        path = self.dumps / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")

    def run(self, **options: Any) -> Report:
        return ingest(
            self.dumps, self.articles, cache=self.cache, withdrawn=self.root / "withdrawn.txt", zone=ZONE, **options
        )

    def tree(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.articles).as_posix(): path.read_bytes()
            for path in self.articles.rglob("*")
            if path.is_file()
        }

    def files(self) -> list[Path]:
        return sorted(self.articles.rglob("*.md"))

    def only(self) -> Article:
        (path,) = self.files()
        return parse(path.read_text(encoding="utf-8"))

    def findings(self) -> list[dict[str, str]]:
        lines = (self.cache / "import-report" / "report.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "dumps").mkdir()
    return Archive(tmp_path)


def story(number: int, **fields: str) -> dict[str, str]:
    """A record that tells a story of its own."""
    told = compose(seed=7, number=number, outlet=outlets()[5])
    record = {"title": f"{told.title}（{number}）", "content": "\n".join(told.paragraphs), "source": "濱河日報"}
    return record | {"date": f"2019-11-{number % 28 + 1:02} 08:00:00"} | fields


def test_each_record_becomes_a_file_named_by_its_slug(archive: Archive) -> None:
    archive.put("a.jsonl", *map(story, range(5)))

    report = archive.run()

    assert str(report) == "5 written, 0 unchanged, 0 duplicate, 0 refused"
    assert [f"{parse(path.read_text('utf-8')).slug}.md" for path in archive.files()] == [
        path.relative_to(archive.articles).as_posix() for path in archive.files()
    ]


def test_a_second_run_changes_nothing(archive: Archive) -> None:
    archive.put("a.jsonl", *map(story, range(5)))
    archive.run()
    before = {path: path.stat().st_mtime_ns for path in archive.files()}

    report = archive.run()

    assert str(report) == "0 written, 5 unchanged, 0 duplicate, 0 refused"
    assert {path: path.stat().st_mtime_ns for path in archive.files()} == before


def test_without_its_cache_a_run_writes_the_same_bytes(archive: Archive) -> None:
    archive.put("a.jsonl", *map(story, range(5)), story(3, source="晨報"))
    archive.run()
    before = archive.tree()
    shutil.rmtree(archive.cache)

    report = archive.run()

    assert report.written == 0
    assert archive.tree() == before


def test_a_damaged_cache_is_made_anew(archive: Archive) -> None:
    archive.put("a.jsonl", story(1))
    archive.run()
    (archive.cache / "ledger.sqlite").write_bytes(b"no database" * 1000)

    assert archive.run().taken == 1


def test_a_deleted_file_comes_back(archive: Archive) -> None:
    archive.put("a.jsonl", *map(story, range(3)))
    archive.run()
    before = archive.tree()
    archive.files()[1].unlink()

    assert archive.run().written == 1
    assert archive.tree() == before


def test_a_file_corrected_by_hand_is_never_overwritten(archive: Archive) -> None:
    archive.put("a.jsonl", story(1))
    archive.run()
    (path,) = archive.files()
    corrected = path.read_text("utf-8").replace("。", "！", 1)
    path.write_text(corrected, encoding="utf-8")

    report = archive.run()
    shutil.rmtree(archive.cache)
    again = archive.run()

    assert path.read_text("utf-8") == corrected
    assert (report.written, report.edited, again.written, again.edited) == (0, 0, 0, 0)


def test_a_corrected_file_is_reported_when_its_record_would_now_give_another(archive: Archive) -> None:
    archive.put("a.jsonl", story(1))
    archive.run()
    (path,) = archive.files()
    old = replace(parse(path.read_text("utf-8")), source="舊規則讀出的來源")  # as an older version generated it
    path.write_text(render(old).replace("。", "！", 1), encoding="utf-8")

    report = archive.run()

    assert report.edited == 1
    assert [finding["kind"] for finding in archive.findings()] == ["edited"]
    assert is_edited(path.read_text("utf-8"))


def test_a_slug_stays_though_the_date_is_now_read_otherwise(archive: Archive) -> None:
    archive.put("a.jsonl", story(1))
    archive.run()
    (path,) = archive.files()
    article = parse(path.read_text("utf-8"))
    old = replace(article, slug=f"undated/{article.sha256[:12]}", date=None, date_precision="none")
    path.unlink()
    (archive.articles / "undated").mkdir()
    (archive.articles / f"{old.slug}.md").write_text(render(old), encoding="utf-8")

    archive.run()

    assert archive.only() == replace(article, slug=old.slug)


def test_an_exact_duplicate_is_named_not_published(archive: Archive) -> None:
    archive.put("a.jsonl", story(1), story(2))
    archive.put("b.jsonl", story(1))

    report = archive.run()

    assert (report.records, report.taken, report.duplicates) == (3, 2, 1)
    sources = [parse(path.read_text("utf-8")).other_sources for path in archive.files()]
    assert sorted(sources) == [(), ("濱河日報 2019-11-02 b.jsonl:1",)]


def test_of_near_duplicates_the_fullest_is_published(archive: Archive) -> None:
    bare = story(1)
    del bare["source"]
    full = story(1, content=story(1)["content"] + "停車場將於月底啟用。", url="http://www.example.org/1.html")
    archive.put("a.jsonl", bare)
    archive.put("b.jsonl", full)

    archive.run()

    assert archive.only().source == "濱河日報"
    assert archive.only().original_file == "b.jsonl:1"
    assert len(archive.only().other_sources) == 1


def test_which_is_published_does_not_depend_on_the_order_of_files(tmp_path: Path) -> None:
    records = [story(1), story(1, source="晨報"), story(1, date="2019-11-01 07:00:00"), story(2)]
    shelves = []
    for name, order in {"one": (0, 1, 2, 3), "two": (3, 2, 1, 0), "three": (2, 0, 3, 1)}.items():
        archive = Archive(tmp_path / name)
        for place in order:
            archive.put(f"{place}.jsonl", records[place])
        archive.run()
        shelves.append(archive.tree())

    assert shelves[0] == shelves[1] == shelves[2]
    assert len(shelves[0]) == 2


def test_what_is_published_stays_though_a_fuller_record_arrives(archive: Archive) -> None:
    bare = story(1)
    del bare["source"]
    archive.put("b.jsonl", bare)
    archive.run()
    slug = archive.only().slug
    archive.put("a.jsonl", story(1))

    archive.run()

    assert archive.only().slug == slug
    assert archive.only().other_sources == ("濱河日報 2019-11-02 a.jsonl:1",)


def test_a_vanished_record_is_reported_and_its_article_stays(archive: Archive) -> None:
    archive.put("a.jsonl", story(1), story(2))
    archive.run()
    archive.put("a.jsonl", story(2))

    report = archive.run()

    assert (report.records, report.vanished, len(archive.files())) == (1, 1, 2)
    assert archive.run().vanished == 1
    assert [(finding["kind"], finding["where"]) for finding in archive.findings()] == [("vanished", "a.jsonl:1")]


def test_a_changed_record_is_reported_and_named_beside_the_article(archive: Archive) -> None:
    archive.put("a.jsonl", story(1))
    archive.run()
    before = archive.only()
    archive.put("a.jsonl", story(1, content=story(1)["content"] + "更正：停車場已啟用。"))

    archive.run()
    with_cache = archive.tree()
    shutil.rmtree(archive.cache)
    archive.run()

    assert replace(archive.only(), other_sources=()) == before
    assert len(archive.only().other_sources) == 1
    assert [finding["kind"] for finding in archive.findings()] == ["changed", "duplicate"]
    assert archive.tree() == with_cache


def test_a_record_without_text_is_refused_and_kept(archive: Archive) -> None:
    archive.put("a.jsonl", story(1), story(2, content=""))

    report = archive.run()

    assert (report.records, report.taken, report.refused_count) == (2, 1, 1)
    assert str(report.refused[0]).startswith("a.jsonl:2: ")
    kept = (archive.cache / "import-report" / "refused.jsonl").read_text("utf-8")
    assert "濱河日報" in json.loads(kept)["raw"]


def test_a_withdrawn_article_is_taken_off_and_stays_off(archive: Archive) -> None:
    archive.put("a.jsonl", story(1), story(2))
    archive.put("b.jsonl", story(1, source="晨報"))
    archive.run()
    slug = next(article.slug for article in _all(archive) if article.other_sources)
    (archive.root / "withdrawn.txt").write_text(f"{slug} 當事人要求 2026-11-22\n", encoding="utf-8")

    report = archive.run()
    again = archive.run()
    shutil.rmtree(archive.cache)
    anew = archive.run()

    assert (report.removed, report.withdrawn, report.taken) == (1, 2, 1)
    assert (again.removed, again.withdrawn, anew.withdrawn) == (0, 2, 2)
    assert slug not in {article.slug for article in _all(archive)}


def test_an_article_comes_back_when_its_withdrawal_is_struck(archive: Archive) -> None:
    archive.put("a.jsonl", story(1))
    archive.run()
    before = archive.tree()
    listed = archive.root / "withdrawn.txt"
    listed.write_text(f"{archive.only().slug} 誤 2026-11-22\n", encoding="utf-8")
    archive.run()
    listed.unlink()

    archive.run()

    assert archive.tree() == before


def test_a_dry_run_writes_nothing_and_counts_the_same(archive: Archive) -> None:
    archive.put("a.jsonl", *map(story, range(4)), story(2))

    rehearsal = archive.run(dry_run=True)

    assert not archive.articles.exists()
    assert not archive.cache.exists()
    assert str(rehearsal) == str(archive.run())


def test_a_second_run_at_the_same_time_is_refused(archive: Archive) -> None:
    archive.put("a.jsonl", story(1))
    program = "import sys, pathlib; from newsarchive.ledger.store import open_ledger\n"
    program += "with open_ledger(pathlib.Path(sys.argv[1])): print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(archive.cache)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_path()
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
        for number, options in enumerate(({"workers": 1}, {"workers": 2}, {"executor": threads})):
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
        "import os, signal, sys; from test_ingest import Archive; from pathlib import Path\n"
        "stop = lambda done, total: done > total / 2 and os.kill(os.getpid(), signal.SIGKILL)\n"
        "Archive(Path(sys.argv[1])).run(progress=stop)"
    )
    kill = "import newsarchive.ingest.reading as reading; reading.BATCH_BYTES = 20000\n"
    done = subprocess.run([sys.executable, "-c", kill + program, str(killed.root)], env=_path(), check=False)

    killed.run()

    assert done.returncode == -9
    assert killed.tree() == whole.tree()


def test_counts_add_up_and_the_report_lists_every_finding(archive: Archive) -> None:
    untitled = story(5)
    del untitled["title"]
    archive.put("a.jsonl", *map(story, range(4)), story(2), story(3, content=""), untitled)

    report = archive.run()

    assert report.records == report.taken + report.duplicates + report.refused_count + report.withdrawn
    kinds = {finding["kind"] for finding in archive.findings()}
    assert {"refused", "duplicate"} <= kinds
    page = (archive.cache / "import-report" / "report.md").read_text("utf-8")
    assert "## 未收录 Refused" in page
    assert str(report) in page


def test_progress_counts_the_bytes_of_the_dumps(archive: Archive) -> None:
    archive.put("a.jsonl", *map(story, range(4)))
    seen: list[tuple[int, int]] = []

    archive.run(progress=lambda done, total: seen.append((done, total)))

    size = (archive.dumps / "a.jsonl").stat().st_size
    assert seen == [(size, size)]


def _all(archive: Archive) -> list[Article]:
    return [parse(path.read_text(encoding="utf-8")) for path in archive.files()]


def _path() -> dict[str, str]:
    root = Path(__file__).parent.parent
    places = (root, root / "plugins", root / "tests", *filter(None, (os.environ.get("PYTHONPATH"),)))
    return os.environ | {"PYTHONPATH": os.pathsep.join(map(str, places))}


def test_a_short_record_that_was_corrected_is_reported_as_changed_and_not_published_twice(tmp_path: Path) -> None:
    dump = tmp_path / "dumps" / "a.txt"
    dump.parent.mkdir()
    dump.write_text("图书馆延时\n2020-06-08 08:00 来源：江州日报\n图书馆今天起开放到晚上十点。\n读者叫好。", "utf-8")
    paths: dict[str, Any] = {"cache": tmp_path / "cache", "withdrawn": tmp_path / "withdrawn.txt", "zone": ZONE}
    ingest(tmp_path / "dumps", tmp_path / "articles", **paths)

    dump.write_text(dump.read_text("utf-8").replace("晚上十点", "深夜十一点半"), "utf-8")
    seen: list[tuple[int, int]] = []
    report = ingest(tmp_path / "dumps", tmp_path / "articles", progress=lambda *at: seen.append(at), **paths)

    assert (report.taken, report.duplicates, len(list((tmp_path / "articles").rglob("*.md")))) == (0, 1, 1)
    assert "## 原始记录已变 Changed in the dumps" in (tmp_path / "cache/import-report/report.md").read_text("utf-8")
    assert seen[-1][0] == seen[-1][1]
