"""Do search, sitemaps and names of files agree with the articles?"""

import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from ..browse import by_period
from ..rows import Rows
from ..shelf import Entry
from .known import Known
from .site import Built, file_of, slugs_of, told

LOCATION = re.compile(r"<loc>([^<]*)</loc>")
PART = re.compile(r"sitemap-(\d{4}|undated)-\d+\.xml\Z")
"""A sitemap of articles: those of one year, or of none."""

UNDATED = "undated"
UNFINISHED = (".part", "/.parts")
AT_ONCE = 1000


def differences(where: str, wanted: set[str], found: set[str]) -> Iterator[str]:
    """Articles *where* lacks, and what it has that is none."""
    yield from told(f"{where}: the article {{}} is missing; build again", sorted(wanted - found))
    yield from told(f"{where}: {{}} is no article of this archive; build again", sorted(found - wanted))


def search(site: Built, known: Known) -> Iterator[str]:
    """Where the search index does not find the articles; segments that are *known* are not read again."""
    start, segments = 0, {}
    wanted: set[str] = set()
    found: set[str] = set()
    for entry in _segments(site.folder / "search"):
        part, name = site.entries[start : start + entry["n"]], str(entry["id"])
        start += entry["n"]
        digest = _digest(slugs_of(part))
        if known.segments.get(name) == digest or _digest(_searched(site.folder, entry)) == digest:
            segments[name] = digest
        else:
            wanted.update(slugs_of(part))
            found.update(_searched(site.folder, entry))
    known.segments = segments
    yield from differences("search", wanted | set(slugs_of(site.entries[start:])), found)


def _digest(slugs: Iterator[str]) -> str:
    told = blake2b(digest_size=8)
    while some := list(islice(slugs, AT_ONCE)):
        told.update("\n".join((*some, "")).encode("utf-8", "surrogatepass"))
    return told.hexdigest()


def _segments(folder: Path) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = json.loads(gzip.decompress((folder / "manifest.bin").read_bytes()))["segments"]
    except (OSError, ValueError, EOFError):
        return []
    return found


def _searched(site: Path, entry: dict[str, Any]) -> Iterator[str]:
    """Slugs that a segment finds, from the newest."""
    gone = set(accumulate(entry.get("gone", ())))
    yield from (slug for number, slug in enumerate(_slugs(site / "search" / entry["id"])) if number not in gone)


def _slugs(segment: Path) -> Iterator[str]:
    """Slugs of the articles of a segment, in the order of their ids."""
    for file in sorted((segment / "d").glob("*.bin"), key=lambda file: int(file.stem, 16)):
        yield from gzip.decompress(file.read_bytes()).decode("utf-8").split("\n")


def sitemaps(site: Built, years: set[str] | None = None) -> Iterator[str]:
    """Where sitemaps do not name the articles of their years; all of them, or those of *years* (`undated` is one)."""
    parts = sorted(path.name for path in site.folder.glob("sitemap-*.xml"))
    for year, entries in _years(site.entries, {match[1] for part in parts if (match := PART.match(part))}):
        if years is None or year in years:
            of_year = [part for part in parts if part.startswith(f"sitemap-{year}-")]
            wanted = {page for slug in slugs_of(entries) for page in site.pages(slug)}
            located = [page for part in of_year for page in _located(site, part)]
            found = set(located)
            yield from differences("sitemap", wanted, {page for page in found if page in wanted or is_article(page)})
            if len(located) > len(found):
                yield from told("{} stands twice in the sitemap", sorted(_twice(located)))
    index = site.folder / "sitemap.xml"
    named = LOCATION.findall(index.read_text("utf-8")) if index.is_file() else []
    lacking = sorted(set(parts) - {address.rpartition("/")[2] for address in named})
    yield from told("sitemap.xml does not name {}; build again", lacking)


def _years(entries: Sequence[Entry], named: set[str]) -> Iterator[tuple[str, Sequence[Entry]]]:
    """(year, its articles), those without entries too that are *named*."""
    found: dict[str, Sequence[Entry]] = dict(by_period(entries, 4))
    undated = entries.exactly("") if isinstance(entries, Rows) else [entry for entry in entries if not entry.day]
    found[UNDATED] = undated
    yield from (found | dict.fromkeys(named - found.keys(), ())).items()


def _located(site: Built, part: str) -> Iterator[str]:
    """Files that the sitemap *part* names, pages that are folders left aside."""
    above = "\n"
    for address in LOCATION.findall((site.folder / part).read_text("utf-8")):
        if address.endswith(".html"):
            file = address.removeprefix(above)
            if not site.has(file):
                file = file_of(site, address)
                above = address.removesuffix(file) if address.endswith(f"/{file}") else above
            yield file


def is_article(file: str) -> bool:
    """Whether *file* is the page of one article, not a folder of several."""
    return file.endswith(".html") and not file.endswith("index.html")


def _twice(items: Iterable[str]) -> set[str]:
    return {item for item, times in Counter(items).items() if times > 1}


def names(files: Iterable[str]) -> Iterator[str]:
    """Names of *files* that are not apart everywhere, or that only a run that was ended leaves."""
    known = list(files)
    yield from told("{} and a file of nearly the same name are one on some systems", sorted(_clashes(known)))
    yield from told("{}: left by a run that was ended", sorted(file for file in known if _is_unfinished(file)))


def _clashes(files: Iterable[str]) -> set[str]:
    """Files that a system which folds case, or composes characters, takes for one another."""
    known: dict[str, str] = {}
    folded = ((file if file.isascii() else unicodedata.normalize("NFC", file), file) for file in files)
    return {file for name, file in folded if known.setdefault(name.casefold(), file) != file}


def _is_unfinished(file: str) -> bool:
    return file.endswith(UNFINISHED[0]) or f"/{file}".startswith(UNFINISHED[1])
