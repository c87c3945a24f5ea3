"""A record becomes an article, whatever it is made of."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.article import Article, Origin, Record, Refusal
from newsarchive.catalogue import catalogue

ORIGIN = Origin("dump.txt")
STORY = "市图书馆昨天推出夜读活动，首日名额告罄。读者希望延长开放时间。"


def article(text: str, **given: str) -> Article:
    found = catalogue(Record(text, ORIGIN, given))
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    ("date", "folder"),
    [("2019-11-20 17:54:11", "2019/11/20-"), ("2019-11", "2019/11/"), ("2019", "2019/"), ("", "undated/")],
)
def test_the_slug_holds_what_is_known_of_the_day(date: str, folder: str) -> None:
    found = article(STORY, date=date)

    assert found.slug == folder + found.sha256[:12]


def test_fields_that_we_do_not_know_are_kept() -> None:
    assert article(STORY, website="某某网", 编号="42").fields == (("website", "某某网"), ("编号", "42"))


def test_a_field_that_cannot_be_read_is_kept_as_it_stands() -> None:
    assert article(STORY, date="昨天", author="综合").fields == (("date", "昨天"), ("author", "综合"))


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("第106000052期威力彩：04、07、19、20、25、36特別號為08", "looks like a lottery table"),
        ("第三章 夜雨\n他推開門，雨還在下。", "looks like fiction"),
    ],
)
def test_what_is_no_news_is_taken_and_flagged(text: str, warning: str) -> None:
    assert warning in article(text).warnings


def test_a_derived_title_is_marked() -> None:
    assert article(STORY).title_derived
    assert not article(STORY, title="夜读活动开始").title_derived


def test_a_date_without_a_year_is_kept_and_reported() -> None:
    found = article("某某网11月20日讯 " + STORY)

    assert (found.date, found.date_printed) == (None, "--11-20")
    assert "date without a year: --11-20" in found.warnings


def test_a_date_from_the_name_of_the_file_is_reported() -> None:
    found = catalogue(Record(STORY, Origin("2019/2019-11-20.txt")))

    assert isinstance(found, Article) and f"{found.date:%Y-%m-%d}" == "2019-11-20"
    assert "date taken from the name of the file" in found.warnings


def test_a_record_without_text_is_refused_with_what_was_found() -> None:
    found = catalogue(Record(" \n　\n", ORIGIN, {"title": "只有标题"}))

    assert isinstance(found, Refusal) and "expected at least one line of a story" in found.reason


def test_a_story_of_captions_only_is_not_emptied() -> None:
    assert article("高飛犧牲打。王小明攝\n開轟。王小明攝").paragraphs


def test_the_same_record_gives_the_same_article() -> None:
    assert article(STORY, title="夜读") == article(STORY, title="夜读")


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=300),
    st.dictionaries(st.sampled_from(["title", "date", "source", "url", "author", "tags", "x"]), st.text(max_size=60)),
)
def test_no_record_whatever_makes_it_fail(text: str, given: dict[str, str]) -> None:
    found = catalogue(Record(text, ORIGIN, given))

    assert isinstance(found, Article | Refusal)
    if isinstance(found, Article):
        assert found.title and found.sha256[:12] in found.slug
