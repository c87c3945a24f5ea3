"""Pages of tags, sources and reporters: an index of each kind, and for each heading its articles."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import groupby, islice
from typing import NamedTuple

from ..browse import Leaf, Listing, by_period, leaves, segment, tag_slug, together, years_of
from ..shelf import Entry
from ..view import Heading, Link, Pager
from ..vocabulary.headings import ancestors, children, entry_of_slug
from .job import Job
from .places import is_place
from .printer import Printer

INDEX_TOP = 24
"""Headings shown at the head of an index, largest first."""

SIDE = 12
"""Headings shown beside a list."""


def plan(
    listings: dict[str, dict[str, Listing]],
    touched: Sequence[Listing],
    size: int,
    unchanged: Callable[[Listing], int],
) -> Iterator[Job]:
    """Indexes, and the pages of the headings *touched*, some of whose oldest articles are *unchanged*."""
    # the indexes first, and so in one worker: the readings they are sorted by take 50 MB
    for kind, found in listings.items():
        listed = [listing for listing in found.values() if not is_place(listing)]
        counts = [(listing.slug, listing.name, len(listing.entries)) for listing in listed]
        yield Job(f"{kind}s/", (sorted(counts),), partial(_index, kind, listed))
    for listing in touched:
        digests = listing.entries.column("digest")
        kept = kept_pages(unchanged(listing), size)
        for leaf in leaves(listing.entries, size):
            of_leaf = None if 0 < leaf.number <= kept else list(islice(digests, len(leaf.entries)))
            yield _leaf_job(listing, leaf, of_leaf, listings[listing.kind])
    yield from _moved(listings["tag"])


def _moved(tags: Mapping[str, Listing]) -> Iterator[Job]:
    """Pages at the slugs that headings had before, which lead to the new ones."""
    for listing in tags.values():
        known = entry_of_slug(listing.slug)
        for old in known.was if known else ():
            if old not in tags:
                yield Job(f"tag/{old}/", (listing.slug,), partial(_redirect, old, listing))


def _redirect(old: str, listing: Listing, printer: Printer) -> str:
    public = printer.site.public(printer.edition)
    return printer.page(
        "moved.html", "heading", printer.name(listing), f"tag/{old}/",
        target=f"../{listing.slug}/{printer.site.ix}",
        canonical=public + listing.url if public else "",
    )  # fmt: skip


def kept_pages(unchanged: int, size: int) -> int:
    """How many numbered pages are as they were, as pages are counted from the oldest article.

    Of those that the *unchanged* articles alone would have not the last: it leads to the one after it.

    >>> [kept_pages(unchanged, 100) for unchanged in (0, 240, 250, 349, 350)]
    [0, 0, 1, 1, 2]
    """
    return max(0, (unchanged - size // 2) // size - 1)


def _leaf_job(listing: Listing, leaf: Leaf, digests: Sequence[str] | None, siblings: dict[str, Listing]) -> Job:
    """The page *leaf*, whose articles have these *digests*; without them one that is as it was."""
    above, below = _relatives(listing, siblings)
    render = partial(_page, listing, leaf, siblings)
    if leaf.number:
        needs = partial(_needs, leaf, digests, (listing.name, listing.lang, above, leaf.number == leaf.full_pages))
        return Job(f"{listing.url}page/{leaf.number}/", needs, render, is_kept=digests is None)
    # counts, bars and what stands beside come from all
    return Job(listing.url, (listing.digest, len(listing.entries), listing.name, listing.lang, above, below), render)


def _needs(leaf: Leaf, digests: Sequence[str] | None, said: tuple[object, ...]) -> tuple[object, ...]:
    """What a numbered page depends on; the digests are looked up if they are not at hand."""
    return (digests or [entry.digest for entry in leaf.entries], *said)


def _sources(listing: Listing) -> list[tuple[str, int]]:
    """Sources of the articles with counts, most frequent first; both scripts of a name are one source."""
    counts = Counter(filter(None, listing.entries.column("source")))
    names: dict[str, str] = {}
    merged: Counter[str] = Counter()
    for name, count in counts.items():
        merged[names.setdefault(segment(name), name)] += count
    return sorted(merged.items(), key=lambda it: (-it[1], it[0]))[:SIDE]


def _relatives(listing: Listing, siblings: dict[str, Listing]) -> tuple[list[str], list[tuple[str, int]]]:
    """Slugs above this tag (widest first) and below it with counts, as far as the archive has them."""
    if listing.kind != "tag" or not entry_of_slug(listing.slug):
        return [], []
    below = [slug for slug in children(listing.slug) if slug in siblings]
    above = [slug for slug in ancestors(listing.slug) if slug in siblings]
    return above, [(slug, len(siblings[slug].entries)) for slug in below]


def _index(kind: str, listings: list[Listing], printer: Printer) -> str:
    headings = sorted(map(printer.indexed, listings), key=lambda heading: (heading.sort, heading.name))
    groups = tuple((initial, tuple(some)) for initial, some in groupby(headings, lambda heading: heading.initial))
    top = sorted(headings, key=lambda heading: -heading.count)[:INDEX_TOP]
    title = getattr(printer.words, f"{kind}s")
    return printer.page(
        "headings.html", "headings", title, f"{kind}s/",
        kind=kind, groups=groups, count=len(headings), top=tuple(top),
    )  # fmt: skip


class Figures(NamedTuple):
    """What a page says of its articles, the same in every edition."""

    months: Sequence[tuple[str, Sequence[Entry]]]
    coarse: list[Entry]
    """Articles of which no month is known."""

    years: list[tuple[str, int]]
    beside: list[tuple[str, int]]
    sources: list[tuple[str, int]]


@lru_cache(maxsize=1)  # the editions of a page are printed one after the other
def _figures(listing: Listing, leaf: Leaf) -> Figures:
    months = by_period(leaf.entries, 7)
    coarse = [entry for entry in leaf.entries if len(entry.day) < 7]
    if leaf.number:
        return Figures(months, coarse, [], [], [])
    sources = [] if listing.kind == "source" else _sources(listing)
    return Figures(months, coarse, years_of(listing.entries), _beside(listing), sources)


def _page(listing: Listing, leaf: Leaf, siblings: dict[str, Listing], printer: Printer) -> str:
    path = f"{listing.url}page/{leaf.number}/" if leaf.number else listing.url
    heading = printer.heading(listing)
    if leaf.number:  # how many there are in all would change every page with every article
        heading = replace(heading, count=len(leaf.entries))
    figures = _figures(listing, leaf)
    is_landing = leaf.number == 0
    return printer.page(
        "heading.html", "heading", heading.name, path,
        heading=heading,
        section="places" if is_place(listing) else f"{listing.kind}s",
        bars=printer.bars(figures.years),
        groups=printer.groups(_by_month(printer, figures), "../" * path.count("/")),
        pager=_pager(printer, listing, leaf),
        together=tuple([printer.tag_heading(name, count) for name, count in figures.beside]),
        top_sources=_top_sources(printer, listing, figures),
        crumbs=_crumbs(printer, listing, siblings),
        children=_children(printer, listing, siblings) if is_landing else (),
        feed=listing.url if is_landing and listing.kind == "tag" and printer.site.has_tag_feeds else "",
    )  # fmt: skip


def _by_month(printer: Printer, figures: Figures) -> list[tuple[str, str, Sequence[Entry]]]:
    named: list[tuple[str, str, Sequence[Entry]]] = [
        (printer.period_name(month), printer.period_url(month), some) for month, some in figures.months
    ]
    return [*named, (printer.words.undated, "", figures.coarse)] if figures.coarse else named


def _pager(printer: Printer, listing: Listing, leaf: Leaf) -> Pager:
    """Links to the next older and newer page; the landing page is newer than the last full one."""

    def url(number: int) -> str:
        return printer.folder_url(f"{listing.url}page/{number}/" if 0 < number <= leaf.full_pages else listing.url)

    number = leaf.number or leaf.full_pages + 1
    return Pager(
        number=leaf.number,
        older=url(number - 1) if number > 1 else "",
        newer=url(number + 1) if leaf.number else "",
        pages=(Link(printer.words.newest, url(0)),) if leaf.number else (),
    )


def _beside(listing: Listing) -> list[tuple[str, int]]:
    """Tags that often stand beside this heading, with counts; not those below it, which the page lists."""

    def is_other(name: str) -> bool:
        slug = tag_slug(name)
        return slug != listing.slug and not (listing.kind == "tag" and listing.slug in ancestors(slug))

    return [(name, count) for name, count in together(listing, 4 * SIDE) if is_other(name)][:SIDE]


def _top_sources(printer: Printer, listing: Listing, figures: Figures) -> tuple[Heading, ...]:
    return tuple(
        Heading("source", printer.convert(name, listing.lang), printer.heading_url("source", name), count)
        for name, count in figures.sources
    )


def _crumbs(printer: Printer, listing: Listing, siblings: dict[str, Listing]) -> tuple[Link, ...]:
    above, _ = _relatives(listing, siblings)
    kind = "places" if is_place(listing) else f"{listing.kind}s"
    index = Link(getattr(printer.words, kind), printer.folder_url(f"{kind}/"))
    names = ((slug, entry_of_slug(slug)) for slug in above)
    return (
        index,
        *(
            Link(entry.label(printer.edition.code), printer.folder_url(f"tag/{slug}/"))
            for slug, entry in names
            if entry
        ),
    )


def _children(printer: Printer, listing: Listing, siblings: dict[str, Listing]) -> tuple[Heading, ...]:
    _, below = _relatives(listing, siblings)
    return tuple(printer.heading(siblings[slug]) for slug, _ in below)
