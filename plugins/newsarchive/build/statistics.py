"""The archive in figures: counted once for all editions, drawn as SVG when the site is built."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from ..browse import LENGTHS, Listing
from ..rows import Rows
from ..view import Link
from .job import Job
from .printer import Printer

FOLDER = "statistics/"
ROWS = 20
"""Headings in a plot of headings: the largest."""

LAST_TICK = 90
"""Per cent of a plot's width behind which a year would be cut off on a phone."""

WORKS = ("stat_derived", "stat_machine", "undated", "source_unknown", "stat_no_reporter", "stat_no_tag")
"""What is said of cataloguing, in this order."""


@dataclass(frozen=True, slots=True)
class Count:
    """One bar of a plot and one row of its table."""

    link: Link
    count: int
    share: float
    """Per cent of the longest bar."""

    place: float
    """Where the bar begins, per cent of the plot's width; only for plots over time."""


@dataclass(frozen=True, slots=True)
class Plot:
    name: str
    over_time: bool
    """Upright bars from left to right; else lying ones, one below the other."""

    rows: tuple[Count, ...]
    width: float = 0
    """Per cent of the plot's width that one upright bar has."""

    ticks: tuple[tuple[str, float], ...] = ()
    """(year, where it begins) below upright bars."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted, in no script."""

    articles: int
    months: tuple[tuple[str, int], ...]
    """`2019-11`, oldest first, with the empty months between."""

    headings: Mapping[str, tuple[tuple[str, int], ...]]
    """Kind -> (slug, count), most frequent first."""

    scripts: tuple[tuple[str, int], ...]
    lengths: tuple[int, ...]
    """Articles in each class of LENGTHS, and above the last."""

    cataloguing: tuple[tuple[str, int], ...]
    """(word of the interface, articles)."""

    cleaning: tuple[tuple[str, int], ...]
    """(rule, spots it changed), most first."""


def plan(
    entries: Rows, figures_of: Callable[[str], Mapping[str, int]], listings: Mapping[str, Mapping[str, Listing]]
) -> Iterator[Job]:
    figures = count(entries, figures_of, listings)
    names = [listings[kind][slug].name for kind, rows in figures.headings.items() for slug, _ in rows]
    yield Job(FOLDER, (figures, names), partial(_page, figures, listings))


def count(
    entries: Rows, figures_of: Callable[[str], Mapping[str, int]], listings: Mapping[str, Mapping[str, Listing]]
) -> Figures:
    """All figures; *figures_of* has what was counted when articles were entered."""
    lengths, works = figures_of("length"), figures_of("cataloguing")
    return Figures(
        articles=len(entries),
        months=_months({month: len(some) for month, some in entries.periods(7)}),
        headings={kind: _largest(listings[kind]) for kind in ("source", "tag")},
        scripts=_most_first(figures_of("script")),
        lengths=tuple(lengths.get(str(place), 0) for place in range(len(LENGTHS) + 1)),
        cataloguing=tuple((word, works.get(word, 0)) for word in WORKS),
        cleaning=_most_first(figures_of("cleaning")),
    )


def _most_first(figures: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(figures.items(), key=lambda it: (-it[1], it[0])))


def _largest(found: Mapping[str, Listing]) -> tuple[tuple[str, int], ...]:
    rows = ((slug, listing.own) for slug, listing in found.items() if listing.own)
    return tuple(sorted(rows, key=lambda it: (-it[1], it[0]))[:ROWS])


def _months(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """*counts* with the empty months between.

    >>> _months({"2019-11": 2, "2020-01": 1})
    (('2019-11', 2), ('2019-12', 0), ('2020-01', 1))
    """
    if not counts:
        return ()
    first, last = (12 * int(month[:4]) + int(month[5:]) - 1 for month in (min(counts), max(counts)))
    names = (f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1))
    return tuple((name, counts.get(name, 0)) for name in names)


def _page(figures: Figures, listings: Mapping[str, Mapping[str, Listing]], printer: Printer) -> str:
    words = printer.words
    scripts = [(Link(words.script(lang), ""), n) for lang, n in figures.scripts]
    lengths = list(zip((Link(name, "") for name in _classes(printer)), figures.lengths, strict=True))
    work = [(Link(getattr(words, word), ""), n) for word, n in figures.cataloguing]
    cleaning = [(Link(words.clean(rule), ""), n) for rule, n in figures.cleaning]
    plots = (
        _over_time(printer, words.stat_months, figures.months),
        *(
            lying(name, [_heading(printer, listings[kind][slug], n) for slug, n in figures.headings[kind]])
            for kind, name in (("source", words.stat_sources), ("tag", words.stat_tags))
        ),
        lying(words.stat_scripts, scripts),
        lying(words.stat_lengths, lengths),
        lying(words.stat_work, work),
        lying(words.stat_cleaning, cleaning),
    )
    return printer.page(
        "statistics.html", "statistics", words.statistics, FOLDER,
        plots=tuple(plot for plot in plots if plot.rows), count=figures.articles,
    )  # fmt: skip


def _classes(printer: Printer) -> list[str]:
    """Names of the classes of length: –200, 201–500, … 5,001–"""
    lower = ("", *(f"{limit + 1:,}" for limit in LENGTHS))
    upper = (*(f"{limit:,}" for limit in LENGTHS), "")
    return [printer.words.stat_characters.format(first=a, last=b) for a, b in zip(lower, upper, strict=True)]


def _heading(printer: Printer, listing: Listing, n: int) -> tuple[Link, int]:
    return Link(printer.name(listing), printer.folder_url(listing.url)), n


def lying(name: str, rows: Sequence[tuple[Link, int]]) -> Plot:
    """A plot of lying bars, the longest as wide as the plot."""
    most = max((n for _, n in rows), default=0) or 1
    return Plot(name, False, tuple(Count(link, n, round(100 * n / most, 2), 0) for link, n in rows))


def _over_time(printer: Printer, name: str, months: Sequence[tuple[str, int]]) -> Plot:
    most = max((n for _, n in months), default=0) or 1
    width = 100 / len(months) if months else 0
    rows = tuple(
        Count(
            Link(printer.period_name(month), printer.period_url(month) if n else ""),
            n, round(100 * n / most, 2), round(place * width, 3),
        )
        for place, (month, n) in enumerate(months)
    )  # fmt: skip
    ticks = [(month[:4], round(place * width, 3)) for place, (month, _) in enumerate(months) if month.endswith("-01")]
    ticks = [(year, place) for year, place in ticks if place <= LAST_TICK]
    step = -(-len(ticks) // 12) or 1  # a dozen years can be read below a plot on a phone
    return Plot(name, True, rows, round(width, 3), tuple(ticks[::step]))
