"""Pages by date: the index of years, each year with its calendars, months, days, and what has no date."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from ..browse import by_period, heat, weeks
from ..rows import Rows
from ..shelf import Entry
from ..view import Day, Link, Month
from . import bulk
from .job import Job
from .printer import Printer

Named = tuple[str, str, Sequence[Entry]]
"""Name and address of a group of articles."""


class Period(NamedTuple):
    """A year, month or day with its articles and its neighbours that are not empty."""

    name: str
    """`2019`, `2019-11` or `2019-11-20`."""

    entries: Rows
    newer: str
    older: str

    @property
    def path(self) -> str:
        return self.name.replace("-", "/") + "/"


def plan(
    entries: Rows, years: Sequence[tuple[str, int]], touched: Callable[[int], frozenset[str] | None]
) -> Iterator[Job]:
    """The index, and the pages of the periods *touched*, which is asked for each length of their names."""
    undated = entries.exactly("")
    months = {month: len(some) for month, some in entries.periods(7)}
    yield Job("dates/", (years, months, bool(undated)), partial(_index, years, months, bool(undated)))
    if undated:
        yield Job("undated/", _digests(undated), partial(_undated, undated))
    for characters, render in ((4, _year), (7, _month), (10, _day)):
        yield from _each(entries.periods(characters), touched(characters), render)


def _each(
    found: Sequence[tuple[str, Rows]], touched: frozenset[str] | None, render: Callable[[Period, Printer], str]
) -> Iterator[Job]:
    names = [name for name, _ in found]
    near = set(names) if touched is None else _beside(touched, names)
    for place, (name, entries) in enumerate(found):
        if name in near:
            newer, older = ([*some, ""][0] for some in (names[max(0, place - 1) : place], names[place + 1 : place + 2]))
            period = Period(name, entries, newer, older)
            yield Job(period.path, (_digests(entries), newer, older), partial(render, period))


def _beside(touched: frozenset[str], names: Sequence[str]) -> set[str]:
    """Those *touched* and their neighbours among *names*, whose pages lead to them, or did."""
    order = sorted(touched.union(names))
    places = [place for place, name in enumerate(order) if name in touched]
    return {name for place in places for name in order[max(0, place - 1) : place + 2]}


def _digests(entries: Rows) -> tuple[str, ...]:
    return tuple(entries.column("digest"))


def _link(printer: Printer, period: str) -> Link | None:
    return Link(printer.period_name(period), printer.period_url(period)) if period else None


def _crumbs(printer: Printer, period: str = "") -> tuple[Link, ...]:
    above = [period[:length] for length in (4, 7) if len(period) > length]
    index = Link(printer.words.dates, printer.folder_url("dates/"))
    return (index, *(Link(part[5:] or part, printer.period_url(part)) for part in above))


def _index(years: Sequence[tuple[str, int]], months: Mapping[str, int], has_undated: bool, printer: Printer) -> str:
    most = max(months.values(), default=0)

    def cell(year: str, number: int) -> Day:
        month = f"{year}-{number:02}"
        count = months.get(month, 0)
        label = f"{printer.period_name(month)} {printer.words.n_articles.format(n=count)}"
        return Day(number, printer.period_url(month) if count else "", count, heat(count, most), label)

    return printer.page(
        "dates.html", "dates", printer.words.dates, "dates/",
        years=printer.bars(years),
        months={year: tuple(cell(year, number) for number in range(1, 13)) for year, _ in years},
        undated=Link(printer.words.undated, printer.folder_url("undated/")) if has_undated else None,
    )  # fmt: skip


def _undated(entries: Sequence[Entry], printer: Printer) -> str:
    return printer.page(
        "month.html", "month", printer.words.undated, "undated/",
        groups=printer.groups([("", "", entries)], "../"),
        count=len(entries), older=None, newer=None, crumbs=_crumbs(printer),
    )  # fmt: skip


def _year(year: Period, printer: Printer) -> str:
    days = {day: len(some) for day, some in year.entries.periods(10)}
    months = {month: len(some) for month, some in year.entries.periods(7)}
    coarse = year.entries.exactly(year.name)
    calendars = (_calendar(printer, f"{year.name}-{number:02}", months, days) for number in range(1, 13))
    groups = [(printer.words.month_unknown, "", coarse)] if coarse else []
    data = bulk.links(year.entries) if printer.site.has_bulk_data else ()
    return _page(printer, "year", year, groups, months=tuple(calendars), data=data)


def _calendar(printer: Printer, month: str, months: dict[str, int], days: dict[str, int]) -> Month:
    most = max(days.values(), default=0)

    def cell(number: int) -> Day | None:
        if not number:
            return None
        day = f"{month}-{number:02}"
        count = days.get(day, 0)
        label = f"{printer.period_name(day)} {printer.words.n_articles.format(n=count)}"
        return Day(number, printer.period_url(day) if count else "", count, heat(count, most), label)

    rows = tuple(tuple(map(cell, week)) for week in weeks(int(month[:4]), int(month[5:])))
    count = months.get(month, 0)
    return Month(printer.words.month.format(n=int(month[5:])), printer.period_url(month) if count else "", count, rows)


def _month(month: Period, printer: Printer) -> str:
    days = by_period(month.entries, 10)
    groups: list[Named] = [(printer.period_name(day), printer.period_url(day), some) for day, some in days]
    coarse = [entry for entry in month.entries if len(entry.day) < 10]
    return _page(printer, "month", month, groups + ([(printer.words.day_unknown, "", coarse)] if coarse else []))


def _day(day: Period, printer: Printer) -> str:
    sources: dict[str, list[Entry]] = {}
    for entry in day.entries:
        sources.setdefault(entry.source, []).append(entry)
    groups: list[Named] = [
        (printer.convert(source, some[0].lang), printer.heading_url("source", source), some)
        if source
        else (printer.words.source_unknown, "", some)
        for source, some in sources.items()
    ]
    return _page(printer, "day", day, groups)


def _page(printer: Printer, kind: str, period: Period, groups: Sequence[Named], **values: object) -> str:
    return printer.page(
        f"{kind}.html", kind, printer.period_name(period.name), period.path,
        groups=printer.groups(groups, "../" * period.path.count("/")),
        count=len(period.entries),
        crumbs=_crumbs(printer, period.name),
        older=_link(printer, period.older),
        newer=_link(printer, period.newer),
        **values,
    )  # fmt: skip
