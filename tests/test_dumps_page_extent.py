"""A saved page ends where its story ends, whatever lists, notices and boxes stand around it; lists are no stories."""

import time
from pathlib import Path

import pytest
from lxml import html
from tests.dump_reading import read_as, records_of, refusals_of

from newsarchive.article import Record
from newsarchive.dumps.pages.extent import alike, prose_of, stretch
from newsarchive.dumps.pages.listing import is_list
from newsarchive.dumps.pages.visible import lines_of

pytest.importorskip("trafilatura", exc_type=ImportError)

FIRST = "柳河渡口的旧灯塔昨晚重新点亮，两岸居民举着手电相迎。"
SECOND = "灯塔建于一九三六年，停用已有三十年，修缮由渔民自筹经费完成。"
THIRD = "渡口管理所说，灯塔每晚七时点亮，次日清晨六时熄灭。"
PARAGRAPHS = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
STORY = [FIRST, SECOND, THIRD]
HEAD = "<title>旧灯塔重新点亮</title>"


def _page(body: str, head: str = HEAD) -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


def _record(folder: Path, body: str, head: str = HEAD) -> Record:
    [record] = records_of(read_as(folder, "a.html", _page(body, head)))
    return record


def _links(*days: str) -> str:
    return "".join(f"<li><a href='{n}'>渡口旧闻第{n}则引来许多读者</a> {day}</li>" for n, day in enumerate(days))


@pytest.mark.parametrize(
    "behind",
    [
        f"<ul>{_links('2021/03/04', '2021/03/05', '2021/03/06')}</ul>",
        "<div class=tag-list><a href=1>灯塔</a></div><div class=bio>本栏目每周介绍一处老建筑，欢迎读者来信来电。</div>",
        "<h3>最新</h3><td><a href=1>渡口</a></td><table><tr><td class=t>「秋日赏菊好去处，一文看清」</td></tr></table>",
        "<div style='display:none'>柳河在线，灯塔，渡口，两岸居民，渔民</div>",
        "<div class=metaTagsHidden>柳河在线，灯塔，渡口，两岸居民，渔民</div>",
        "<a href=cms>由柳岸发布系统制作</a>",
    ],
)
def test_what_stands_behind_the_story_in_blocks_of_another_kind_is_left_out(tmp_path: Path, behind: str) -> None:
    record = _record(tmp_path, f"<h1>旧灯塔重新点亮</h1><div class=text>{PARAGRAPHS}</div>{behind}")

    assert record.text.split("\n") == STORY


@pytest.mark.parametrize("block", ["p", "section", "div"])
def test_where_a_notice_was_found_all_paragraphs_beside_the_summary_are_the_story(block: str) -> None:
    notice = "功能介绍：本号每周介绍一处老建筑，欢迎关注，欢迎来信，也欢迎投稿。"
    paragraphs = "".join(f"<{block}>{text}</{block}>" for text in STORY)
    page = _page(f"<div class=profile><div><p>{notice}</p></div></div><div class=content>{paragraphs}</div>")
    lines = list(lines_of(html.fromstring(page)))

    places = prose_of(lines, frozenset({notice[:12]}), FIRST)

    assert [lines[at].text for at in places] == STORY


def test_a_story_goes_on_behind_a_list_of_links_inside_it(tmp_path: Path) -> None:
    links = "<p><a href=1>旧码头</a></p><p><a href=2>老船闸</a></p>"

    record = _record(tmp_path, f"<div class=text><p>{FIRST}</p><p>{SECOND}</p>{links}<p>{THIRD}</p></div>")

    assert record.text.split("\n") == STORY


def test_a_day_that_is_a_link_is_the_day_of_the_story_but_a_headline_with_its_day_is_not(tmp_path: Path) -> None:
    stamp, other = "<p><a href=/d>2021-03-09</a></p>", "<p><a href=/b>对岸的新码头开工</a> 2020-01-02</p>"

    record = _record(tmp_path, f"<h1>旧灯塔重新点亮</h1>{other}{stamp}<div>{PARAGRAPHS}</div>")

    assert record.text.split("\n") == ["2021-03-09", *STORY]


def test_pictures_below_the_story_lend_it_their_captions(tmp_path: Path) -> None:
    record = _record(tmp_path, f"<div>{PARAGRAPHS}<p class=pic-desc>灯塔全景。石川 摄</p></div>")

    assert record.given["captions"] == "灯塔全景。石川 摄"


def test_the_block_that_the_page_sums_up_is_the_story_not_the_notice_above_it(tmp_path: Path) -> None:
    notice = "<div><p>本报逢周一至周六出版，公众假期休刊。</p><p>休刊日网站照常更新，敬请留意，谢谢。</p></div>"
    summary = f"<meta name=description content='{FIRST}…'>"

    record = _record(
        tmp_path, f"{notice}<h1>旧灯塔重新点亮</h1><div class=excerpt>{FIRST}{SECOND}</div>", HEAD + summary
    )

    assert record.text.split("\n") == [FIRST + SECOND]


TEASER = "<p>第{n}段提要：渡口今日客流平稳，船班照常，风力三级。</p>"
HEADLINE = "<h4><a href='{n}'>渡口第{n}号船今日试航</a></h4>"
DAY = "<div>2021-03-0{n} 12:30</div>"


@pytest.mark.parametrize(
    ("head", "entry"),
    [
        ("<h1>即时新闻</h1>", HEADLINE + DAY + TEASER),
        ("", HEADLINE + TEASER),
        ("<h1>即时新闻</h1>", HEADLINE + TEASER + "<p>12:3{n}</p>"),
        ("<h1>即时新闻</h1>", "<li>[航运] <a href={n}>渡口第{n}号船今日试航，客流平稳</a> (2021-03-0{n} 12:30)</li>"),
    ],
)
def test_a_page_of_headlines_with_their_teasers_is_refused_as_a_list(tmp_path: Path, head: str, entry: str) -> None:
    page = _page(head + "".join(entry.format(n=n) for n in range(1, 9)), "<title>即时新闻</title>")

    [refused] = refusals_of(read_as(tmp_path, "a.html", page))

    assert refused.reason.startswith("a list of stories")


def test_a_page_of_dated_links_above_a_legal_notice_is_refused_as_a_list(tmp_path: Path) -> None:
    days = (f"2021-03-0{n}" for n in range(1, 9))
    notice = "<div class=foot>本网站内容仅供参考，一切以柜台公布者为准。市场有风险，投资需谨慎。</div>"
    page = _page(f"<h2>信息披露</h2><ul>{_links(*days)}</ul>{notice}", "<title>信息披露_柳河基金</title>")

    [refused] = refusals_of(read_as(tmp_path, "a.html", page))

    assert refused.reason.startswith("a list of stories")


def test_a_story_of_many_stories_is_no_list(tmp_path: Path) -> None:
    entries = "".join((HEADLINE + TEASER).format(n=n) for n in range(1, 9))

    record = _record(tmp_path, f"<h1>旧灯塔重新点亮</h1><div>{entries}</div>")

    assert len(record.text.split("\n")) == 8


def test_a_list_whose_stories_are_summed_up_in_paragraphs_is_refused(tmp_path: Path) -> None:
    entries = "".join((HEADLINE + DAY + TEASER + TEASER).format(n=n) for n in range(1, 9))

    [refused] = refusals_of(read_as(tmp_path, "a.html", _page(entries, "<title>要闻</title>")))

    assert refused.reason.startswith("a list of stories")


def test_a_story_above_a_list_of_dated_teasers_is_no_list(tmp_path: Path) -> None:
    entries = "".join((HEADLINE + DAY + TEASER).format(n=n) for n in range(1, 9))
    body = f"<h1>旧灯塔重新点亮</h1><div class=text>{PARAGRAPHS * 3}</div><div class=more>{entries}</div>"

    assert _record(tmp_path, body).text.startswith(FIRST)


def test_notices_above_the_headline_are_no_part_of_a_story_the_page_sums_up(tmp_path: Path) -> None:
    notice = "<div>本网站使用相关技术，提供更好的阅读体验，同时尊重使用者的隐私，详见说明。</div>" * 4
    summary = f"<meta name=description content='{FIRST}'>"

    record = _record(tmp_path, f"{notice}<h1>旧灯塔重新点亮</h1><div><p>{FIRST}</p></div>", HEAD + summary)

    assert record.text == FIRST


def test_a_linked_headline_that_asks_or_shouts_is_no_sentence_of_the_story(tmp_path: Path) -> None:
    video = "<div class=video><a href=1>视频：灯塔为何重新点亮？</a></div>"

    record = _record(tmp_path, f"<h1>旧灯塔重新点亮</h1><div>{video}{PARAGRAPHS}</div>")

    assert record.text.split("\n") == STORY


def test_a_page_all_of_whose_prose_is_marked_as_something_else_has_a_story(tmp_path: Path) -> None:
    boxes = "".join(f"<div class=comment{n}><p>{text}</p></div>" for n, text in enumerate(STORY * 2))

    assert _record(tmp_path, boxes.replace("comment", "share-comment ")).text


def test_a_short_last_line_is_of_the_story_whatever_the_whole_page_is_marked_as(tmp_path: Path) -> None:
    record = _record(tmp_path, f"<div class='main ads-wide'>{PARAGRAPHS}<p>灯塔免费开放</p></div>")

    assert record.text.split("\n") == [*STORY, "灯塔免费开放"]


@pytest.mark.parametrize(
    "body",
    [
        "<div>" + f"{FIRST}<br>短行<br>" * 4000 + "</div>",
        "<div><span>" + f"{FIRST}<br>短行<br>" * 4000 + "</span></div>",
        "".join(f"<p class=c{n}>{FIRST}</p><p><a href=1>旧闻</a></p>" for n in range(3000)),
        f"<p>{FIRST}<a href=1>旧闻</a>" + " " * 200_000 + "</p>",
    ],
)
def test_where_a_story_ends_is_found_in_time_that_grows_with_the_page(body: str) -> None:
    tree = html.document_fromstring(f"<html><head>{HEAD}</head><body>{body}</body></html>")
    starts = frozenset({FIRST[:12]})
    began = time.process_time()

    lines = list(lines_of(tree))
    places = prose_of(lines, starts)
    is_list(lines, alike(lines, places), -1)
    stretch(lines, places, starts)

    assert time.process_time() - began < 3
