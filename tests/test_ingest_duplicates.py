"""Of records that tell the same story one is published, and the others are named."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.ingest_archive import ZONE, Archive, story

from newsarchive.frontmatter import parse
from newsarchive.ingest import ingest


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "dumps").mkdir()
    return Archive(tmp_path)


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
