"""Does the built site hold what it should? Every article on its page, in a list, in search and sitemap; no dead link.

After a build the links noted as pages were written are looked at (`account`), on demand every page is read
(`audit`). Nothing is mended here: each fault comes back as one sentence.
"""

import gzip
import json
import re
import sys
import unicodedata
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import accumulate, groupby
from pathlib import Path
from posixpath import dirname

from ..build import Outcome
from ..build.links import DOCTYPE, ELSEWHERE, LinkBook, addresses, digest_of, has_anchor, links_of, resolve
from ..shelf import Entry
from ..workers import spread
from .offered import bulk, feeds
from .site import Built, built, file_of, told

__all__ = ["Built", "account", "after", "audit", "built"]

IMPORT = re.compile(r"(?:from|import)[ (]{0,3}\"(\.[^\"]+)\"|url\(\"?([^\")]+)\"?\)")
"""What a script or a style sheet of the theme asks for."""

LOCATION = re.compile(r"<loc>([^<]*)</loc>")
ARTICLE = re.compile(r"(?:^|/)(?:undated|\d{4}|\d{4}/\d\d)/(?:\d\d-)?[0-9a-f]{12}\.html\Z")
"""Addresses as only articles have them: other pages may be the owner's own."""

UNFINISHED = (".part", "/.parts")


def after(outcome: Outcome, site: Callable[[], Built], output: Path, cache: Path) -> tuple[str, ...]:
    """What is wrong with the *site* in *output* after a build; one that is as it was needs no look."""
    with closing(LinkBook(output, cache)) as book:
        if outcome.made or outcome.removed or book.faults:
            book.faults = account(site(), book, outcome)
        return book.faults


def account(site: Built, book: LinkBook, outcome: Outcome) -> tuple[str, ...]:
    """What is wrong with the site, as far as its sets of articles and the links in *book* tell.

    Links of pages that the last build did not make are looked at only if something was removed, or wrong before.
    """
    known = {_number(digest_of(file)) for file in site.files}
    is_any = outcome.removed or book.faults
    pages = book.pages() if is_any else filter(None, map(book.page, outcome.keys))
    faulty = [key for key, targets, is_whole in pages if not is_whole or not known.issuperset(array("Q", targets))]
    made = set(outcome.keys)

    def leads(edition: str, key: str) -> set[int]:
        page = book.page(key)
        return set(array("Q", page[1])) if page else set()

    return (
        *_sets(site),
        *_dead(site, (f"{edition}{key}" for key in sorted(faulty) for edition in site.editions)),
        *_lacking(site, book.anchors()),
        *_unlisted(site, (entry for entry in site.entries if f"{entry.slug}.html" in made), leads),
    )


def audit(site: Built, workers: int = 0, withdrawn: Collection[str] = ()) -> tuple[str, ...]:
    """What is wrong with the site, every page read; slugs that are *withdrawn* may have a notice."""
    pages = sorted(file for file in site.files if file.endswith(".html") and not file.startswith("dumps/"))
    order = sorted(site.files)
    numbers = {_number(digest_of(file)): number for number, file in enumerate(order)}
    targets: dict[str, array[int]] = {}
    anchors: dict[str, str] = {}
    faulty = []
    for page, (found, places, is_whole) in zip(pages, spread(partial(_read, site.folder), pages, workers), strict=True):
        digests = array("Q", found)
        targets[page] = array("I", (numbers[digest] for digest in digests if digest in numbers))
        anchors.update(dict.fromkeys(places, page))
        if len(targets[page]) < len(digests) or not is_whole:
            faulty.append(page)

    def leads(edition: str, key: str) -> set[int]:
        return {_number(digest_of(order[number])) for number in targets.get(edition + key, ())}

    reached = _reached(order, targets)
    articles = {page for entry in site.entries for page in site.pages(entry.slug)}
    notices = {page for slug in withdrawn for page in site.pages(slug)}
    strays = {page for page in targets if ARTICLE.search(page)} - reached - articles - notices
    return (
        *_sets(site),
        *_dead(site, faulty),
        *_lacking(site, ((name, page) for name, page in anchors.items())),
        *_unlisted(site, site.entries, leads),
        *told("{}: no way leads there from the front page", sorted(articles - reached)),
        *told("{} belongs to nothing in this archive and nothing leads there; delete it", sorted(strays)),
        *bulk(site),
        *_assets(site),
    )


def _list_of(entry: Entry) -> str:
    """The page of its day, or of as much of it as is known."""
    return entry.day.replace("-", "/") + "/index.html" if entry.day else "undated/index.html"


# sets of articles


def _sets(site: Built) -> Iterator[str]:
    """Where pages, search, sitemap and feeds do not agree with the articles, and addresses that are not apart."""
    slugs = {entry.slug for entry in site.entries}
    pages = {page for slug in slugs for page in site.pages(slug)}
    yield from told("{}: the page of this article is missing; build again", sorted(pages - site.files))
    yield from _differences("search", slugs, set(_searched(site.folder / "search")))
    addresses = list(_located(site))
    yield from _differences("sitemap", pages, {page for page in addresses if page in pages or _is_article(page)})
    yield from told("{} stands twice in the sitemap", sorted(_twice(addresses)))
    yield from told("sitemap.xml does not name {}; build again", sorted(_unnamed(site)))
    yield from feeds(site, pages)
    yield from told("{} and a file of nearly the same name are one on some systems", sorted(_clashes(site.files)))
    yield from told("{}: left by a run that was ended", sorted(f for f in site.files if _is_unfinished(f)))


def _differences(where: str, wanted: set[str], found: set[str]) -> Iterator[str]:
    yield from told(f"{where}: the article {{}} is missing; build again", sorted(wanted - found))
    yield from told(f"{where}: {{}} is no article of this archive; build again", sorted(found - wanted))


def _searched(folder: Path) -> Iterator[str]:
    """Slugs the search index finds."""
    try:
        manifest = json.loads(gzip.decompress((folder / "manifest.bin").read_bytes()))
    except (OSError, ValueError, EOFError):
        return
    for segment in manifest["segments"]:
        gone = set(accumulate(segment.get("gone", ())))
        yield from (slug for number, slug in enumerate(_slugs(folder / segment["id"])) if number not in gone)


def _slugs(segment: Path) -> Iterator[str]:
    """Slugs of the articles of a segment, in the order of their ids."""
    for file in sorted((segment / "d").glob("*.bin"), key=lambda file: int(file.stem, 16)):
        yield from gzip.decompress(file.read_bytes()).decode("utf-8").split("\n")


def _located(site: Built) -> Iterator[str]:
    """Files that the sitemaps name, pages that are folders left aside."""
    above = "\n"
    for part in sorted(site.files):
        if part.startswith("sitemap-") and part.endswith(".xml"):
            for address in LOCATION.findall((site.folder / part).read_text("utf-8")):
                if address.endswith(".html"):
                    file = address.removeprefix(above)
                    if file not in site.files:
                        file = file_of(site, address)
                        above = address.removesuffix(file) if address.endswith(f"/{file}") else above
                    yield file


def _unnamed(site: Built) -> set[str]:
    """Sitemaps that the list of them, which alone is told to searchers, leaves out."""
    index = site.folder / "sitemap.xml"
    named = (
        {address.rpartition("/")[2] for address in LOCATION.findall(index.read_text("utf-8"))}
        if index.is_file()
        else set()
    )
    return {file for file in site.files if file.startswith("sitemap-") and file.endswith(".xml")} - named


def _is_article(file: str) -> bool:
    return file.endswith(".html") and not file.endswith("index.html")


def _twice(items: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    return {item for item in items if item in seen or seen.add(item)}  # type: ignore[func-returns-value]


def _clashes(files: Iterable[str]) -> set[str]:
    """Files that a system which folds case, or composes characters, takes for one another."""
    names: dict[str, str] = {}
    folded = ((file if file.isascii() else unicodedata.normalize("NFC", file), file) for file in files)
    return {file for name, file in folded if names.setdefault(name.casefold(), file) != file}


def _is_unfinished(file: str) -> bool:
    return file.endswith(UNFINISHED[0]) or f"/{file}".startswith(UNFINISHED[1])


# links


def _number(digest: bytes) -> int:
    return int.from_bytes(digest, sys.byteorder)


def _read(folder: Path, page: str) -> tuple[bytes, tuple[str, ...], bool]:
    """Links of *page* as a plain tuple; runs in another process."""
    targets, anchors, is_whole = links_of(page, (folder / page).read_text("utf-8", "replace"))
    return targets, anchors, is_whole


def _dead(site: Built, pages: Iterable[str]) -> list[str]:
    """What exactly is wrong with *pages* whose links do not add up."""
    dead, torn = [], []
    for page in pages:
        if page in site.files:
            text = (site.folder / page).read_text("utf-8", "replace")
            torn += [] if text.startswith(DOCTYPE) else [page]
            wanted = (resolve(dirname(page), address).partition("#")[0] for address in addresses(text))
            missing = [file for file in wanted if file and file not in site.files]
            dead += [f"{page}: a link leads to {file!r:.80}, where nothing is" for file in missing]
    return [*told("{}", dead), *told("{}: not a whole page; delete it and build again", torn)]


def _lacking(site: Built, wanted: Iterable[tuple[str, str]]) -> list[str]:
    """Places linked to, each with a page that does, that are not in the page they should be in."""
    found = []
    for file, places in groupby(sorted(wanted), lambda it: it[0].partition("#")[0]):
        if file in site.files:
            text = (site.folder / file).read_text("utf-8", "replace")
            found += [(page, name) for name, page in places if not has_anchor(text, name)]
    return told("{0[0]}: a link leads to {0[1]!r:.80}, a place that page does not have", found)


def _unlisted(site: Built, entries: Iterable[Entry], leads: Callable[[str, str], set[int]]) -> list[str]:
    """Articles that the list of their day does not name; *leads* tells where a list of an edition leads."""
    unlisted = []
    for key, some in groupby(entries, _list_of):
        pages = [(edition, f"{edition}{entry.slug}.html") for entry in some for edition in site.editions]
        found = {edition: leads(edition, key) for edition in site.editions}
        unlisted += [page for edition, page in pages if _number(digest_of(page)) not in found[edition]]
    return told("{}: no list of its day or year names it", sorted(unlisted))


def _reached(order: Sequence[str], targets: Mapping[str, Iterable[int]]) -> set[str]:
    """Every file a reader comes to from the front page through lists; no article is needed to reach another."""
    reached = {"index.html"}
    ahead = ["index.html"]
    while ahead:
        page = ahead.pop()
        if not _is_article(page):
            fresh = {order[number] for number in targets.get(page, ())} - reached
            reached |= fresh
            ahead += fresh
    return reached


def _assets(site: Built) -> Iterator[str]:
    """Scripts and style sheets that ask for what is not there."""
    for file in sorted(site.files):
        if file.startswith("theme/") and file.endswith((".js", ".css")):
            wanted = (one or other for one, other in IMPORT.findall((site.folder / file).read_text("utf-8")))
            missing = [name for name in wanted if not ELSEWHERE.match(name)]
            missing = [name for name in missing if resolve(dirname(file), name) not in site.files]
            yield from told(f"{file} asks for {{}}, which is missing", missing)
