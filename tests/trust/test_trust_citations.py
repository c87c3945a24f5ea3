"""What the site's scripts save of a hostile record is one record, and no part of it is a command or a formula."""

import csv
import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from payloads import payloads

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
TEX_COMMANDS = {"textbackslash", "textbraceleft", "textbraceright", "textasciitilde", "textasciicircum"}


def record(text: str) -> dict[str, Any]:
    """A record whose every field that a dump can fill holds *text*."""
    told = {"title": text, "source": text, "authors": [text, f"{text}二"], "tags": [text]}
    fixed = {"slug": "2019/11/20-0123456789ab", "date": "2019-11-20", "lang": "zh-Hans", "sha256": "0" * 64}
    return told | fixed | {"url": "https://a.invalid/2019/11/20-0123456789ab.html"}


@pytest.fixture(scope="module")
def saved() -> list[tuple[str, dict[str, str]]]:
    """(payload, format -> text) of all payloads."""
    node = shutil.which("node")
    if not node:
        pytest.skip("no node on this machine")
    texts = [text.strip() for text in payloads() if text.strip()]
    done = subprocess.run(
        [node, str(Path(__file__).with_name("cite.mjs"))], input=json.dumps([record(text) for text in texts]),
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return list(zip(texts, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("name", ["RIS", "search"])
def test_a_ris_record_has_one_end_and_no_line_of_the_dumps_own(saved: list[Any], name: str) -> None:
    for text, formats in saved:
        lines = re.split(r"[\r\n\u2028\u2029\x85\x0b\x0c\x1c-\x1e]+", formats[name].strip())

        assert all(re.match(r"[A-Z][A-Z0-9]  -", line) for line in lines), text
        assert sum(line.startswith("TY  -") for line in lines) == 1, text
        assert [number for number, line in enumerate(lines, 1) if line.startswith("ER  -")] == [len(lines)], text


def test_a_bibtex_entry_closes_where_it_should_and_commands_nothing(saved: list[Any]) -> None:
    for text, formats in saved:
        entry = formats["BibTeX"]
        depths = [1]
        for char in entry[entry.index("{") + 1 :]:
            depths.append(depths[-1] + (char == "{") - (char == "}"))

        assert depths.index(0) == len(depths) - 2, text  # only the last line end stands behind it
        assert set(re.findall(r"\\([A-Za-z]+)", entry)) <= TEX_COMMANDS, text
        assert entry.count("\n@") == 0, text


def test_csl_json_holds_the_texts_and_nothing_beside_them(saved: list[Any]) -> None:
    for text, formats in saved:
        (item,) = json.loads(formats["CSL-JSON"])

        assert (item["title"], item["author"][0]) == (text, {"literal": text})
        assert item.keys() <= {"id", "type", "title", "container-title", "author", "issued", "language", "URL"}


def test_no_cell_saved_by_a_reader_is_a_formula(saved: list[Any]) -> None:
    for text, formats in saved:
        (row,) = csv.reader(io.StringIO(formats["csv"].removeprefix("\ufeff"), newline=""))

        values = [text, text, text, f"{text}二", text]
        assert all(cell in (value, f"'{value}") for cell, value in zip(row, values, strict=True)), text
        assert not [cell for cell in row if cell.startswith(FORMULA)], text
