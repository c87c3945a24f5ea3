"""An archive whose articles, import report and site are kept at addresses of fsspec."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import lay_out
from tests.ingest_archive import story

from newsarchive.cli import main
from newsarchive.cli.sharded import build_sites
from newsarchive.deposit import inventory
from newsarchive.errors import SettingError
from newsarchive.plugin import make_site, open_archive

fsspec = pytest.importorskip("fsspec", reason="NO TEST OF ADDRESSES RAN: fsspec is not installed")

LINES = "".join(json.dumps(story(number), ensure_ascii=False) + "\n" for number in range(3))


@pytest.fixture
def bucket(tmp_path: Path) -> Iterator[str]:
    name = f"{tmp_path.name}-{os.getpid()}"
    files = fsspec.filesystem("memory")
    files.pipe_file(f"/{name}/dumps/a.jsonl", LINES.encode())
    yield name
    files.rm(f"/{name}", recursive=True)


def archive(folder: Path, bucket: str, more: str = "") -> Path:
    """A machine that has nothing but settings; returns their file."""
    names = {"DUMPS": "dumps", "ARTICLES": "articles", "REPORTS": "report", "OUTPUT": "site"}
    lines = [f"NEWS_{name} = 'memory://{bucket}/{place}'" for name, place in names.items()]
    return lay_out(folder, settings="\n".join((*lines, "NEWS_WORKERS = 1", more)))


def build(conf: Path) -> Any:
    return make_site(conf, None, lambda phase, done, total: None)


def there(bucket: str, part: str) -> dict[str, bytes]:
    files = fsspec.filesystem("memory")
    places = files.find(f"/{bucket}/{part}")
    found = {place.removeprefix(f"/{bucket}/{part}/"): files.cat_file(place) for place in places}
    return {path: data for path, data in found.items() if not path.endswith(inventory.NAME)}


def here(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_everything_made_stands_at_its_address_byte_for_byte(tmp_path: Path, bucket: str) -> None:
    made = build(archive(tmp_path, bucket))

    assert made.problems == ()
    assert there(bucket, "articles") == here(tmp_path / "content" / "articles")
    assert there(bucket, "report") == here(tmp_path / ".newsarchive" / "import-report")
    assert there(bucket, "site") == here(tmp_path / "output")
    assert len(there(bucket, "articles")) == 3
    assert "index.html" in there(bucket, "site")


def test_a_second_machine_goes_on_where_the_first_left_off(tmp_path: Path, bucket: str) -> None:
    build(archive(tmp_path / "first", bucket))
    fsspec.filesystem("memory").pipe_file(f"/{bucket}/dumps/b.jsonl", json.dumps(story(3), ensure_ascii=False).encode())
    before = there(bucket, "articles")
    made = build(archive(tmp_path / "second", bucket))

    assert made.report.written == 1
    assert there(bucket, "articles").items() > before.items()
    assert there(bucket, "site") == here(tmp_path / "second" / "output")


def test_a_correction_made_at_the_address_is_on_the_next_site_and_stays(tmp_path: Path, bucket: str) -> None:
    conf = archive(tmp_path, bucket)
    build(conf)
    path, text = next(iter(there(bucket, "articles").items()))
    corrected = text.replace(b"Title: ", "Title: 更正：".encode())
    fsspec.filesystem("memory").pipe_file(f"/{bucket}/articles/{path}", corrected)
    made = build(conf)

    assert made.problems == ()
    assert there(bucket, "articles")[path] == corrected
    assert "更正：" in there(bucket, "site")[path.replace(".md", ".html")].decode()


def test_an_article_withdrawn_here_is_gone_there_with_its_page(tmp_path: Path, bucket: str) -> None:
    conf = archive(tmp_path, bucket)
    build(conf)
    path = next(iter(there(bucket, "articles")))
    slug = path.removesuffix(".md")
    (tmp_path / "content" / "withdrawn.txt").write_text(f"{slug} 當事人要求 2026-11-22\n", encoding="utf-8")
    build(conf)

    assert path not in there(bucket, "articles")
    assert b"\xe5\x85\xac\xe5\xb8\x83" not in there(bucket, "site").get(f"{slug}.html", b"")
    assert there(bucket, "site") == here(tmp_path / "output")


def test_a_dry_run_fetches_and_sends_nothing(tmp_path: Path, bucket: str) -> None:
    assert main(["ingest", "--dry-run", "-s", str(archive(tmp_path, bucket))]) == 0

    assert there(bucket, "articles") == {}
    assert not (tmp_path / "content" / "articles").exists()


def test_the_terminal_says_what_travelled(tmp_path: Path, bucket: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", "-s", str(archive(tmp_path, bucket))]) == 0

    assert f"memory://{bucket}/articles: 3 sent, 0 removed there; 0 fetched, 0 removed here" in capsys.readouterr().out


def test_of_two_corrections_the_run_takes_neither_and_says_so(
    tmp_path: Path, bucket: str, capsys: pytest.CaptureFixture[str]
) -> None:
    conf = archive(tmp_path, bucket)
    build(conf)
    path, text = next(iter(there(bucket, "articles").items()))
    (tmp_path / "content" / "articles" / path).write_bytes(text.replace(b"Title: ", "Title: 甲".encode()))
    fsspec.filesystem("memory").pipe_file(f"/{bucket}/articles/{path}", text.replace(b"Title: ", "Title: 乙".encode()))
    capsys.readouterr()

    assert main(["ingest", "-s", str(conf)]) == 1
    assert f"{path}: changed here and at memory://{bucket}/articles, each in its own way" in capsys.readouterr().err
    assert "乙".encode() in there(bucket, "articles")[path]


def test_of_several_sites_each_stands_in_a_folder_of_its_own_and_nothing_of_a_trial(
    tmp_path: Path, bucket: str
) -> None:
    conf = archive(tmp_path, bucket, "NEWS_SHARD = 'size'")
    sites = build_sites(conf, None, lambda phase, done, total: None, {})

    assert sites.problems == []
    assert {path.partition("/")[0] for path in there(bucket, "site")} == {"1", "front"}
    assert there(bucket, "site") == here(tmp_path / "output")


def test_what_is_no_address_is_named(tmp_path: Path, bucket: str) -> None:
    conf = archive(tmp_path, bucket, "NEWS_ARTICLES = 'articles'")

    with pytest.raises(SettingError, match="NEWS_ARTICLES is 'articles'; expected an address like s3://"):
        build(conf)


def test_nothing_of_fsspec_is_loaded_for_an_archive_in_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fsspec", None)
    conf = lay_out(tmp_path)
    (tmp_path / "content" / "dumps").mkdir()

    assert open_archive(conf).deposits.carried == {}
    assert build(conf).problems == ()
