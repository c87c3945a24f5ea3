"""What feed readers read: Atom and JSON Feed of each edition, and of each tag in it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ..browse import Listing
from ..shelf import Entry
from ..view import Card
from .address import absolute
from .job import Job
from .printer import Printer

SITE_ENTRIES = 50
TAG_ENTRIES = 30
NEVER = "1970-01-01T00:00:00Z"
"""Atom wants a time of the last change even of an empty feed."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What both formats say of themselves."""

    title: str
    home: str
    """Absolute address of the page whose articles these are."""

    language: str


def plan(entries: Sequence[Entry], tags: Sequence[Listing]) -> Iterator[Job]:
    """Feeds, search description and words for scripts of one edition; *tags* are those with feeds of their own."""
    yield Job("opensearch.xml", (), _opensearch)
    yield Job("words.js", (), lambda printer: printer.page("words.js", "words", "", "words.js"))
    yield from _pair("", _newest(entries, SITE_ENTRIES), None)
    for listing in tags:
        yield from _pair(listing.url, _newest(listing.entries, TAG_ENTRIES), listing)


def _newest(entries: Sequence[Entry], limit: int) -> list[Entry]:
    """Feeds are ordered by time: an article without one cannot stand in them."""
    dated = (entry for entry in entries if entry.moment)
    return [entry for _, entry in zip(range(limit), dated, strict=False)]


def _pair(path: str, newest: list[Entry], listing: Listing | None) -> Iterator[Job]:
    needs = (listing.name if listing else "", [entry.digest for entry in newest])
    yield Job(f"{path}feed.atom", needs, partial(_atom, path, newest, listing))
    yield Job(f"{path}feed.json", needs, partial(_json_feed, path, newest, listing))


def _feed(printer: Printer, path: str, listing: Listing | None) -> Feed:
    title = f"{printer.name(listing)} · {printer.site_name}" if listing else printer.site_name
    return Feed(title, absolute(printer.site, printer.edition, path), printer.edition.code)


def _cards(printer: Printer, newest: Sequence[Entry]) -> Iterator[tuple[Entry, Card, str]]:
    """(entry, its card in this edition, its absolute address)."""
    cards = printer.cards.cards(printer.edition.code, [entry.slug for entry in newest])
    for entry, card in zip(newest, cards, strict=True):
        yield entry, card, absolute(printer.site, printer.edition, card.url)


def changed(entry: Entry) -> str:
    """When *entry* was last changed, as far as is known: its correction, else its publication."""
    return entry.modified or entry.moment


def _opensearch(printer: Printer) -> str:
    address = absolute(printer.site, printer.edition, "")
    return printer.page("opensearch.xml", "search", printer.words.search, "opensearch.xml", address=address)


def _atom(path: str, newest: Sequence[Entry], listing: Listing | None, printer: Printer) -> str:
    """RFC 4287."""
    feed = _feed(printer, path, listing)
    rows = [_atom_entry(printer, *it) for it in _cards(printer, newest)]
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.language}">\n'
        f"<id>{feed.home}</id><title>{escape(feed.title)}</title>"
        f"<updated>{max(map(changed, newest), default=NEVER)}</updated>"
        f"<author><name>{escape(printer.site_name)}</name></author>\n"
        f'<link href="{feed.home}"/><link rel="self" type="application/atom+xml" href="{feed.home}feed.atom"/>\n'
        f"{''.join(rows)}</feed>\n"
    )


def _atom_entry(printer: Printer, entry: Entry, card: Card, address: str) -> str:
    author = f"<author><name>{escape(card.source)}</name></author>" if card.source else ""
    terms = "".join(f"<category term={quoteattr(printer.tag_name(tag))}/>" for tag in entry.tags)
    return (
        f"<entry><id>{address}</id><title>{escape(card.title)}</title><link href={quoteattr(address)}/>"
        f"<published>{entry.moment}</published><updated>{changed(entry)}</updated>{author}{terms}"
        f"<summary>{escape(card.lede)}</summary></entry>\n"
    )


def _json_feed(path: str, newest: Sequence[Entry], listing: Listing | None, printer: Printer) -> str:
    """JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/"""
    feed = _feed(printer, path, listing)
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": f"{feed.home}feed.json",
        "language": feed.language,
        "items": [_json_item(printer, *it) for it in _cards(printer, newest)],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _json_item(printer: Printer, entry: Entry, card: Card, address: str) -> dict[str, Any]:
    item = {
        "id": address,
        "url": address,
        "title": card.title,
        "content_text": card.lede,
        "date_published": entry.moment,
        "date_modified": entry.modified,
        "authors": [{"name": card.source}] if card.source else [],
        "tags": list(map(printer.tag_name, entry.tags)),
    }
    return {name: value for name, value in item.items() if value}
