"""The whole archive for programs: for each year CSV and JSON Lines, in the script of origin, once for all editions."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial
from typing import Any

from ..article import Article
from ..citation import day_of
from ..rows import Rows
from ..shelf import Entry, Shelf
from ..view import Link
from .address import absolute
from .job import Job
from .printer import Printer

FOLDER = "data/"
PART = 2000
"""Articles in one file: about 8 MB of JSON Lines, and hosts take 25 MiB. Counted from the oldest, so full ones stay."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet read a cell as a formula (OWASP, CSV injection); full-width ones do in East Asia."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some articles of one year, oldest first."""

    year: str
    """Empty where no year is known."""

    number: int
    entries: Rows

    @property
    def name(self) -> str:
        return f"{self.year or 'undated'}-{self.number}"


def parts(entries: Rows) -> list[Part]:
    """The files there are of each kind, newest year first."""
    return [
        Part(year, number, group[max(0, end - PART) : end])
        for year, group in [*entries.periods(4), ("", entries.exactly(""))]
        for number, end in enumerate(range(len(group), 0, -PART), 1)
    ]


def links(entries: Rows) -> tuple[Link, ...]:
    """CSV and JSON Lines of *entries*, all of one year; addresses from the root of the site."""
    return tuple(
        Link(f"{kind.upper()} {part.number}" if len(found) > 1 else kind.upper(), f"{FOLDER}{part.name}.{kind}")
        for found in [parts(entries)]
        for part in found
        for kind in ("csv", "jsonl")
    )


def plan(shelf: Shelf, entries: Rows, touched: frozenset[str] | None) -> Iterator[Job]:
    """The files themselves, of the years *touched*."""
    for part in parts(entries):
        if not (touched is None or not part.year or part.year in touched):
            continue
        needs = tuple(part.entries.column("digest"))
        yield Job(f"{FOLDER}{part.name}.csv", needs, partial(_csv, shelf, part.entries))
        yield Job(f"{FOLDER}{part.name}.jsonl", needs, partial(_json_lines, shelf, part.entries))


def plan_index(entries: Rows) -> Iterator[Job]:
    """The page that lists them, in each edition."""
    rows = [(part.year, part.name, len(part.entries)) for part in parts(entries)]
    yield Job(FOLDER, tuple(rows), partial(_index, rows))


def _index(rows: Sequence[tuple[str, str, int]], printer: Printer) -> str:
    shown = tuple((printer.period_name(year) if year else printer.words.undated, name, n) for year, name, n in rows)
    return printer.page("data.html", "data", printer.words.data, FOLDER, rows=shown, columns=tuple(COLUMNS))


def record_of(article: Article, url: str) -> dict[str, Any]:
    """Everything known of *article* that is not empty, by the names of `Article`; its text comes last.

    Lists stay lists, pairs become objects, dates are ISO 8601 as far as they are known.
    """
    known = {f.name: getattr(article, f.name) for f in fields(article) if f.name not in ("paragraphs", "markup")}
    record = {name: _plain(value) for name, value in known.items() if value or name == "title"}
    return {**record, "date": day_of(article) or None, "date_time": _clock(article), "url": url} | {
        "text": "\n".join(article.paragraphs)
    }


def _clock(article: Article) -> str | None:
    """Date with time and zone, where the dump states a time."""
    return article.date.isoformat() if article.date and article.date_precision in ("second", "minute") else None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return dict(value)
    return value


def _json_lines(shelf: Shelf, entries: Rows, printer: Printer) -> str:
    records = (record_of(shelf.article(entry), _url(entry, printer)) for entry in reversed(entries))
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


COLUMNS = (
    "slug", "title", "title_derived", "date", "date_time", "source", "reporters", "tags", "tags_auto", "places",
    "category", "lang", "original_url", "original_file", "captured", "sha256", "url", "text",
)  # fmt: skip


def _csv(shelf: Shelf, entries: Rows, printer: Printer) -> str:
    """Begins with a byte order mark, or Excel reads UTF-8 as the local encoding; lines end as RFC 4180 says."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for entry in reversed(entries):
        record = record_of(shelf.article(entry), _url(entry, printer))
        table.writerow([cell(record.get(name)) for name in COLUMNS])
    return out.getvalue()


def cell(value: Any) -> str:
    """*value* as a cell that no spreadsheet takes for a formula.

    >>> cell("=HYPERLINK(1)"), cell(("吳天旭", "于莉")), cell(None)
    ("'=HYPERLINK(1)", '吳天旭; 于莉', '')
    """
    text = "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    return "'" + text if text.startswith(FORMULA) else text


def _url(entry: Entry, printer: Printer) -> str:
    return absolute(printer.site, printer.site.editions[0], f"{entry.slug}.html")
