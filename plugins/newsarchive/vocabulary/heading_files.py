"""Reads the files of headings: places*.csv (see ORIGINS.md), then tags*.toml.

[yantai]
kind = "place"            # place, topic, organisation or person
zh-Hans = "烟台"          # the other script comes from conversion unless it is given
zh-Hant = "煙臺"
en = "Yantai"
aliases = ["烟台市"]      # in Simplified characters
weak = ["烟市"]           # only where the text tells otherwise that this heading is meant
needs = ["山东", "市长"]  # all spellings count only beside one of these words
background = true         # so broad that one mention says nothing
parent = "shandong"
same_as = ["cn:370600", "geonames:1787093"]
was = ["old-slug"]        # leaves a redirect
branch = { zh-Hans = "移动", zh-Hant = "移動" }  # 山东移动 and so on below it, one for each province

An entry of nothing but lists (and background) adds to one read before, such as to one of ours in an owner's file:

    [yantai]
    aliases = ["港城烟台"]
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..errors import VocabularyError
from . import read_table
from .entry import KINDS, Entry

LISTS = ("aliases", "weak", "needs", "same_as", "was")
KEYS = frozenset({"kind", "zh-Hans", "zh-Hant", "zh-Hant-HK", "en", "background", "parent", "branch", *LISTS})
COLUMNS = ("slug", "level", "hans", "hant", "en", "parent", "ids", "spellings")
SLUG = re.compile(r"\w(?:[\w.+-]*[\w+])?")
"""What can be one part of an address as it stands."""


def heading_files(folder: Path) -> list[Path]:
    """The files of headings in *folder*, in the order they are read."""
    return [*sorted(folder.glob("places*.csv")), *sorted(folder.glob("tags*.toml"))]


def read_headings(folder: Path, known: Mapping[str, Entry]) -> dict[str, Entry]:
    """Slug -> entry of all files in *folder*; *known* are those read before.

    Raises:
        VocabularyError: an entry cannot be used; the message names file and entry.
    """
    found: dict[str, Entry] = {}
    for path in heading_files(folder):
        read = _read_places if path.suffix == ".csv" else _read_tags
        for entry in read(path, [*known.values(), *found.values()]):
            # an entry that only adds to another keeps its names
            if entry.slug in found and entry.labels is not found[entry.slug].labels:
                raise VocabularyError(f"{path.name}: the slug [{entry.slug}] stands twice; give one another slug")
            _check_slugs(path.name, entry)
            found[entry.slug] = entry
    return found


def _check_slugs(file: str, entry: Entry) -> None:
    for slug in (entry.slug, *entry.was):
        if not SLUG.fullmatch(slug) or slug != slug.lower():
            raise VocabularyError(
                f"{file}: [{entry.slug}]: {slug!r:.40} cannot be part of an address; "
                "expected small letters, digits and hyphens, such as yantai or 5g"
            )


def _read_places(path: Path, _known: Iterable[Entry]) -> Iterator[Entry]:
    """Rows of a gazetteer; `~` marks a weak spelling."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.reader(file), 1):
            if len(row) != len(COLUMNS):
                raise VocabularyError(f"{path.name}:{number}: {len(row)} columns; expected {','.join(COLUMNS)}")
            if number == 1:
                continue
            slug, level, hans, hant, en, parent, ids, spellings = row
            names = spellings.split("|") if spellings else []
            yield Entry(
                slug, "place", {"zh-Hans": hans, "zh-Hant": hant, "en": en}, parent,
                tuple(name for name in names if name[0] != "~"),
                tuple(name[1:] for name in names if name[0] == "~"),
                same_as=tuple(ids.split()), level=level,
            )  # fmt: skip


def _read_tags(path: Path, known: Iterable[Entry]) -> Iterator[Entry]:
    known = list(known)
    ours = {entry.slug: entry for entry in known}
    for slug, table in read_table(path).items():
        where = f"{path.name}: [{slug}]"
        if not isinstance(table, dict):
            raise VocabularyError(f"{where} is {table!r:.40}; expected a table of an entry")
        entry = _entry(where, slug, table, ours.get(slug))
        yield entry
        yield from _branches(entry, table.get("branch", {}), known)


def _entry(where: str, slug: str, table: Mapping[str, Any], ours: Entry | None) -> Entry:
    if unknown := sorted(set(table) - KEYS):
        raise VocabularyError(f"{where}: unknown key {unknown[0]!r}; expected one of {', '.join(sorted(KEYS))}")
    lists = {key: _names(where, key, table.get(key, [])) for key in LISTS}
    if ours and set(table) <= {*LISTS, "background"}:
        longer = {key: getattr(ours, key) + names for key, names in lists.items()}
        return replace(ours, background=table.get("background", ours.background) is True, **longer)
    if table.get("kind") not in KINDS:
        raise VocabularyError(f"{where}: kind is {table.get('kind')!r}; expected one of {', '.join(KINDS)}")
    if not table.get("zh-Hans"):
        raise VocabularyError(f'{where}: no name; expected a line like zh-Hans = "烟台"')
    labels = {key: str(table[key]) for key in table if key == "en" or key.startswith("zh-")}
    return Entry(
        slug, table["kind"], labels, str(table.get("parent", "")), lists["aliases"], lists["weak"], lists["needs"],
        table.get("background") is True, lists["same_as"], lists["was"], "area" if table["kind"] == "place" else "",
    )  # fmt: skip


def _names(where: str, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) and name for name in value):
        raise VocabularyError(f"{where}: {key} is {value!r:.40}; expected a list of names")
    return tuple(value)


def _branches(head: Entry, branch: Mapping[str, str], places: Iterable[Entry]) -> Iterator[Entry]:
    """山东移动 below 中国移动: one organisation for each province."""
    for place in places if branch else ():
        if place.level == "province":
            names = {code: place.labels[code] + name for code, name in branch.items()}
            names["en"] = f"{head.labels.get('en', head.slug)} {place.labels['en']}"
            full = f"{head.labels['zh-Hans']}{place.labels['zh-Hans']}公司"
            yield Entry(f"{head.slug}-{place.slug}", head.kind, names, head.slug, (full,))
