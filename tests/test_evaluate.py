"""The evaluation counts what is right, missed and found too much."""

import json
import sys
from pathlib import Path

import pytest
from bench.evaluate import FIELDS, main, read_gold, score

TEXT = "來源：甲報\n2019-11-20 17:54\n甲報煙臺11月20日訊（記者 吳天旭）煙臺市政府昨日簽署協議。\n協議為期五年。\n"
GOLD = {
    "id": "one", "file": "a.txt", "index": None, "title": None, "title_alternatives": [], "date": "2019-11-20T17:54",
    "date_partial": None, "source": "甲報", "reporters": ["吳天旭"], "other_contributors": [], "place": "煙臺",
    "editor": None, "body_head20": "甲報煙臺11月20日訊", "body_lead20": "煙臺市政府昨日",
    "body_tail20": "協議為期五年。", "boilerplate": [], "place_tags": ["烟台", "山東"],
}  # fmt: skip


def gold(folder: Path, **changes: object) -> Path:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    file = folder / "GOLD.jsonl"
    file.write_text(json.dumps({**GOLD, **changes}, ensure_ascii=False) + "\n", encoding="utf-8")
    return file


def test_what_a_reader_reads_is_right_in_every_field(tmp_path: Path) -> None:
    read = list(read_gold(gold(tmp_path), tmp_path))

    assert {name: score(answer, read).misses for name, answer in FIELDS.items()} == {name: [] for name in FIELDS}


@pytest.mark.parametrize(
    ("field", "changes", "miss"),
    [
        ("title", {"title": "甲乙"}, "one  -甲乙"),
        ("date: day", {"date": "2019-11-21T17:54"}, "one  -2019-11-21  +2019-11-20"),
        ("date: time", {"date": "2019-11-20T17:55"}, "one  -17:55  +17:54"),
        ("reporters", {"reporters": ["吳天旭", "李明"]}, "one  -李明"),
        ("source", {"source": None}, "one  +甲報"),
        ("notices out", {"boilerplate": ["為期五年"]}, "one  -為期五年"),
        ("place tags", {"place_tags": ["北京"]}, "one  -北京  +烟台"),
    ],
)
def test_what_is_wrong_is_counted_and_named(tmp_path: Path, field: str, changes: dict[str, object], miss: str) -> None:
    read = list(read_gold(gold(tmp_path, **changes), tmp_path))

    assert score(FIELDS[field], read).misses == [miss]


def test_place_tags_that_no_person_judged_are_left_out(tmp_path: Path) -> None:
    file = gold(tmp_path)
    file.write_text(json.dumps({name: value for name, value in GOLD.items() if name != "place_tags"}), encoding="utf-8")

    assert score(FIELDS["place tags"], read_gold(file, tmp_path)).found == 0


def test_a_record_that_is_not_there_is_missed_in_every_field(tmp_path: Path) -> None:
    read = list(read_gold(gold(tmp_path, index=7), tmp_path))

    assert all(score(answer, read).misses for answer in FIELDS.values())


def test_the_table_is_printed_and_a_missing_file_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["evaluate", str(gold(tmp_path))])
    assert main() == 0
    assert "reporters              1       1       1       100%    100%" in capsys.readouterr().out

    monkeypatch.setattr(sys, "argv", ["evaluate", str(tmp_path / "none.jsonl")])
    assert main() == 2
    assert "make evaluate DATA=folder" in capsys.readouterr().err
