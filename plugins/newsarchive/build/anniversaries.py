"""那年今日: for each of the 366 days of a year what was published on it in all years, and a calendar of them."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from ..browse import Listing, heat
from ..rows import Rows
from ..view import Day, Link, Month
from .job import Job
from .printer import Printer

FOLDER = "on-this-day/"
LEAP_YEAR = 2024
"""Any leap year: its days are all days there are."""

EACH_YEAR = 20
"""Articles of one year on a page; its heading leads to the rest, so a page grows with the years only."""

DAYS = tuple(f"{month:02}-{day:02}" for month in range(1, 13) for day in range(1, monthrange(LEAP_YEAR, month)[1] + 1))


def path_of(day: str) -> str:
    """Address of the page of `2019-11-20`, or of `11-20`.

    >>> path_of("2019-11-20")
    'on-this-day/11-20/'
    """
    return f"{FOLDER}{day[-5:]}/"


def plan(listings: Mapping[str, Listing], is_touched: Callable[[str], bool]) -> Iterator[Job]:
    """The calendar, and the days that are touched; *listings* has the articles of `11-20` in all years."""
    counts = {day: len(listings[day].entries) if day in listings else 0 for day in DAYS}
    yield Job(FOLDER, (counts,), partial(_calendar, counts))
    for place, day in enumerate(DAYS):
        if is_touched(day):
            years = listings[day].entries.periods(4) if day in listings else []
            needs = [(year, len(some), list(some[:EACH_YEAR].column("digest"))) for year, some in years]
            around = (DAYS[place - 1], DAYS[(place + 1) % len(DAYS)])
            yield Job(path_of(day), (needs,), partial(_day, day, years, around))


def day_name(printer: Printer, day: str) -> str:
    """`11-20` as this edition writes it, e.g. 11月20日."""
    return str(printer.words.month_day.format(m=int(day[:2]), d=int(day[3:])))


def _link(printer: Printer, day: str) -> Link:
    return Link(day_name(printer, day), printer.folder_url(path_of(day)))


def _day(day: str, years: Sequence[tuple[str, Rows]], around: tuple[str, str], printer: Printer) -> str:
    path = path_of(day)
    groups = [
        (_year_name(printer, year, len(some)), printer.period_url(f"{year}-{day}"), some[:EACH_YEAR])
        for year, some in years
    ]
    return printer.page(
        "anniversary.html", "anniversary", f"{printer.words.on_this_day} {day_name(printer, day)}", path,
        groups=printer.groups(groups, "../" * path.count("/")),
        count=sum(len(some) for _, some in years),
        crumbs=(Link(printer.words.on_this_day, printer.folder_url(FOLDER)),),
        older=_link(printer, around[0]),
        newer=_link(printer, around[1]),
        months=(),
    )  # fmt: skip


def _year_name(printer: Printer, year: str, count: int) -> str:
    name = printer.period_name(year)
    return f"{name} {printer.words.n_articles.format(n=count)}" if count > EACH_YEAR else name


def _calendar(counts: dict[str, int], printer: Printer) -> str:
    most = max(counts.values())
    months = tuple(_month(printer, month, counts, most) for month in range(1, 13))
    return printer.page(
        "anniversary.html", "anniversary", printer.words.on_this_day, FOLDER,
        groups=(), count=sum(counts.values()), crumbs=(), older=None, newer=None, months=months,
    )  # fmt: skip


def _month(printer: Printer, month: int, counts: dict[str, int], most: int) -> Month:
    """A month without weekdays: rows of seven days from the first."""

    def cell(number: int) -> Day:
        day = f"{month:02}-{number:02}"
        count = counts[day]
        label = f"{day_name(printer, day)} {printer.words.n_articles.format(n=count)}"
        return Day(number, printer.folder_url(path_of(day)), count, heat(count, most), label)

    days = [cell(int(day[3:])) for day in DAYS if int(day[:2]) == month]
    weeks = tuple(tuple(days[start : start + 7]) for start in range(0, len(days), 7))
    return Month(printer.words.month.format(n=month), "", sum(day.count for day in days), weeks)
