"""What a page says of itself is weighed: against what it shows, and against what such a field can hold."""

from pathlib import Path

import pytest
from lxml import html
from tests.dump_reading import read_as, records_of

from newsarchive.article import Record
from newsarchive.catalogue import CHINA, catalogue
from newsarchive.dumps.pages.page import FOR_SUBSCRIBERS
from newsarchive.dumps.pages.said import given_of
from newsarchive.head import read_head

pytest.importorskip("trafilatura", exc_type=ImportError)

FIRST = "南岗村的旧戏台昨天重新开锣，四乡八里的人赶来听戏。"
SECOND = "戏台建于清末，停用四十年，去年由村民集资修好。"
THIRD = "往后每月初一、十五各演一场，不收门票。"
PARAGRAPHS = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
STORY = [FIRST, SECOND, THIRD]
TITLE = "旧戏台重新开锣"


def _page(folder: Path, body: str, head: str = "", title: str = TITLE) -> Record:
    page = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    [record] = records_of(read_as(folder, "a.html", page))
    return record


def _given(head: str) -> dict[str, str]:
    return given_of(html.document_fromstring(f"<html><head>{head}</head><body><p>{FIRST}</p></body></html>"))


@pytest.mark.parametrize(
    "handle",
    ["name, name@example.com", "https://www.facebook.com/nangang", "nangangnews", "NANGANG.NET", "admin", "NanGang2"],
)
def test_an_address_or_a_handle_is_no_author_but_is_kept(handle: str) -> None:
    given = _given(f"<meta name=author content='{handle}'>")

    assert given == {"account": handle}


def test_the_next_place_names_the_author_where_the_first_holds_a_handle() -> None:
    data = '<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"nangangnews"}}</script>'

    assert _given(f"{data}<meta name=author content='许木生'>")["author"] == "许木生"


@pytest.mark.parametrize("nobody", ["未知", "佚名", "回复", "赞赏", "整合", "网络整理", "管理员", "投稿"])
def test_what_says_that_nobody_is_named_is_no_reporter(tmp_path: Path, nobody: str) -> None:
    article = catalogue(_page(tmp_path, PARAGRAPHS, f"<meta name=author content='{nobody}'>"))

    assert article.reporters == ()


def test_an_outlet_given_as_author_does_not_hide_the_author_the_page_prints(tmp_path: Path) -> None:
    line = "<div><span>来源：南岗时报网</span> <span>作者：许木生</span> <span>2021-03-04 10:00</span></div>"

    article = catalogue(_page(tmp_path, f"<h1>{TITLE}</h1>{line}{PARAGRAPHS}", "<meta name=author content=南岗时报网>"))

    assert (article.source, article.reporters) == ("南岗时报网", ("许木生",))


@pytest.mark.parametrize(
    ("stated", "printed", "hour"),
    [
        ("2021-03-04T12:46:00+00:00", "2021-03-04 12:46", 12),
        ("2021-03-04T12:46:00Z", "更新：12:46", 12),
        ("2021-03-04T12:46:00Z", "2021-03-04 20:46", 20),
        ("2021-03-04T12:46:00Z", "2021-03-04 12:46 GMT", 20),
        ("2021-03-04T12:46:00+08:00", "2021-03-04 12:46", 12),
    ],
)
def test_a_clock_of_utc_that_the_page_prints_as_its_own_is_local(
    tmp_path: Path, stated: str, printed: str, hour: int
) -> None:
    head = f"<meta property='article:published_time' content='{stated}'>"

    article = catalogue(_page(tmp_path, f"<h1>{TITLE}</h1><p>{printed}</p><div>{PARAGRAPHS}</div>", head))

    assert article.date is not None
    assert article.date.astimezone(CHINA).hour == hour


@pytest.mark.parametrize(
    "script",
    ['var ct = "1614826800";', "{publishTime:'2021-03-04 11:00:00'}", '"createTime": 1614826800000, "a": 1'],
)
@pytest.mark.parametrize("printed", ["", "<p>2021年3月4日</p>"])
def test_the_time_is_told_by_a_script_where_nothing_else_tells_it(tmp_path: Path, script: str, printed: str) -> None:
    page = _page(tmp_path, f"<h1>{TITLE}</h1>{printed}<div>{PARAGRAPHS}</div><script>{script}</script>")

    assert f"{catalogue(page).date:%F %T}" == "2021-03-04 11:00:00"


@pytest.mark.parametrize(
    ("script", "printed"),
    [
        ("var ct='1614826800'", "<p>2021年3月9日</p>"),
        ("var ct='1614826800'", "<p>2021年3月9日 08:00</p>"),
        ("a={ct:'1614826800'};b={ct:'1614826801'};c={ct:'1614826802'}", "<p>2021年3月9日</p>"),
    ],
)
def test_what_the_page_prints_is_not_overruled_by_a_script(tmp_path: Path, script: str, printed: str) -> None:
    page = _page(tmp_path, f"<h1>{TITLE}</h1>{printed}<div>{PARAGRAPHS}</div><script>{script}</script>")

    assert f"{catalogue(page).date:%F}" == "2021-03-09"


ACCOUNT = f"""<div id="article"><h2 id="activity-name">{TITLE}</h2>
<div class="meta_list"><span>原创： </span><span>许木生</span> <a id="js_name"> 南岗发布 </a>
<div class="profile_container" style="display:none;"><strong class="profile_nickname">南岗发布</strong>
<p><label>微信号</label> nangangfabu</p><p><label>功能介绍</label> 南岗的消息，办事指南，老照片，每天更新。</p></div>
<em id="publish_time"></em></div>
<div id="js_content" style="visibility: hidden"><section>{PARAGRAPHS}</section></div></div>
<div class="tool"><a>阅读原文</a><p>阅读 <span></span></p></div><div class="extra"><p>写下你的想法，最多200字</p></div>
<script>var nickname = htmlDecode("南岗发布"); var ct = "1614826800";</script>"""


def test_an_article_of_an_account_is_the_accounts_not_the_platforms(tmp_path: Path) -> None:
    head = "<meta property='og:site_name' content='微信公众平台'><meta name=author content='许木生'>"

    article = catalogue(_page(tmp_path, ACCOUNT, head))

    assert (article.source, article.reporters) == ("南岗发布", ("许木生",))
    assert f"{article.date:%F %T}" == "2021-03-04 11:00:00"
    assert dict(article.fields)["platform"] == "微信公众平台"
    assert list(article.paragraphs) == STORY


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("<link rel=canonical href='./t2021_1.shtml'>", None),
        ("<base href='http://a.cn/b/'><link rel=canonical href='./t2021_1.shtml'>", "http://a.cn/b/t2021_1.shtml"),
        ("<link rel=canonical href='//a.cn/t.shtml'>", "https://a.cn/t.shtml"),
        ("<meta property='og:url' content='http%3A%2F%2Fa.cn%2Ft.shtml'>", "http://a.cn/t.shtml"),
    ],
)
def test_an_address_is_whole_or_left_out(head: str, url: str | None) -> None:
    assert _given(head).get("url") == url


@pytest.mark.parametrize("section", ["1", "image/png", "article", "2021-03"])
def test_a_number_or_a_kind_of_file_is_no_section(section: str) -> None:
    assert "category" not in _given(f"<meta name=section content='{section}'>")


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        ("戏台 集资 南岗村", ("戏台", "集资", "南岗村")),
        ("戏台,集资<meta name=", ("戏台", "集资")),
        (f"戏台,{TITLE},南岗网,nangang.example.com", ("戏台",)),
        (f"要闻 {TITLE} 南岗网 戏台", ("要闻", "戏台")),
        ("国内,国际,财经,体育,娱乐", ()),
    ],
)
def test_keywords_are_those_of_the_story(tmp_path: Path, words: str, tags: tuple[str, ...]) -> None:
    head = f'<meta name=keywords content="{words}"><meta property="og:site_name" content="南岗网">'

    assert catalogue(_page(tmp_path, f"<h1>{TITLE}</h1>{PARAGRAPHS}", head)).tags == tags


def test_a_heading_above_the_story_is_the_headline_where_the_page_is_called_after_its_section(tmp_path: Path) -> None:
    record = _page(tmp_path, f"<h1>新闻动态</h1><h2>南岗村旧戏台重新开锣了</h2>{PARAGRAPHS}", title="新闻动态-南岗村")

    assert record.given["title"] == "南岗村旧戏台重新开锣了"


def test_a_button_with_an_arrow_is_no_part_of_the_sentence_it_clings_to(tmp_path: Path) -> None:
    body = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}<a href=/>回到南岗网</a>&gt;&gt;</p>"

    assert _page(tmp_path, f"<div>{body}</div>").text.split("\n") == STORY


@pytest.mark.parametrize(
    "picture",
    [
        "<p align=center><img src=a.jpg></p><p align=center>戏台全景 董川 摄</p>",
        "<p><img src=a.jpg><br>戏台全景 董川 摄</p>",
        "<figure><img src=a.jpg><figcaption>戏台全景 董川 摄</figcaption></figure>",
    ],
)
def test_words_under_a_picture_are_its_caption_wherever_they_stand(tmp_path: Path, picture: str) -> None:
    record = _page(tmp_path, f"<div><p>{FIRST}</p>{picture}<p>{SECOND}</p><p>{THIRD}</p></div>")

    assert record.text.split("\n") == STORY
    assert (record.given["captions"], record.given["photographer"]) == ("戏台全景 董川 摄", "董川 摄")


def test_a_crosshead_below_a_picture_stays_in_the_story(tmp_path: Path) -> None:
    head = "<p align=center><img src=a.jpg></p><p align=center><b>集资修台</b></p>"

    record = _page(tmp_path, f"<div><p>{FIRST}</p>{head}<p>{SECOND}</p><p>{THIRD}</p></div>")

    assert record.text.split("\n") == [FIRST, "集资修台", SECOND, THIRD]


def test_a_label_without_a_colon_is_one_where_a_clock_follows(tmp_path: Path) -> None:
    body = f"<h1>{TITLE}</h1><p>2021-03-04</p><div>{PARAGRAPHS}<p>发布时间16:41</p><p>更新时间17:24</p></div>"

    article = catalogue(_page(tmp_path, body))

    assert list(article.paragraphs) == STORY
    assert f"{article.date:%F %H:%M}" == "2021-03-04 16:41"


@pytest.mark.parametrize("tail", ["_南岗日报", "_戏曲_南岗日报-Nangang Daily", " - 南岗日报"])
def test_the_outlet_in_the_title_may_have_its_english_name_behind_it(tmp_path: Path, tail: str) -> None:
    assert catalogue(_page(tmp_path, f"<h1>{TITLE}</h1>{PARAGRAPHS}", title=TITLE + tail)).source == "南岗日报"


def test_a_page_for_subscribers_is_marked_as_one(tmp_path: Path) -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'

    assert _page(tmp_path, PARAGRAPHS, head).warnings == (FOR_SUBSCRIBERS,)


@pytest.mark.parametrize("box", ["[摘要：{}]", "<b>摘要</b>：{}", "【内容提要】：{}"])
def test_a_summary_under_its_label_stands_beside_the_story(tmp_path: Path, box: str) -> None:
    record = _page(
        tmp_path, f"<h1>{TITLE}</h1><div><p>{box.format('戏台修好后重新开锣，村民集资。')}</p>{PARAGRAPHS}</div>"
    )

    assert record.text.split("\n") == STORY
    assert record.given["summary"] == "戏台修好后重新开锣，村民集资。"


def test_entities_that_were_escaped_twice_are_read(tmp_path: Path) -> None:
    record = _page(tmp_path, f"{PARAGRAPHS}<p>锣鼓由邻镇的老艺人借出，甲&amp;amp;乙剧社演出头三场。</p>")

    assert record.text.endswith("甲&乙剧社演出头三场。")


@pytest.mark.parametrize(
    "dispatch", ["新浪科技讯 北京时间9月11日凌晨消息，", "网易汽车10月12日报道 ", "新浪娱乐讯 5月6日，"]
)
def test_the_section_of_a_site_in_its_dispatch_is_no_place(dispatch: str) -> None:
    assert read_head(f"{dispatch}{FIRST}\n{SECOND}", {}, CHINA).places == ()


def test_a_mark_before_the_headline_is_no_part_of_it(tmp_path: Path) -> None:
    title = "旧戏台昨天重新开锣"

    assert _page(tmp_path, f"<h1><i>原创</i>{title}</h1>{PARAGRAPHS}", title=title).given["title"] == title


@pytest.mark.parametrize("tail", ["_南岗日报 - 东区", " - 南岗网 - 村镇"])
def test_the_outlet_in_the_title_may_have_its_section_behind_it(tmp_path: Path, tail: str) -> None:
    outlet = tail[1:5].strip(" -")

    assert catalogue(_page(tmp_path, f"<h1>{TITLE}</h1>{PARAGRAPHS}", title=TITLE + tail)).source.startswith(outlet)


def test_an_author_that_is_the_outlet_is_no_reporter(tmp_path: Path) -> None:
    head = "<meta name=author content='Nangang新聞雲'><meta property='og:site_name' content='Nangang新聞雲'>"

    assert catalogue(_page(tmp_path, PARAGRAPHS, head)).reporters == ()


def test_a_day_shown_elsewhere_on_the_page_does_not_overrule_the_one_above_the_story(tmp_path: Path) -> None:
    other = "<ul><li><a href=1>对岸的新码头今日开工建设</a> <span class=date>2021-09-09</span></li></ul>"

    article = catalogue(
        _page(tmp_path, f"{other}<h1>{TITLE}</h1><p>2021-03-04 来源：南岗网</p><div>{PARAGRAPHS}</div>")
    )

    assert f"{article.date:%F}" == "2021-03-04"


def test_particulars_may_stand_in_a_heading(tmp_path: Path) -> None:
    row = "<h4>发表于<b>2021-03-04 21:30</b> | 8次阅读</h4>"

    assert (
        f"{catalogue(_page(tmp_path, f'<h1>{TITLE}</h1>{row}<div>{PARAGRAPHS}</div>')).date:%F %H}" == "2021-03-04 21"
    )


@pytest.mark.parametrize("sign", ["", " <em>|</em> "])
def test_a_row_of_editors_apart_only_by_its_markup_is_read(tmp_path: Path, sign: str) -> None:
    row = f"<div><span>来源：南岗网</span>{sign}<span>责任编辑：许木生_NG12</span></div>"

    article = catalogue(_page(tmp_path, f"<div>{PARAGRAPHS}</div>{row}"))

    assert (article.source, article.editors) == ("南岗网", ("许木生",))


def test_a_link_that_clings_to_a_byline_is_no_name(tmp_path: Path) -> None:
    article = catalogue(
        _page(tmp_path, f"<div>{PARAGRAPHS}<p>作者：许木生 秦岚<a href=/>返回南岗，查看更多</a></p></div>")
    )

    assert article.reporters == ("许木生", "秦岚")


def test_a_heading_below_a_short_headline_is_not_taken_for_it(tmp_path: Path) -> None:
    record = _page(tmp_path, f"<h1>{TITLE}</h1><h2>南岗村民集资修好百年老台</h2><div>{PARAGRAPHS}</div>")

    assert record.given["title"] == TITLE


def test_the_chinese_name_of_an_outlet_is_taken_before_its_latin_one(tmp_path: Path) -> None:
    head = "<meta property='og:site_name' content='Nangang Broadcasting Corporation'>"
    record = _page(tmp_path, f"<h1>{TITLE}</h1>{PARAGRAPHS}", head, f"{TITLE} - 南岗广播网 - 村镇")

    assert catalogue(record).source == "南岗广播网"


def test_a_name_behind_the_title_that_the_page_prints_beside_the_story_is_its_outlet(tmp_path: Path) -> None:
    body = f"<h1>{TITLE}</h1><div>2021-03-04 11:10 南岗星空[整理]</div><div>{PARAGRAPHS}</div>"

    assert catalogue(_page(tmp_path, body, title=f"{TITLE}|南岗星空")).source == "南岗星空"


def test_a_reporter_may_have_a_rare_second_character(tmp_path: Path) -> None:
    row = "<div><span>来源：南岗网</span><span>作者：李在山</span></div>"

    assert catalogue(_page(tmp_path, f"<h1>{TITLE}</h1>{row}<div>{PARAGRAPHS}</div>")).reporters == ("李在山",)
