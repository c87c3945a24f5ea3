"""Cleaning measured on real news, where NEWSARCHIVE_DATA points to it; and on the owner's sample."""

import json
import os
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from newsarchive.clean import clean
from newsarchive.clean.change import Context
from newsarchive.clean.glosses import strip_glosses
from newsarchive.clean.lost_bytes import mend_lost_bytes
from newsarchive.clean.mojibake import mend_mojibake

SAMPLE = Path(__file__).parent.parent / "content" / "dumps" / "seed.txt"
DATA = Path(os.environ.get("NEWSARCHIVE_DATA", "nowhere"))
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="NEWSARCHIVE_DATA is not set")
HAN = re.compile("[\u4e00-\u9fff]")
TONED_GLOSS = re.compile("[(（][a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]*[)）]")


def test_the_sample_loses_all_139_glosses_and_its_lost_byte() -> None:
    cleaned = clean(SAMPLE.read_text("utf-8"))

    assert dict(cleaned.counts)["glosses"] == 139
    assert not TONED_GLOSS.search(cleaned.text)
    assert cleaned.repairs == ("輸?shù)戎攸c → 輸等重點",)
    assert "https://minsheng.iqilu.com/" in cleaned.text
    assert "," not in cleaned.text


@cache
def _lines() -> tuple[str, ...]:
    """Lines of sound news, at most 4,000, from Mainland and Taiwan."""
    lines = [line for path in sorted(DATA.glob("corpus/**/*")) if path.is_file() for line in _texts(path)]
    return tuple(random.Random(1).sample(lines, min(4000, len(lines))))


def _texts(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    if path.suffix == ".json":
        text = "\n".join(re.findall(r'"content": "((?:[^"\\\n]|\\.)*)"', text))
    return (line for line in text.splitlines() if len(line) < 400 and len(HAN.findall(line)) > 8)


@needs_data
@pytest.mark.parametrize("rule", [mend_lost_bytes, mend_mojibake, strip_glosses])
def test_sound_news_has_no_damage_to_mend(rule: object) -> None:
    changed = [line for line in _lines() if rule(line, Context()).text != line]  # type: ignore[operator]

    assert changed == []


@needs_data
def test_the_given_cases_are_stripped_kept_or_reported() -> None:
    for line in (DATA / "dumps" / "pinyin_cases.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        cleaned = clean(case["text"])

        if case["expect"] == "flag":
            assert cleaned.repairs or cleaned.warnings, case
        else:
            assert strip_glosses(case["text"], Context()).text == case["result"], case


@needs_data
@pytest.mark.parametrize(("written", "read"), [("utf-8", "latin-1"), ("gbk", "latin-1"), ("utf-8", "gb18030")])
def test_misread_lines_are_read_rightly(written: str, read: str) -> None:
    mended = total = 0
    for line in _lines()[:600]:
        try:
            found = line.encode(written).decode(read)
        except UnicodeError:
            continue
        total += 1
        mended += mend_mojibake(found, Context()).text == line

    assert mended >= 0.98 * total
