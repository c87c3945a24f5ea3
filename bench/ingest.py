"""How well and how fast dumps are read: `python -m bench.ingest --articles 500`.

Imports a synthetic archive and holds the articles against truth.jsonl, field by field; `-v` prints each miss.
Also prints time, memory, and the duplicates found and missed. It asserts nothing.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta, timezone
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from newsarchive.article import Article
from newsarchive.frontmatter import parse
from newsarchive.ingest import Report, ingest

from .synthetic.archive import write_dumps

ZONE = timezone(timedelta(hours=8))
MARK_CHARS = 12
"""A record is recognised by so many characters of its lede: long enough to be its own within a file."""

Truth = dict[str, Any]
PRECISION_CHARS = {"second": 19, "minute": 16, "day": 10, "month": 7, "year": 4, "none": 0}


def _date(article: Article) -> str:
    moment = article.date.astimezone(ZONE).isoformat() if article.date else ""
    return moment[: PRECISION_CHARS[article.date_precision]]


def _is_begun(article: Article, truth: Truth) -> bool:
    return _bare(article.paragraphs[0]).startswith(_bare(truth["begins"])[:MARK_CHARS])


def _is_ended(article: Article, truth: Truth) -> bool:
    return _bare(article.paragraphs[-1]).endswith(_bare(truth["ends"])[-MARK_CHARS:])


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _same_list(name: str) -> Callable[[Article, Truth], bool]:
    return lambda article, truth: sorted(getattr(article, name)) == sorted(truth[name])


FIELDS: dict[str, Callable[[Article, Truth], bool]] = {
    "title": lambda a, t: a.title_derived if not t["title"] else _bare(a.title) == _bare(t["title"]),
    "day": lambda a, t: not t["date"] or _date(a)[:10] == t["date"][:10],
    "time": lambda a, t: len(t["date"]) < 16 or _date(a)[:16] == t["date"][:16],
    "date not false": lambda a, t: not _date(a) or not t["date"] or _date(a)[:10] == t["date"][:10],
    "source": lambda a, t: not t["source"] or a.source == t["source"],
    "reporters": _same_list("reporters"),
    "correspondents": _same_list("correspondents"),
    "photographers": _same_list("photographers"),
    "editors": _same_list("editors"),
    "place": lambda a, t: not t["place"] or t["place"] in a.places,
    "lang": lambda a, t: t["shape"] == "gloss" or a.lang == t["lang"],
    "begins": _is_begun,
    "ends": _is_ended,
    "notice out": lambda a, t: not t["notice"] or _bare(t["notice"])[:MARK_CHARS] not in _bare("".join(a.paragraphs)),
}  # fmt: skip
"""Field -> whether an article has it right."""


class Match(NamedTuple):
    truth: Truth
    article: Article | None


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bench.ingest", description="Score an import of a synthetic archive."
    )
    parser.add_argument("--articles", type=int, default=500, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--workers", type=int, default=1, metavar="W")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="print the first N misses of each field")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsarchive-bench-") as folder:
        root = Path(folder)
        write_dumps(root, options.seed, options.articles)
        for run in ("first", "second"):
            report, seconds, cpu = _timed(root, options.workers)
            print(
                f"{run} run: {report}; {seconds:.1f} s, {cpu:.1f} CPU s, {report.records / cpu:.0f} records per CPU s"
            )
        print(f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
        matches = list(_matches(root))
        _print_fields(matches, options.misses)
        _print_duplicates(matches)
    return 0


def _timed(root: Path, workers: int) -> tuple[Report, float, float]:
    began, cpu = time.monotonic(), _cpu_seconds()
    report = ingest(
        root / "dumps",
        root / "articles",
        cache=root / "cache",
        withdrawn=root / "withdrawn.txt",
        zone=ZONE,
        workers=workers,
    )
    return report, time.monotonic() - began, _cpu_seconds() - cpu


def _cpu_seconds() -> float:
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in usage)


def _matches(root: Path) -> Iterator[Match]:
    """Each record's truth with the article it was published in, its own or that of a duplicate."""
    published: dict[str, list[tuple[str, Article]]] = defaultdict(list)
    for path in sorted((root / "articles").rglob("*.md")):
        article = parse(path.read_text(encoding="utf-8"))
        text = _bare("".join(article.paragraphs))
        for file in {_file(article.original_file), *map(_file_of_line, article.other_sources)}:
            published[file].append((text, article))
    for line in (root / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        mark, end = _bare(truth["begins"])[:MARK_CHARS], _bare(truth["ends"])[-MARK_CHARS:]
        alike = [(text, article) for text, article in published[truth["file"]] if mark in text]
        # stories of one file may open alike; a later edition ends otherwise than what is published
        alike.sort(key=lambda pair: (end not in pair[0], _bare(pair[1].title) not in _bare(truth["title"])))
        yield Match(truth, alike[0][1] if alike else None)


def _file(origin: str) -> str:
    return origin.rpartition(":")[0]


def _file_of_line(line: str) -> str:
    """Dump named in a line of Other-Sources."""
    return next((_file(word) for word in line.split() if "/" in word and "://" not in word), "")


def _print_fields(matches: list[Match], misses: int) -> None:
    lost = [match.truth for match in matches if match.article is None]
    print(f"\nrecords {len(matches)}, not found again {len(lost)} {dict(Counter(t['shape'] for t in lost))}")
    for truth in lost[:misses]:
        print("   ", truth["file"], truth["index"], truth["title"])
    # of a story told in several ways any may be published: those are left out
    retold = {m.truth["repeats"] for m in matches if m.truth["kind"] in ("edition", "reprint")}
    alone = [m for m in matches if m.truth["kind"] in ("original", "sequel") and m.truth["number"] not in retold]
    own = [(match.truth, match.article) for match in alone if match.article]
    print(f"\n{'field':16}{'right':>8}  misses by shape ({len(own)} articles)")
    for name, is_right in FIELDS.items():
        wrong = [(truth, article) for truth, article in own if not is_right(article, truth)]
        shapes = dict(Counter(truth["shape"] for truth, _ in wrong).most_common(6))
        print(f"{name:16}{1 - len(wrong) / max(len(own), 1):8.1%}  {shapes or ''}")
        for truth, article in wrong[:misses]:
            print("   ", truth["file"], truth["index"], _shown(name, truth, article))


def _shown(name: str, truth: Truth, article: Article) -> str:
    key = {"day": "date", "time": "date", "date not false": "date", "place": "places", "notice out": "paragraphs"}.get(
        name, name
    )
    found = {"begins": article.paragraphs[0][:30], "ends": article.paragraphs[-1][-30:]}.get(name) or getattr(
        article, key
    )
    wanted = truth["notice" if name == "notice out" else "place" if name == "place" else key]
    return f"wanted {wanted!r}, found {str(found)[-90:]!r}"


def _print_duplicates(matches: list[Match]) -> None:
    """Pairs of records that tell one story, and whether they were published as one."""
    groups: dict[int, list[str]] = defaultdict(list)
    for truth, article in matches:
        if article is not None:
            root = truth["repeats"] if truth["kind"] in ("exact", "edition", "reprint") else truth["number"]
            groups[root].append(article.slug)
    pairs = [one == other for slugs in groups.values() for one, other in combinations(slugs, 2)]
    stories: dict[str, set[int]] = defaultdict(set)
    for root, slugs in groups.items():
        for slug in slugs:
            stories[slug].add(root)
    merged = sum(len(roots) > 1 for roots in stories.values())
    print(f"\nduplicate pairs {len(pairs)}, found {sum(pairs)}; articles that mix stories {merged}")


if __name__ == "__main__":
    sys.exit(main())
