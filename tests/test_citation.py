"""GB/T 7714 prints what the standard asks for; what a page tells programs is whole and harmless."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from newsarchive.article import Article
from newsarchive.citation import gbt_7714, json_ld

URL = "https://example.org/2019/11/20-0123456789ab.html"
SITE = ("館", "https://example.org/")
ARTICLE = Article(
    title="甲市簽署5G協議",
    date=datetime(2019, 11, 20, 17, 54, 11, tzinfo=timezone(timedelta(hours=8))),
    date_precision="second",
    slug="2019/11/20-0123456789ab",
    source="甲報",
    reporters=("王五", "趙六"),
    lang="zh-Hant",
    sha256="0" * 64,
    paragraphs=("正文。",),
)


def test_gbt_7714_names_authors_title_paper_date_and_address() -> None:
    assert gbt_7714(ARTICLE, URL) == f"王五, 趙六. 甲市簽署5G協議[N/OL]. 甲報, 2019-11-20. {URL}."


def test_gbt_7714_brackets_a_derived_title_and_says_when_a_date_is_unknown() -> None:
    article = replace(ARTICLE, title_derived=True, date=None, date_precision="none", reporters=())

    assert gbt_7714(article, "") == "[甲市簽署5G協議][N/OL]. 甲報, [日期不詳]."


def test_json_ld_cannot_close_its_script_element() -> None:
    text = json_ld(replace(ARTICLE, title="</script><b>\u2028"), SITE)

    assert "<" not in text
    assert "\u2028" not in text
    assert json.loads(text)["@graph"][0]["headline"] == "</script><b>\u2028"


def test_json_ld_leads_to_an_article_by_way_of_the_page_above_it() -> None:
    _, trail = json.loads(json_ld(ARTICLE, SITE))["@graph"]

    assert [(row["name"], row.get("item")) for row in trail["itemListElement"]] == [SITE, (ARTICLE.title, None)]
