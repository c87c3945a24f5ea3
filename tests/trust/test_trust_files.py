"""Feeds, sitemaps, tables and dumps of the hostile archive hold its texts as texts."""

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

from reader import Reader


def test_structured_data_parses_and_names_only_news(archive: Path, pages: dict[str, Reader]) -> None:
    for path, page in pages.items():
        for text in filter(str.strip, page.scripts):
            graph = json.loads(text).get("@graph", ())
            assert {thing["@type"] for thing in graph} <= {"NewsArticle", "BreadcrumbList"}, path


def test_feeds_and_sitemaps_are_well_formed_and_hold_only_what_they_should(archive: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    files = [file for kind in ("*.atom", "*.xml") for file in (archive / "output").rglob(kind) if file.is_file()]
    assert len(files) > 100
    for file in files:
        root = ElementTree.parse(file).getroot()
        tags = {element.tag.partition("}")[2] for element in root.iter()}
        assert "evil" not in tags, file
        assert all(len(entry.findall(f"{atom}id")) == 1 for entry in root.iter(f"{atom}entry")), file
        places = [e.text or "" for e in root.iter() if e.tag.endswith(("}loc", "}id"))]
        assert all(place.startswith("http://127.0.0.1:8000/") for place in places), file
    for file in (archive / "output").rglob("feed.json"):
        assert file.is_dir() or json.loads(file.read_text("utf-8"))["items"], file


def test_no_cell_of_a_table_is_a_formula(archive: Path) -> None:
    for file in (archive / "output" / "data").glob("*.csv"):
        for row in csv.reader(io.StringIO(file.read_text("utf-8-sig"))):
            assert not [cell for cell in row if cell[:1] in "=+-@\t\r\n＝＋－＠" and cell], file
    for file in (archive / "output" / "data").glob("*.jsonl"):
        assert all(json.loads(line)["slug"] for line in file.read_text("utf-8").split("\n") if line)


def test_nothing_is_written_outside_its_folder(archive: Path) -> None:
    top = {path.name for path in archive.iterdir()}

    # Python keeps what it compiled of the owner's settings beside them, unless it is told not to
    assert top <= {"content", "output", ".newsarchive", "siteconf.py", "__pycache__"}
    assert {path.name for path in (archive / "content").iterdir()} <= {"dumps", "pages", "articles"}
    for file in (archive / "content" / "articles").rglob("*.md"):
        assert re.fullmatch(
            r"(?:undated|\d{4}|\d{4}/\d\d)/(?:\d\d-)?[0-9a-f]{12}\.md",
            str(file.relative_to(archive / "content" / "articles")),
        )


def test_dumps_offered_for_download_cannot_run(archive: Path) -> None:
    kinds = {file.suffix for file in (archive / "output" / "dumps").rglob("*") if file.is_file()}

    assert kinds <= {".txt", ".jsonl", ".csv"}
