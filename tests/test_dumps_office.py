"""Office files, e-books and SQLite files give the stories that their owners see in them."""

import sqlite3
from pathlib import Path

import pytest
from tests.dump_reading import STORY, packed_zip, read_as, records_of, refusals_of

from newsarchive.dumps.signatures import INSIDE, STRANGERS
from newsarchive.ingest.reasons import in_chinese

XML = '<?xml version="1.0" encoding="UTF-8"?>'
TYPES = {"[Content_Types].xml": b"<Types/>"}
HEADING = ["标题", "发布时间", "正文"]
ROWS = [HEADING, ["防汛", "41762.38368055556", STORY], ["座谈", "41763", STORY[::-1]]]
DAYS = ["2014-05-03 09:12:30", "2014-05-04"]


def _document(paragraphs: list[str], inner: str = "") -> bytes:
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>' for text in paragraphs)
    parts = {"word/document.xml": f'{XML}<w:document xmlns:w="w"><w:body>{body}{inner}</w:body></w:document>'}
    return packed_zip(TYPES | {name: part.encode() for name, part in parts.items()})


def _cell(text: str, place: str, strings: list[str]) -> str:
    if text[0].isdigit():
        return f'<c r="{place}" s="1"><v>{text}</v></c>'
    strings.append(text)
    return f'<c r="{place}" t="s"><v>{len(strings) - 1}</v></c>'


def _workbook(rows: list[list[str]], declared: str = "") -> bytes:
    strings: list[str] = []
    told = ""
    for number, row in enumerate(rows, 1):
        cells = "".join(_cell(text, f"{letter}{number}", strings) for letter, text in zip("ABCD", row, strict=False))
        told += f'<row r="{number}">{cells}</row>' if row else ""
    shared = "".join(
        f"<si><r><t>{text[:2]}</t></r><r><t>{text[2:]}</t></r><rPh><t>x</t></rPh></si>" for text in strings
    )
    parts = {
        "xl/workbook.xml": '<workbook><sheets><sheet name="新闻"/></sheets></workbook>',
        "xl/styles.xml": '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f"<sst>{shared}</sst>",
        "xl/worksheets/sheet1.xml": f"{declared}<worksheet><sheetData>{told}</sheetData></worksheet>",
    }
    return packed_zip(TYPES | {name: f"{XML}{part}".encode() for name, part in parts.items()})


def test_a_sheet_gives_a_record_a_row_with_its_day_and_place(tmp_path: Path) -> None:
    records = records_of(read_as(tmp_path, "a.xlsx", _workbook([["某报导出"], [], *ROWS])))

    assert [(record.given["title"], record.given["date"]) for record in records] == list(
        zip(["防汛", "座谈"], DAYS, strict=True)
    )
    assert [str(record.origin) for record in records] == ["a.xlsx!/新闻.json:4", "a.xlsx!/新闻.json:5"]
    assert records[0].text == STORY


def test_a_document_is_read_as_plain_text_without_what_is_hidden_in_it(tmp_path: Path) -> None:
    hidden = "<w:p><w:del><w:delText>删去</w:delText></w:del><mc:Fallback><w:t>又一次</w:t></mc:Fallback></w:p>"
    paragraphs = ["防汛", "来源：甲报  2019-11-20 17:54", STORY]

    [record] = records_of(read_as(tmp_path, "a.docx", _document(paragraphs, hidden)))

    assert record.text.split("\n")[:3] == paragraphs
    assert record.text.strip().endswith(STORY)


def test_open_documents_are_read_as_text_and_table(tmp_path: Path) -> None:
    def packed(kind: str, inner: str) -> bytes:
        content = f"{XML}<office:document-content>{inner}</office:document-content>"
        return packed_zip(
            {"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": content.encode()}
        )

    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in (row[0], row[2]))
        + "</table:table-row>"
        for row in ROWS
    )

    [text] = records_of(read_as(tmp_path, "a.odt", packed("text", f"<text:h>防汛</text:h><text:p>{STORY}</text:p>")))
    records = records_of(read_as(tmp_path, "a.ods", packed("spreadsheet", f"<table:table>{cells}</table:table>")))

    assert text.text.strip() == f"防汛\n{STORY}"
    assert [(record.given["title"], record.text) for record in records] == [("防汛", STORY), ("座谈", STORY[::-1])]


def test_a_book_is_read_page_by_page(tmp_path: Path) -> None:
    page = f"<html><head><title>防汛</title></head><body><h1>防汛</h1><p>{STORY}</p><p>{STORY[::-1]}</p></body></html>"
    book = {"mimetype": b"application/epub+zip", "a.opf": b"<x/>", "1.xhtml": page.encode(), "2.html": page.encode()}

    assert len(records_of(read_as(tmp_path, "a.epub", packed_zip(book)))) == 2


def _database(path: Path) -> bytes:
    connection = sqlite3.connect(path / "made")
    connection.execute("CREATE TABLE news (id INTEGER, title TEXT, content TEXT, picture BLOB)")
    connection.executemany(
        "INSERT INTO news VALUES (?, ?, ?, ?)", [(1, "防汛", STORY, b"\0\1"), (2, "座谈", STORY, None)]
    )
    connection.execute('CREATE TABLE "用户" (id INTEGER, name TEXT)')
    connection.execute('INSERT INTO "用户" VALUES (1, "admin")')
    connection.commit()
    connection.close()
    return (path / "made").read_bytes()


@pytest.mark.parametrize("packed", [False, True])
def test_a_database_gives_its_stories_and_names_tables_without(tmp_path: Path, packed: bool) -> None:
    data = _database(tmp_path)

    found = read_as(tmp_path / "dumps", "a.zip" if packed else "a.db", packed_zip({"a.db": data}) if packed else data)

    assert [(one.given["title"], one.text) for one in records_of(found)] == [("防汛", STORY), ("座谈", STORY)]
    assert [one.reason for one in refusals_of(found)] == [
        "table 用户: no column holds a story; its 1 rows are left out"
    ]
    assert sorted(path.name for path in (tmp_path / "dumps").iterdir()) == ["a.zip" if packed else "a.db"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (_workbook(ROWS, '<!DOCTYPE a [<!ENTITY b "c">]>'), "declares entities"),
        (_workbook(ROWS, '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'), "declares entities"),
        (_workbook(ROWS, "<"), "its XML is damaged at line 1"),
        (_document([STORY], "</w:p>"), "its XML is damaged"),
    ],
)
def test_hostile_or_broken_xml_is_refused_with_advice_in_both_tongues(tmp_path: Path, data: bytes, said: str) -> None:
    [refusal] = refusals_of(read_as(tmp_path, "a.xlsx", data))

    assert said in refusal.reason
    assert "另存为文本、CSV" in in_chinese(refusal.reason)


@pytest.mark.parametrize("cut", range(0, 4000, 331))
def test_a_database_cut_off_anywhere_raises_nothing(tmp_path: Path, cut: int) -> None:
    data = _database(tmp_path)

    assert read_as(tmp_path, "a.db", data[: 100 + cut] + b"\xff" * 50 + data[150 + cut :])


@pytest.mark.parametrize("kind", [*(row[1] for row in STRANGERS), *(row[2] for row in INSIDE)])
def test_every_kind_of_file_that_is_no_dump_is_named_in_chinese(kind: str) -> None:
    assert kind not in in_chinese(f"{kind}, no dump; remove it from the dumps")


@pytest.mark.parametrize("advice", sorted({row[2] for row in STRANGERS} | {row[3] for row in INSIDE}))
def test_every_advice_is_given_in_chinese(advice: str) -> None:
    assert "；请" in in_chinese(f"a PDF, no dump; {advice or 'remove it from the dumps'}")
