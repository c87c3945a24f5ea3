"""No regular expression of this program takes more than its share of time on a text made to keep it busy."""

import re
import statistics
import time

import pytest
from patterns import anchored, held, hostile

SIZES = (1500, 6000)
NOTABLE_SECONDS = 0.004
"""Below this a measurement is noise; a quadratic search of 6,000 characters takes ten times as long."""

GROWTH = 8
"""For a text 4 times as long, 4 times the time is linear and 16 times quadratic: the line is between."""

TRIALS = 5
LEAST_PATTERNS = 240


def test_the_time_of_every_pattern_grows_with_its_text_and_not_faster() -> None:
    patterns, at_one_place = held(), anchored()

    slow = {
        name: found
        for name, pattern in patterns.items()
        if (found := superlinear(pattern, "match" if name.rpartition(".")[0] in at_one_place else "search"))
    }

    assert slow == {}
    assert len(patterns) > LEAST_PATTERNS


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        (r"\s*x", "search"), (r"(\w+)=", "search"), (r"<!--.*?-->", "search"),
        (r"\s*[-|]?\s*x", "match"), (r"[，,](?![^《]*》)", "search"),
    ],
)  # fmt: skip
def test_a_pattern_that_is_slow_is_found(pattern: str, way: str) -> None:
    assert superlinear(re.compile(pattern), way)


@pytest.mark.parametrize("pattern", [r"\s*+x", r"(?<!\w)\w+=", r"<!--.*?(?:-->|\Z)", r"[一-龥]{2,12}报", r"^\s*x"])
def test_a_pattern_that_is_not_slow_is_let_go(pattern: str) -> None:
    assert superlinear(re.compile(pattern, re.S), "match") == ""


def superlinear(pattern: re.Pattern[str], way: str) -> str:
    """The text on which *pattern* takes more than its share of time; empty if there is none."""
    short, long = SIZES
    for before, unit in hostile(pattern):
        if seconds(pattern, way, before, unit, long) < NOTABLE_SECONDS:
            continue
        ratios = [
            seconds(pattern, way, before, unit, long) / seconds(pattern, way, before, unit, short)
            for _ in range(TRIALS)
        ]
        if statistics.median(ratios) > GROWTH:
            return f"{statistics.median(ratios):.0f} times as long for 4 times the text: {before!r} + {unit!r} * n"
    return ""


def seconds(pattern: re.Pattern[str], way: str, before: str, unit: str, length: int) -> float:
    """Time of this thread alone: what other programs take of the processor does not count."""
    text = before + unit * (length // len(unit)) + "\x00"
    begun = time.thread_time()
    if way == "match":
        pattern.fullmatch(text) or pattern.match(text)
    else:
        for _ in pattern.finditer(text):
            pass
    return max(time.thread_time() - begun, 1e-6)
