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
from pathlib import Path
from typing import Any

from .browser import Asked, Browser, cost_of_queries
from .queries import Grep, Query, queries
from .site import Item, Served, read_corpus, recombined, write_site

CHECKED = 40
"""Shown results that are compared for each query: four pages."""


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
    stats = write_site(items, folder, folder / "state")
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
            from .pagefind import Pagefind

            _judge(asked, grep, Pagefind(options.pagefind, items, folder, browser))


def _judge(asked: list[Query], grep: Grep, browser: Any) -> None:
    """Print recall and precision by kind."""
    kinds: dict[str, list[tuple[float, float, Asked]]] = {}
    for query in asked:
        truth = grep(query)
        found = browser.ask(query.text, CHECKED)
        recall = len(truth & set(found.candidates)) / len(truth) if truth else 1.0
        precision = sum(slug in truth for slug in found.shown) / len(found.shown) if found.shown else 1.0
        lost = set(found.refused) & truth
        if recall < 1 or precision < 1 or lost:
            print("  ", query.kind, query.text, f"{recall:.3f} {precision:.3f}", len(truth), len(lost))
        kinds.setdefault(query.kind, []).append((recall if not lost else 0.0, precision, found))
    for kind, rows in kinds.items():
        _print_row(kind, rows)
    _print_row("ALL", [row for rows in kinds.values() for row in rows])


def _print_row(kind: str, rows: list[tuple[float, float, Asked]]) -> None:
    times = sorted(row[2].milliseconds for row in rows)
    recall, precision = (sum(row[n] for row in rows) / len(rows) for n in (0, 1))
    refused = sum(len(row[2].refused) for row in rows)
    shown = sum(len(row[2].shown) for row in rows)
    perfect = sum(1 for row in rows if row[0] == row[1] == 1)
    print(
        f"{kind:32} {len(rows):4} queries  recall {recall:.4f}  precision {precision:.4f}  "
        f"perfect {perfect:4}  refused {refused}/{refused + shown}  "
        f"warm ms median {times[len(times) // 2]:.1f} p95 {times[int(len(times) * 0.95)]:.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
