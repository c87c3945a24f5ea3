"""Measure search: an index of a corpus, a real browser, and grep as the judge.

    NEWSARCHIVE_DATA=folder python -m bench.search [--articles 1000 6182] [--each 12] [--pagefind python]

Builds a small site (the theme's search page, article pages with its marks, in both editions) in a temporary
folder, serves it on 127.0.0.1, asks generated queries of every kind in headless Chromium, and compares what
is found with what grep finds. More articles than the corpus holds are composed of its paragraphs.
"""

import argparse
import json
import os
import resource
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from .browser import Asked, Browser, cost_of_queries
from .pagefind import Pagefind
from .queries import Grep, Query, queries
from .site import Item, Served, read_corpus, recombined, write_site

CHECKED = 40
"""Shown results that are compared for each query: four pages."""


class Engine(Protocol):
    """What can be asked."""

    def ask(self, query: str, most: int) -> Asked: ...


def main() -> None:
    """Print one JSON line for each size, and a table of the kinds of queries."""
    options = _options()
    corpus = read_corpus(Path(os.environ["NEWSARCHIVE_DATA"]) / "corpus")
    for size in options.articles or [len(corpus)]:
        items = recombined(corpus, size)
        folder = Path(tempfile.mkdtemp(prefix="bench-search-"))
        try:
            _measure(items, folder, options)
        finally:
            shutil.rmtree(folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="*", help="sizes to measure; default: the corpus")
    parser.add_argument("--each", type=int, default=12, help="queries of each kind and script")
    parser.add_argument("--cost", type=int, default=30, help="queries asked in a fresh browser for bytes and requests")
    parser.add_argument("--pagefind", help="python of an environment with pagefind, to ask it the same")
    return parser.parse_args()


def _measure(items: list[Item], folder: Path, options: argparse.Namespace) -> None:
    raw = sum(item.raw_bytes for item in items)
    before = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    stats = write_site(items, folder)
    seconds = time.process_time() - before
    print(json.dumps({
        "articles": len(items), "text_bytes": raw, "index_bytes": stats.bytes, "share": round(stats.bytes / raw, 3),
        "files": stats.files, "ms_cpu_an_article": round(1000 * seconds / len(items), 2),
        "peak_mb_above_corpus": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak) // 1024,
    }), flush=True)  # fmt: skip
    asked = queries(items, options.each)
    grep = Grep(items)
    with Served(folder, items) as site, Browser(site.address) as browser:
        _judge(asked, grep, browser)
        print(json.dumps(cost_of_queries(site, browser, asked[:: max(1, len(asked) // options.cost)])), flush=True)
        if options.pagefind:
            _judge(asked, grep, Pagefind(options.pagefind, items, folder, browser))


@dataclass(frozen=True, slots=True)
class Judged:
    """How one query did."""

    kind: str
    recall: float
    precision: float
    asked: Asked


def _judge(asked: list[Query], grep: Grep, engine: Engine) -> None:
    """Print recall and precision by kind."""
    kinds: dict[str, list[Judged]] = {}
    for query in asked:
        judged = _judged(query, grep(query), engine.ask(query.text, CHECKED))
        kinds.setdefault(query.kind, []).append(judged)
    for kind, rows in kinds.items():
        _print_row(kind, rows)
    _print_row("ALL", [row for rows in kinds.values() for row in rows])


def _judged(query: Query, truth: set[str], found: Asked) -> Judged:
    lost = truth & set(found.refused) | truth - set(found.candidates)
    recall = 1 - len(lost) / len(truth) if truth else 1.0
    precision = sum(slug in truth for slug in found.shown) / len(found.shown) if found.shown else 1.0
    return Judged(query.kind, recall, precision, found)


def _print_row(kind: str, rows: list[Judged]) -> None:
    times = sorted(row.asked.milliseconds for row in rows)
    recall = sum(row.recall for row in rows) / len(rows)
    precision = sum(row.precision for row in rows) / len(rows)
    refused = sum(len(row.asked.refused) for row in rows)
    shown = sum(len(row.asked.shown) for row in rows)
    perfect = sum(row.recall == 1 and row.precision == 1 for row in rows)
    print(
        f"{kind:32} {len(rows):4} queries  recall {recall:.4f}  precision {precision:.4f}  "
        f"perfect {perfect:4}  refused {refused}/{refused + shown}  "
        f"warm ms median {times[len(times) // 2]:.1f} p95 {times[int(len(times) * 0.95)]:.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
