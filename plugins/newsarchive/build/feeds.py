"""What programs read: the Atom feed of each edition, one sitemap for all of them, robots.txt."""

from collections.abc import Iterator, Sequence
from functools import partial
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from ..browse import by_period
from ..script import Edition
from ..shelf import Entry
from .job import Job
from .printer import Printer
from .site import Site

FEED_ENTRIES = 50
LOCAL = "http://127.0.0.1:8000"
"""Where `make serve` shows a site that has no public address yet; feeds and sitemaps need absolute ones."""

MAX_URLS = 10_000
"""Articles in one sitemap; the protocol allows 50,000 addresses and 50 MB, and each stands there in every edition."""


def plan(entries: Sequence[Entry]) -> Iterator[Job]:
    """Feed and search description of one edition."""
    newest = [entry for entry in entries if entry.moment][:FEED_ENTRIES]
    yield Job("opensearch.xml", (), _opensearch)
    yield Job("feed.atom", tuple(entry.digest for entry in newest), partial(_atom, newest))


def plan_root(entries: Sequence[Entry]) -> Iterator[Job]:
    """Files that serve all editions together."""
    parts: list[tuple[str, Sequence[Entry]]] = [
        (f"{year}-{start // MAX_URLS + 1}", group[start : start + MAX_URLS])
        for year, group in by_period(entries, 4)
        for start in range(0, len(group), MAX_URLS)
    ]
    if undated := [entry for entry in entries if not entry.day]:
        parts.append(("undated", undated))
    for name, group in parts:
        needs = tuple((entry.slug, entry.day) for entry in group)
        yield Job(f"sitemap-{name}.xml", needs, partial(_sitemap, group))
    names = [name for name, _ in parts]
    yield Job("sitemap.xml", tuple(names), partial(_sitemap_index, names))
    yield Job("robots.txt", (), _robots)


def absolute(site: Site, edition: Edition, path: str) -> str:
    """Absolute address of *path* in *edition*, percent-encoded as feeds and sitemaps want it."""
    return f"{site.url or LOCAL}/{site.folder(edition)}{quote(path)}"


def _opensearch(printer: Printer) -> str:
    address = absolute(printer.site, printer.edition, "")
    return printer.page("opensearch.xml", "search", printer.words.search, "opensearch.xml", address=address)


def _atom(entries: Sequence[Entry], printer: Printer) -> str:
    site, edition = printer.site, printer.edition
    cards = printer.cards.cards(edition.code, [entry.slug for entry in entries])
    rows = []
    for entry, card in zip(entries, cards, strict=True):
        address = absolute(site, edition, card.url)
        author = f"<author><name>{escape(card.source)}</name></author>" if card.source else ""
        rows.append(
            f"<entry><id>{address}</id><title>{escape(card.title)}</title><link href={quoteattr(address)}/>"
            f"<updated>{entry.moment}</updated>{author}<summary>{escape(card.lede)}</summary></entry>\n"
        )
    root = absolute(site, edition, "")
    updated = entries[0].moment if entries else "1970-01-01T00:00:00Z"
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{edition.code}">\n'
        f"<id>{root}</id><title>{escape(printer.site_name)}</title><updated>{updated}</updated>"
        f"<author><name>{escape(printer.site_name)}</name></author>\n"
        f'<link href="{root}"/><link rel="self" href="{root}feed.atom"/>\n{"".join(rows)}</feed>\n'
    )


def _sitemap(entries: Sequence[Entry], printer: Printer) -> str:
    site = printer.site
    rows = []
    for entry in entries:
        path = f"{entry.slug}.html"
        addresses = [(edition.code, absolute(site, edition, path)) for edition in site.editions]
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
            for code, address in [*addresses, ("x-default", addresses[0][1])]
        )
        day = f"<lastmod>{entry.day}</lastmod>" if entry.day else ""
        rows += [f"<url><loc>{address}</loc>{day}{links}</url>\n" for _, address in addresses]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{"".join(rows)}</urlset>\n'
    )


def _sitemap_index(names: Sequence[str], printer: Printer) -> str:
    first = printer.site.editions[0]
    rows = (f"<sitemap><loc>{absolute(printer.site, first, f'sitemap-{name}.xml')}</loc></sitemap>\n" for name in names)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{"".join(rows)}</sitemapindex>\n'
    )


def _robots(printer: Printer) -> str:
    sitemap = absolute(printer.site, printer.site.editions[0], "sitemap.xml")
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"
