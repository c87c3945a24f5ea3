"""The search index of the site: entries as documents, headings as facets with their names in every edition."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache, partial
from hashlib import blake2b
from itertools import chain

from ..browse import KINDS, Listing
from ..lists import Register
from ..rows import Rows
from ..search import Document, Labels, is_whole, write_index
from ..shelf import READER, Entry, Shelf
from ..vocabulary.headings import ancestors, entry_of_slug
from .plan import Archive
from .printer import Printer
from .site import Site

FOLDER = "search"

Facets = tuple[tuple[str, str], ...]
"""(kind, value) as the index has them."""


class Documents(Collection[Document]):
    """Entries as documents, made one at a time; their text is read only when it is indexed."""

    def __init__(self, shelf: Shelf, entries: Rows) -> None:
        self.shelf = shelf
        self.entries = entries

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, document: object) -> bool:
        return any(document == other for other in self)

    def __iter__(self) -> Iterator[Document]:
        return map(self.document, self.entries)

    def document(self, entry: Entry) -> Document:
        """*entry* as a document."""
        named = [(kind, name) for kind, (names_of, _) in KINDS.items() for name in names_of(entry)]
        return Document(
            slug=entry.slug,
            date=entry.day,
            digest=f"{READER} {entry.digest}",
            title=entry.title,
            story=partial(self.shelf.paragraphs, entry),
            names=partial(_beside, entry),
            facets=tuple(chain.from_iterable(facets_of(*one) for one in named)),
        )


def _beside(entry: Entry) -> tuple[str, ...]:
    """What its page prints beside title and story."""
    return entry.details.beside


@lru_cache(maxsize=10_000)
def facets_of(kind: str, name: str) -> Facets:
    """The facet of a heading and those of what stands above it: 山東 finds 煙臺."""
    slug = KINDS[kind][1](name)
    return tuple((_facet_kind(kind, one), one) for one in _line(kind, slug))


def _line(kind: str, slug: str) -> tuple[str, ...]:
    return (slug, *ancestors(slug)) if kind == "tag" else (slug,)


def index(
    site: Site,
    archive: Archive,
    printers: Iterable[Printer],
    base: bytes,
    progress: Callable[[int, int], None],
) -> None:
    """Bring the search index in the output folder up to date; it is, if *base* and all entries are as they were."""
    folder = site.output / FOLDER
    state = blake2b(base + str(folder).encode("utf-8", "surrogateescape") + str(archive.register.digest).encode())
    stamp = site.cache / "search.stamp"
    if stamp.is_file() and stamp.read_bytes() == state.digest() and is_whole(folder):
        return
    stamp.unlink(missing_ok=True)
    facets_of.cache_clear()  # the owner's headings may have been read anew since
    documents = Documents(archive.shelf, archive.entries)
    folders = {edition.code: site.folder(edition) for edition in site.editions}
    kept = partial(_keys, archive.register, documents, base)
    write_index(documents, folder, _labels(archive.listings, printers), folders, progress, kept)
    stamp.write_bytes(state.digest())


def _keys(register: Register, documents: Documents, base: bytes, make: Callable[[Document], bytes]) -> Iterable[bytes]:
    """Keys of all articles, newest first; only of those that changed they are made."""
    return register.keys(base, lambda entry: make(documents.document(entry)))


def stands(site: Site) -> bool:
    """Whether an index stands in the output folder with all its segments."""
    return is_whole(site.output / FOLDER)


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
