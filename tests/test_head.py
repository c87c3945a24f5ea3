"""Head, dateline, byline and foot: the grammar, case by case."""

from datetime import timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.head import Head, read_head
from newsarchive.head.byline import read_byline
from newsarchive.head.dateline import read_dateline
from newsarchive.head.lines import read_line
from newsarchive.head.people import people_of
from newsarchive.head.title import part_title

CHINA = timezone(timedelta(hours=8))


def head(text: str, path: str = "dump.txt", **given: str) -> Head:
    return read_head(text, given, CHINA, path)


@pytest.mark.parametrize(
    ("byline", "reporters"),
    [
        ("記者王小明、李大同／台北報導", ("王小明", "李大同")),
        ("记者 王 阳 李晓明", ("王阳", "李晓明")),
        ("本报记者 阿卜杜拉·买买提", ("阿卜杜拉·买买提",)),
        ("记者 欧阳明月 司徒雷", ("欧阳明月", "司徒雷")),
        ("中央社記者陳昱婷台北", ("陳昱婷",)),
        ("文／王小明", ("王小明",)),
        ("編譯陳成良／綜合外電報導", ("陳成良",)),
        ("撰文：John Smith", ("John Smith",)),
        ("綜合報導", ()),
        ("即時新聞中心／綜合報導", ()),
        ("突發中心黃子騰／台北報導", ("黃子騰",)),
        ("本报记者", ()),
    ],
)
def test_reporters_are_persons_and_no_desks(byline: str, reporters: tuple[str, ...]) -> None:
    found = read_byline(byline)

    assert (found.people.reporters if found else ()) == reporters


def test_every_role_has_its_field() -> None:
    people = people_of("本报记者 王阳 通讯员 李明 摄影 赵亮 责任编辑：钱进 校对：孙立")

    assert (people.reporters, people.correspondents, people.photographers, people.editors) == (
        ("王阳",),
        ("李明",),
        ("赵亮",),
        ("钱进",),
    )


@pytest.mark.parametrize(
    ("paragraph", "dateline", "places"),
    [
        ("新华社印度金奈10月11日电(记者孙勇)会见", "新华社印度金奈10月11日电", ("印度", "金奈")),
        ("本报讯近日，市民反映", "本报讯", ()),
        ("（吉隆坡20日訊）警方", "吉隆坡20日訊", ("吉隆坡",)),
        ("【大公報訊】記者王平報道：昨日", "大公報訊", ()),
        ("路透北京11月20日 - 中国", "路透北京11月20日", ("北京",)),
        ("华盛顿 — 美国国务院", "华盛顿", ("华盛顿",)),
    ],
)
def test_a_dateline_is_read_by_its_parts(paragraph: str, dateline: str, places: tuple[str, ...]) -> None:
    found = read_dateline(paragraph)

    assert found and (found.text, found.places) == (dateline, places)


@pytest.mark.parametrize(
    "sentence",
    [
        "据新华社报道，会议在北京举行。",
        "11月20日，记者从市政府获悉，项目动工。",
        "【领航中国】共护一江水，两岸添新绿。",
        "（上接第1版）会议指出，要加快建设。",
        "他在11月20日电话中表示，同意方案。",
    ],
)
def test_running_text_is_no_dateline(sentence: str) -> None:
    assert read_dateline(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "2019年10月12日，会议在北京举行。",
        "收入来源：工资、奖金、补贴，以及其他。",
        "編輯部昨天宣布，雜誌將於明年復刊。",
        "市民可通过分享、收藏等方式参与活动，奖品丰富。",
    ],
)
def test_running_text_is_no_labelled_line(sentence: str) -> None:
    assert read_line(sentence, CHINA) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "据山海通讯社2日报道，新桥已经通车。",
        "民政局消息，登记点六月起增加三处。",
        "来自国家航天局消息，探测器已运抵发射场。",
        "此外，免签“朋友圈”持续扩容，带动旅行出口增长。",
    ],
)
def test_a_sentence_deep_in_the_story_is_kept_whole(sentence: str) -> None:
    head = read_head(f"新桥通车\n昨天，两岸居民步行过桥。\n{sentence}", {}, CHINA)

    assert head.paragraphs == ("昨天，两岸居民步行过桥。", sentence)


@pytest.mark.parametrize(
    ("row", "clock"),
    [
        ("發佈時間：2022/03/30 18:45\n最後更新時間：19:10", "19:10"),
        ("2022-03-30 18:45（更新 19:10）", "19:10"),
        ("2022-03-30 18:45 更新：03-30 19:10", "19:10"),
        ("出版：2022-03-30 18:45 更新：2022-03-30 19:10", "19:10"),
        ("2022-03-30 18:45 更新：07:10", None),
    ],
)
def test_a_clock_of_the_last_change_is_read_on_the_day_of_publication(row: str, clock: str | None) -> None:
    head = read_head(f"灣仔食肆爆水管\n{row}\n灣仔今晨水浸。\n水務署派員搶修。", {}, CHINA)

    assert f"{head.date:%H:%M}" == "18:45"
    assert (f"{head.modified:%Y-%m-%d %H:%M}" if head.modified else None) == (clock and f"2022-03-30 {clock}")


@pytest.mark.parametrize(
    "shell", ["查看原文\n2019-11-20 17:54", "阅读全文>>\n来源：山河网 2019-11-20", "查看原文 2019-11-20"]
)
def test_a_button_to_the_story_and_a_stamp_are_no_story(shell: str) -> None:
    assert not read_head(shell, {}, CHINA).paragraphs


def test_a_disclaimer_sets_nothing() -> None:
    found = head(
        "县医院新增救护车\n县医院近日新增两台救护车。\n凡本网注明“来源：某某网”的稿件，版权属某某网，记者张三、编辑李四授权。"
    )

    assert (found.source, found.reporters, found.editors) == ("", (), ())
    assert found.boilerplate[-1].startswith("凡本网注明")


def test_a_day_in_the_story_is_not_the_date() -> None:
    assert head("2009年1月22日上午，发布会在北京举行。局长介绍了情况。").date is None


@pytest.mark.parametrize(
    ("given", "path", "day"),
    [
        ({"date": "2019-11-21 08:00"}, "a.txt", "2019-11-21"),
        ({"url": "http://news.example.com/2019/1121/c1.html"}, "a.txt", "2019-11-21"),
        ({"url": "http://news.example.com/201911/t1.html"}, "a.txt", "2019-11-20"),
        ({}, "2019/2019-11-20.txt", "2019-11-20"),
        ({}, "a.txt", None),
    ],
)
def test_a_dateline_takes_its_year_from_what_states_one(given: dict[str, str], path: str, day: str | None) -> None:
    found = head("某某网11月20日讯 市图书馆推出夜读活动。名额告罄。", path, **given)

    assert (str(found.date.date()) if found.date else None) == day
    assert found.date_printed == ("" if day else "--11-20")


def test_a_reprint_names_the_outlets_it_went_through() -> None:
    found = head("老人获救\n来源：新华网 转自：半岛都市报\n据《北京青年报》报道，昨天，老人获救。")

    assert (found.source, found.reprint_from) == ("新华网", ("半岛都市报", "北京青年报"))


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("乡村振兴生力军-新华网", ("乡村振兴生力军", "新华网")),
        ("央行宣布降准_财经频道_网易财经", ("央行宣布降准", "网易财经")),
        ("恆春洋蔥節登場 - 生活 - 自由時報電子報", ("恆春洋蔥節登場", "自由時報電子報")),
        ("從政30年風波不斷字級：", ("從政30年風波不斷", "")),
        ("特稿｜无人配送走到哪一步", ("特稿｜无人配送走到哪一步", "")),
        ("北京-雄安城际铁路开通", ("北京-雄安城际铁路开通", "")),
    ],
)
def test_a_title_loses_what_is_the_pages(title: str, parts: tuple[str, str]) -> None:
    assert part_title(title) == parts


def test_a_headline_of_four_lines_is_one_title() -> None:
    found = head(
        "出席会晤\n并进行国事访问\n抵达首都\n举行会见\n(2019-10-12) 来源：某某日报\n代表团11日抵达首都，受到欢迎。"
    )

    assert found.title == "出席会晤 并进行国事访问 抵达首都 举行会见"


def test_nothing_that_is_dropped_is_lost() -> None:
    top = "首页 > 社会 > 正文\n老人获救\n老人获救\n"
    found = head(top + "昨天，老人在湖边获救(微博)。[详细]\n相关阅读：\n邻居讲述经过\n扫码关注微信公众号")

    assert found.paragraphs == ("昨天，老人在湖边获救。",)
    assert found.boilerplate == (
        "首页 > 社会 > 正文", "老人获救", "(微博)", "[详细]", "相关阅读：", "邻居讲述经过", "扫码关注微信公众号",
    )  # fmt: skip


STORY_LIKE = (
    "Amtrak公司發表聲明：「事件仍在調查。」",
    "这幅作品的版权所有者起诉了出版社，要求赔偿。",
    "近日，市民拨打新闻热线反映，小区停水三天。",
    "市民拨打本报新闻热线96678反映，楼道灯坏了。",
    "市民扫码下载健康码后即可进站，十分方便。",
    "经查，该店许可证号为123，已过期。",
    "他曾任职于法新社。",
    "警方公布了他的资料图片。",
    "这句话摘自《论语》。",
    "推荐阅读经典是图书馆的新栏目。",
    "记者走进车间，看到工人正在忙碌。",
    "责任编辑一职由他担任多年。",
    "他声明：“我会回来。”",
    "未经批准，任何人不得进入施工现场。",
    "她关注环境，常在微博上发声。",
    "收藏家王小明昨天捐出一幅画。",
    "来源不明的货物被海关扣下。",
    "分享会上，读者与作者面对面。",
    "图书馆的位置是市民投票选出的。",
    "他每天下班后打印材料，再骑车回家。",
)


@pytest.mark.parametrize("sentence", STORY_LIKE)
def test_story_that_looks_like_a_notice_stays(sentence: str) -> None:
    story = (
        "昨天上午，市图书馆举行开馆仪式，数百名市民到场参加活动。",
        sentence,
        "仪式持续了一个小时，随后市民入馆参观。",
    )

    assert head("\n".join(story)).paragraphs == story
    assert head("\n".join(story[:2])).paragraphs == story[:2]


LINES = st.text(
    alphabet="记者王小明来源：新华社北京1月2日电(（）)【】[]／/|摄图编辑责任通讯员。，、 \n　報導讯文原标题2019-:",
    max_size=200,
)


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_no_text_makes_reading_fail_and_every_story_has_words(text: str) -> None:
    found = head(text)

    assert all(found.paragraphs)
    assert bool(found.paragraphs) == bool(text.strip().strip("　\n "))
