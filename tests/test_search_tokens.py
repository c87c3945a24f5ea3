"""The contract of index and browser in Python; tests/js/search.test.mjs holds the browser to the same cases."""

import json
import random
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.script import fold_pairs
from newsarchive.search.codec import pack
from newsarchive.search.foldtable import fold_table, fold_targets
from newsarchive.search.tokens import Alphabet, fold, runs

CASES = Path(__file__).parent / "cases"
OFTEN = "山东东移动動烟煙台臺5gG１０ 　-·×，。「」“”'\"\t.ａé\u200b𫖮ㄅ가の"
CHINESE = st.text(st.sampled_from(OFTEN) | st.characters(codec="utf-8"))


def cases(name: str) -> list[Any]:
    return json.loads((CASES / name).read_text("utf-8"))["cases"]  # type: ignore[no-any-return]


@pytest.mark.parametrize("case", cases("fold.json"))
def test_text_is_folded_as_the_browser_folds_it(case: dict[str, str]) -> None:
    assert fold(case["text"]) == case["folded"]


@pytest.mark.parametrize("case", cases("tokens.json"))
def test_text_is_cut_as_the_browser_cuts_it(case: dict[str, Any]) -> None:
    assert runs(case["text"]) == case["runs"]


def test_the_table_of_the_cases_is_part_of_the_fold() -> None:
    table = json.loads((CASES / "fold.json").read_text("utf-8"))["table"]
    pairs = {pair for astral in (False, True) for pair in zip(*fold_pairs(astral=astral), strict=True)}

    assert set(table.items()) <= pairs


@given(CHINESE)
def test_cutting_the_folded_text_gives_the_units_of_the_text(text: str) -> None:
    line = text.replace("\n", " ")

    assert runs(fold(line)) == runs(line)


@given(CHINESE, CHINESE, CHINESE)
def test_what_stands_in_a_text_has_its_grams(before: str, middle: str, after: str) -> None:
    """The reason why nothing is lost: a text holds every gram of each of its parts that begins and ends at a unit."""
    whole = f"。{before}。{middle}。{after}。".replace("\n", " ")

    assert grams(middle.replace("\n", " ")) <= grams(whole)


def grams(text: str) -> set[str]:
    return {a + " " + b for run in runs(text) for a, b in zip(run, [*run[1:], ""], strict=True)} | {
        unit for run in runs(text) for unit in run
    }


@given(CHINESE)
def test_letters_stand_for_units_and_back(text: str) -> None:
    alphabet = Alphabet()
    letters = alphabet.letters(text)

    assert [[alphabet.unit(letter) for letter in run] for run in letters.split("\n") if run] == runs(text)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
def test_normal_forms_are_one(form: str) -> None:
    text = "ガンダム é 가나 ﬁ"

    assert fold(unicodedata.normalize(form, text)) == fold(text)  # type: ignore[arg-type]


def assigned() -> list[str]:
    """Characters old enough (Unicode 3.2 has them) that every Python and every browser knows their class."""
    old = unicodedata.ucd_3_2_0
    return [char for char in map(chr, range(0x30000)) if old.category(char) not in ("Cn", "Cs", "Co")]


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
def test_the_browser_folds_and_cuts_every_character_alike(tmp_path: Path) -> None:
    (tmp_path / "fold.bin").write_bytes(pack(fold_table(fold_targets())))
    chance = random.Random(3)
    characters = [char for char in assigned() if char != "\n"]  # a text the index takes is one line
    texts = [f"山{char}a{char}{char} 5{char} {char}" for char in characters]
    texts += ["".join(chance.choices(OFTEN, k=30)) for _ in range(2000)]

    command = ["node", str(Path(__file__).parent / "js/cut.mjs"), str(tmp_path / "fold.bin")]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)

    cut = json.loads(done.stdout)
    assert [text for text, answer in zip(texts, cut, strict=True) if answer[:2] != [fold(text), runs(text)]] == []
    assert [text for text, answer in zip(texts, cut, strict=True) if answer[2] != answer[0]] == []
