"""Dumps are found, read record by record, and nothing in them vanishes."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.dump_reading import LINE, STORY, read_as, records_of, refusals_of

from newsarchive.article import Refusal
from newsarchive.dumps import find_dumps, read_dump

DATA = Path(os.environ.get("NEWSARCHIVE_DATA", "nowhere"))


def test_dumps_are_found_in_order_without_mappings_and_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.json", "a.toml", "b/_mapping.toml", ".DS_Store", ".git/x", "b/~$2.txt", "Thumbs.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", "utf-8")

    assert [path.relative_to(tmp_path).as_posix() for path in find_dumps(tmp_path)] == ["a.json", "b/2.txt"]


def test_a_plain_file_of_one_article_is_its_own_record_byte_for_byte(tmp_path: Path) -> None:
    text = f"來源:齊魯網\n2019-11-20 17:54:11\n{STORY}\n"

    [record] = records_of(read_as(tmp_path, "seed.txt", text))

    assert (record.text, record.raw, str(record.origin)) == (text, "", "seed.txt:1")


def test_windows_line_ends_are_kept_in_raw_only(tmp_path: Path) -> None:
    [record] = records_of(read_as(tmp_path, "a.txt", f"标题\r\n{STORY}\r\n"))

    assert (record.text, record.raw) == (f"标题\n{STORY}\n", f"标题\r\n{STORY}\r\n")


def test_fields_get_our_names_and_unknown_ones_keep_theirs(tmp_path: Path) -> None:
    item = {
        "Title": "A&amp;B",
        "正文": f"<p>{STORY}</p><script>x</script><p>完</p>",
        "ctime": 1574243651,
        "likes": 3,
        "tags": ["5G", "煙臺"],
    }

    [record] = records_of(read_as(tmp_path, "a.json", json.dumps([item])))

    assert record.text == f"{STORY}\n完"
    assert record.given == {"title": "A&B", "date": "2019-11-20T17:54:11+08:00", "tags": "5G; 煙臺", "likes": "3"}


def test_each_record_says_where_it_stands(tmp_path: Path) -> None:
    found = read_as(tmp_path, "a.jsonl", LINE * 3)

    assert [str(item.origin) for item in found] == ["a.jsonl:1", "a.jsonl:2", "a.jsonl:3"]


def test_broken_lines_between_good_ones_are_refused_with_their_text(tmp_path: Path) -> None:
    found = read_as(tmp_path, "a.jsonl", f"{LINE}<html>502 Bad Gateway</html>\n{LINE}")

    assert len(records_of(found)) == 2
    assert [(item.origin.line, "502" in item.raw) for item in refusals_of(found)] == [(1, True)]


def test_a_record_cut_off_is_taken_with_a_warning(tmp_path: Path) -> None:
    found = read_as(tmp_path, "a.json", f"[{LINE},{LINE[:60]}")

    assert [item.warnings for item in records_of(found)] == [(), ("its JSON is cut off; read as well as could be",)]


def test_quotes_inside_a_string_are_read_as_meant(tmp_path: Path) -> None:
    [record] = records_of(
        read_as(tmp_path, "a.json", '[{"title": "市长说"好"", "content": "他说"一定"要办。' + STORY + '"}]')
    )

    assert (record.given["title"], record.text[:9]) == ('市长说"好"', '他说"一定"要办。')


def test_a_record_without_text_is_refused_with_the_key_to_blame(tmp_path: Path) -> None:
    [refusal] = refusals_of(read_as(tmp_path, "a.json", '[{"title": "防汛", "content": ""}]'))

    assert refusal.reason == "no text; its 'content' is empty; fetch the page again"


def test_an_open_quotation_mark_does_not_swallow_a_table(tmp_path: Path) -> None:
    rows = "".join(f"甲{n},{STORY}\n" for n in range(20))

    assert len(records_of(read_as(tmp_path, "a.csv", f'title,content\n乙,"{STORY}\n{rows}'))) == 21


def test_a_table_of_users_in_an_sql_dump_is_one_refusal(tmp_path: Path) -> None:
    sql = "INSERT INTO `users` (`id`,`name`) VALUES (1,'a'),(2,'b');\n"
    sql += f"INSERT INTO `news` (`title`,`content`) VALUES ('防汛','{STORY}');\n"

    found = read_as(tmp_path, "a.sql", sql)

    assert [item.reason for item in refusals_of(found)] == [
        "table users: no column holds a story; its 2 rows are left out"
    ]
    assert len(records_of(found)) == 1


def test_a_day_file_gives_its_day_to_all_sections_and_keeps_what_stands_above(tmp_path: Path) -> None:
    text = "# 新闻联播 (20220924)\n\n## 摘要\n\n1.防汛；\n\n2.座谈；\n\n"
    text += f"## 详细\n\n### 防汛\n\n<p>{STORY}</p>\n\n### 座谈\n\n{STORY}\n"

    first, second = records_of(read_as(tmp_path, "20220924.md", text))

    assert first.given == {"title": "防汛", "date": "2022-09-24"}
    assert "1.防汛；" in first.raw
    assert second.given["title"] == "座谈"


def test_a_page_gives_its_body_with_the_lines_around_that_say_who_and_when(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError)
    page = (
        '<html><head><meta charset="gb2312"><title>市政府部署防汛工作_甲新闻网</title>'
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"市政府部署防汛工作",'
        '"datePublished":"2019-11-20"}</script>'
        "</head><body><div><a href='/'>首页</a></div><h1>市政府部署防汛工作</h1>"
        "<div>2019-11-20 17:54 来源：甲报 作者：张三</div>"
        f"<div><p>{STORY}</p><p>{STORY[:40]}</p><p>{STORY[20:]}</p></div><div>责任编辑：王五</div></body></html>"
    )

    [record] = records_of(read_as(tmp_path, "a.html", page))

    assert record.given == {"title": "市政府部署防汛工作", "date": "2019-11-20"}
    assert record.text.split("\n")[:2] == ["2019-11-20 17:54 来源：甲报 作者：张三", STORY]
    assert record.text.endswith("责任编辑：王五")


def test_a_tag_written_with_a_long_s_is_no_tag(tmp_path: Path) -> None:
    item = {"title": "<ſcript>防汛</ſcript>", "content": STORY}

    [record] = records_of(read_as(tmp_path, "a.json", json.dumps([item])))

    assert "防汛" in record.given["title"]


def test_a_label_without_letters_begins_no_record(tmp_path: Path) -> None:
    [record] = records_of(read_as(tmp_path, "a.txt", f"【！】\n【标题】防汛\n【正文】{STORY}\n"))

    assert STORY in record.text


def test_undecodable_bytes_are_counted_on_the_record_that_has_them(tmp_path: Path) -> None:
    found = read_as(
        tmp_path, "a.jsonl", LINE.encode() + LINE.encode().replace("会议指出".encode(), b"\xff\xfe") + LINE.encode()
    )

    assert [item.warnings for item in records_of(found)] == [(), ("2 undecodable bytes (U+FFFD)",), ()]


NAMES = ("a.json", "a.csv", "a.sql", "a.md", "a.xml", "a.html.txt", "a.txt", "a.warc", "a.zip", "a.tar.gz")

FRAGMENTS = (
    b'{"title":"', b'","content":"', b'"}', b"[", b"]", b"{", b"}", b",", b"\n", b"\t", b"'", b'"', b"\\",
    b"<doc>", b"</doc>", b"<content>",
    b"INSERT INTO `a` VALUES (1,'", b"');", b"---\n", b"# ", b"## ", b"\xff", b"\0",
    b"PK\x03\x04", b"\x1f\x8b\x08\0", b"WARC/1.0\r\n",
    "【标题】".encode(), "正文：".encode(), STORY.encode(), STORY.encode("gb18030"),
    "來源:齊魯網\n2019-11-20 17:54:11\n".encode(),
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(NAMES), st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.binary(max_size=12)), max_size=30))
def test_no_bytes_whatever_make_reading_raise(tmp_path: Path, name: str, parts: list[bytes]) -> None:
    for item in read_as(tmp_path, name, b"".join(parts)):
        assert isinstance(item, Refusal) or (item.text.strip() and all(isinstance(v, str) for v in item.given.values()))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=50)), min_size=1, max_size=8))
def test_every_object_of_a_json_dump_is_taken_or_refused(tmp_path: Path, pairs: list[tuple[str, str]]) -> None:
    items = [{"title": title, "content": content} for title, content in pairs]

    found = read_as(tmp_path, "a.json", json.dumps(items))

    assert len(found) == len(items)


@pytest.mark.skipif(not DATA.is_dir(), reason="NEWSARCHIVE_DATA is not set")
def test_nearly_every_record_of_the_real_corpus_is_taken() -> None:
    found = [item for path in find_dumps(DATA / "corpus") for item in read_dump(path, DATA)]

    empty = [item for item in refusals_of(found) if "is empty" in item.reason]
    assert len(found) > 6000
    assert len(refusals_of(found)) == len(empty)


def test_references_in_ris_are_read_with_their_abstracts(tmp_path: Path) -> None:
    entry = "TY  - NEWS\nTI  - 防汛\nAU  - 张三\nT2  - 甲报\nDA  - 2019/11/20\nAB  - {story}\nER  - \n\n"

    records = records_of(read_as(tmp_path, "a.ris", entry.format(story=STORY) * 2))

    assert [(one.text, one.given["title"], one.given["source"]) for one in records] == [(STORY, "防汛", "甲报")] * 2


def test_titles_that_records_stand_under_are_told_once(tmp_path: Path) -> None:
    under = {f"市政府部署防汛工作之{number}": {"content": STORY, "id": number} for number in range(20)}

    found = read_as(tmp_path, "a.json", json.dumps(under, ensure_ascii=False))

    assert [one.given["title"] for one in records_of(found)] == list(under)
    assert refusals_of(found) == []


def test_a_list_of_addresses_is_refused_entry_by_entry(tmp_path: Path) -> None:
    entry = "<url><loc>http://a.cn/1.html</loc><title>市政府部署防汛工作</title></url>"

    found = read_as(tmp_path, "sitemap.xml", f"<urlset>{entry * 3}</urlset>")

    assert (len(records_of(found)), len(refusals_of(found))) == (0, 3)


@pytest.mark.parametrize(
    "article",
    [
        "<nitf><head><title>防汛</title></head><body><body.head><hedline><hl1>防汛</hl1></hedline></body.head>"
        "<body.content><p>{story}</p></body.content></body></nitf>",
        "<NewsML><NewsItem><NewsLines><HeadLine>防汛</HeadLine></NewsLines><NewsComponent><ContentItem>"
        "<DataContent><p>{story}</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>",
        "<TEI><teiHeader><title>防汛</title></teiHeader><text><body><p>{story}</p></body></text></TEI>",
    ],
)
def test_the_xml_of_one_article_is_one_record_with_its_title(tmp_path: Path, article: str) -> None:
    [record] = records_of(read_as(tmp_path, "a.xml", "<?xml version='1.0'?>\n" + article.format(story=STORY)))

    assert (record.given["title"].split("; ")[0], record.text) == ("防汛", STORY)
