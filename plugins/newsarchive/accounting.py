"""Does the built site hold what it should? Every article on its page, in a list, in search and sitemap; no dead link.

After a build the pages just made are read (`account`), on demand all of them (`audit`). Nothing is mended here:
each fault comes back as one sentence.
"""

import gzip
import html
import json
import os
import re
import unicodedata
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path
from posixpath import dirname, normpath
from typing import Any, NamedTuple
from urllib.parse import unquote

from .shelf import Entry
from .workers import spread

LINK = re.compile(r"<(?:a|link|script|img|form)\s(?:[^<>]*?\s)?(?:href|src|action)=(?:\"([^\"]*)\"|([^\s\"'<>]+))")
"""An address in an element. Text never looks like one: in it every `<` is escaped."""

IMPORT = re.compile(r"(?:from|import)[ (]{0,3}\"(\.[^\"]+)\"|url\(\"?([^\")]+)\"?\)")
"""What a script or a style sheet of the theme asks for."""

ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|\Z", re.I)
LOCATION = re.compile(r"<loc>([^<]*)</loc>")
FEED_ID = re.compile(r"<entry><id>([^<]*)</id>")
DOCTYPE = "<!doctype html>"
UNFINISHED = (".part", "/.parts")
MOST = 20
"""Faults of one kind that are told one by one."""


class Built(NamedTuple):
    """A site as it stands in its folder."""

    folder: Path
    editions: Sequence[str]
    """Folders of the editions, `""` for the one at the root and `zh-hant/`."""

    entries: Sequence[Entry]
    """The articles it should hold."""

    files: frozenset[str]

    def pages(self, slug: str) -> list[str]:
        """Files of the article *slug*."""
        return [f"{edition}{slug}.html" for edition in self.editions]


def built(folder: Path, editions: Sequence[str], entries: Sequence[Entry]) -> Built:
    """The site in *folder*, its files listed."""
    return Built(folder, editions, entries, frozenset(_files(str(folder))))


def account(site: Built, made: Collection[str], workers: int = 0) -> tuple[str, ...]:
    """What is wrong with the site, as far as its sets of articles and the pages *made* by the last build tell."""
    articles = {page: entry for entry in site.entries for page in site.pages(entry.slug)}
    lists = {f"{edition}{_list_of(entry)}" for edition in site.editions for entry in _only(articles, made)}
    read = sorted(({*made} | lists) & site.files)
    links = _links(site, [page for page in read if page.endswith(".html")], workers)
    listed = {target for page in lists for target in links.targets.get(page, ())}
    unlisted = sorted(page for page in made if page in articles and page not in listed)
    return (*_sets(site), *links.faults, *_told("{}: no list of its day or year names it", unlisted))


def audit(site: Built, workers: int = 0) -> tuple[str, ...]:
    """What is wrong with the site, every page read."""
    pages = sorted(file for file in site.files if file.endswith(".html") and not file.startswith("dumps/"))
    links = _links(site, pages, workers)
    reached = _reached(links.targets)
    lost = sorted(page for entry in site.entries for page in site.pages(entry.slug) if page not in reached)
    return (*_sets(site), *links.faults, *_told("{}: no way leads there from the front page", lost), *_assets(site))


def _only(articles: dict[str, Entry], made: Collection[str]) -> Iterator[Entry]:
    return (articles[page] for page in made if page in articles)


def _list_of(entry: Entry) -> str:
    """The page of its day, or of as much of it as is known."""
    return entry.day.replace("-", "/") + "/index.html" if entry.day else "undated/index.html"


# sets of articles


def _sets(site: Built) -> Iterator[str]:
    """Where pages, search, sitemap and feeds do not agree with the articles, and addresses that are not apart."""
    slugs = {entry.slug for entry in site.entries}
    pages = {page for slug in slugs for page in site.pages(slug)}
    yield from _told("{}: the page of this article is missing; build again", sorted(pages - site.files))
    yield from _differences("search", slugs, set(_searched(site.folder / "search")))
    addresses = list(_located(site))
    yield from _differences("sitemap", pages, {page for page in addresses if page in pages or _is_article(page)})
    yield from _told("{} stands twice in the sitemap", sorted(_twice(addresses)))
    for edition in site.editions:
        yield from _told(f"{edition}feed.atom names {{}}, which is no article", sorted(_fed(site, edition) - pages))
    yield from _told("{} and a file of nearly the same name are one on some systems", sorted(_clashes(site.files)))
    yield from _told("{}: left by a run that was ended", sorted(f for f in site.files if _is_unfinished(f)))


def _differences(where: str, wanted: set[str], found: set[str]) -> Iterator[str]:
    yield from _told(f"{where}: the article {{}} is missing; build again", sorted(wanted - found))
    yield from _told(f"{where}: {{}} is no article of this archive; build again", sorted(found - wanted))


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
    for part in sorted(site.files):
        if part.startswith("sitemap-") and part.endswith(".xml"):
            for address in LOCATION.findall((site.folder / part).read_text("utf-8")):
                if address.endswith(".html"):
                    yield _file_of(site, address)


def _fed(site: Built, edition: str) -> set[str]:
    file = site.folder / f"{edition}feed.atom"
    return {_file_of(site, found) for found in FEED_ID.findall(file.read_text("utf-8"))} if file.is_file() else set()


def _file_of(site: Built, address: str) -> str:
    """The file behind an absolute *address* of an article: what it ends with, in the deepest edition it may be in."""
    path = unquote(html.unescape(address)).partition("://")[2]
    parts = path.split("/")[1:]
    ways = ("/".join(parts[start:]) for start in range(len(parts)))
    return next((way for way in ways if way in site.files), "/".join(parts))


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


class Links(NamedTuple):
    """What the pages that were read lead to."""

    targets: dict[str, tuple[str, ...]]
    """Page -> the files it links to."""

    faults: tuple[str, ...]


def _links(site: Built, pages: Sequence[str], workers: int) -> Links:
    order = sorted(site.files)
    numbers = {file: number for number, file in enumerate(order)}
    targets, dead, torn = {}, [], []
    for page, found in zip(pages, spread(partial(_read, site.folder, numbers), pages, workers), strict=True):
        targets[page] = tuple(order[number] for number in array("I", found.targets))
        dead += [f"{page}: a link leads to {target!r:.80}, where nothing is" for target in found.dead]
        torn += [page] if found.is_torn else []
    return Links(targets, (*_told("{}", dead), *_told("{}: not a whole page; delete it and build again", torn)))


class _Read(NamedTuple):
    targets: bytes
    """Numbers of the files linked to, as 32-bit integers: half a million pages have ten million links."""

    dead: list[str]
    is_torn: bool


def _read(folder: Path, numbers: dict[str, int], page: str) -> _Read:
    """What *page* links to; runs in another process."""
    text = (folder / page).read_text("utf-8", "replace")
    above = dirname(page)
    found: set[int] = set()
    dead: list[str] = []
    for address in dict.fromkeys(one or other for one, other in LINK.findall(text)):
        if not ELSEWHERE.match(address):
            target = resolve(above, address)
            number = numbers.get(target)
            if number is None:
                dead.append(target)
            else:
                found.add(number)
    return _Read(array("I", sorted(found)).tobytes(), dead, not text.startswith(DOCTYPE))


def resolve(above: str, address: str) -> str:
    """The file that *address* names in a page of the folder *above*.

    >>> resolve("2019/11", "../../tag/5g/"), resolve("", "theme/css/style.css?v=1#x"), resolve("", "%E7%94%B2.html")
    ('tag/5g/index.html', 'theme/css/style.css', '甲.html')
    """
    path = unquote(re.split(r"[?#]", html.unescape(address), maxsplit=1)[0])
    if path.startswith("/"):
        above, path = "", path.lstrip("/")
    name = normpath(f"{above}/{path}" if above else path or ".")
    name = "" if name == "." else name
    return f"{name}/index.html".lstrip("/") if path.endswith(("/", "..", ".")) or not path else name


def _reached(targets: dict[str, tuple[str, ...]]) -> set[str]:
    """Every file a reader comes to from the front page through lists; no article is needed to reach another."""
    reached = {"index.html"}
    ahead = ["index.html"]
    while ahead:
        page = ahead.pop()
        if not _is_article(page):
            fresh = set(targets.get(page, ())) - reached
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
            yield from _told(f"{file} asks for {{}}, which is missing", missing)


def _told(sentence: str, names: Sequence[Any]) -> list[str]:
    """*sentence* about each of *names*; of many the first, and how many there are."""
    told = [sentence.format(name) for name in names[:MOST]]
    return [*told, f"and {len(names) - MOST} more like this"] if len(names) > MOST else told


def _files(folder: str) -> Iterator[str]:
    stack = [""]
    while stack:
        here = stack.pop()
        with os.scandir(f"{folder}/{here}") as inside:
            for found in inside:
                if found.is_dir(follow_symlinks=False):
                    stack.append(f"{here}{found.name}/")
                else:
                    yield here + found.name
