"""The evaluation counts what is right, missed and found too much, with the texts of others or without them."""

import json
import sys
from pathlib import Path

import pytest
from bench.evaluate import __main__ as program
from bench.evaluate import note
from bench.evaluate.__main__ import OURS, main
from bench.evaluate.facts import SPAN_FIELDS, SPANS_FIELDS, is_facts
from bench.evaluate.fields import FIELDS
from bench.evaluate.glosses import read_cases
from bench.evaluate.gold import lines_of, read_gold, records_of
from bench.evaluate.score import Score, score_all

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
    records_of.cache_clear()
    return file


def scores(folder: Path, **changes: object) -> dict[str, Score]:
    return score_all(read_gold(gold(folder, **changes), folder).readings)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["evaluate", *map(str, arguments)])
    return main()


def test_what_a_reader_reads_is_right_in_every_field(tmp_path: Path) -> None:
    assert {name: one.misses for name, one in scores(tmp_path).items()} == {name: [] for name in ("taken", *FIELDS)}


@pytest.mark.parametrize(
    ("field", "changes", "miss"),
    [
        ("taken", {"refused": True}, "one  -refused  +taken"),
        ("title", {"title": "甲乙"}, "one  -甲乙"),
        ("date: day", {"date": "2019-11-21T17:54"}, "one  -2019-11-21  +2019-11-20"),
        ("date: time", {"date": "2019-11-20T17:55"}, "one  -17:55  +17:54"),
        ("modified", {"modified": "2019-11-20T20:00"}, "one  -2019-11-20T20:00"),
        ("reporters", {"reporters": ["吳天旭", "李明"]}, "one  -李明"),
        ("photographers", {"photographers": ["李明"]}, "one  -李明"),
        ("source", {"source": None}, "one  +甲報"),
        ("story begins", {"body_head20": "", "body_lead20": "市政府"}, "one  -市政府  +煙臺市政府昨日簽署協議。"),
        ("story ends", {"body_tail20": "六年。"}, "one  -六年。  +協議為期五年。"),
        ("notices out", {"boilerplate": ["為期五年"]}, "one  -為期五年"),
        ("sentences kept", {"body_has": ["雙方簽字。"]}, "one  -雙方簽字。"),
        ("place tags", {"place_tags": ["北京"]}, "one  -北京  +烟台"),
    ],
)
def test_what_is_wrong_is_counted_and_named(tmp_path: Path, field: str, changes: dict[str, object], miss: str) -> None:
    assert scores(tmp_path, **changes)[field].misses == [miss]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("source", {"source": "甲報社", "source_alternatives": ["甲報"]}),
        ("story ends", {"body_tail20": "六年。", "tail_alternatives": ["五年。"]}),
    ],
)
def test_what_a_reader_takes_for_as_good_is_right(tmp_path: Path, field: str, changes: dict[str, object]) -> None:
    assert scores(tmp_path, **changes)[field].misses == []


def test_fields_that_no_person_judged_are_left_out(tmp_path: Path) -> None:
    file = gold(tmp_path)
    file.write_text(json.dumps({name: value for name, value in GOLD.items() if name != "place_tags"}), encoding="utf-8")

    found = score_all(read_gold(file, tmp_path).readings)

    assert found["place tags"].found == found["modified"].found == 0


def test_a_record_that_is_not_there_is_missed_in_every_field_that_is_judged(tmp_path: Path) -> None:
    missed = scores(tmp_path, index=7)

    assert {name for name, one in missed.items() if not one.misses} == {
        name for name, field in FIELDS.items() if field.key and field.key not in GOLD
    }


def noted(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], **changes: object) -> Path:
    """The file of facts made of the gold file."""
    monkeypatch.setattr(sys, "argv", ["note", str(gold(folder, **changes)), str(folder), "dev"])
    note.main()
    facts = folder / "facts.jsonl"
    facts.write_text(capsys.readouterr().out, encoding="utf-8")
    return facts


def test_facts_hold_no_characters_of_the_story_and_are_judged_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    changes = {"body_tail20": "六年。", "boilerplate": ["為期五年"], "tail_alternatives": ["協議為期五年。"]}
    facts = noted(tmp_path, monkeypatch, capsys, **{**changes, "body_tail20": "五年。"})

    (reading,) = read_gold(facts, tmp_path, "dev").readings
    found = score_all([reading])

    assert "協議" not in facts.read_text(encoding="utf-8")
    assert reading.gold["body_tail20"] == "五年。"
    assert reading.gold["story"] == TEXT[TEXT.index("煙臺市政府") :].strip()
    assert {name: one.misses for name, one in found.items() if one.misses} == {"notices out": ["one  -為期五年"]}
    assert read_gold(facts, tmp_path, "locked").readings == []


def test_words_that_are_not_in_the_record_cannot_be_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ValueError, match="one: there is no '六年'"):
        noted(tmp_path, monkeypatch, capsys, body_tail20="六年")


def test_a_dump_that_is_another_than_was_read_is_skipped_loudly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = noted(tmp_path, monkeypatch, capsys)
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    assert run(monkeypatch, facts, tmp_path) == 0
    assert "0 records, 1 SKIPPED\nSKIPPED one: there is no file" in capsys.readouterr().out

    (tmp_path / "a.txt").write_text(TEXT + "又及。", encoding="utf-8")
    assert run(monkeypatch, facts, tmp_path) == 0
    assert "is not the file that was read; expected SHA-256" in capsys.readouterr().out


def test_misses_in_locked_lines_are_printed_only_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dumps").mkdir()
    locked = program.Part("kept apart", gold(tmp_path / "dumps", title="甲乙"), tmp_path / "dumps", is_locked=True)
    monkeypatch.setattr(program, "parts_of", lambda _: (locked,))

    assert run(monkeypatch, tmp_path) == 0
    assert "-甲乙" not in capsys.readouterr().out

    assert run(monkeypatch, tmp_path, "--locked-misses") == 0
    assert "-甲乙" in capsys.readouterr().out


def test_cases_are_to_be_stripped_kept_or_reported(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    lines = [
        {"expect": "keep", "text": "微信(WeChat)", "result": "微信(WeChat)", "note": "kept"},
        {"expect": "strip", "text": "微信(WeChat)", "result": "微信", "note": "not stripped"},
        {"expect": "flag", "text": "平常的一句話。", "result": "平常的一句話。", "note": "nothing to report"},
    ]
    cases.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")

    assert [case.is_right for case in read_cases(cases)] == [True, False, False]


def test_the_table_is_printed_and_a_missing_file_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, gold(tmp_path)) == 0
    assert "reporters              1       1       1     100.0%  100.0%" in capsys.readouterr().out

    assert run(monkeypatch, tmp_path / "none.jsonl") == 2
    assert "make evaluate DATA=folder" in capsys.readouterr().err


def test_our_own_gold_holds_no_text_of_others_and_every_record_of_it_once() -> None:
    lines = list(lines_of(OURS / "corpus.jsonl"))

    spans = [line[name] for line in lines for name in SPAN_FIELDS if line.get(name)]
    spans += [span for line in lines for name in SPANS_FIELDS for span in line.get(name, ())]
    assert all(is_facts(line) for line in lines)
    assert all(len(span) == 2 and all(isinstance(number, int) for number in span) for span in spans)
    assert len({(line["file"], line["index"]) for line in lines}) == len(lines)


def test_every_invented_page_is_read_as_an_article() -> None:
    pages = OURS / "pages"

    readings = [reading for gold in pages.glob("*.jsonl") for reading in read_gold(gold, pages).readings]

    assert [reading.gold["id"] for reading in readings if not reading.article] == []
    assert len(readings) == len(list(pages.glob("*.html")))
