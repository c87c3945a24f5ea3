"""Numbers, lists and shards as bytes."""

import re
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.search import codec, shards
from newsarchive.search.foldtable import fold_table, fold_targets
from newsarchive.search.spool import ONE_UNIT, Spool
from newsarchive.search.tokens import APART

POSTINGS = st.lists(st.integers(0, 2**30), unique_by=lambda posting: posting >> codec.FLAG_BITS).map(sorted)


@given(st.lists(st.integers(0, 2**32)))
def test_numbers_come_back(found: list[int]) -> None:
    assert list(codec.numbers(b"".join(map(codec.varint, found)))) == found


@given(POSTINGS)
def test_lists_come_back(found: list[int]) -> None:
    assert list(codec.postings(codec.encode(found))) == found


@given(st.lists(st.integers(0, 4095), unique=True, min_size=1).map(sorted), st.integers(0, 3))
def test_gaps_within_a_spill_join_their_first_posting(ids: list[int], flags: int) -> None:
    found = [number << codec.FLAG_BITS | flags for number in ids]

    assert codec.encode(found[:1]) + codec.gaps_within(found) == codec.encode(found)


def test_packed_bytes_do_not_tell_the_time() -> None:
    assert codec.pack(b"x") == codec.pack(b"x")
    assert codec.pack(b"x")[4:8] == b"\0\0\0\0"


def test_the_fold_table_holds_only_what_the_archive_can_answer() -> None:
    some = list(codec.numbers(fold_table({"台"})))
    everything = list(codec.numbers(fold_table(fold_targets())))

    assert some[0] < 10 < 3000 < everything[0]
    assert len(everything) == 1 + 2 * everything[0]


def spool_of(folder: Path, texts: list[str]) -> Spool:
    spool = Spool(folder, 4)
    for number, text in enumerate(texts):
        spool.add(number, text[:4], [text], [f"source:{number % 2}"])
    return spool


def test_characters_that_stand_apart_form_nothing_with_what_is_before_them() -> None:
    everything = list(map(chr, range(sys.maxunicode + 1)))
    pairs = [unicodedata.normalize("NFD", char) for char in everything]
    joined = {pair[-1] for pair in pairs if len(pair) > 1}
    apart = re.findall(f"[{APART}]", "".join(everything))

    begun = {unicodedata.normalize("NFKD", char)[0] for char in apart}

    assert len(apart) > 27_000
    assert not begun & joined
    assert not any(map(unicodedata.combining, begun))


@given(st.from_regex(f"[{APART}]*", fullmatch=True))
def test_a_text_of_characters_that_stand_apart_is_folded_one_by_one(text: str) -> None:
    one_by_one = "".join(unicodedata.normalize("NFKC", char).lower() for char in text)

    assert unicodedata.normalize("NFKC", text).lower() == one_by_one


def test_spills_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"山东移动第{number}次宣布5G应用 number {number}" for number in range(50)]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    whole = gathered(spool_of(tmp_path / "a", texts))
    monkeypatch.setattr("newsarchive.search.spool.MAX_ARTICLES", 7)

    assert gathered(spool_of(tmp_path / "b", texts)) == whole
    assert list(codec.postings(whole["source:1", ONE_UNIT])) == [number << 2 for number in range(1, 50, 2)]


def gathered(spool: Spool) -> dict[tuple[str, str], bytes]:
    return {
        (first, second): listed.data
        for bucket in spool.buckets()
        for first, grams in bucket.items()
        for second, listed in grams.items()
    }


def test_a_gram_said_three_times_is_dense_and_one_in_the_title_is_marked(tmp_path: Path) -> None:
    spool = Spool(tmp_path, 1)
    spool.add(0, "烟台", ["移动移动移动", "烟台"], [])
    found = gathered(spool)

    assert list(codec.postings(found["烟", "台"])) == [codec.TITLE]
    assert list(codec.postings(found["移", "动"])) == [codec.DENSE]
    assert list(codec.postings(found["动", "移"])) == [0]
    assert ("台", "移") not in found


def test_long_lists_move_to_blocks_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "LONG_BYTES", 20)
    monkeypatch.setattr(shards, "BLOCK_BITS", 4)
    (tmp_path / "spool").mkdir()
    spool = spool_of(tmp_path / "spool", ["山东" for _ in range(50)])

    shards.Shards(tmp_path / "out").write(spool.buckets())

    assert len(list((tmp_path / "out/x").iterdir())) == 3 * 4 + 2 * 4
