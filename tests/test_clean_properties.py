"""What cleaning promises of any text whatever."""

import re
import time
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsarchive.clean import RULES, clean
from newsarchive.clean.change import Context

CASES = sorted((Path(__file__).parent / "cases" / "clean").glob("*.txt"))
SNIPPETS = (
    "網(wǎng)", "產(chǎn)業(yè)", "（記者 張三）", "運輸?shù)戎攸c", "?；A", "。ㄓ浾 ", "ä¸\xadå›½", "ÖÐ¹ú",
    "鏂板崕", "&nbsp;", "&amp;amp;", "煙臺", "5G", ",", ":", "?", "!", "\x1a", "\ufffd", "foo();", "\x85", "\r",
    "http://a.cn/?x=1,2", "a@b.cn", "`x, y`", "...", "。。。", "，，", "\u3000\u3000", "\n", " ", "\ue40c",
    "\u200b", "５Ｇ，１２：３０", "(", ")", "“", "”",
)  # fmt: skip
ANY_TEXT = st.one_of(st.text(), st.lists(st.sampled_from(SNIPPETS), max_size=24).map("".join))
INVISIBLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b\u2028\u2029\ufeff\ud800-\udfff]")


@given(ANY_TEXT)
@settings(max_examples=300, deadline=None)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text).text

    assert clean(once).text == once


LINKS = (",", ":", ";", "?", "!", "(", ")", "（", "）", "...", " ", "\u3000", "a", "中")


@given(
    st.lists(st.sampled_from(LINKS), min_size=1, max_size=9).map("".join), st.integers(5, 60),
    st.text(alphabet="中a1 (,", max_size=3), st.text(alphabet="中a1 ),", max_size=3),
)  # fmt: skip
@settings(max_examples=400, deadline=None)
@example(unit=",(a)", times=60, before="中", after="")
@example(unit="...,", times=60, before="中", after="")
@example(unit=" ,:;!;:", times=60, before="中", after="")
@example(unit="(a),", times=60, before="", after="(中)")
def test_no_chain_of_marks_and_parentheses_is_too_long_to_be_cleaned_at_once(
    unit: str, times: int, before: str, after: str
) -> None:
    once = clean(before + unit * times + after).text

    assert clean(once).text == once


@given(ANY_TEXT)
@settings(max_examples=300, deadline=None)
def test_clean_text_is_nfc_without_invisible_characters_indentation_or_empty_runs(text: str) -> None:
    lines = clean(text).text.split("\n")

    assert unicodedata.is_normalized("NFC", "\n".join(lines))
    assert not any(INVISIBLE.search(line) for line in lines)
    assert [line.strip(" \t\u3000") for line in lines] == lines
    assert not any(a == b == "" for a, b in pairwise(lines))


@given(ANY_TEXT)
@settings(max_examples=100, deadline=None)
def test_a_change_is_always_counted(text: str) -> None:
    cleaned = clean(text)

    assert cleaned.counts or cleaned.text == text.replace("\r\n", "\n")


@pytest.mark.parametrize(("name", "rule"), RULES)
def test_a_rule_leaves_sound_prose_alone(name: str, rule: object) -> None:
    text = "新华社北京1月1日电（记者张三、李四）中国经济增长5.2%，超过1,000亿元……“好！”他说。\n第二段——结束。"

    assert rule(text, Context()).text == text, name  # type: ignore[operator]


WORST = (
    "a" * 8, "網(wǎng)", "(", "（(", "http://", "www.,", "a@", "&amp;", "&", "…", "...", "，", " ", "\u3000 中",
    "中 ", "? ", "?中", "?中国", "搿翱", "\ufffd中", "ä¸", "ÖÐ", "鏂板", "\n", "中\n", "\ue000", "\x1a", "，,", "{}",
    "`", "；A(", "ヂ?li", "１，", "1.", "»", "\u0301",
)  # fmt: skip


@pytest.mark.parametrize("piece", WORST)
def test_time_grows_in_step_with_length(piece: str) -> None:
    """Eight times the text may not take thirty times as long, whatever it is."""

    def seconds(times: int) -> float:
        text = piece * times
        start = time.process_time()
        clean(text)
        return time.process_time() - start

    seconds(4800)  # loads the tables it needs: some only a longer text asks for
    short = max(seconds(600), 0.004)

    assert seconds(4800) < 30 * short


@pytest.mark.parametrize("found", CASES, ids=lambda path: path.stem)
def test_golden_cases_come_out_as_they_should(found: Path) -> None:
    expected = found.with_suffix(".md").read_text("utf-8")

    assert clean(found.read_bytes().decode("utf-8")).text + "\n" == expected
