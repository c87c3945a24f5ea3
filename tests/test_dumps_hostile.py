"""What is broken on purpose is read in bounds, and nothing of it vanishes."""

import json
import time
from collections import deque
from pathlib import Path

import pytest
from tests.dump_reading import LINE, STORY, read_as, records_of, refusals_of

from newsarchive.article import Origin, Refusal
from newsarchive.dumps import read_dump
from newsarchive.dumps.stretches import MAX_ALIKE, told_together


@pytest.mark.parametrize("mark", ["<script>", "<style type=a>", "<template>", "<!--", "<textarea>"])
def test_a_mark_that_never_ends_swallows_nothing(tmp_path: Path, mark: str) -> None:
    [record] = records_of(read_as(tmp_path, "a.json", json.dumps([{"title": "防汛", "content": mark + STORY}])))

    assert STORY in record.text
    assert mark == "<textarea>" or "never ends" in record.warnings[0]


def test_a_story_in_a_comment_is_not_shown_but_said(tmp_path: Path) -> None:
    [record] = records_of(read_as(tmp_path, "a.json", json.dumps([{"content": f"<!--{STORY}--><p>防汛</p>"}])))

    assert (record.text, "left out" in record.warnings[0]) == ("防汛", True)


def test_a_tag_cut_off_with_its_field_takes_no_text_with_it(tmp_path: Path) -> None:
    [record] = records_of(read_as(tmp_path, "a.json", json.dumps([{"content": f"<p>{STORY}</p><a {STORY}"}])))

    assert record.text.count(STORY) == 2


@pytest.mark.parametrize("part", ['{"a":', '{"a":x', '{"x":1,"a":'])
def test_a_broken_stretch_is_one_refusal_with_its_span(tmp_path: Path, part: str) -> None:
    found = read_as(tmp_path, "a.json", LINE + f"{part}\n" * 3000 + LINE)

    assert [STORY in item.text for item in records_of(found)] == [True, True]
    assert [item.reason.partition(";")[2] for item in refusals_of(found)] == [
        " mend or remove it; the same of 2998 more up to line 3001"
    ]


@pytest.mark.parametrize(
    "row",
    [
        '{"a":x',
        '{"k":"v"x}\n',
        '["a"x],',
        '[["a","',
        '{"a" "b"},',
        "{'",
        '{"a":',
        f'{{"title": "防汛", "content": "{STORY}\n',
    ],
)
def test_time_grows_in_step_with_the_number_of_broken_rows(tmp_path: Path, row: str) -> None:
    def seconds(size: int) -> float:
        (tmp_path / "a.json").write_text("[" + row * (size // len(row)), "utf-8")
        start = time.process_time()
        deque(read_dump(tmp_path / "a.json", tmp_path), maxlen=0)
        return time.process_time() - start

    short = max(seconds(40_000), 0.004)

    assert seconds(320_000) < 20 * short


def test_broken_rows_are_one_refusal_and_part_no_others(tmp_path: Path) -> None:
    rows = f'[["title","content"],["防汛","{STORY}"],' + '["a"x],' * 900 + f'["抗旱","{STORY}"]]'

    found = read_as(tmp_path, "a.json", rows)

    assert [record.given["title"] for record in records_of(found)] == ["防汛", "抗旱"]
    assert [item.reason.partition(";")[2] for item in refusals_of(found)] == [
        " mend or remove it; the same of 899 more up to line 1"
    ]


def test_records_that_hold_nothing_are_counted_one_by_one_up_to_a_bound(tmp_path: Path) -> None:
    found = read_as(tmp_path, "a.jsonl", '{"title":""}\n' * (MAX_ALIKE + 500))

    assert len(found) == MAX_ALIKE
    assert refusals_of(found)[-1].reason.endswith(f"the same of 500 more up to line {MAX_ALIKE + 500}")


def test_refusals_of_different_reasons_stay_apart() -> None:
    found = [Refusal(Origin("a", line), f"no {'text' if line % 2 else 'JSON'}", "x") for line in range(10)]

    assert list(told_together(found)) == found
