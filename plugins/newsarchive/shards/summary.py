"""What a shard leaves for the front door: counts by month and heading, its newest articles. One small JSON file."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ..build.output import write_whole
from ..build.places import is_place
from ..build.printer import Printer
from ..errors import ArchiveError
from ..lists import Register
from .cut import Shard

FILE = "shard.json"
FORMAT = 1
NEWEST = 13
KINDS = ("tag", "source", "place")
"""Headings the front door has pages of; reporters are too many, and are found by search."""


@dataclass(frozen=True, slots=True)
class Found:
    """A heading in one shard."""

    slug: str
    count: int
    names: dict[str, str]
    """Edition -> its name there."""


@dataclass(frozen=True, slots=True)
class Summary:
    shard: Shard
    count: int
    months: dict[str, int]
    """`2019-11` -> articles; `2019` for those whose month is unknown."""

    undated: int
    headings: dict[str, list[Found]] = field(default_factory=dict)
    """Kind -> headings."""

    newest: dict[str, list[str]] = field(default_factory=dict)
    """Edition -> cards of the newest articles, with build.cards.ROOT where the way to its root belongs."""

    @property
    def name(self) -> str:
        return self.shard.name

    def years(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for month, count in self.months.items():
            found[month[:4]] = found.get(month[:4], 0) + count
        return found


def summarise(
    shard: Shard,
    register: Register,
    printers: Sequence[Printer],
    root: str,
) -> Summary:
    """The summary of *shard*, whose articles *register* holds; *root* stands for its address in cards."""
    entries, listings = register.entries, register.listings("tag", "source")
    months = {month: len(some) for month, some in entries.periods(7)}
    months |= {year: n for year, _ in entries.periods(4) if (n := len(entries.exactly(year)))}
    headings: dict[str, list[Found]] = {kind: [] for kind in KINDS}
    for kind in ("tag", "source"):
        for slug, listing in sorted(listings[kind].items()):
            names = {printer.edition.code: printer.name(listing) for printer in printers}
            headings["place" if is_place(listing) else kind].append(Found(slug, len(listing.entries), names))
    newest = {printer.edition.code: list(printer.card_html(entries[:NEWEST], root)) for printer in printers}
    return Summary(shard, len(entries), months, len(entries.exactly("")), headings, newest)


def write(folder: Path, summary: Summary) -> None:
    """Write *summary* into the output *folder* of its shard."""
    text = json.dumps({"format": FORMAT, **asdict(summary)}, ensure_ascii=False, sort_keys=True)
    write_whole(str(folder), FILE, text)


def read(folder: Path) -> Summary:
    """The summary in the output *folder* of a shard.

    Raises:
        ArchiveError: there is none that this version can read.
    """
    file = folder / FILE
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if found.pop("format") != FORMAT:
            raise ValueError("another format")
        headings = {kind: [Found(**one) for one in some] for kind, some in found.pop("headings").items()}
        return Summary(shard=Shard(**found.pop("shard")), headings=headings, **found)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArchiveError(f"{file}: no summary of a shard ({error}); build this shard again") from error
