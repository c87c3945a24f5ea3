"""Each citation style prints what its standard asks for."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from newsarchive.article import Article
from newsarchive.citation import STYLES, bibtex, citations, csl_json, gbt_7714, json_ld, meta, ris

URL = "https://example.org/2019/11/20-0123456789ab.html"
ARTICLE = Article(
    title="甲市簽署5G協議",
    date=datetime(2019, 11, 20, 17, 54, 11, tzinfo=timezone(timedelta(hours=8))),
    date_precision="second",
    slug="2019/11/20-0123456789ab",
    source="甲報",
    reporters=("王五", "趙六"),
    sha256="0" * 64,
    paragraphs=("正文。",),
)


def test_gbt_7714_names_authors_title_paper_date_and_address() -> None:
    assert gbt_7714(ARTICLE, URL) == f"王五, 趙六. 甲市簽署5G協議[N/OL]. 甲報, 2019-11-20. {URL}."


def test_gbt_7714_brackets_a_derived_title_and_says_when_a_date_is_unknown() -> None:
    article = replace(ARTICLE, title_derived=True, date=None, date_precision="none", reporters=())

    assert gbt_7714(article, "") == "[甲市簽署5G協議][N/OL]. 甲報, [日期不詳]."


def test_bibtex_escapes_what_tex_would_read() -> None:
    entry = bibtex(replace(ARTICLE, title="漲50% & 更多"), URL)

    assert r"title = {{漲50\% \& 更多}}" in entry
    assert "author = {{王五} and {趙六}}" in entry


def test_ris_begins_with_its_type_and_ends_its_record() -> None:
    lines = ris(ARTICLE, URL).split("\r\n")

    assert (lines[0], lines[-2], lines[-1]) == ("TY  - NEWS", "ER  - ", "")
    assert "DA  - 2019/11/20" in lines


def test_csl_json_keeps_only_the_known_parts_of_a_date() -> None:
    (item,) = json.loads(csl_json(replace(ARTICLE, date_precision="month"), URL))

    assert item["issued"] == {"date-parts": [[2019, 11]]}
    assert item["author"] == [{"literal": "王五"}, {"literal": "趙六"}]


def test_every_style_is_printed_in_the_order_of_the_table() -> None:
    assert [citation.name for citation in citations(ARTICLE, URL)] == [name for name, _, _ in STYLES]


def test_json_ld_cannot_close_its_script_element() -> None:
    text = json_ld(replace(ARTICLE, title="</script><b>"), URL, "館", (("2019", ""),))

    assert "<" not in text
    assert json.loads(text)["@graph"][0]["headline"] == "</script><b>"


def test_meta_leaves_out_what_is_unknown() -> None:
    names = [name for name, _ in meta(replace(ARTICLE, source=""), "")]

    assert "citation_journal_title" not in names
    assert "citation_title" in names
