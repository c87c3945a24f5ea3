"""Which files the site has, or those of them that changes touch; nothing is rendered here."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial

from ..article import Article
from ..browse import KINDS, NEAR, Listing, related, tag_slug, years_of
from ..lists import Register, Touched
from ..rows import Rows
from ..shelf import Entry, Shelf
from ..vocabulary.headings import entry_of_slug
from . import anniversaries, bulk, dates, feeds, headings, offline, places, raw, sitemaps, statistics, tombstones
from .job import Job
from .output import ROOT
from .printer import Printer
from .site import RawDump, Site, StaticPage

FRONT_CARDS = 12
FRONT_HEADINGS = 24


@dataclass(frozen=True, eq=False)
class Archive:
    """All articles, and the lists they stand in."""

    shelf: Shelf
    register: Register
    touched: Touched | None = None
    """What is to be looked at; None means everything."""

    @cached_property
    def entries(self) -> Rows:
        """Newest first."""
        return self.register.entries

    @cached_property
    def listings(self) -> dict[str, dict[str, Listing]]:
        return self.register.listings(*KINDS)

    @cached_property
    def tags(self) -> Mapping[str, Listing]:
        return self.listings["tag"]

    @cached_property
    def years(self) -> list[tuple[str, int]]:
        return years_of(self.entries)

    def is_touched(self, kind: str, slug: str) -> bool:
        return self.touched is None or (kind, slug) in self.touched.headings

    def unchanged(self, listing: Listing) -> int:
        """How many of the oldest articles of *listing* are as they were."""
        place = None if self.touched is None else self.touched.headings.get((listing.kind, listing.slug))
        return listing.entries.older(place) if place else 0

    def periods(self, characters: int) -> frozenset[str] | None:
        """Those touched: see `browse.by_period`."""
        if self.touched is None:
            return None
        return frozenset(day[:characters] for day in self.touched.days if len(day) >= characters)


def scopes(touched: Touched | None) -> list[str]:
    """What the keys of all files that changes touch begin with."""
    if touched is None:
        return [""]
    periods = {day[:length].replace("-", "/") for day in touched.days for length in (4, 7, 10) if len(day) >= length}
    years = {day[:4] or "undated" for day in touched.days}
    slugs = {slug for kind, slug in touched.headings if kind == "tag"}
    was = {old for slug in slugs if (known := entry_of_slug(slug)) for old in known.was}
    return [
        *(f"{slug}.html" for slug in touched.articles),
        *(f"{kind}/{slug}/" for kind, slug in touched.headings if kind in KINDS),
        *(f"tag/{slug}/" for slug in was),
        *(f"{period}/index.html" for period in (*periods, "undated")),
        *(f"{ROOT}{part}{year}-" for part in ("sitemap-", bulk.FOLDER) for year in years),
    ]


def plan(site: Site, archive: Archive) -> Iterator[Job]:
    """Every file of one edition; all editions have the same ones."""
    listings = (one for found in archive.listings.values() for one in found.values())
    touched = [one for one in listings if archive.is_touched(one.kind, one.slug)]
    yield front(archive)
    yield from articles(archive, site.dumps)
    yield from dates.plan(archive.entries, archive.years, archive.periods)
    yield from headings.plan(archive.listings, touched, site.per_page, archive.unchanged)
    yield from places.plan(archive.listings["tag"])
    yield from map(static_page, site.pages)
    yield Job("search/", (), lambda printer: printer.page("search.html", "search", printer.words.search, "search/"))
    yield Job("404.html", (), lambda printer: printer.page("404.html", "missing", printer.words.missing, "404.html"))
    yield from anniversaries.plan(archive.register.listings("on")["on"], partial(archive.is_touched, "on"))
    yield from statistics.plan(archive.entries, archive.register.figures, archive.listings)
    yield from tombstones.plan(site.withdrawn)
    yield from feeds.plan(archive.entries, [one for one in touched if one.kind == "tag"] if site.has_tag_feeds else ())
    if site.has_bulk_data:
        yield from bulk.plan_index(archive.entries)


def plan_root(site: Site, archive: Archive) -> Iterator[Job]:
    """Files that serve all editions together."""
    yield from sitemaps.plan(archive.entries, archive.periods(4))
    yield from raw.plan(site.dumps)
    if site.has_bulk_data:
        yield from bulk.plan(archive.shelf, archive.entries, archive.periods(4))
    if site.is_kept_offline:
        yield from offline.plan()


def front(archive: Archive) -> Job:
    newest = archive.entries[: FRONT_CARDS + 1]
    top = {kind: largest(archive.listings[kind], FRONT_HEADINGS) for kind in ("tag", "source")}
    counts = [(listing.slug, listing.name, len(listing.entries)) for rows in top.values() for listing in rows]
    needs = (len(archive.entries), archive.years, counts, list(newest.column("digest")))

    def render(printer: Printer) -> str:
        lead = printer.cards.cards(printer.edition.code, [entry.slug for entry in newest[:1]])
        years = [year for year, _ in archive.years]
        return printer.page(
            "index.html", "front", printer.site_name, "",
            count=len(archive.entries),
            first_year=years[0] if years else "",
            last_year=years[-1] if years else "",
            source_count=len(archive.listings["source"]),
            years=printer.bars(archive.years),
            lead=next(iter(lead), None),
            latest=printer.card_html(newest[1:], ""),
            tags=tuple(map(printer.heading, top["tag"])),
            sources=tuple(map(printer.heading, top["source"])),
        )  # fmt: skip

    return Job("", needs, render)


def largest(listings: dict[str, Listing], limit: int) -> list[Listing]:
    """The headings with most articles."""
    return sorted(listings.values(), key=lambda listing: (-listing.own, listing.slug))[:limit]


def articles(archive: Archive, dumps: Mapping[str, RawDump]) -> Iterator[Job]:
    touched = archive.touched
    found = archive.entries if touched is None else archive.register.some(touched.articles)
    for entry in found:
        dump = dumps.get(entry.dump)
        beside = cache(partial(_beside, archive, entry))  # planning asks first, then printing, in a worker
        needs = partial(_needs, entry, dump.sha256 if dump else "", beside)
        yield Job(f"{entry.slug}.html", needs, partial(_article, archive.shelf, entry, beside))


Beside = Callable[[], list[list[tuple[str, str]]]]
"""Slugs and digests of the article newer than another, the one older, if any, and those related."""


def _beside(archive: Archive, entry: Entry) -> list[list[tuple[str, str]]]:
    place = entry.day, entry.moment, entry.slug
    newer, older = archive.register.beside(0, place, 1)
    tags = dict.fromkeys(map(tag_slug, entry.tags))
    rows = (archive.register.beside(archive.tags[tag].entries.heading, place, NEAR, own=True) for tag in tags)
    return [[one[2:] for one in some] for some in (newer, older, related(rows))]


def _needs(entry: Entry, dump: str, beside: Beside) -> tuple[object, ...]:
    return entry.digest, [[digest for _, digest in some] for some in beside()], dump


def _article(shelf: Shelf, entry: Entry, beside: Beside, printer: Printer) -> str:
    page = printer.article(*_with_neighbours(shelf, entry, beside))
    return printer.page(
        "article.html", "article", page.title, f"{page.slug}.html", article=page, **printer.reports(page)
    )


@lru_cache(maxsize=1)  # the editions of an article are printed one after the other
def _with_neighbours(
    shelf: Shelf, entry: Entry, beside: Beside
) -> tuple[Article, Entry, list[str], list[str], list[str]]:
    """The article of *entry*, this, and the slugs of the one before it in time and the one after, and those related."""
    newer, older, others = ([slug for slug, _ in some] for some in beside())
    return shelf.article(entry), entry, older, newer, others


def static_page(page: StaticPage) -> Job:
    def render(printer: Printer) -> str:
        title, content = printer.static_page(page)
        return printer.page("page.html", "page", title, f"{page.slug}/", content_html=content)

    return Job(f"{page.slug}/", (page.title, page.html, page.lang), render)
