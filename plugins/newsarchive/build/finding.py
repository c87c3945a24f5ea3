"""The search index of the site: entries as documents, headings as facets with their names in every edition."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial

from ..browse import KINDS, Listing
from ..search import Document, IndexStats, Labels, write_index
from ..shelf import Entry, Shelf
from ..vocabulary.headings import ancestors, entry_of_slug
from .printer import Printer
from .site import Site


class Documents(Collection[Document]):
    """Entries as documents, made one at a time; their text is read only when it is indexed."""

    def __init__(self, shelf: Shelf, entries: Sequence[Entry], slug_of: dict[tuple[str, str], str]) -> None:
        self.shelf = shelf
        self.entries = entries
        self.slug_of = slug_of

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, document: object) -> bool:
        return any(document == other for other in self)

    def __iter__(self) -> Iterator[Document]:
        return map(self._document, self.entries)

    def _document(self, entry: Entry) -> Document:
        named = ((kind, name) for kind, (names_of, _) in KINDS.items() for name in names_of(entry))
        slugs = ((kind, self.slug_of[kind, name]) for kind, name in named)
        facets = tuple((_facet_kind(kind, slug), slug) for kind, own in slugs for slug in _line(kind, own))
        return Document(
            slug=entry.slug,
            date=entry.day,
            digest=entry.digest,
            title=entry.title,
            story=partial(self.shelf.paragraphs, entry),
            names=entry.beside,
            facets=facets,
        )


def _line(kind: str, slug: str) -> tuple[str, ...]:
    """*slug* and, of tags, what stands above it: 山東 finds 煙臺."""
    return (slug, *ancestors(slug)) if kind == "tag" else (slug,)


def index(
    site: Site,
    shelf: Shelf,
    entries: Sequence[Entry],
    listings: dict[str, dict[str, Listing]],
    printers: Iterable[Printer],
) -> IndexStats:
    """Bring the search index in the output folder up to date."""
    names = {
        (kind, name): listing.slug
        for kind, found in listings.items()
        for listing in found.values()
        for name in listing.spellings
    }
    folders = {edition.code: site.folder(edition) for edition in site.editions}
    documents = Documents(shelf, entries, names)
    return write_index(documents, site.output / "search", site.cache / "search", _labels(listings, printers), folders)


def _labels(listings: dict[str, dict[str, Listing]], printers: Iterable[Printer]) -> Labels:
    """Edition -> kind -> slug -> name of every heading."""
    labels: dict[str, dict[str, dict[str, str]]] = {}
    for printer in printers:
        kinds = labels.setdefault(printer.edition.code, {})
        for kind, found in listings.items():
            for listing in found.values():
                kinds.setdefault(_facet_kind(kind, listing.slug), {})[listing.slug] = printer.name(listing)
    return labels


def _facet_kind(kind: str, slug: str) -> str:
    """Tags that are places make a facet of their own."""
    if kind != "tag":
        return kind
    known = entry_of_slug(slug)
    return "place" if known and known.kind == "place" else "tag"
