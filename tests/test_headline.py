import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.headline import breakable, headline


def test_dateline_time_and_venue_are_left_out_and_enumerations_cut() -> None:
    lede = "齐鲁网11月20日讯 (记者 甲乙)11月20日上午,烟台市政府与山东移动、山东联通在东方海天酒店签署《合作协议》。"

    assert headline([lede]) == "烟台市政府与山东移动等签署《合作协议》"


def test_a_title_in_brackets_is_never_cut() -> None:
    lede = "两国代表团当天共同签署《关于进一步加强数字经济和绿色发展领域长期务实合作的谅解备忘录》。"

    assert "《关于进一步加强数字经济和绿色发展领域长期务实合作的谅解备忘录》" in headline([lede])


def test_a_story_without_words_has_no_headline() -> None:
    assert headline([""]) == ""


@given(st.text(alphabet="烟台煙臺市5G《》“”，。、 签署ab", max_size=60))
def test_the_pieces_of_a_title_make_the_title(title: str) -> None:
    assert "".join(breakable(title)) == title


@given(st.lists(st.text(max_size=80), max_size=3))
def test_any_story_gets_a_headline(paragraphs: list[str]) -> None:
    assert "\n" not in headline(paragraphs)


@pytest.mark.parametrize(
    ("title", "piece"),
    [("煙臺簽署《合作協議》", "《合作協議》"), ("發展5G應用", "發展5G應用"), ("他說：「好」。", "「好」。")],
)
def test_no_line_breaks_where_a_reader_would_stumble(title: str, piece: str) -> None:
    assert piece in breakable(title)
