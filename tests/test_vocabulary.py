"""Tables refuse what they cannot use, and every table that comes with the package loads."""

from pathlib import Path

import pytest

from newsarchive.errors import VocabularyError
from newsarchive.vocabulary import FOLDER, read_patterns, read_table, read_words

GOOD = """
[fragment]
day = '\\d{1,2}月\\d{1,2}日'

[[dateline]]
name = "dispatch"
example = "中新网北京11月20日电"
place = "北京"
pattern = '^中新网(?P<place>\\w{2,4}?){day}电'
spares = ["11月20日，中新网报道"]
"""


def table(folder: Path, text: str) -> Path:
    path = folder / "datelines.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_entry_reads_its_own_example(tmp_path: Path) -> None:
    (entry,) = read_patterns(table(tmp_path, GOOD), "dateline")

    found = entry.regex.search("中新网上海1月2日电")

    assert found and found["place"] == "上海"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('place = "北京"', 'place = "上海"'), "gives place = '北京'; expected '上海'"),
        (('example = "中新网北京11月20日电"', 'example = "新华社电"'), "is not matched by its pattern"),
        (("{day}电", "{date}电"), "unknown fragment 'date'; expected one of day"),
        (("^中新网(?P", "^中新网((?P"), "not a regular expression"),
        (('spares = ["11月', 'spares = ["中新网上海11月20日电", "11月'), "which it must spare; narrow its pattern"),
        (('place = "北京"', 'plaice = "北京"'), "unknown key 'plaice'; expected one of"),
        (('name = "dispatch"\n', ""), "the key 'name' is missing; add it"),
        (("[[dateline]]", "[[dateline"), "not a TOML table"),
    ],
)
def test_a_wrong_entry_is_refused_by_its_name(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    path = table(tmp_path, GOOD.replace(*change))

    with pytest.raises(VocabularyError) as refusal:
        read_patterns(path, "dateline")

    assert str(refusal.value).startswith("datelines.toml")
    assert message in str(refusal.value)


def test_a_shadowed_entry_is_refused_and_told_to_move(tmp_path: Path) -> None:
    greedy = '[[dateline]]\nname = "greedy"\nexample = "任何字"\npattern = ".+"\n'

    with pytest.raises(VocabularyError, match=r"\[dispatch\] is taken by \[greedy\] above it; move it up"):
        read_patterns(table(tmp_path, greedy + GOOD), "dateline")


def test_an_owners_table_adds_to_ours(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.toml", tmp_path / "theirs.toml"
    ours.write_text(GOOD, encoding="utf-8")
    theirs.write_text('[[dateline]]\nname = "own"\nexample = "本县讯"\npattern = "^本县讯"\n', encoding="utf-8")

    assert [entry.name for entry in read_patterns([ours, theirs], "dateline")] == ["dispatch", "own"]


def test_a_missing_table_says_where_it_was_expected(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="no such table; expected it at"):
        read_table(tmp_path / "nowhere.toml")


def test_a_word_table_of_another_shape_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"expected a table \[single\]"):
        read_words(table(tmp_path, 'single = "赵钱孙李"'), "single")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.name)
def test_every_table_of_ours_is_toml(path: Path) -> None:
    assert read_table(path)
