"""The commands for who keeps the vocabulary, run as a person runs them."""

from pathlib import Path

import pytest
from tests.conftest import lay_out

from newsarchive.cli import main
from newsarchive.curation import accept, accept_alias, kind_of, reject, rejected
from newsarchive.errors import VocabularyError
from newsarchive.vocabulary.headings import heading_of, read_after_ours

STORY = (
    "Title: 第{n}屆漁燈節在煙臺開幕\nDate: 2019-11-2{n} 08:00:00+08:00\nDate-Precision: minute\n"
    "Slug: 2019/11/2{n}-00000000000{n}\nTags: 民俗\nLang: zh-Hant\nSHA256: {n:064x}\n\n"
    "漁燈節昨天在煙臺開幕，諸葛亮的後人諸葛平參加了開幕式。\n"
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "content" / "dumps").mkdir(parents=True)
    articles = tmp_path / "content" / "articles"
    articles.mkdir()
    for n in range(1, 5):
        (articles / f"{n}.md").write_text(STORY.format(n=n), encoding="utf-8")
    return lay_out(tmp_path)


@pytest.fixture(autouse=True)
def forget() -> object:
    yield
    read_after_ours(None)


def run(archive: Path, *words: str) -> int:
    return main(["tags", words[0], "-s", str(archive), *words[1:]])


def test_names_are_suggested_with_contexts(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = run(archive, "suggest")

    shown = capsys.readouterr().out
    assert status == 0
    assert "诸葛亮" in shown
    assert shown.count("[諸葛亮]") == 3
    assert "煙臺]" not in shown


def test_keywords_and_tags_are_suggested_for_one_article(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    articles = archive.parent / "content" / "articles"
    (articles / "4.md").write_text(STORY.format(n=4).replace("Tags: 民俗\n", ""), "utf-8")
    for n in range(5, 9):
        other = STORY.format(n=n).replace("漁燈節", "足球賽").replace("Tags: 民俗\n", "").replace("諸葛", "司馬")
        (articles / f"{n}.md").write_text(other, "utf-8")

    run(archive, "suggest", "2019/11/24-000000000004")

    shown = capsys.readouterr().out
    assert "tag        民俗" in shown
    assert "keywords" in shown


def test_what_is_accepted_becomes_a_tag(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(archive, "accept", "漁燈節", "--kind", "topic")
    written = (archive.parent / "content" / "vocabulary" / "tags.toml").read_text("utf-8")

    status = run(archive, "why", "21-000000000001", "漁燈節")

    assert written == '[yudengjie]\nkind = "topic"\nzh-Hans = "渔灯节"\nzh-Hant = "漁燈節"\n'
    assert status == 0
    assert "1 in the title, 1 in the lede" in capsys.readouterr().out


def test_a_difference_is_shown_before_it_is_made(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = archive.parent / "content" / "articles" / "1.md"
    before = file.read_bytes()

    run(archive, "diff")

    assert "articles would change" in capsys.readouterr().out
    assert file.read_bytes() == before


def test_a_wrong_vocabulary_is_named(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = archive.parent / "content" / "vocabulary"
    own.mkdir()
    (own / "tags.toml").write_text('[a]\nkind = "topic"\nzh-Hans = "甲子"\nparent = "nowhere"\n', "utf-8")

    assert run(archive, "check") == 2
    assert "has the parent 'nowhere'" in capsys.readouterr().err


def test_what_is_rejected_is_not_suggested_again(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(archive, "reject", "諸葛亮")
    run(archive, "suggest")

    assert "[諸葛亮]" not in capsys.readouterr().out


def test_an_alias_is_added_to_a_heading_of_ours_and_of_the_owner(tmp_path: Path) -> None:
    accept(tmp_path, "渔灯节", kind="topic")
    accept_alias(tmp_path, "港城烟台", "yantai")
    accept_alias(tmp_path, "登州府", "yantai")
    read_after_ours(tmp_path)
    accept_alias(tmp_path, "漁燈會", "yudengjie")
    read_after_ours(tmp_path)

    spellings = {"港城烟台": "yantai", "登州府": "yantai", "煙臺": "yantai", "渔灯会": "yudengjie"}

    assert {name: entry.slug for name in spellings if (entry := heading_of(name))} == spellings


def test_nothing_is_accepted_twice(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"a spelling of \[yantai\]"):
        accept(tmp_path, "煙臺市")
    with pytest.raises(VocabularyError, match="is taken"):
        accept(tmp_path, "漁燈節", slug="yantai")
    with pytest.raises(VocabularyError, match="there is no heading"):
        accept_alias(tmp_path, "漁燈節", "nowhere")


def test_rejected_words_are_kept_folded_and_sorted(tmp_path: Path) -> None:
    reject(tmp_path, "諸葛亮")
    reject(tmp_path, "小編")

    assert rejected(tmp_path) == {"诸葛亮", "小编"}


def test_a_word_is_taken_for_what_it_looks_like() -> None:
    assert [kind_of(word) for word in ("诸葛亮", "漁燈節")] == ["person", "topic"]


@pytest.mark.parametrize("action", ["suggest", "accept", "reject", "check", "diff", "why"])
def test_every_command_ends_its_help_with_an_example(action: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["tags", action, "--help"])

    assert f"newsarchive tags {action}" in capsys.readouterr().out.rstrip().split("example:")[-1]
