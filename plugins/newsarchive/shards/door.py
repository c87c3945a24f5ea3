"""The front door: front page, dates, headings and search of all shards, made of their summaries alone."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby

from ..browse import heat
from ..build.cards import ROOT, Cards
from ..build.feeds import plan as plan_feeds
from ..build.job import Job
from ..build.output import Output, write_whole
from ..build.plan import static_page
from ..build.printer import Printer
from ..build.site import Site
from ..script import initial, sort_key
from ..view import Bar, Day, Heading, Link
from .place import Places
from .summary import NEWEST, Found, Summary

MARK = re.compile(r"(?:(?<!\.)(?<!\./)(?:\.\.?/)++)?\x1a([^\x1a]*)\x1a")
"""Stands in a page for the address of a shard, with the way up that templates set before every link."""

FEEDS = ("feed.atom", "feed.json")
TOP = 24
PASSED_ON = ("reporters", "statistics", "data")
"""Pages that only lead to those of the shards: their lines would be too many, or say nothing added up."""

SECTIONS = {"tag": "tags", "source": "sources", "place": "places"}
FOLDERS = {"tag": "tag", "source": "source", "place": "tag"}


def mark(shard: str) -> str:
    """What stands for the address of *shard* until a page is written."""
    return f"\x1a{shard}\x1a"


@dataclass(frozen=True, eq=False)
class Door:
    """What the summaries say together."""

    summaries: Sequence[Summary]
    """Newest shard first."""

    places: Places

    @cached_property
    def periods(self) -> dict[str, list[tuple[str, int]]]:
        """Year or month -> (shard, its articles there), the newest shard first; a day alone is never in two."""
        found: dict[str, list[tuple[str, int]]] = {}
        for one in self.summaries:
            months = {month: count for month, count in one.months.items() if len(month) == 7}
            for period, count in (*one.years().items(), *months.items()):
                found.setdefault(period, []).append((one.name, count))
        return dict(sorted(found.items()))

    @cached_property
    def years(self) -> dict[str, int]:
        """Year -> articles."""
        return {year: self.count(year) for year in self.periods if len(year) == 4}

    def count(self, period: str) -> int:
        return sum(count for _, count in self.periods.get(period, ()))

    @cached_property
    def headings(self) -> dict[str, dict[str, list[tuple[str, Found]]]]:
        """Kind -> slug -> (shard, the heading there), the newest shard first."""
        found: dict[str, dict[str, list[tuple[str, Found]]]] = {kind: {} for kind in SECTIONS}
        for one in self.summaries:
            for kind, some in one.headings.items():
                for heading in some:
                    found[kind].setdefault(heading.slug, []).append((one.name, heading))
        return found

    def page(self, text: str) -> str:
        """*text* with addresses where shards were named."""
        return MARK.sub(lambda match: self.places.of(match[1]), text)


def build_door(site: Site, summaries: Sequence[Summary], places: Places, progress: Callable[[int, int], None]) -> int:
    """Write the front door into the output folder of *site*; how many files it has."""
    door = Door(summaries, places)
    folders = [site.folder(edition) for edition in site.editions]
    with closing(Cards(site.cache)) as cards, closing(Output(site.output, site.cache, folders)) as output:
        printers = [Printer(site, edition, cards) for edition in site.editions]
        jobs = list(plan_door(site, door))
        output.enter(job.file for job in jobs)
        for count, job in enumerate(jobs, 1):
            for printer in printers:
                text = job.render(printer)
                made = door.page(text) if isinstance(text, str) else text
                write_whole(str(site.output), site.folder(printer.edition) + job.file, made)
            progress(count, len(jobs))
        output.record((job.file, b"\1") for job in jobs)
        output.tidy(sorted(set(output.keys()) - {job.file for job in jobs}))
    write_whole(str(site.output), "robots.txt", _robots(door))
    return len(jobs) * len(printers)


def plan_door(site: Site, door: Door) -> Iterator[Job]:
    """Every file of one edition."""
    yield Job("", (), partial(_front, door))
    yield Job("dates/", (), partial(_dates, door))
    for period, shards in door.periods.items():
        if len(shards) > 1:
            yield Job(period.replace("-", "/") + "/", (), partial(_period, door, period))
    for kind, found in door.headings.items():
        yield Job(f"{SECTIONS[kind]}/", (), partial(_index, door, kind))
        for slug in found:
            yield Job(f"{FOLDERS[kind]}/{slug}/", (), partial(_heading, door, kind, slug))
    for section in PASSED_ON if site.has_bulk_data else PASSED_ON[:-1]:
        yield Job(f"{section}/", (), partial(_passed_on, door, section))
    yield from map(static_page, site.pages)
    yield Job("search/", (), partial(_search, door))
    yield Job("404.html", (), lambda printer: printer.page("404.html", "missing", printer.words.missing, "404.html"))
    yield next(iter(plan_feeds((), ())))  # the description of the search
    for file in FEEDS:
        yield Job(file, (), partial(_feed, door, file))


def _there(printer: Printer, shard: str, path: str) -> str:
    """Link to *path* of the same edition in *shard*; its site is on a server, where folders need no file named."""
    return f"{mark(shard)}{printer.site.folder(printer.edition)}{path}"


def _front(door: Door, printer: Printer) -> str:
    years = list(door.years)
    return printer.page(
        "door.html", "front", printer.site_name, "",
        count=sum(one.count for one in door.summaries),
        first_year=years[0] if years else "",
        last_year=years[-1] if years else "",
        source_count=len(door.headings["source"]),
        years=_bars(door, printer),
        latest=_newest(door, printer),
        tags=_largest(door, "tag", printer),
        sources=_largest(door, "source", printer),
        shards=_shards(door, printer),
    )  # fmt: skip


def _period_url(door: Door, printer: Printer, period: str) -> str:
    """The page of *period* in the shard that has it, or here where several have a part of it."""
    shards, path = door.periods.get(period, []), period.replace("-", "/") + "/"
    if len(shards) == 1:
        return _there(printer, shards[0][0], path)
    return printer.folder_url(path) if shards else ""


def _bars(door: Door, printer: Printer) -> tuple[Bar, ...]:
    every = range(int(min(door.years)), int(max(door.years)) + 1) if door.years else range(0)
    years = [f"{year:04}" for year in every]
    bars = printer.bars([(year, door.count(year)) for year in years])
    return tuple(
        Bar(bar.name, _period_url(door, printer, year), bar.count, bar.height)
        for bar, year in zip(bars, years, strict=True)
    )


def _period(door: Door, period: str, printer: Printer) -> str:
    path = period.replace("-", "/") + "/"
    shards = _named(door, printer, door.periods[period], path)
    name, count = printer.period_name(period), door.count(period)
    return printer.page("across.html", "year", name, path, section="dates", count=count, shards=shards)


def _named(door: Door, printer: Printer, some: Iterable[tuple[str, int]], path: str) -> tuple[Heading, ...]:
    """Shards with counts, as links to *path* in each."""
    spans = {one.name: _span(door, one) or printer.words.undated for one in door.summaries}
    return tuple(Heading("shard", spans[name], _there(printer, name, path), count) for name, count in some)


def _newest(door: Door, printer: Printer) -> tuple[str, ...]:
    code = printer.edition.code
    cards = (
        card.replace(ROOT, _there(printer, one.name, "")) for one in door.summaries for card in one.newest.get(code, ())
    )
    return tuple(card for card, _ in zip(cards, range(NEWEST), strict=False))


def _shards(door: Door, printer: Printer) -> tuple[Heading, ...]:
    return _named(door, printer, ((one.name, one.count) for one in door.summaries), "")


def _span(door: Door, one: Summary) -> str:
    """From its first year to its last; by months, where a year stands in several shards."""
    is_by_month = any(len(some) > 1 for some in door.periods.values())
    periods = sorted(month for month in one.months if len(month) == 7) if is_by_month else sorted(one.years())
    return "–".join(dict.fromkeys((*periods[:1], *periods[-1:])))


def _dates(door: Door, printer: Printer) -> str:
    most = max((door.count(period) for period in door.periods if len(period) == 7), default=0)

    def cell(year: str, number: int) -> Day:
        month = f"{year}-{number:02}"
        count = door.count(month)
        label = f"{printer.period_name(month)} {printer.words.n_articles.format(n=count)}"
        return Day(number, _period_url(door, printer, month), count, heat(count, most), label)

    undated = next((one.name for one in door.summaries if one.undated), None)
    return printer.page(
        "dates.html", "dates", printer.words.dates, "dates/",
        is_door=True,
        years=_bars(door, printer),
        months={bar: tuple(cell(bar, number) for number in range(1, 13)) for bar in door.years},
        undated=Link(printer.words.undated, _there(printer, undated, "undated/")) if undated else None,
    )  # fmt: skip


def _headings(door: Door, kind: str, printer: Printer) -> Iterator[Heading]:
    code = printer.edition.code
    for slug, some in door.headings[kind].items():
        name = some[0][1].names.get(code) or next(iter(some[0][1].names.values()))
        count = sum(heading.count for _, heading in some)
        url = printer.folder_url(f"{FOLDERS[kind]}/{slug}/")
        yield Heading(kind, name, url, count, sort_key(name, code, person=False), initial(name, code, person=False))


def _largest(door: Door, kind: str, printer: Printer) -> tuple[Heading, ...]:
    return tuple(sorted(_headings(door, kind, printer), key=lambda it: (-it.count, it.url))[:TOP])


def _index(door: Door, kind: str, printer: Printer) -> str:
    headings = sorted(_headings(door, kind, printer), key=lambda it: (it.sort, it.name))
    groups = tuple((letter, tuple(some)) for letter, some in groupby(headings, lambda it: it.initial))
    section = SECTIONS[kind]
    return printer.page(
        "headings.html", "headings", getattr(printer.words, section), f"{section}/",
        kind=kind, groups=groups, count=len(headings), top=_largest(door, kind, printer),
    )  # fmt: skip


def _heading(door: Door, kind: str, slug: str, printer: Printer) -> str:
    some = door.headings[kind][slug]
    names = some[0][1].names
    path = f"{FOLDERS[kind]}/{slug}/"
    shards = _named(door, printer, ((name, it.count) for name, it in some), path)
    return printer.page(
        "across.html", "heading", names.get(printer.edition.code) or next(iter(names.values())), path,
        section=SECTIONS[kind], count=sum(it.count for it in shards), shards=shards,
    )  # fmt: skip


def _passed_on(door: Door, section: str, printer: Printer) -> str:
    """A page that every shard has for itself, such as its statistics: the way to each of them."""
    shards = (Heading(it.kind, it.name, f"{it.url}{section}/", it.count) for it in _shards(door, printer))
    return printer.page(
        "across.html", "headings", getattr(printer.words, section), f"{section}/",
        section=section, count=0, shards=tuple(shards),
    )  # fmt: skip


def _search(door: Door, printer: Printer) -> str:
    bases = [door.places.of(one.name) for one in door.summaries]
    origins = sorted({base[: base.index("/", base.index("://") + 3)] for base in bases})
    return printer.page("search.html", "search", printer.words.search, "search/", shards=bases, origins=origins)


def _feed(door: Door, file: str, printer: Printer) -> str:
    """The feed of the newest shard that has articles with dates, under the address of the front door."""
    folder = printer.site.folder(printer.edition)
    for one in door.summaries:
        text = printer.site.output.parent / one.name / folder / file
        if one.months and text.is_file():
            there = door.places.of(one.name)
            return text.read_text(encoding="utf-8").replace(
                f"{there}{folder}{file}", f"{door.places.front}{folder}{file}"
            )
    return ""


def _robots(door: Door) -> str:
    """All sitemaps: each shard has its own, and a robots.txt may name those of other hosts."""
    lines = (f"Sitemap: {door.places.of(one.name)}sitemap.xml\n" for one in door.summaries)
    return "User-agent: *\nAllow: /\n" + "".join(lines)
