"""A saved page gives its story whole and nothing but its story, however it is laid out."""

import json
from pathlib import Path

import pytest
from lxml import html
from tests.dump_reading import read_as, records_of, refusals_of

from newsarchive.article import Record
from newsarchive.dumps.pages.said import given_of, headline_of, site_of, titles_of
from newsarchive.dumps.pages.story import story_of
from newsarchive.dumps.pages.visible import lines_of

pytest.importorskip("trafilatura", exc_type=ImportError)

FIRST = "石桥镇的老水车昨天重新转动，三百多名村民赶来观看。"
SECOND = "镇上请来七十六岁的木匠常有田，用四个月换下了全部叶板。"
THIRD = "水车每天上午九点到下午四点开放，不收门票。"
PARAGRAPHS = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
STORY = [FIRST, SECOND, THIRD]


def _page(folder: Path, body: str, head: str = "<title>老水车重新转动</title>") -> Record:
    [record] = records_of(read_as(folder, "a.html", f"<html><head>{head}</head><body>{body}</body></html>"))
    return record


@pytest.mark.parametrize(
    "around",
    [
        f"<h1>老水车重新转动</h1><div>{PARAGRAPHS}</div>",
        f"<div><h1>老水车重新转动</h1>{PARAGRAPHS}</div>",
        f"<div><p>老水车重新转动</p>{PARAGRAPHS}</div>",
        f"<div>{PARAGRAPHS}<h3>相关阅读</h3><ul><li><a href=1>古桥</a></li><li><a href=2>旧磨坊</a></li></ul></div>",
        f"<div>{PARAGRAPHS}<p>更多石桥消息</p><p><a href=1>古桥</a><br><a href=2>旧磨坊</a></p></div>",
        f"<div><p>{FIRST}</p><p class=read-more>延伸阅读：<a href=1>古桥</a></p><p>{SECOND}</p><p>{THIRD}</p></div>",
        f"<div><figure><img><figcaption>水车全景。</figcaption></figure>{PARAGRAPHS}</div>",
        f"<div><p>{FIRST}</p><div class=img_descr>常有田在换叶板。</div><p>{SECOND}</p><p>{THIRD}</p></div>",
        f"<table><tr><td><a href=1>首页</a></td></tr><tr><td>{'<br>'.join(STORY)}</td></tr></table>",
        f"<div><div><p>{FIRST}</p></div><section><p>{SECOND}</p></section><p>{THIRD}</p></div><nav><p>关于</p></nav>",
        f"<div><p>{FIRST}</p><div class=newsletter><p>订阅邮件，每周一封</p></div><p>{SECOND}</p><p>{THIRD}</p></div>",
    ],
)
def test_titles_captions_and_lists_of_links_are_no_story(tmp_path: Path, around: str) -> None:
    assert _page(tmp_path, around).text.split("\n") == STORY


def test_what_is_marked_as_related_but_holds_the_story_is_the_story(tmp_path: Path) -> None:
    record = _page(tmp_path, f"<div class='share related-wrap'>{PARAGRAPHS}</div>")

    assert record.text.split("\n") == STORY


def test_captions_are_kept_beside_the_story_with_their_photographer(tmp_path: Path) -> None:
    record = _page(tmp_path, f"<figure><figcaption>水车全景。董川 摄</figcaption></figure><div>{PARAGRAPHS}</div>")

    assert record.given["captions"] == "水车全景。董川 摄"
    assert record.given["photographer"] == "董川 摄"


def test_a_row_of_a_table_of_figures_is_one_line_of_the_story(tmp_path: Path) -> None:
    table = "<table><tr><td>月份</td><td>人数</td></tr><tr><td>五月</td><td>1,204</td></tr></table>"

    record = _page(tmp_path, f"<div><p>{FIRST}</p>{table}<p>{SECOND}</p><p>{THIRD}</p></div>")

    assert record.text.split("\n") == [FIRST, "月份 人数", "五月 1,204", SECOND, THIRD]


@pytest.mark.parametrize(
    "script",
    [
        '<script>window.__STATE__ = {"a":{"detail":@}};run()</script>',
        '<script type="application/json">{"props":[{"article":@}]}</script>',
    ],
)
def test_a_page_of_scripts_only_gives_the_story_they_bring_along(tmp_path: Path, script: str) -> None:
    data = {"title": "老水车重新转动", "content": PARAGRAPHS, "publishTime": "2022-12-03 19:05:44", "editor": "常青"}

    record = _page(tmp_path, "<div>加载中</div>" + script.replace("@", json.dumps(data, ensure_ascii=False)))

    assert record.text.split("\n") == STORY
    assert record.given["date"] == "2022-12-03 19:05:44"
    assert record.given["editor"] == "常青"


def test_a_page_without_a_story_is_refused_with_what_stands_on_it(tmp_path: Path) -> None:
    page = "<html><body><ul><li><a href=1>古桥</a></li></ul><script>var a = {broken</script></body></html>"

    [refused] = refusals_of(read_as(tmp_path, "a.html", page))

    assert "古桥" in refused.raw


@pytest.mark.parametrize(
    ("title", "shown", "headline"),
    [
        ("老水车重新转动_石桥网", "<h1>老水车重新转动</h1>", "老水车重新转动"),
        ("石桥镇政府 动态 老水车重新转动", "<div>老水车重新转动</div>", "老水车重新转动"),
        ("老水车重新转动 | 生活 | 石桥社", "<h2>石桥社</h2><h2><i>老水车</i>重新转动</h2>", "老水车重新转动"),
        ("石桥晚报", "<ul><li><a href=1>老水车转动</a></li></ul><b>老水车转动</b><p>二〇二一年</p>", "老水车转动"),
        ("老水车重新转动 - 石桥网", "", "老水车重新转动"),
    ],
)
def test_the_headline_is_what_the_page_shows_above_its_story(title: str, shown: str, headline: str) -> None:
    tree = html.document_fromstring(f"<head><title>{title}</title></head><body>{shown}<div>{PARAGRAPHS}</div>")
    titles = titles_of(tree, {})
    story = story_of(tree, titles)

    assert headline_of(titles, story.before, story.links) == headline


def test_the_site_behind_the_title_is_named_only_where_it_is_an_outlet() -> None:
    pages = [html.document_fromstring(f"<title>{title}</title>") for title in ("水车 - 石桥网", "水车 - 正文")]

    assert [site_of(page, "水车") for page in pages] == ["石桥网", ""]


@pytest.mark.parametrize(
    "markup",
    [
        '<meta property="article:published_time" content="2021-06-05">',
        '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2021-06-05"}]}</script>',
        '<p itemscope itemtype="http://schema.org/NewsArticle"><i itemprop="datePublished" content="2021-06-05"></p>',
        '<time datetime="2021-06-05">昨天</time>',
        '<span class="pub-date">2021-06-05</span>',
    ],
)
def test_the_day_is_read_wherever_the_page_states_it(markup: str) -> None:
    assert given_of(html.document_fromstring(f"<body>{markup}<p>{FIRST}</p>"))["date"] == "2021-06-05"


def test_what_belongs_to_the_publisher_is_not_taken_for_the_articles() -> None:
    data = {
        "@type": "NewsArticle",
        "author": [{"@type": "Person", "name": "黎咏诗", "url": "/a"}],
        "publisher": {"@type": "Organization", "name": "山顶角", "url": "/b", "logo": {"url": "x.png"}},
    }
    tree = html.document_fromstring(f'<script type="application/ld+json">{json.dumps(data)}</script><p>{FIRST}</p>')

    assert given_of(tree) == {"author": "黎咏诗", "source": "山顶角"}


def test_lines_of_a_page_are_found_in_time_that_grows_with_it() -> None:
    page = html.document_fromstring("<div>" * 200 + "<p>一<b>二</b><br>三</p>" * 3000)

    assert sum(1 for _ in lines_of(page)) == 6000
