"""Dumps in, articles out: ingest and ledger."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.ingest_archive import Archive, articles_of, story

from newsarchive.frontmatter import is_edited, parse, render


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "dumps").mkdir()
    return Archive(tmp_path)


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


def test_a_vanished_record_is_reported_and_its_article_stays(archive: Archive) -> None:
    archive.put("a.jsonl", story(1), story(2))
    archive.run()
    archive.put("a.jsonl", story(2))

    report = archive.run()

    assert (report.records, report.vanished, len(archive.files())) == (1, 1, 2)
    assert archive.run().vanished == 1
    assert [(finding["kind"], finding["where"]) for finding in archive.findings()] == [("vanished", "a.jsonl:1")]


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
    slug = next(article.slug for article in articles_of(archive) if article.other_sources)
    (archive.root / "withdrawn.txt").write_text(f"{slug} 當事人要求 2026-11-22\n", encoding="utf-8")

    report = archive.run()
    again = archive.run()
    shutil.rmtree(archive.cache)
    anew = archive.run()

    assert (report.removed, report.withdrawn, report.taken) == (1, 2, 1)
    assert (again.removed, again.withdrawn, anew.withdrawn) == (0, 2, 2)
    assert slug not in {article.slug for article in articles_of(archive)}


def test_a_withdrawal_that_names_no_article_is_reported_until_its_number_is_mended(archive: Archive) -> None:
    archive.put("a.jsonl", story(1))
    archive.run()
    slug = archive.only().slug
    listed = archive.root / "withdrawn.txt"
    wrong = slug[:-1] + ("0" if slug[-1] != "0" else "1")
    listed.write_text(f"{wrong} 誤 2026-11-22\n2019/11/20-chosen 誤 2026-11-22\n", encoding="utf-8")

    report = archive.run()
    named = [finding["where"] for finding in archive.findings() if finding["kind"] == "unknown"]
    listed.write_text(f"{slug} 誤 2026-11-22\n", encoding="utf-8")
    mended, again = archive.run(), archive.run()

    assert "2 listed as withdrawn but unknown" in str(report)
    assert named == sorted([wrong, "2019/11/20-chosen"])
    assert (mended.unknown, mended.removed, again.unknown) == (0, 1, 0)


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
