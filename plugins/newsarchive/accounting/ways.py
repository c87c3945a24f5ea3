"""Where the links of pages lead, and where they should."""

import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from posixpath import dirname

from ..build.links import DOCTYPE, LinkBook, addresses, digest_of, has_anchor, resolve
from ..shelf import Entry
from .site import Built, told

Leads = Callable[[str, str], set[int]]
"""Numbers of the files that the page with a key leads to in an edition."""


def number_of(file: str) -> int:
    """What stands for *file* in the links noted of pages."""
    return int.from_bytes(digest_of(file), sys.byteorder)


def noted(book: LinkBook) -> Leads:
    """Where pages lead by what was noted as they were written."""

    def leads(edition: str, key: str) -> set[int]:
        page = book.page(key)
        return set(array("Q", page[1])) if page else set()

    return leads


def dead(site: Built, pages: Iterable[str]) -> Iterator[str]:
    """What exactly is wrong with *pages*, read whole: links to what is not there, and pages that are cut."""
    lost, torn = [], []
    for page in filter(site.has, pages):
        text = (site.folder / page).read_text("utf-8", "replace")
        torn += [] if text.startswith(DOCTYPE) else [page]
        folder = dirname(page)
        above = _folders(folder)
        for address in addresses(text):
            file = _file(above, address)
            if not site.has(file) and (file := resolve(folder, address).partition("#")[0]) and not site.has(file):
                lost.append(f"{page}: a link leads to {file!r:.80}, where nothing is")
    yield from told("{}", lost)
    yield from told("{}: not a whole page; delete it and build again", torn)


def _folders(folder: str) -> list[str]:
    """*folder* and those above it, each with a slash at its end but the last, which has no name."""
    parts = folder.split("/") if folder else []
    return ["".join(f"{part}/" for part in parts[: len(parts) - up]) for up in range(len(parts) + 1)]


def _file(above: Sequence[str], address: str) -> str:
    """What *address* names if it is so many folders up and a plain path, as most are: a tenth of `resolve`.

    >>> _file(["2019/11/", "2019/", ""], "../../tag/5g/index.html")
    'tag/5g/index.html'
    """
    ups = 0
    while address.startswith("../", 3 * ups):
        ups += 1
    return above[ups] + address[3 * ups :] if ups < len(above) else ""


def lacking(site: Built, wanted: Iterable[tuple[str, str]]) -> list[str]:
    """Places linked to, each with a page that does, that are not in the page they should be in."""
    found = []
    for file, places in groupby(sorted(wanted), lambda it: it[0].partition("#")[0]):
        if site.has(file):
            text = (site.folder / file).read_text("utf-8", "replace")
            found += [(page, name) for name, page in places if not has_anchor(text, name)]
    return told("{0[0]}: a link leads to {0[1]!r:.80}, a place that page does not have", found)


def unlisted(site: Built, entries: Iterable[Entry], leads: Leads) -> list[str]:
    """Articles that the list of their day does not name."""
    missing = []
    for key, some in groupby(entries, _list_of):
        pages = [(edition, f"{edition}{entry.slug}.html") for entry in some for edition in site.editions]
        found = {edition: leads(edition, key) for edition in site.editions}
        missing += [page for edition, page in pages if number_of(page) not in found[edition]]
    return told("{}: no list of its day or year names it", sorted(missing))


def _list_of(entry: Entry) -> str:
    """The page of its day, or of as much of it as is known."""
    return entry.day.replace("-", "/") + "/index.html" if entry.day else "undated/index.html"
