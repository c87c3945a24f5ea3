"""Front matter and body are an exact inverse of each other, and nothing in a text becomes markup."""

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from html import unescape
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from newsarchive import frontmatter
from newsarchive.article import Article
from newsarchive.errors import FrontMatterError
from newsarchive.frontmatter import is_edited, paragraphs_of, parse, render

line = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)
name = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters=";；"), min_size=1, max_size=8)
paragraph = st.lists(line, min_size=1, max_size=4).map(" ".join)
names = st.lists(name, max_size=3).map(tuple)
zone = timezone(timedelta(hours=8))

articles = st.builds(
    Article,
    title=paragraph,
    title_derived=st.booleans(),
    date=st.none() | st.datetimes(datetime(1900, 1, 1), timezones=st.just(zone)),
    slug=st.just("2019/11/20-0123456789ab"),
    source=st.just("") | line,
    reporters=names,
    tags=names,
    cleaning=st.lists(st.tuples(st.sampled_from(["glosses", "spaces"]), st.integers(1, 999)), max_size=2).map(tuple),
    boilerplate=st.lists(paragraph, max_size=2).map(tuple),
    fields=st.lists(st.tuples(st.sampled_from(["id", "點擊數"]), line), max_size=2).map(tuple),
    sha256=st.just("0" * 64),
    paragraphs=st.lists(paragraph, min_size=1, max_size=4).map(tuple),
)

PLAIN = Article(title="題", slug="2019/11/20-0123456789ab", sha256="0" * 64, paragraphs=("甲。", "乙。"))


@given(articles)
def test_parse_gives_back_what_render_wrote(article: Article) -> None:
    assert parse(render(article)) == article


@given(paragraph)
def test_markdown_prints_a_paragraph_as_it_was_written(text: str) -> None:
    body = render(replace(PLAIN, paragraphs=(text,))).partition("\n\n")[2]

    html = Markdown(extensions=["extra"]).convert(body)

    assert "<" not in html[3:-4]
    assert unescape(html) == f"<p>{text}</p>"


@given(names, st.booleans())
def test_what_a_person_asks_of_conversion_comes_back(asked: tuple[str, ...], is_off: bool) -> None:
    asked = tuple(name.replace("=", "＝") for name in asked)
    article = replace(PLAIN, convert_off=is_off, convert_keep=asked, convert_map=tuple((name, "改") for name in asked))

    assert parse(render(article)) == article


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Convert: no", "Convert is 'no'; expected off"),
        ("Convert-Map: 杨杰", "Convert-Map is '杨杰'; expected words and what they become, like 杨杰=楊傑"),
        ("Convert-Map: =楊傑", "Convert-Map is '=楊傑'; expected words"),
    ],
)
def test_a_wish_that_cannot_be_read_is_named(line: str, message: str) -> None:
    with pytest.raises(FrontMatterError, match=message):
        parse(render(PLAIN).replace("\n\n", f"\n{line}\n\n", 1), "a.md")


@given(articles)
def test_a_file_as_rendered_is_not_edited(article: Article) -> None:
    assert not is_edited(render(article))


@pytest.mark.parametrize(("old", "new"), [("甲", "丙"), ("Title: 題", "Title: 題目"), ("\n\n", "\nTags: 5G\n\n")])
def test_any_change_by_hand_shows(old: str, new: str) -> None:
    assert is_edited(render(PLAIN).replace(old, new, 1))


def test_a_person_may_write_markdown() -> None:
    article = parse(render(PLAIN).replace("甲。", "**甲**。"))

    assert article.markup == "**甲**。\n\n乙。"
    assert parse(render(article)) == article


def test_a_person_may_separate_tags_as_pelican_does() -> None:
    text = render(PLAIN).replace("\n\n", "\nTags: 5G, 煙臺，山東\n\n", 1)

    assert parse(text).tags == ("5G", "煙臺", "山東")


def test_shown_tags_are_the_persons_then_ours_less_the_vetoed() -> None:
    article = replace(PLAIN, tags=("5G",), tags_auto=("煙臺", "5G", "山東"), tags_not=("山東",))

    assert article.shown_tags == ("5G", "煙臺")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Title: 題", "Title 題", "a.md:1: 'Title 題' is no field; expected `Name: value`"),
        ("Slug: 2019/11/20-0123456789ab\n", "", "a.md: the field Slug is missing"),
        ("Slug:", "Date: gestern\nSlug:", "a.md:3: Date is 'gestern'; expected a date with its zone"),
        ("甲。\n\n乙。", "", "a.md: no text below the head"),
    ],
)
def test_a_head_broken_by_hand_is_named_with_its_line_and_remedy(old: str, new: str, message: str) -> None:
    with pytest.raises(FrontMatterError) as error:
        parse(render(PLAIN).replace(old, new), "a.md")

    assert message in str(error.value)


@given(st.text("ab \n#1.*\\&<\u3000\x0c中", max_size=40))
def test_a_plain_body_is_read_at_once_as_it_is_by_the_long_way(body: str) -> None:
    at_once = paragraphs_of(f"Title: 題\n\n{body}")

    with patch.object(frontmatter, "NOT_PLAIN", re.compile("")):
        assert at_once == paragraphs_of(f"Title: 題\n\n{body}")


@given(st.lists(st.sampled_from(["Title: a", "Tags:b ", "    more", "    ", "Date:", "T-1: \tc:d"]), max_size=6))
def test_a_head_is_read_at_once_as_it_is_line_by_line(lines: list[str]) -> None:
    head = "\n".join(lines)
    at_once = frontmatter._fields_at_once(head)

    assert not at_once or at_once == frontmatter._head_fields(head, "a.md")
