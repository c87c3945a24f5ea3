"""What search engines read: one sitemap index for all editions, its parts by year, robots.txt."""

from collections.abc import Iterator, Sequence
from functools import partial

from ..rows import Rows
from .address import absolute
from .job import Job
from .printer import Printer

MAX_URLS = 10_000
"""Pages in one sitemap; the protocol allows 50,000 addresses and 50 MB, and each stands there in every edition."""

LISTS = ("", "dates/", "tags/", "places/", "sources/", "reporters/", "on-this-day/", "statistics/", "about/")
"""Pages that lead to all others. They state no lastmod: theirs would change with every article."""

Row = tuple[str, str]
"""Path within the edition, day or moment of its last change or empty."""


def plan(entries: Rows, touched: frozenset[str] | None) -> Iterator[Job]:
    """Their parts, of the years *touched*, and the index."""
    pages = [(path, "") for path in LISTS]
    yield Job(_file("pages"), tuple(pages), partial(_sitemap, pages))
    index = [(_file("pages"), "")]
    for year, group in [*entries.periods(4), ("", entries.exactly(""))]:
        for number, part in enumerate(parts(group), 1):
            file = _file(f"{year or 'undated'}-{number}")
            index.append((file, max(part.column("changed"))))
            if touched is None or not year or year in touched:
                yield Job(file, tuple(part.column("digest")), partial(_part, part))
    yield Job("sitemap.xml", tuple(index), partial(_index, index))
    yield Job("robots.txt", (), _robots)


def parts(group: Rows) -> list[Rows]:
    """*group* cut into parts counted from the oldest article: full ones stay."""
    return [group[max(0, end - MAX_URLS) : end] for end in range(len(group), 0, -MAX_URLS)]


def _part(part: Rows, printer: Printer) -> str:
    slugs, changed = (part.column(name, is_oldest_first=True) for name in ("slug", "changed"))
    return _sitemap([(f"{slug}.html", when) for slug, when in zip(slugs, changed, strict=True)], printer)


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
