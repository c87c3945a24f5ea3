"""Do feeds and tables hold the articles they should? Programs read them, and no person would notice."""

import csv
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from ..build.bulk import FOLDER
from ..build.feeds import SITE_ENTRIES
from .site import Built, file_of, slugs_of, told

FEED_ID = re.compile(r"<entry><id>([^<]*)</id>")


def feeds(site: Built) -> Iterator[str]:
    """Where the feeds of an edition name what is no article, or leave one of the newest out."""
    newest = list(islice((entry.slug for entry in site.entries if entry.moment), SITE_ENTRIES))
    for edition in site.editions:
        wanted = {f"{edition}{slug}.html" for slug in newest}
        for name, addresses in (("atom", _atom), ("json", _json)):
            file = f"{edition}feed.{name}"
            found = {file_of(site, address) for address in addresses(site.folder / file)}
            known = {page for slug in slugs_of(site.entries) for page in site.pages(slug)} if found - wanted else wanted
            yield from told(f"{file} names {{}}, which is no article", sorted(found - known))
            yield from told(f"{file}: {{}} is among the newest and missing; build again", sorted(wanted - found))


def bulk(site: Built) -> Iterator[str]:
    """Where the tables of all articles, CSV and JSON Lines, leave one out, hold it twice or one that is not there."""
    wanted = set(slugs_of(site.entries))
    for kind, slugs in ((".csv", _rows), (".jsonl", _lines)):
        files = sorted(file for file in site.files if file.startswith(FOLDER) and file.endswith(kind))
        found = [slug for file in files for slug in slugs(site.folder / file)]
        where = f"{FOLDER}*{kind}"
        yield from told(f"{where}: the article {{}} is missing; build again", sorted(wanted - set(found)))
        yield from told(f"{where}: {{}} is no article of this archive; build again", sorted(set(found) - wanted))
        if len(found) > len(set(found)):
            yield f"{where}: {len(found) - len(set(found))} articles stand twice; build again"


def _atom(file: Path) -> list[str]:
    return FEED_ID.findall(file.read_text("utf-8")) if file.is_file() else []


def _json(file: Path) -> list[str]:
    with suppress(OSError, ValueError, KeyError, TypeError):
        return [item["id"] for item in json.loads(file.read_text("utf-8"))["items"]]
    return []  # one that cannot be read names nothing, and so lacks all


def _rows(file: Path) -> Iterator[str]:
    csv.field_size_limit(1 << 30)  # the text of an article is one cell
    with file.open(encoding="utf-8-sig", newline="") as text:
        yield from (row["slug"] or "" for row in csv.DictReader(text) if "slug" in row)


def _lines(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8", newline="\n") as text:
        for number, line in enumerate(text, 1):
            try:
                yield str(json.loads(line)["slug"])
            except (ValueError, KeyError, TypeError):
                yield f"{file.name}:{number}"  # told as what is no article
