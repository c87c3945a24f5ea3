"""Which files the site has. Every list page is planned from entries in one pass; nothing is rendered here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from ..article import Article
from ..browse import Listing, gather, kin, related, years_of
from ..shelf import Entry, Shelf
from . import anniversaries, bulk, dates, feeds, headings, offline, places, raw, sitemaps, statistics, tombstones
from .job import Job
from .printer import Printer
from .site import RawDump, Site, StaticPage

FRONT_CARDS = 12
FRONT_HEADINGS = 24


@dataclass(frozen=True, eq=False)
class Archive:
    """All entries and what is gathered from them."""

    shelf: Shelf
    entries: Sequence[Entry]
    """Newest first."""

    @cached_property
    def listings(self) -> dict[str, dict[str, Listing]]:
        return gather(self.entries)

    @cached_property
    def tags(self) -> Mapping[str, Listing]:
        return self.listings["tag"]

    @cached_property
    def years(self) -> list[tuple[str, int]]:
        return years_of(self.entries)


def plan(site: Site, archive: Archive) -> Iterator[Job]:
    """Every file of one edition; all editions have the same ones."""
    yield front(archive)
    yield from articles(archive, site.dumps)
    yield from dates.plan(archive.entries, archive.years)
    yield from headings.plan(archive.listings, site.per_page)
    yield from places.plan(archive.listings["tag"])
    yield from map(static_page, site.pages)
    yield Job("search/", (), lambda printer: printer.page("search.html", "search", printer.words.search, "search/"))
    yield Job("404.html", (), lambda printer: printer.page("404.html", "missing", printer.words.missing, "404.html"))
    yield from anniversaries.plan(archive.entries)
    yield from statistics.plan(archive.entries, archive.listings)
    yield from tombstones.plan(site.withdrawn)
    yield from feeds.plan(archive.entries, list(archive.listings["tag"].values()) if site.has_tag_feeds else ())
    if site.has_bulk_data:
        yield from bulk.plan_index(archive.entries)


def plan_root(site: Site, archive: Archive) -> Iterator[Job]:
    """Files that serve all editions together."""
    yield from sitemaps.plan(archive.entries)
    yield from raw.plan(site.dumps)
    if site.has_bulk_data:
        yield from bulk.plan(archive.shelf, archive.entries)
    if site.is_kept_offline:
        yield from offline.plan()


def front(archive: Archive) -> Job:
    newest = archive.entries[: FRONT_CARDS + 1]
    top = {kind: largest(archive.listings[kind], FRONT_HEADINGS) for kind in ("tag", "source")}
    counts = [(listing.slug, listing.name, len(listing.entries)) for rows in top.values() for listing in rows]
    needs = (len(archive.entries), archive.years, counts, [entry.digest for entry in newest])

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
    entries = archive.entries
    near = kin(archive.tags)
    for place, entry in enumerate(entries):
        beside = [other.digest for other in entries[max(place - 1, 0) : place + 2]]
        dump = dumps.get(entry.dump)
        needs = (beside, place == 0, near.get(entry.slug), dump and dump.sha256)
        yield Job(f"{entry.slug}.html", needs, partial(_article, archive, place))


def _article(archive: Archive, place: int, printer: Printer) -> str:
    page = printer.article(*_with_neighbours(archive, place))
    return printer.page(
        "article.html", "article", page.title, f"{page.slug}.html", article=page, **printer.reports(page)
    )


@lru_cache(maxsize=1)  # the editions of an article are printed one after the other
def _with_neighbours(
    archive: Archive, place: int
) -> tuple[Article, Entry, Sequence[Entry], Sequence[Entry], Sequence[Entry]]:
    """The article at *place*, its entry, the one before it in time and the one after, if any, and those related."""
    entries = archive.entries
    entry = entries[place]
    older, newer = entries[place + 1 : place + 2], entries[max(place - 1, 0) : place]
    return archive.shelf.article(entry), entry, older, newer, related(entry, archive.tags)


def static_page(page: StaticPage) -> Job:
    def render(printer: Printer) -> str:
        title, content = printer.static_page(page)
        return printer.page("page.html", "page", title, f"{page.slug}/", content_html=content)

    return Job(f"{page.slug}/", (page.title, page.html, page.lang), render)
