"""The owner's tables are read after ours, by name, and decide what a record becomes."""

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from newsarchive.errors import VocabularyError
from newsarchive.head import Head, read_head
from newsarchive.ingest import ingest
from newsarchive.vocabulary.owned import read_owned

STORY = "老站台迎来新列车\n山城夜话：本期到此\n海岱快评王小波三月四日，旅客增加两成。\n站长说，还会再添车次。"
BOILERPLATE = """
[[boilerplate]]
name = "end of the programme"
where = "line"
example = "山城夜话:本期到此"
spares = ["他爱听山城夜话。"]
pattern = '^山城夜话:.{1,20}$'
"""


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "vocabulary"
    folder.mkdir()
    yield folder
    read_owned(None)


def read(text: str) -> Head:
    return read_head(text, {"title": "老站台迎来新列车"}, UTC)


def test_a_notice_of_the_owner_is_set_aside(owner: Path) -> None:
    (owner / "boilerplate.toml").write_text(BOILERPLATE, "utf-8")

    before = read(STORY)
    read_owned(owner)
    after = read(STORY)

    assert "山城夜话：本期到此" in before.paragraphs
    assert "山城夜话：本期到此" in after.boilerplate


def test_an_outlet_and_a_place_of_the_owner_are_known(owner: Path) -> None:
    (owner / "sources.toml").write_text('[outlet]\nours = "海岱夜话"\n', "utf-8")
    (owner / "places.toml").write_text('[place]\nours = "石桥沟"\n', "utf-8")
    text = "海岱夜话石桥沟3月4日电 老站台迎来新列车，旅客增加两成。"

    read_owned(owner)
    head = read(text)

    assert (head.source, head.places) == ("海岱夜话", ("石桥沟",))


def test_a_wrong_table_of_the_owner_is_refused_by_name(owner: Path) -> None:
    (owner / "boilerplate.toml").write_text(BOILERPLATE.replace("本期到此", ""), "utf-8")
    read_owned(owner)

    with pytest.raises(VocabularyError, match=r"boilerplate\.toml: the example of \[end of the programme\]"):
        read(STORY)


def test_records_are_read_again_when_the_owner_changes_a_table(owner: Path, tmp_path: Path) -> None:
    (tmp_path / "dumps").mkdir()
    (tmp_path / "dumps" / "one.txt").write_text(STORY, "utf-8")

    def articles() -> str:
        ingest(
            tmp_path / "dumps",
            tmp_path / "articles",
            cache=tmp_path / "cache",
            withdrawn=tmp_path / "withdrawn.txt",
            zone=UTC,
        )
        return "".join(path.read_text("utf-8") for path in (tmp_path / "articles").rglob("*.md"))

    read_owned(owner)
    before = articles()
    (owner / "boilerplate.toml").write_text(BOILERPLATE, "utf-8")
    read_owned(None)
    read_owned(owner)
    after = articles()

    assert "\n山城夜话：本期到此\n" in before
    assert "\n山城夜话：本期到此\n" not in after
