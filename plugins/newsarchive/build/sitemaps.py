"""What search engines read: one sitemap index for all editions, its parts by year, robots.txt."""

from collections.abc import Iterator, Sequence
from functools import partial

from ..browse import by_period
from ..shelf import Entry
from .address import absolute
from .job import Job
from .printer import Printer

MAX_URLS = 10_000
"""Pages in one sitemap; the protocol allows 50,000 addresses and 50 MB, and each stands there in every edition."""

LISTS = ("", "dates/", "tags/", "places/", "sources/", "reporters/", "on-this-day/", "statistics/", "about/")
"""Pages that lead to all others. They state no lastmod: theirs would change with every article."""

Row = tuple[str, str]
"""Path within the edition, day or moment of its last change or empty."""


def plan(entries: Sequence[Entry]) -> Iterator[Job]:
    parts: list[tuple[str, list[Row]]] = [("pages", [(path, "") for path in LISTS])]
    groups = [*by_period(entries, 4), ("undated", [entry for entry in entries if not entry.day])]
    for name, group in groups:
        rows = [(f"{entry.slug}.html", entry.modified or entry.day) for entry in reversed(group)]
        starts = range(0, len(rows), MAX_URLS)
        parts += [(f"{name}-{start // MAX_URLS + 1}", rows[start : start + MAX_URLS]) for start in starts]
    for name, rows in parts:
        yield Job(_file(name), tuple(rows), partial(_sitemap, rows))
    index = [(_file(name), max(changed for _, changed in rows)) for name, rows in parts]
    yield Job("sitemap.xml", tuple(index), partial(_index, index))
    yield Job("robots.txt", (), _robots)


def _file(name: str) -> str:
    return f"sitemap-{name}.xml"


def _lastmod(changed: str) -> str:
    """W3C date: a day, a month, a year or a moment, as much as is known."""
    return f"<lastmod>{changed}</lastmod>" if changed else ""


def _sitemap(rows: Sequence[Row], printer: Printer) -> str:
    site = printer.site
    lines = []
    for path, changed in rows:
        addresses = [(edition.code, absolute(site, edition, path)) for edition in site.editions]
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
            for code, address in [*addresses, ("x-default", addresses[0][1])]
        )
        lines += [f"<url><loc>{address}</loc>{_lastmod(changed)}{links}</url>\n" for _, address in addresses]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{"".join(lines)}</urlset>\n'
    )


def _index(parts: Sequence[Row], printer: Printer) -> str:
    first = printer.site.editions[0]
    rows = (
        f"<sitemap><loc>{absolute(printer.site, first, file)}</loc>{_lastmod(changed)}</sitemap>\n"
        for file, changed in parts
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{"".join(rows)}</sitemapindex>\n'
    )


def _robots(printer: Printer) -> str:
    sitemap = absolute(printer.site, printer.site.editions[0], "sitemap.xml")
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"
