"""Pages by date: the index of years, each year with its calendars, months, days, and what has no date."""

from collections.abc import Iterator, Sequence
from functools import partial

from ..browse import by_period, heat, weeks
from ..shelf import Entry
from ..view import Day, Link, Month
from .job import Job
from .printer import Printer

Periods = list[tuple[str, list[Entry]]]


def plan(entries: Sequence[Entry], years: Sequence[tuple[str, int]]) -> Iterator[Job]:
    undated = [entry for entry in entries if not entry.day]
    months = by_period(entries, 7)
    months_of = {year: [(month, len(group)) for month, group in months if month[:4] == year] for year, _ in years}
    yield Job("dates/", (years, months_of, len(undated)), partial(_index, years, months_of, len(undated)))
    if undated:
        yield Job("undated/", _digests(undated), partial(_undated, undated))
    yield from _each(by_period(entries, 4), _year)
    yield from _each(months, _month)
    yield from _each(by_period(entries, 10), _day)


def _each(periods: Periods, render) -> Iterator[Job]:  # type: ignore[no-untyped-def]
    for place, (period, group) in enumerate(periods):
        newer = periods[place - 1][0] if place else ""
        older = periods[place + 1][0] if place + 1 < len(periods) else ""
        path = period.replace("-", "/") + "/"
        yield Job(path, (_digests(group), newer, older), partial(render, period, group, newer, older))


def _digests(entries: Sequence[Entry]) -> tuple[str, ...]:
    return tuple(entry.digest for entry in entries)


def _link(printer: Printer, period: str) -> Link | None:
    return Link(printer.period_name(period), printer.period_url(period)) if period else None


def _crumbs(printer: Printer, period: str) -> tuple[Link, ...]:
    above = [period[:length] for length in (4, 7) if len(period) > length]
    return (
        Link(printer.words.dates, printer.folder_url("dates/")),
        *(Link(part[-2:] if len(part) > 4 else part, printer.period_url(part)) for part in above),
    )


def _index(
    years: Sequence[tuple[str, int]], months_of: dict[str, list[tuple[str, int]]], undated: int, printer: Printer
) -> str:
    months = tuple(
        tuple(Link(str(int(month[5:])), printer.period_url(month)) for month, _ in sorted(months_of[year]))
        for year, _ in years
    )
    return printer.page(
        "dates.html", "dates", printer.words.dates, "dates/",
        years=printer.bars(years),
        months=months,
        undated=Link(printer.words.date_unknown, printer.folder_url("undated/")) if undated else None,
        undated_count=undated,
    )  # fmt: skip


def _undated(entries: list[Entry], printer: Printer) -> str:
    return printer.page(
        "month.html", "month", printer.words.date_unknown, "undated/",
        groups=printer.groups([("", "", entries)], "../"),
        count=len(entries), older=None, newer=None, crumbs=_crumbs(printer, ""),
    )  # fmt: skip


def _year(year: str, group: list[Entry], newer: str, older: str, printer: Printer) -> str:
    days = {day: len(some) for day, some in by_period(group, 10)}
    months = {month: len(some) for month, some in by_period(group, 7)}
    most = max(days.values(), default=0)
    calendars = tuple(_calendar(printer, f"{year}-{n:02}", months, days, most) for n in range(1, 13))
    coarse = [entry for entry in group if len(entry.day) < 7]
    return printer.page(
        "year.html", "year", printer.period_name(year), f"{year}/",
        months=calendars, count=len(group), crumbs=_crumbs(printer, year),
        older=_link(printer, older), newer=_link(printer, newer),
        groups=printer.groups([("", "", coarse)] if coarse else [], "../"),
    )  # fmt: skip


def _calendar(printer: Printer, month: str, months: dict[str, int], days: dict[str, int], most: int) -> Month:
    def cell(number: int) -> Day | None:
        if not number:
            return None
        day = f"{month}-{number:02}"
        count = days.get(day, 0)
        label = printer.words.day_count.format(day=printer.period_name(day), n=count)
        return Day(number, printer.period_url(day) if count else "", count, heat(count, most), label)

    rows = tuple(tuple(map(cell, week)) for week in weeks(int(month[:4]), int(month[5:])))
    count = months.get(month, 0)
    return Month(printer.words.month_name.format(n=int(month[5:])), printer.period_url(month) if count else "", count, rows)


def _month(month: str, group: list[Entry], newer: str, older: str, printer: Printer) -> str:
    named = [(printer.period_name(day), printer.period_url(day), some) for day, some in by_period(group, 10)]
    coarse = [entry for entry in group if len(entry.day) < 10]
    if coarse:
        named.append((printer.words.day_unknown, "", coarse))
    return _list(printer, "month", month, named, len(group), newer, older)


def _day(day: str, group: list[Entry], newer: str, older: str, printer: Printer) -> str:
    sources: dict[str, list[Entry]] = {}
    for entry in group:
        sources.setdefault(entry.source, []).append(entry)
    named = [
        (
            printer.convert(source, some[0].lang) if source else printer.words.source_unknown,
            printer.heading_url("source", source) if source else "",
            some,
        )
        for source, some in sources.items()
    ]
    return _list(printer, "day", day, named, len(group), newer, older)


def _list(  # noqa: PLR0913
    printer: Printer, kind: str, period: str, named: list[tuple[str, str, list[Entry]]], count: int, newer: str, older: str
) -> str:
    path = period.replace("-", "/") + "/"
    return printer.page(
        f"{kind}.html", kind, printer.period_name(period), path,
        groups=printer.groups(named, "../" * path.count("/")),
        count=count, crumbs=_crumbs(printer, period),
        older=_link(printer, older), newer=_link(printer, newer),
    )  # fmt: skip
