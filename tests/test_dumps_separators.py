"""Several articles in one plain text are parted, however the marks between them look; one article stays one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.dump_reading import read_as, records_of

STORIES = (
    "市政府昨日召开会议，研究部署防汛工作，要求各部门落实责任，确保群众生命财产安全。会议指出，今年雨量偏多，形势不容乐观。",
    "海峡两岸企业家三日在此间举行座谈，就扩大合作交换意见。与会者认为，双方互补性强，前景广阔，应当抓住机遇，加快步伐。",
    "捷運環狀線今日通車，首日湧入三萬人次，市長到場致意，並宣布首月免費搭乘的優惠措施。市民說，等了八年，終於等到這一天。",
)
TITLES = ("市政府部署防汛工作", "两岸企业家台北座谈", "捷運環狀線今通車")
DAYS = ("2019-11-20", "2019年11月21日 甲市日报", "2019-11-22 08:30")
Articles = list[tuple[str, str, str]]
ARTICLES: Articles = list(zip(TITLES, DAYS, STORIES, strict=True))


def _joined(mark: str) -> Callable[[Articles], str]:
    return lambda articles: mark.join("\n".join(article) + "\n" for article in articles)


def _led(lead: str) -> Callable[[Articles], str]:
    return lambda articles: "".join(
        lead.format(number, "一二三"[number - 1], title) + f"\n{day}\n{story}\n"
        for number, (title, day, story) in enumerate(articles, 1)
    )


MARKS = {
    "form feed": _joined("\f"), "form feed on a line": _joined("\n\f\n"), "stars": _joined("＊＊＊\n"),
    "spaced stars": _joined("* * *\n"), "dashes": _joined("———\n"), "hashes": _joined("######\n"),
    "reference marks": _joined("※※※\n"), "two characters": _joined("=-=-=-=\n"), "end": _joined("（完）\n"),
    "blank lines": _joined("\n\n\n"), "title with day": _joined(""),
    "setext": _led("{2}\n========\n"), "setext with dashes": _led("{2}\n---"), "boxed": _led("=====\n{2}\n====="),
    "1.": _led("{0}. {2}"), "一、": _led("{1}、{2}"), "【1】": _led("【{0}】\n{2}"), "（一）": _led("（{1}）{2}"),
    "第1篇": _led("第{0}篇 {2}"), "counted rule": _led("=== 第{0}篇 ===\n{2}"),
}  # fmt: skip


@pytest.mark.parametrize("name", MARKS)
@pytest.mark.parametrize("count", [2, 3])
def test_articles_are_parted(tmp_path: Path, name: str, count: int) -> None:
    found = records_of(read_as(tmp_path, "a.txt", MARKS[name](ARTICLES[:count])))

    assert len(found) == count
    for one, title, story in zip(found, TITLES, STORIES, strict=False):
        assert (title in one.text[:30], story in one.text) == (True, True)


LIST = "\n".join(f"{number}、{clause}" for number, clause in zip("一二三", STORIES, strict=True))
SECTIONS = "\n＊＊＊\n".join(STORIES)
PAGES = "\f".join((STORIES[0][:40], STORIES[0][40:] + STORIES[1][:30], STORIES[1][30:]))
UNDERLINED = "\n".join(f"第{part}部分\n------\n{story}" for part, story in zip("一二三", STORIES, strict=True))
CHRONICLE = "\n".join(f"2019年1月{day}日\n{story}" for day, story in enumerate(STORIES, 1))


@pytest.mark.parametrize("body", [LIST, SECTIONS, PAGES, f"{STORIES[2]}\n{UNDERLINED}", CHRONICLE])
def test_one_article_with_marks_in_it_stays_one(tmp_path: Path, body: str) -> None:
    found = read_as(tmp_path, "a.txt", f"防汛工作条例\n2019-11-20 17:54\n来源：甲市日报\n{body}\n")

    assert len(found) == 1
