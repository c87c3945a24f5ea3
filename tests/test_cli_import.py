"""The commands about the import: ingest, stats, explain."""

import io
import os
import zipfile
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import pytest
from tests.conftest import TOP, lay_out

from newsarchive.cli import main
from newsarchive.cli.explain import MANY_PASSED

SEED = TOP / "content" / "dumps" / "seed.txt"

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def conf(tmp_path: Path) -> Path:
    """Settings of an archive with the sample and an empty dump, which is refused."""
    conf = lay_out(tmp_path, SEED)
    (tmp_path / "content" / "dumps" / "void.txt").write_bytes(b"")
    return conf


def tree(folder: Path) -> dict[str, int]:
    """Every file below *folder* but what Python leaves behind, with the time of its last change."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in files}


def columns(line: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in line)


def run(command: str, conf: Path, *options: str) -> int:
    return main([command, "-s", str(conf), *options])


def test_ingest_writes_articles_and_no_site(conf: Path, capsys: Capture) -> None:
    assert run("ingest", conf) == 1

    printed = capsys.readouterr()
    assert "void.txt:1: an empty file" in printed.err
    assert printed.out.splitlines()[-1].startswith("1 written, 0 unchanged, 0 duplicate, 1 refused")
    assert len(list((conf.parent / "content" / "articles").rglob("*.md"))) == 1
    assert not (conf.parent / "output").exists()


def test_a_dry_run_reports_the_same_and_writes_nothing(conf: Path, capsys: Capture) -> None:
    before = tree(conf.parent)
    assert run("ingest", conf, "--dry-run") == 1
    dry = capsys.readouterr()

    assert tree(conf.parent) == before
    assert run("ingest", conf) == 1
    real = capsys.readouterr()
    assert dry.err == real.err
    assert dry.out.strip().endswith(real.out.splitlines()[-1])


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_verbose_names_each_article_and_quiet_only_refusals(conf: Path, capsys: Capture, dry: tuple[str, ...]) -> None:
    run("ingest", conf, "-v", *dry)
    assert capsys.readouterr().out.startswith("2019/11/20-")

    assert run("ingest", conf, "-q", *dry) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "void.txt" in printed.err


def test_an_import_without_loss_ends_with_nought(tmp_path: Path) -> None:
    assert run("ingest", lay_out(tmp_path, SEED), "-q") == 0


def test_an_import_that_is_stopped_leaves_the_archive_to_the_next(
    conf: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def stop(*args: object, **options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("newsarchive.run.ingest", stop)
        assert run("ingest", conf) == 2
    assert "run again to finish" in capsys.readouterr().err

    assert run("ingest", conf, "-q") == 1


def test_stats_count_the_articles_in_aligned_tables(conf: Path, capsys: Capture) -> None:
    run("ingest", conf, "-q")
    capsys.readouterr()

    assert run("stats", conf) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = [" ".join(line.split()) for line in lines]
    assert {"2019 1", "齊魯網 1", "zh-Hant, by a program 1", "second 1", "derived 1", "煙臺 1"} <= set(rows)
    assert len({columns(line) for line in lines if line.startswith("  ")}) == 1
    assert lines[-1] == "1 articles from 1 sources, 0 files left out."


def test_stats_name_a_file_that_cannot_be_read(conf: Path, capsys: Capture) -> None:
    run("ingest", conf, "-q")
    (conf.parent / "content" / "articles" / "a.md").write_text("no head", encoding="utf-8")
    capsys.readouterr()

    assert run("stats", conf) == 1
    assert "a.md" in capsys.readouterr().err


def explained(capsys: Capture) -> dict[str, list[str]]:
    """What `explain` printed, name -> texts."""
    found: dict[str, list[str]] = {}
    for line in capsys.readouterr().out.splitlines()[:-1]:
        name, _, text = line.partition("  ")
        found.setdefault(name, []).append(text.strip())
    return found


@pytest.mark.parametrize("what", ["seed.txt", "seed.txt:1", str(SEED), "2019/11/20-"])
def test_explain_shows_what_each_rule_read_and_dropped(conf: Path, capsys: Capture, what: str) -> None:
    run("ingest", conf, "-v")
    slug = capsys.readouterr().out.splitlines()[0]

    assert run("explain", conf, slug if slug.startswith(what) else what) == 0
    found = explained(capsys)
    assert found["record"][0].startswith("seed.txt:1 ")
    assert found["read date: stamp"] == ["2019-11-20 17:54:11"]
    assert found["cleaned glosses"] == ["139 places"]
    assert found["dropped notice"][0].startswith("想爆料")
    assert found["title"][0].endswith("(derived from the first sentences)")
    assert "is needed" in found["tag 煙臺"][0]
    assert found["import"] == [f"published as {slug}"]


def test_explain_names_duplicates_from_both_sides(tmp_path: Path, capsys: Capture) -> None:
    conf = lay_out(tmp_path, SEED)
    copy = tmp_path / "content" / "dumps" / "zz.txt"
    copy.write_bytes(SEED.read_bytes())
    run("ingest", conf, "-q")

    run("explain", conf, "seed.txt")
    assert explained(capsys)["duplicate"] == ["zz.txt:1"]
    run("explain", conf, "zz.txt")
    assert explained(capsys)["import"][0].startswith("duplicate of 2019/11/20-")


def test_explain_takes_the_record_around_a_line(tmp_path: Path, capsys: Capture) -> None:
    conf = lay_out(tmp_path)
    dump = tmp_path / "content" / "dumps" / "two.jsonl"
    dump.parent.mkdir()
    dump.write_text('{"text": "甲乙丙丁。"}\n{"text": "戊己庚辛。"}\n', encoding="utf-8")

    assert run("explain", conf, "two.jsonl:2") == 0
    found = explained(capsys)
    assert found["record"] == ["two.jsonl:2  (utf-8)"]
    assert found["import"] == ["not imported yet"]
    assert run("explain", conf, "two.jsonl", "--most", "1") == 0
    assert "there are more" in capsys.readouterr().out


class CountedFile(io.FileIO):
    """A file that knows how many bytes were read of all such."""

    count = 0

    def readinto(self, buffer: Any) -> int | None:
        size = super().readinto(buffer)
        CountedFile.count += size or 0
        return size


@pytest.mark.parametrize("what", ["big.jsonl:3", "big.jsonl:1", "big.zip!/a.jsonl:1"])
def test_explain_stops_reading_a_big_dump_once_the_record_is_read(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    conf = lay_out(tmp_path)
    folder = tmp_path / "content" / "dumps"
    folder.mkdir()
    text = f'{{"text": "甲乙丙丁。{os.urandom(3000).hex()}"}}\n' * 3000
    (folder / "big.jsonl").write_text(text, encoding="utf-8")
    with zipfile.ZipFile(folder / "big.zip", "w") as archive:
        archive.writestr("a.jsonl", '{"text": "戊己庚辛。"}\n')
        archive.writestr("b.jsonl", text)
    opening = Path.open
    big = {folder / "big.jsonl", folder / "big.zip"}

    def counted(path: Path, *mode: str, **how: Any) -> Any:
        return io.BufferedReader(CountedFile(path)) if path in big else opening(path, *mode, **how)

    monkeypatch.setattr(Path, "open", counted)
    CountedFile.count = 0

    assert run("explain", conf, what) == 0

    assert explained(capsys)["record"] == [f"{what}  (utf-8)"]
    assert 0 < CountedFile.count < len(text) / 10


def test_explain_says_that_it_reads_a_dump_from_its_beginning(tmp_path: Path, capsys: Capture) -> None:
    conf = lay_out(tmp_path)
    dump = tmp_path / "content" / "dumps" / "many.jsonl"
    dump.parent.mkdir()
    dump.write_text('{"text": "甲乙丙丁。"}\n' * (MANY_PASSED + 9), encoding="utf-8")

    assert run("explain", conf, f"many.jsonl:{MANY_PASSED + 5}") == 0

    assert "reading many.jsonl from its beginning" in capsys.readouterr().err


def test_explain_says_why_a_record_is_refused_and_what_is_no_record(conf: Path, capsys: Capture) -> None:
    assert run("explain", conf, "void.txt") == 1
    assert "empty file" in explained(capsys)["refused"][0]

    assert run("explain", conf, "nowhere.txt:3") == 2
    assert "neither a dump nor the slug" in capsys.readouterr().err


def test_explain_takes_the_article_asked_for_of_several_on_a_line(tmp_path: Path, capsys: Capture) -> None:
    stories = ("市政府昨日召开会议，研究部署防汛工作。", "两岸企业家三日举行座谈，就扩大合作交换意见。")
    entries = ", ".join(f'{{"title": "新闻{n}", "content": "{story}"}}' for n, story in enumerate(stories))
    conf = lay_out(tmp_path, SEED)
    (tmp_path / "content" / "dumps" / "a.json").write_text(f"[{entries}]", "utf-8")
    run("ingest", conf)
    articles = tmp_path / "content" / "articles"
    (file,) = [path for path in articles.rglob("*.md") if "Title: 新闻1" in path.read_text("utf-8")]
    capsys.readouterr()

    assert run("explain", conf, file.relative_to(articles).as_posix().removesuffix(".md")) == 0
    assert explained(capsys)["title"] == ["新闻1"]


@pytest.mark.parametrize("command", ["ingest", "stats", "explain"])
def test_help_ends_with_an_example(command: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])

    assert stopped.value.code == 0
    assert f"example:\n  newsarchive {command}" in capsys.readouterr().out
