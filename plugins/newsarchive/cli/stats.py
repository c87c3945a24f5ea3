"""The command `newsarchive stats`: the articles in figures, as a plain table."""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..article import Article
from ..plugin import open_archive
from ..shelf import Shelf
from ..workers import spread
from .aligned import padded

if TYPE_CHECKING:
    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]

EXAMPLE = """example:
  newsarchive stats --most 50

exit status: 0 all read, 1 a file cannot be read, 2 wrong use, setting or table
"""

Facts = Sequence[tuple[str, str]]
"""What one article adds to the tables, as (table, row)."""

BY_NAME = ("year",)
"""Tables whose rows stand in the order of their names; the others have the largest first."""

TABLES = ("year", "source", "script", "date known to the", "tag", "headline", "warning")
UNKNOWN = "unknown"
NAME_COLUMNS = 44
NUMBER = re.compile(r"\d+")


def add(commands: "Parsers") -> None:
    """Add the command to *commands*; its options carry the function that runs it as `run`."""
    stats = commands.add_parser(
        "stats",
        help="count the articles by year, source, script, tag and warning",
        description="Count what stands in content/articles; nothing is imported or built.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    stats.add_argument("-s", "--settings", type=Path, default=Path("pelicanconf.py"))
    stats.add_argument("--most", type=int, default=20, metavar="N", help="rows of each table (20)")
    stats.set_defaults(run=_stats)


def _stats(options: argparse.Namespace) -> int:
    archive = open_archive(options.settings)
    shelf = Shelf(archive.content / "articles", archive.cache)
    broken = shelf.refresh(archive.settings.workers).broken
    for error in broken:
        print(f"newsarchive: {error}", file=sys.stderr)
    entries = shelf.entries()
    tables = tally(spread(lambda entry: facts(shelf.article(entry)), entries, archive.settings.workers))
    for name in TABLES:
        print("\n".join((*_table(name, tables[name], options.most), "")))
    sources = tables["source"].keys() - {UNKNOWN}
    print(f"{len(entries):,} articles from {len(sources):,} sources, {len(broken):,} files left out.")
    return 1 if broken else 0


def facts(article: Article) -> Facts:
    """What is counted of one article; warnings that differ only in a number are one."""
    year = f"{article.date:%Y}" if article.date else UNKNOWN
    return (
        ("year", year),
        ("source", article.source or UNKNOWN),
        ("script", article.lang + (", by a program" if article.machine_traditional else "")),
        ("date known to the", article.date_precision),
        *(("tag", tag) for tag in article.shown_tags),
        ("headline", "derived" if article.title_derived else "printed"),
        *(("warning", kind) for kind in {NUMBER.sub("…", warning) for warning in article.warnings}),
    )


def tally(found: Iterable[Facts]) -> dict[str, Counter[str]]:
    """Table -> row -> articles.

    >>> tally([[("year", "2019")], [("year", "2019"), ("tag", "5G")]])["year"]
    Counter({'2019': 2})
    """
    tables: dict[str, Counter[str]] = {name: Counter() for name in TABLES}
    for one in found:
        for table, row in one:
            tables[table][row] += 1
    return tables


def _table(name: str, rows: Counter[str], most: int) -> list[str]:
    ordered = sorted(rows.items(), key=lambda row: (0 if name in BY_NAME else -row[1], row[0]))
    lines = [f"{padded(row, NAME_COLUMNS)}{count:>9,}" for row, count in ordered[:most]]
    rest = len(ordered) - len(lines)
    return [name, *(f"  {line}" for line in lines), *([f"  … and {rest:,} more; see --most"] if rest > 0 else [])]
