"""Names keep their own characters, and the owner's words come first."""

import pytest

from newsarchive.errors import VocabularyError
from newsarchive.script import (
    converter,
    doubtful_names,
    editions,
    work_in,
)


@pytest.fixture(scope="module", autouse=True)
def tables(tmp_path_factory):
    """Compiled once for all tests of this file."""
    folder = tmp_path_factory.mktemp("tables")
    work_in(folder)
    yield folder
    work_in(None)


@pytest.fixture
def own_tables(tables, tmp_path):
    def write(words="", editions=""):
        (tmp_path / "phrases.toml").write_text(words, encoding="utf-8")
        (tmp_path / "editions.toml").write_text(editions, encoding="utf-8")
        work_in(tables, tmp_path)

    yield write
    work_in(tables)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("于小姐说", "于小姐說"),
        ("由于先生不在", "由於先生不在"),
        ("范先生和余市长、岳主任", "范先生和余市長、岳主任"),
        ("模范先生", "模範先生"),
        ("会后主任说，里先生来了", "會後主任說，里先生來了"),
        ("旅游教练", "旅遊教練"),
    ],
)
def test_a_surname_before_a_title_is_a_name(text, expected):
    assert converter("zh-Hans", "zh-Hant")(text) == expected


def test_surnames_of_simplified_stay_apart_too():
    assert converter("zh-Hant", "zh-Hans")("「於先生說」由於") == "“於先生说”由于"


def test_names_of_the_keep_list_are_set_as_names():
    convert = converter("zh-Hans", "zh-Hant", ["于杰", "范冰", "马云", "党后云"])

    assert convert("记者于杰 范冰报道，马云、党后云后来") == "記者于杰 范冰報道，馬雲、党后雲後來"


def test_a_kept_name_does_not_break_into_another_word():
    assert converter("zh-Hans", "zh-Hant", ["于丹"])("大于丹东，于丹说") == "大於丹東，于丹說"


def test_phrases_of_an_article_come_before_the_dictionaries():
    assert converter("zh-Hans", "zh-Hant", phrases=[("后里", "后里")])("台中后里区后面") == "臺中后里區後面"


def test_a_word_of_an_article_wins_wherever_it_stands():
    text = "在后海，在午后海边"

    assert converter("zh-Hans", "zh-Hant", phrases=[("后海", "后海")])(text) == "在后海，在午后海邊"


def test_a_word_of_an_article_stays_in_its_own_script():
    convert = converter("zh-Hant", "zh-Hant", phrases=[("公裡", "公哩")], republish=True)

    assert convert("公裡，公裡，制造") == "公裡，公裡，製造"


def test_an_article_can_be_left_as_it_was_written():
    convert = converter("zh-Hans", "zh-Hant", ["于杰"], off=True)

    assert (convert("“头发”"), convert.lang) == ("“头发”", "zh-Hans")


def test_a_byline_may_space_a_name():
    assert converter("zh-Hans", "zh-Hant", ["于杰"])("于 杰、于\u3000杰由于头发") == "于 杰、于\u3000杰由於頭髮"


def test_a_name_is_kept_beside_a_compatibility_ideograph():
    assert converter("zh-Hans", "zh-Hant", ["于杰"])("\uf9b4于杰由于") == "\u9818于杰由於"


def test_the_family_name_is_no_part_of_a_word_of_the_dictionaries():
    assert converter("zh-Hans", "zh-Hant", ["于是之", "钟楚红"])("于是之、钟楚红于是") == "于是之、鍾楚紅於是"


def test_words_of_the_owner_come_first_in_both_directions(own_tables):
    own_tables('[words]\n"杨杰" = "楊傑"\n"后海" = { zh-Hant = "后海", zh-Hant-HK = "後海" }\n')

    assert converter("zh-Hans", "zh-Hant", ["杨杰"])("杨杰到了后海") == "楊傑到了后海"
    assert converter("zh-Hans", "zh-Hant-HK")("杨杰到了后海") == "楊傑到了後海"
    assert converter("zh-Hant", "zh-Hans")("楊傑到了後海") == "杨杰到了后海"
    assert doubtful_names(["杨杰"], "zh-Hans", "zh-Hant") == []


def test_an_owner_changes_the_quotation_marks_of_an_edition(own_tables):
    own_tables(editions='[[edition]]\ncode = "zh-Hant"\nquotes = ""\n')

    assert converter("zh-Hans", "zh-Hant")("“头发”") == "“頭髮”"
    assert [entry.code for entry in editions()] == ["zh-Hans", "zh-Hant", "zh-Hant-HK", "zh-Hant-TW"]


@pytest.mark.parametrize(
    ("words", "editions", "message"),
    [
        ("[word]\n", "", r"unknown table \[word\]; expected sounds or words"),
        ('[words]\n"杨杰" = 1\n', "", 'phrases.toml: \'杨杰\' is 1; expected a spelling, like "杨杰" = "楊傑"'),
        ('[words]\n"杨杰" = { zh-Hant-TW = "楊傑" }\n', "", "phrases.toml: '杨杰' is"),
        ("杨杰\n", "", "phrases.toml: not a TOML table"),
        ("", '[[edition]]\ncode = "zh-Hant"\nquotes = "「」"\n', "quotes are '「」'; expected four"),
        ("", '[[edition]]\ncode = "zh-Latn"\n', r"\[zh-Latn\] lacks or does not know"),
    ],
)
def test_a_wrong_table_of_the_owner_is_refused(own_tables, words, editions, message):
    with pytest.raises(VocabularyError, match=message):
        own_tables(words, editions)


def test_names_in_doubt_are_listed_with_their_choices():
    (found,) = doubtful_names(["杨杰", "王芳", "杨杰"], "zh-Hans", "zh-Hant")

    assert (found.name, found.shown, found.choices) == ("杨杰", "楊杰", (("杰", ("傑", "杰")),))
