"""A withdrawn article leaves a notice at its address and nothing anywhere else."""

from pathlib import Path

import pytest
from tests.conftest import TOP, lay_out, make
from tests.small_archive import article, build, slug

GONE = slug("2019-10-02", 2)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    articles = [article(f"2019-10-{day:02}", day, f"消息{day}號") for day in range(1, 4)]
    return build(tmp_path_factory.mktemp("gone"), articles, withdrawn=f"{GONE} 應當事人要求 2026-11-22\n")


@pytest.mark.parametrize(("edition", "reason"), [("", "应当事人要求"), ("zh-hant", "應當事人要求")])
def test_its_address_says_that_it_was_withdrawn_when_and_why(output: Path, edition: str, reason: str) -> None:
    text = (output / edition / f"{GONE}.html").read_text(encoding="utf-8")

    assert "已撤下" in text
    assert reason in text
    assert "2026年11月22日" in text
    assert GONE in text
    assert "<meta name=robots content=noindex>" in text


def test_nothing_else_names_it(output: Path) -> None:
    names = [
        str(file.relative_to(output))
        for file in output.rglob("*")
        if (
            file.suffix in (".html", ".atom", ".json", ".xml", ".csv", ".jsonl")
            and "消息2" in (text := file.read_text(encoding="utf-8"))
        )
        or (file.is_file() and file.suffix in (".html", ".xml", ".atom") and GONE in text)
    ]

    assert sorted(names) == sorted([f"{GONE}.html", f"zh-hant/{GONE}.html"])


def test_the_dump_it_came_from_is_no_longer_given_out(tmp_path: Path) -> None:
    conf = lay_out(tmp_path, TOP / "content" / "dumps" / "seed.txt")
    assert make(conf).returncode == 0
    (page,) = (tmp_path / "output").glob("2019/11/20-*.html")
    assert (tmp_path / "output" / "dumps" / "seed.txt").is_file()

    name = page.relative_to(tmp_path / "output").with_suffix("")
    (tmp_path / "content" / "withdrawn.txt").write_text(f"{name} 誤 2026-11-22\n", encoding="utf-8")
    done = make(conf)

    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "output" / "dumps").exists()
    assert "已撤下" in page.read_text(encoding="utf-8")
