"""Does the built site hold what it should? Every article on its page, in a list, in search and sitemap; no dead link.

After a build that planned everything the whole site is accounted for: its sets of articles, and the links noted as
pages were written. After one that made a few pages these are read, and of the rest only what they may have changed
is looked at (`changes`): it was accounted for when it was made. On demand every page is read (`audit`). Nothing is
mended here: each fault comes back as one sentence.
"""

import re
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from posixpath import dirname

from ..build import Outcome
from ..build.links import ELSEWHERE, LinkBook, links_of, resolve
from ..workers import spread
from . import known
from .changes import changes
from .lists import is_article, names, search, sitemaps
from .offered import bulk, feeds
from .site import Built, built, slugs_of, told
from .ways import dead, lacking, noted, number_of, unlisted

__all__ = ["Built", "account", "after", "audit", "built"]

IMPORT = re.compile(r"(?:from|import)[ (]{0,3}\"(\.[^\"]+)\"|url\(\"?([^\")]+)\"?\)")
"""What a script or a style sheet of the theme asks for."""

ARTICLE = re.compile(r"(?:^|/)(?:undated|\d{4}|\d{4}/\d\d)/(?:\d\d-)?[0-9a-f]{12}\.html\Z")
"""Addresses as only articles have them: other pages may be the owner's own."""


def after(outcome: Outcome, site: Built, output: Path, cache: Path) -> tuple[str, ...]:
    """What is wrong with the *site* in *output* after a build; one that is as it was accounted for needs no look."""
    last = known.read(cache)
    with closing(LinkBook(output, cache)) as book:
        if last.state != outcome.state or book.faults:
            is_rest_well = bool(outcome.before) and last.state == outcome.before and not book.faults
            book.faults = (changes if is_rest_well else account)(site, book, outcome, last)
            last.state = outcome.state
            known.write(cache, last)
        return book.faults


def account(site: Built, book: LinkBook, outcome: Outcome, last: known.Known) -> tuple[str, ...]:
    """What is wrong with the site, as far as its sets of articles and the links in *book* tell."""
    numbers = set(map(number_of, site.files))
    pages = book.pages()
    faulty = sorted(key for key, to, is_whole in pages if not is_whole or not numbers.issuperset(array("Q", to)))
    return (
        *_sets(site, last),
        *dead(site, (f"{edition}{key}" for key in faulty for edition in site.editions)),
        *lacking(site, book.anchors()),
        *unlisted(site, site.entries, noted(book)),
    )


def audit(site: Built, workers: int = 0, withdrawn: Collection[str] = ()) -> tuple[str, ...]:
    """What is wrong with the site, every page read; slugs that are *withdrawn* may have a notice."""
    pages = sorted(file for file in site.files if file.endswith(".html") and not file.startswith("dumps/"))
    order = sorted(site.files)
    numbers = {number_of(file): number for number, file in enumerate(order)}
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
        return {number_of(order[number]) for number in targets.get(edition + key, ())}

    reached = _reached(order, targets)
    articles = {page for slug in slugs_of(site.entries) for page in site.pages(slug)}
    notices = {page for slug in withdrawn for page in site.pages(slug)}
    strays = {page for page in targets if ARTICLE.search(page)} - reached - articles - notices
    return (
        *_sets(site, known.Known()),
        *dead(site, faulty),
        *lacking(site, ((name, page) for name, page in anchors.items())),
        *unlisted(site, site.entries, leads),
        *told("{}: no way leads there from the front page", sorted(articles - reached)),
        *told("{} belongs to nothing in this archive and nothing leads there; delete it", sorted(strays)),
        *bulk(site),
        *_assets(site),
    )


def _sets(site: Built, last: known.Known) -> Iterator[str]:
    """Where pages, search, sitemap and feeds do not agree with the articles, and addresses that are not apart."""
    lost = (page for slug in slugs_of(site.entries) for page in site.pages(slug) if page not in site.files)
    yield from told("{}: the page of this article is missing; build again", sorted(lost))
    yield from search(site, last)
    yield from sitemaps(site)
    yield from feeds(site)
    yield from names(site.files)


def _read(folder: Path, page: str) -> tuple[bytes, tuple[str, ...], bool]:
    """Links of *page* as a plain tuple; runs in another process."""
    targets, anchors, is_whole = links_of(page, (folder / page).read_text("utf-8", "replace"))
    return targets, anchors, is_whole


def _reached(order: Sequence[str], targets: Mapping[str, Iterable[int]]) -> set[str]:
    """Every file a reader comes to from the front page through lists; no article is needed to reach another."""
    reached = {"index.html"}
    ahead = ["index.html"]
    while ahead:
        page = ahead.pop()
        if not is_article(page):
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
