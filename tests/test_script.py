"""Simplified and Traditional: conversion, quotes, markup, detection."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.errors import SettingError
from newsarchive.script import (
    convert_html,
    converter,
    date_text,
    detect,
    edition,
    editions,
    fold,
    fold_pairs,
    initial,
    is_machine_traditional,
    region_of,
    script_of,
    set_quotes,
    sort_key,
    weekday_text,
    work_in,
)

CHINESE = st.text(st.sampled_from("头髮发后後里裏于於制造范楊杰干，。“”‘’「」『』 aZ\n"), max_size=30)


@pytest.fixture(scope="module", autouse=True)
def tables(tmp_path_factory):
    """Compiled once for all tests of this file."""
    folder = tmp_path_factory.mktemp("tables")
    work_in(folder)
    yield folder
    work_in(None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("字节跳动的大数据一致通过", "字節跳動的大數據一致通過"),
        ("皇后后来在后面", "皇后後來在後面"),
        ("干净的面条，干部下面", "乾淨的麵條，幹部下面"),
        ("理发店里发现头发", "理髮店裡發現頭髮"),
        ("制造业示范区", "製造業示範區"),
    ],
)
def test_simplified_becomes_traditional_of_taiwan(text, expected):
    assert converter("zh-Hans", "zh-Hant")(text) == expected


def test_taiwan_phrases_are_an_edition_of_their_own():
    text = "软件和信息"

    assert converter("zh-Hans", "zh-Hant")(text) == "軟件和信息"
    assert converter("zh-Hans", "zh-Hant-TW")(text) == "軟體和資訊"


def test_hong_kong_has_its_own_characters():
    assert converter("zh-Hans", "zh-Hant-HK")("为了里面的卫生") == "為了裏面的衞生"


def test_taiwan_text_becomes_simplified_with_its_particles():
    assert converter("zh-Hant", "zh-Hans")("他看著著名的著作") == "他看着著名的著作"


@pytest.mark.parametrize("code", [entry.code for entry in editions()])
def test_a_text_in_the_script_of_the_edition_is_left_untouched(code):
    own = {"zh-Hans": "他说：「发现里面」，于小姐", "zh-Hant": "里長范先生說：“台灣”"}[edition(code).script]

    assert converter(edition(code).script, code)(own) == own


def test_a_text_of_unknown_script_is_looked_at_by_itself():
    convert = converter("zh", "zh-Hant")

    assert [convert(text) for text in ("新闻", "新聞", "里后")] == ["新聞", "新聞", "里后"]


def test_a_paragraph_clearly_in_the_other_script_is_set_from_that_one():
    convert = converter("zh-Hant", "zh-Hant")

    assert convert("他发现这个问题还没说清楚") == "他發現這個問題還沒說清楚"


def test_mechanical_traditional_is_mended_through_simplified():
    text = "智能制造示范區，記者了解，楊杰說：“公裡”"

    mended = converter("zh-Hant", "zh-Hant", ["楊杰"], republish=True)(text)

    assert mended == "智能製造示範區，記者瞭解，楊杰說：「公里」"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-{后}-来后", "后來後"),
        ("-{zh-hans:甲; zh-hant:乙}-发", "乙發"),
        ("-{zh-tw:丙;zh-cn:丁}-", "丙"),
        ("半开的-{后", "半開的-{後"),
        ("空-{}-后", "空後"),
    ],
)
def test_marks_of_mediawiki_are_honoured(text, expected):
    assert converter("zh-Hans", "zh-Hant")(text) == expected


@pytest.mark.parametrize(
    ("curly", "corner"),
    [
        ("“他说‘好’”", "「他说『好』」"),
        ("“不成对", "「不成对"),
        ("It’s 好’，‘90s 歌", "It’s 好』，‘90s 歌"),
        ("读者’s “书”", "读者』s 「书」"),
        ("the players’ 票", "the players’ 票"),
        ("“Hello, my world”", "“Hello, my world”"),
        ("“5G”", "「5G」"),
    ],
)
def test_quotation_marks_are_those_of_the_edition(curly, corner):
    assert set_quotes(curly, "「」『』") == corner


def test_quotation_marks_are_a_switch_of_their_own():
    assert converter("zh-Hans", "zh-Hant", quotes=False)("“头”") == "“頭”"
    assert converter("zh-Hans", "zh-Hans", quotes=True)("「头」") == "“头”"


def test_markup_outside_text_is_left_as_it_is():
    html = (
        '<h2 id="头发" class=\'发\'>头发</h2><!-- 发 --><p><a href="/发?a=1&amp;b=发" title="头发">头<b>发</b></a>'
        '<img alt="后来" src="发.png"/><code>发</code><span translate="no">发<br>后<i>里</i></span>后'
        '<span lang="ja">発</span>1 < 2 发</p><script>"发"</script>'
    )

    expected = (
        '<h2 id="头发" class=\'发\'>頭髮</h2><!-- 发 --><p><a href="/发?a=1&amp;b=发" title="頭髮">頭<b>髮</b></a>'
        '<img alt="後來" src="发.png"/><code>发</code><span translate="no">发<br>后<i>里</i></span>後'
        '<span lang="ja">発</span>1 < 2 發</p><script>"发"</script>'
    )
    assert convert_html(html, "zh-Hans", "zh-Hant") == expected


@settings(deadline=None)
@given(st.text(st.sampled_from("<>/\"'=-!ab 发后&;"), max_size=40))
def test_html_without_chinese_is_never_changed(html):
    plain = html.replace("发", "x").replace("后", "y")

    assert convert_html(plain, "zh-Hans", "zh-Hant") == plain


@settings(deadline=None)
@given(CHINESE)
def test_an_edition_converts_its_own_text_no_further(text):
    convert = converter("zh-Hant", "zh-Hans", quotes=True)
    once = convert(text)

    assert fold(once) == fold(convert(once))


@settings(deadline=None)
@given(st.text(max_size=40))
def test_folding_keeps_the_length_and_needs_doing_once(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_folding_brings_the_scripts_together():
    assert fold("裡裏里後后為爲說説祕秘著瞭臺台") == "里里里后后为为说说秘秘着了台台"


def test_fold_pairs_hold_the_whole_table():
    for astral in (False, True):
        sources, targets = fold_pairs(astral=astral)

        assert len(sources) == len(targets) > 1000
        assert fold(sources) == targets
        assert astral or max(sources + targets) <= "\uffff"


def test_detection_names_the_script_or_says_that_it_cannot():
    assert [detect(text) for text in ("国家", "國家", "人民", "", "abc")] == ["zh-Hans", "zh-Hant", "zh", "zh", "zh"]


def test_one_foreign_character_does_not_change_the_script_of_a_paragraph():
    assert script_of("这说明他叫張国荣", "zh-Hans") == "zh-Hans"


def test_hong_kong_is_told_from_taiwan():
    assert region_of("他説着，在裏面") == "zh-Hant-HK"
    assert region_of("他說著，在裡面，台灣") == "zh-Hant"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市委書記與干部視察制造業示范項目", True),
        ("省委決定批準，全長三公裡", True),
        ("行政院表示，海關管制造成延誤，市議員質詢", False),
        ("里長范先生在台北說，公里數正確", False),
        ("市委书记与干部视察制造业", False),
        ("香港立法會議員説，裏面的報道提到市委書記", False),
    ],
)
def test_mechanical_traditional_is_told_from_written_one(text, expected):
    assert is_machine_traditional(text) is expected


def test_headings_stand_in_the_order_readers_expect():
    names = ["周杰", "安徽", "5G", "曾志伟", "Apple", "北京", "重庆", "單國璽"]

    hans = sorted(names, key=lambda name: sort_key(name, "zh-Hans", person=True))
    hant = sorted(names, key=lambda name: sort_key(name, "zh-Hant", person=True))

    assert hans == ["5G", "安徽", "Apple", "北京", "重庆", "單國璽", "曾志伟", "周杰"]
    assert hant == ["5G", "Apple", "北京", "周杰", "重庆", "單國璽", "曾志伟", "安徽"]
    assert [initial(name, "zh-Hans", person=True) for name in hans] == list("#AABCSZZ")
    assert [initial(name, "zh-Hant", person=True) for name in hant] == list("#Aㄅㄓㄔㄕㄗㄢ")


def test_dates_are_written_down_to_what_is_known():
    assert date_text(date(2019, 11, 20), "second", "zh-Hant") == "2019年11月20日"
    assert date_text("2019-11", "day", "zh-Hans") == "2019年11月"
    assert date_text("2019", "year", "zh-Hans") == "2019年"
    assert date_text("2019-11-20", "none", "zh-Hans") == ""
    assert weekday_text(date(2019, 11, 24), "zh-Hant-HK") == "星期日"


def test_an_unknown_edition_is_refused_with_the_known_ones():
    with pytest.raises(SettingError, match="zh-Hant-TW"):
        converter("zh-Hans", "zh-Latn")


@pytest.mark.parametrize(
    "text",
    ["头\0发后", "头\ud800发\udfff后", "葛\U000e0100头发", "𠮷野家的头发", "\uf900头\u2f00发", "😀发", "\ufeff发"],
)
def test_strange_characters_are_kept(text):
    converted = converter("zh-Hans", "zh-Hant")(text)

    assert len(converted) == len(text)
    assert "發" in converted or "髮" in converted


def test_a_megabyte_without_a_break_is_converted():
    text = "后里面发" * 90_000

    assert len(converter("zh-Hans", "zh-Hant")(text)) == len(text)
