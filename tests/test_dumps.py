"""Dumps are found, opened within bounds, read as their owner says, and nothing in them vanishes."""

import bz2
import gzip
import io
import json
import lzma
import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsarchive.article import Record, Refusal
from newsarchive.dumps import find_dumps, read_dump
from newsarchive.errors import MappingError

STORY = (
    "市政府昨日召开会议，研究部署防汛工作，要求各部门落实责任，确保群众生命财产安全。"
    "会议指出，今年雨量偏多，形势不容乐观。"
)
LINE = json.dumps({"title": "防汛", "content": STORY}, ensure_ascii=False) + "\n"
DATA = Path(os.environ.get("NEWSARCHIVE_DATA", "nowhere"))


def _read(folder: Path, name: str, data: bytes | str) -> list[Record | Refusal]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_dump(path, folder))


def _records(found: list[Record | Refusal]) -> list[Record]:
    return [item for item in found if isinstance(item, Record)]


def _refusals(found: list[Record | Refusal]) -> list[Refusal]:
    return [item for item in found if isinstance(item, Refusal)]


def _zip(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _tar(members: dict[str, bytes], mode: str = "w") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def test_dumps_are_found_in_order_without_mappings_and_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.json", "a.toml", "b/_mapping.toml", ".DS_Store", ".git/x", "b/~$2.txt", "Thumbs.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", "utf-8")

    assert [path.relative_to(tmp_path).as_posix() for path in find_dumps(tmp_path)] == ["a.json", "b/2.txt"]


def test_a_plain_file_of_one_article_is_its_own_record_byte_for_byte(tmp_path: Path) -> None:
    text = f"來源:齊魯網\n2019-11-20 17:54:11\n{STORY}\n"

    [record] = _records(_read(tmp_path, "seed.txt", text))

    assert (record.text, record.raw, str(record.origin)) == (text, "", "seed.txt:1")


def test_windows_line_ends_are_kept_in_raw_only(tmp_path: Path) -> None:
    [record] = _records(_read(tmp_path, "a.txt", f"标题\r\n{STORY}\r\n"))

    assert (record.text, record.raw) == (f"标题\n{STORY}\n", f"标题\r\n{STORY}\r\n")


def test_fields_get_our_names_and_unknown_ones_keep_theirs(tmp_path: Path) -> None:
    item = {
        "Title": "A&amp;B",
        "正文": f"<p>{STORY}</p><script>x</script><p>完</p>",
        "ctime": 1574243651,
        "likes": 3,
        "tags": ["5G", "煙臺"],
    }

    [record] = _records(_read(tmp_path, "a.json", json.dumps([item])))

    assert record.text == f"{STORY}\n完"
    assert record.given == {"title": "A&B", "date": "2019-11-20T17:54:11+08:00", "tags": "5G; 煙臺", "likes": "3"}


def test_each_record_says_where_it_stands(tmp_path: Path) -> None:
    found = _read(tmp_path, "a.jsonl", LINE * 3)

    assert [str(item.origin) for item in found] == ["a.jsonl:1", "a.jsonl:2", "a.jsonl:3"]


def test_broken_lines_between_good_ones_are_refused_with_their_text(tmp_path: Path) -> None:
    found = _read(tmp_path, "a.jsonl", f"{LINE}<html>502 Bad Gateway</html>\n{LINE}")

    assert len(_records(found)) == 2
    assert [(item.origin.line, "502" in item.raw) for item in _refusals(found)] == [(1, True)]


def test_a_record_cut_off_is_taken_with_a_warning(tmp_path: Path) -> None:
    found = _read(tmp_path, "a.json", f"[{LINE},{LINE[:60]}")

    assert [item.warnings for item in _records(found)] == [(), ("its JSON is cut off; read as well as could be",)]


def test_quotes_inside_a_string_are_read_as_meant(tmp_path: Path) -> None:
    [record] = _records(
        _read(tmp_path, "a.json", '[{"title": "市长说"好"", "content": "他说"一定"要办。' + STORY + '"}]')
    )

    assert (record.given["title"], record.text[:9]) == ('市长说"好"', '他说"一定"要办。')


def test_a_record_without_text_is_refused_with_the_key_to_blame(tmp_path: Path) -> None:
    [refusal] = _refusals(_read(tmp_path, "a.json", '[{"title": "防汛", "content": ""}]'))

    assert refusal.reason == "no text; its 'content' is empty; fetch the page again"


def test_an_open_quotation_mark_does_not_swallow_a_table(tmp_path: Path) -> None:
    rows = "".join(f"甲{n},{STORY}\n" for n in range(20))

    assert len(_records(_read(tmp_path, "a.csv", f'title,content\n乙,"{STORY}\n{rows}'))) == 21


def test_a_table_of_users_in_an_sql_dump_is_one_refusal(tmp_path: Path) -> None:
    sql = "INSERT INTO `users` (`id`,`name`) VALUES (1,'a'),(2,'b');\n"
    sql += f"INSERT INTO `news` (`title`,`content`) VALUES ('防汛','{STORY}');\n"

    found = _read(tmp_path, "a.sql", sql)

    assert [item.reason for item in _refusals(found)] == [
        "table users: no column holds a story; its 2 rows are left out"
    ]
    assert len(_records(found)) == 1


def test_a_day_file_gives_its_day_to_all_sections_and_keeps_what_stands_above(tmp_path: Path) -> None:
    text = "# 新闻联播 (20220924)\n\n## 摘要\n\n1.防汛；\n\n2.座谈；\n\n"
    text += f"## 详细\n\n### 防汛\n\n<p>{STORY}</p>\n\n### 座谈\n\n{STORY}\n"

    first, second = _records(_read(tmp_path, "20220924.md", text))

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

    [record] = _records(_read(tmp_path, "a.html", page))

    assert record.given == {"title": "市政府部署防汛工作", "date": "2019-11-20"}
    assert record.text.split("\n")[:2] == ["2019-11-20 17:54 来源：甲报 作者：张三", STORY]
    assert record.text.endswith("责任编辑：王五")


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz"])
def test_packed_files_are_read_like_their_contents(tmp_path: Path, ending: str) -> None:
    pack = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}[ending]

    [record] = _read(tmp_path, f"a.jsonl.{ending}", pack(LINE.encode()))

    assert str(record.origin) == f"a.jsonl.{ending}!/a.jsonl:1"


def test_archives_inside_archives_are_opened(tmp_path: Path) -> None:
    inner = _zip({"b.jsonl": LINE.encode()})

    [record] = _read(tmp_path, "a.tar.gz", _tar({"d/a.zip": inner}, "w:gz"))

    assert str(record.origin) == "a.tar.gz!/a.tar!/d/a.zip!/b.jsonl:1"


def test_archives_nested_too_deep_are_refused(tmp_path: Path) -> None:
    data = LINE.encode()
    for _ in range(5):
        data = _zip({"a.zip": data})

    assert "archives deep" in _refusals(_read(tmp_path, "a.zip", data))[0].reason


def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    bomb = gzip.compress(b"a" * (1 << 27), 9)

    refusal = _read(tmp_path, "a.txt.gz", bomb)[-1]

    assert isinstance(refusal, Refusal)
    assert "times its packed size" in refusal.reason


def test_members_cannot_leave_their_archive(tmp_path: Path) -> None:
    found = _read(tmp_path, "a.tar", _tar({"../../etc/a.jsonl": LINE.encode(), "/b.jsonl": LINE.encode()}))

    assert [item.origin.path for item in found] == ["a.tar!/etc/a.jsonl", "a.tar!/b.jsonl"]


def test_a_damaged_archive_gives_what_it_can_and_says_so(tmp_path: Path) -> None:
    packed = gzip.compress((LINE * 20_000).encode())

    found = _read(tmp_path, "a.jsonl.gz", packed[: len(packed) // 2])

    assert len(_records(found)) > 1000
    assert "damaged" in _refusals(found)[-1].reason


def test_pages_of_a_web_archive_come_with_address_and_time(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError)
    packed = io.BytesIO()
    writer = WARCWriter(packed, gzip=True)
    page = f"<html><head><title>防汛工作</title></head><body><p>{STORY}</p><p>{STORY}</p></body></html>".encode()
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
    writer.write_record(writer.create_warc_record("http://a.cn/1", "response", io.BytesIO(page), http_headers=headers))

    [record] = _records(_read(tmp_path, "a.warc.gz", packed.getvalue()))

    assert record.given["url"] == "http://a.cn/1"
    assert record.given["captured"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture, no dump"),
        ("a.pdf", b"%PDF-1.7 x", "convert it to text first"),
        ("a.db", b"SQLite format 3\0", "dump it: sqlite3"),
        ("a.bin", bytes(range(256)) * 8, "no text"),
        ("a.txt", b"", "an empty file"),
        ("a.txt", b" \n\n", "a file of blanks"),
        ("a.zip", _zip({}), "an archive without files"),
        ("a.xlsx", _zip({"[Content_Types].xml": b"<x/>"}), "save it as CSV"),
    ],
)
def test_files_that_are_no_dumps_are_refused_with_advice(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    [refusal] = _refusals(_read(tmp_path, name, data))

    assert said in refusal.reason


def test_an_owner_can_name_columns_delimiter_and_source(tmp_path: Path) -> None:
    mapping = (
        'format = "table"\ndelimiter = "~"\nheader = false\ncolumns = ["", "title", "text"]\n[given]\nsource = "甲报"\n'
    )
    (tmp_path / "a.dat.toml").write_text(mapping, "utf-8")

    [record] = _records(_read(tmp_path, "a.dat", f"7~防汛~{STORY}\n"))

    assert (record.given, record.text) == ({"source": "甲报", "title": "防汛"}, STORY)


def test_a_mapping_of_a_folder_names_keys(tmp_path: Path) -> None:
    (tmp_path / "_mapping.toml").write_text('[keys]\nbiaoti = "title"\nwen = "text"\n', "utf-8")

    [record] = _records(_read(tmp_path, "sub/a.json", json.dumps({"biaoti": "防汛", "wen": STORY})))

    assert (record.given, record.text) == ({"title": "防汛"}, STORY)


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ('form = "csv"', "unknown entry 'form'"),
        ('format = "excel"', "expected one of arrays, json"),
        ('encoding = "gb19"', "an encoding Python knows"),
        ('columns = ["titel"]', "columns = ['titel']"),
        ("[keys]\na = 1", "a table of the dump's keys"),
        ("x = ", "not a TOML table"),
    ],
)
def test_a_wrong_mapping_stops_the_run_and_names_its_entry(tmp_path: Path, mapping: str, said: str) -> None:
    (tmp_path / "a.csv").write_text("x", "utf-8")
    (tmp_path / "a.toml").write_text(mapping, "utf-8")

    with pytest.raises(MappingError) as error:
        find_dumps(tmp_path)

    assert str(error.value).startswith("a.toml: ")
    assert said in str(error.value)


def test_a_label_without_letters_begins_no_record(tmp_path: Path) -> None:
    [record] = _records(_read(tmp_path, "a.txt", f"【！】\n【标题】防汛\n【正文】{STORY}\n"))

    assert STORY in record.text


def test_undecodable_bytes_are_counted_on_the_record_that_has_them(tmp_path: Path) -> None:
    found = _read(
        tmp_path, "a.jsonl", LINE.encode() + LINE.encode().replace("会议指出".encode(), b"\xff\xfe") + LINE.encode()
    )

    assert [item.warnings for item in _records(found)] == [(), ("2 undecodable bytes (U+FFFD)",), ()]


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
    for item in _read(tmp_path, name, b"".join(parts)):
        assert isinstance(item, Refusal) or (item.text.strip() and all(isinstance(v, str) for v in item.given.values()))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=50)), min_size=1, max_size=8))
def test_every_object_of_a_json_dump_is_taken_or_refused(tmp_path: Path, pairs: list[tuple[str, str]]) -> None:
    items = [{"title": title, "content": content} for title, content in pairs]

    found = _read(tmp_path, "a.json", json.dumps(items))

    assert len(found) == len(items)


@pytest.mark.skipif(not DATA.is_dir(), reason="NEWSARCHIVE_DATA is not set")
def test_nearly_every_record_of_the_real_corpus_is_taken() -> None:
    found = [item for path in find_dumps(DATA / "corpus") for item in read_dump(path, DATA)]

    empty = [item for item in _refusals(found) if "is empty" in item.reason]
    assert len(found) > 6000
    assert len(_refusals(found)) == len(empty)
