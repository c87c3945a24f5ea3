"""Archives are opened within bounds, and nothing in them vanishes."""

import bz2
import gzip
import io
import lzma
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from tests.dump_reading import LINE, STORY, packed_tar, packed_zip, read_as, records_of, refusals_of
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsarchive.article import Record, Refusal
from newsarchive.catalogue import catalogue


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz"])
def test_packed_files_are_read_like_their_contents(tmp_path: Path, ending: str) -> None:
    pack = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}[ending]

    [record] = read_as(tmp_path, f"a.jsonl.{ending}", pack(LINE.encode()))

    assert str(record.origin) == f"a.jsonl.{ending}!/a.jsonl:1"


def test_archives_inside_archives_are_opened(tmp_path: Path) -> None:
    inner = packed_zip({"b.jsonl": LINE.encode()})

    [record] = read_as(tmp_path, "a.tar.gz", packed_tar({"d/a.zip": inner}, "w:gz"))

    assert str(record.origin) == "a.tar.gz!/a.tar!/d/a.zip!/b.jsonl:1"


def test_archives_nested_too_deep_are_refused(tmp_path: Path) -> None:
    data = LINE.encode()
    for _ in range(5):
        data = packed_zip({"a.zip": data})

    assert "archives deep" in refusals_of(read_as(tmp_path, "a.zip", data))[0].reason


def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    bomb = gzip.compress(b"a" * (1 << 27), 9)

    refusal = read_as(tmp_path, "a.txt.gz", bomb)[-1]

    assert isinstance(refusal, Refusal)
    assert "times its packed size" in refusal.reason


def test_members_cannot_leave_their_archive(tmp_path: Path) -> None:
    found = read_as(tmp_path, "a.tar", packed_tar({"../../etc/a.jsonl": LINE.encode(), "/b.jsonl": LINE.encode()}))

    assert [item.origin.path for item in found] == ["a.tar!/etc/a.jsonl", "a.tar!/b.jsonl"]


def test_a_damaged_archive_gives_what_it_can_and_says_so(tmp_path: Path) -> None:
    packed = gzip.compress((LINE * 20_000).encode())

    found = read_as(tmp_path, "a.jsonl.gz", packed[: len(packed) // 2])

    assert len(records_of(found)) > 1000
    assert "damaged" in refusals_of(found)[-1].reason


PAGE = f"<html><head><title>防汛工作</title></head><body><p>{STORY}</p><p>{STORY}</p></body></html>".encode()


def web_archive(*sent: tuple[dict[str, str], bytes]) -> bytes:
    """A WARC of what a server *sent*, as (headers, body)."""
    packed = io.BytesIO()
    writer = WARCWriter(packed, gzip=True)
    for number, (said, body) in enumerate(sent, 1):
        headers = StatusAndHeaders("200 OK", list(said.items()), protocol="HTTP/1.0")
        address = f"http://a.cn/{number}"
        writer.write_record(writer.create_warc_record(address, "response", io.BytesIO(body), http_headers=headers))
    return packed.getvalue()


def test_pages_of_a_web_archive_come_with_address_and_time(tmp_path: Path) -> None:
    [record] = records_of(read_as(tmp_path, "a.warc.gz", web_archive(({"Content-Type": "text/html"}, PAGE))))

    assert record.given["url"] == "http://a.cn/1"
    assert record.given["captured"]


@pytest.mark.parametrize("kind", ["application/octet-stream", "", "application/x-download", "unknown/unknown"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\n<!-- a -->"])
def test_a_page_is_known_by_its_body_where_its_type_says_nothing(tmp_path: Path, kind: str, mark: bytes) -> None:
    said = {"Content-Type": kind} if kind else {}
    packed = web_archive((said, mark + PAGE), (said, b"var x = 1;"), (said, b"\x89PNG\r\n"))

    assert [record.given["title"] for record in records_of(read_as(tmp_path, "a.warc.gz", packed))] == ["防汛工作"]


@pytest.mark.parametrize("body", [gzip.compress(PAGE), PAGE])
def test_a_packed_body_is_read_even_where_only_its_header_says_so(tmp_path: Path, body: bytes) -> None:
    packed = web_archive(({"Content-Type": "text/html", "Content-Encoding": "gzip"}, body))

    assert [
        STORY in record.text for record in read_as(tmp_path, "a.warc.gz", packed) if isinstance(record, Record)
    ] == [True]


def test_a_body_packed_in_an_unknown_way_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    html = {"Content-Type": "text/html"}
    packed = web_archive(({**html, "Content-Encoding": "zstd"}, b"\x28\xb5\x2f\xfd\0"), (html, PAGE))

    refused, read = read_as(tmp_path, "a.warc.gz", packed)

    assert isinstance(refused, Refusal)
    assert (refused.origin.path, "packed as 'zstd'" in refused.reason) == ("a.warc.gz!/a.warc!/1.html", True)
    assert isinstance(read, Record)


def test_an_arc_is_read_like_a_warc(tmp_path: Path) -> None:
    about = b"1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n"
    body = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    first = b"filedesc://a.arc 0.0.0.0 20191120175411 text/plain %d\n" % len(about)
    arc = first + about + b"\nhttp://a.cn/1 1.1.1.1 20191120175411 text/html %d\n" % len(body) + body + b"\n"

    [record] = records_of(read_as(tmp_path, "a.arc", arc))

    assert (record.given["url"], record.given["title"]) == ("http://a.cn/1", "防汛工作")


def message(kind: str, text: str) -> MIMEText:
    part = MIMEText(text, kind, "utf-8")
    part["Subject"] = Header("防汛工作", "gb2312")
    part["Date"] = "Wed, 20 Nov 2019 17:54:11 +0800"
    return part


@pytest.mark.parametrize(("kind", "text"), [("plain", STORY), ("html", PAGE.decode())])
def test_mail_is_read_with_its_subject_and_day(tmp_path: Path, kind: str, text: str) -> None:
    [record] = records_of(read_as(tmp_path, "a.eml", message(kind, text).as_bytes()))

    assert STORY in record.text
    assert record.given["title"] == "防汛工作"
    assert str(getattr(catalogue(record), "date", "")).startswith("2019-11-20 17:54:11")


def test_a_box_of_mail_is_parted_and_a_message_without_text_is_refused(tmp_path: Path) -> None:
    mails = [message("plain", STORY), message("plain", " "), message("plain", f"{STORY}\n\nFromage: a")]
    box = b"\n\n".join(b"From a@b.cn Wed Nov 20 17:54:11 2019\n" + mail.as_bytes() for mail in mails)

    found = read_as(tmp_path, "news.mbox", box)

    assert [isinstance(item, Record) for item in found] == [True, False, True]


def test_a_page_a_browser_saved_as_mhtml_is_read_with_its_address(tmp_path: Path) -> None:
    whole = MIMEMultipart("related")
    whole["Snapshot-Content-Location"] = "http://a.cn/1"
    whole.attach(message("html", PAGE.decode()))
    whole.attach(MIMEText("p { color: red }", "css"))

    [record] = records_of(read_as(tmp_path, "a.mhtml", whole.as_bytes()))

    assert STORY in record.text
    assert record.given["url"] == "http://a.cn/1"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture, no dump"),
        ("a.pdf", b"%PDF-1.7 x", "convert it to text first"),
        ("a.parquet", b"PAR1\x15", "export it as CSV or JSON"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "save it as .docx"),
        ("a.rar", b"Rar!\x1a\x07\x01", "unpack it first"),
        ("a.mobi", b"a".ljust(60, b"\0") + b"BOOKMOBI", "convert it to EPUB"),
        ("a.db", b"SQLite format 3\0", "dump it: sqlite3"),
        ("a.bin", bytes(range(256)) * 8, "no text"),
        ("a.txt", b"", "an empty file"),
        ("a.txt", b" \n\n", "a file of blanks"),
        ("a.zip", packed_zip({}), "an archive without files"),
        ("a.xlsx", packed_zip({"[Content_Types].xml": b"<x/>"}), "save it as CSV"),
    ],
)
def test_files_that_are_no_dumps_are_refused_with_advice(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    [refusal] = refusals_of(read_as(tmp_path, name, data))

    assert said in refusal.reason


def test_a_zip_that_lists_too_many_files_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsarchive.dumps.containers.MAX_DIRECTORY_BYTES", 1000)
    packed = packed_zip({f"{number}.jsonl": LINE.encode() for number in range(30)})

    [refusal] = read_as(tmp_path, "a.zip", packed)

    assert isinstance(refusal, Refusal)
    assert "list of files" in refusal.reason
