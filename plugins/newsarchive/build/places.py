"""The index of places: countries, their provinces, and so on down, each with its articles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from ..browse import Listing
from ..view import Heading
from ..vocabulary.headings import ancestors, children, entry_of_slug
from .job import Job
from .printer import Printer

FOLDER = "places/"


@dataclass(frozen=True, slots=True)
class Branch:
    """A place and the places below it, the one with most articles first."""

    heading: Heading
    below: tuple["Branch", ...]

    @property
    def is_leafy(self) -> bool:
        """Whether nothing stands below the places below it: these are set in one line."""
        return bool(self.below) and not any(branch.below for branch in self.below)


def is_place(listing: Listing) -> bool:
    known = entry_of_slug(listing.slug) if listing.kind == "tag" else None
    return known is not None and known.kind == "place"


def plan(tags: Mapping[str, Listing]) -> Iterator[Job]:
    places = {slug: listing for slug, listing in tags.items() if is_place(listing)}
    needs = sorted((slug, len(listing.entries)) for slug, listing in places.items())
    yield Job(FOLDER, (needs,), partial(_page, places))


def _page(places: Mapping[str, Listing], printer: Printer) -> str:
    roots = _sorted(_branch(printer, places, slug) for slug in places if not ancestors(slug))
    return printer.page("places.html", "places", printer.words.places, FOLDER, branches=roots, count=len(places))


def _branch(printer: Printer, places: Mapping[str, Listing], slug: str) -> Branch:
    below = (_branch(printer, places, child) for child in children(slug) if child in places)
    return Branch(printer.heading(places[slug]), _sorted(below))


def _sorted(branches: Iterator[Branch]) -> tuple[Branch, ...]:
    return tuple(sorted(branches, key=lambda branch: (-branch.heading.count, branch.heading.sort)))
