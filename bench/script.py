"""Speed of conversion: ours by the fast and by the slow way, the named package, and C++ opencc where it is at hand.

    python bench/script.py FOLDER_OF_TEXTS [PYTHON_WITH_OPENCC]

FOLDER_OF_TEXTS holds text files in UTF-8. PYTHON_WITH_OPENCC is the interpreter of a virtual environment of
its own that holds the package `opencc`: it cannot stand beside opencc-python-reimplemented. With it, all
results are compared as well. All figures are characters per second of processor time, article by article.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "plugins"))

from opencc.opencc import OpenCC

from newsarchive.script.dictionaries import configurations, lines_of, read_plan
from newsarchive.script.engine import Engine
from newsarchive.script.store import windows
from newsarchive.script.tables import compile_plan
from newsarchive.script.windows import Windows

ARTICLE_CHARS = 1300
SLOW_ARTICLES = 60
"""The slow ways see only so many articles."""

OFFICIAL = """
import json, sys, time
import opencc
texts, results, speeds = json.load(open(sys.argv[1])), {}, {}
for config in sys.argv[3:]:
    convert = opencc.OpenCC(config).convert
    convert("头发")
    start = time.process_time()
    results[config] = [convert(text) for text in texts]
    speeds[config] = time.process_time() - start
json.dump([results, speeds], open(sys.argv[2], "w"))
"""


def main(folder: str, python: str = "") -> None:
    texts = articles(Path(folder))
    total = sum(map(len, texts))
    print(f"{len(texts)} articles of {ARTICLE_CHARS} characters, {total:,} characters")
    results, seconds = official(texts, python) if python else ({}, {})
    print("million characters a second\n config   cold   warm   slow  package  official  differ")
    for config in configurations():
        plan = read_plan(config)
        way = Windows(compile_plan(plan), plan.rebuilt(lines_of))
        cold, converted = speed(way.convert, texts)
        warm, _ = speed(way.convert, texts)
        slow, _ = speed(Engine(config).convert, texts[:: len(texts) // SLOW_ARTICLES + 1])
        differ = sum(a != b for a, b in zip(converted, results.get(config, converted), strict=True))
        there = f"{total / seconds[config] / 1e6:9.2f}" if config in seconds else "        -"
        print(f"{config:>7} {cold:6.2f} {warm:6.2f} {slow:6.2f} {named(config, texts):8} {there} {differ:7}")
    start_time()


def articles(folder: Path) -> list[str]:
    """The texts of *folder*, cut to the length of articles; without NUL, where the official library stops."""
    whole = (path.read_text("utf-8", errors="replace") for path in sorted(folder.rglob("*")) if path.is_file())
    return [text[i : i + ARTICLE_CHARS].replace("\0", "") for text in whole for i in range(0, len(text), ARTICLE_CHARS)]


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


def official(texts: Sequence[str], python: str) -> tuple[dict[str, list[str]], dict[str, float]]:
    """What C++ opencc makes of *texts* by configuration, and its seconds."""
    with tempfile.TemporaryDirectory() as folder:
        given, taken = Path(folder, "texts.json"), Path(folder, "results.json")
        given.write_text(json.dumps(texts))
        subprocess.run([python, "-c", OFFICIAL, str(given), str(taken), *configurations()], check=True)
        results, seconds = json.loads(taken.read_text())
        return results, seconds


def start_time() -> None:
    """Milliseconds of processor time until the first word is converted, with tables on disk."""
    with tempfile.TemporaryDirectory() as folder:
        for config, code in (("s2tw", "zh-Hant"), ("s2hk", "zh-Hant-HK"), ("s2twp", "zh-Hant-TW"), ("tw2s", "zh-Hans")):
            windows(config, code, Path(folder))
            windows.cache_clear()
            start = time.process_time()
            windows(config, code, Path(folder)).convert("头发")
            print(f"{config:>7} start {1000 * (time.process_time() - start):.0f} ms")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
