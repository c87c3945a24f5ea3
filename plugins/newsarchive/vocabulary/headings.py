"""The controlled vocabulary: every heading, each way it is spelled, and what stands above it.

Places come from places.csv (see ORIGINS.md), the rest from tags*.toml. An owner's folder with files of
the same names is read after ours: an entry with the slug of one of ours replaces it.

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
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import VocabularyError
from ..script import converter, fold
from . import FOLDER, read_table

KINDS = ("place", "topic", "organisation", "person")
LISTS = ("aliases", "weak", "needs", "same_as", "was")
KEYS = frozenset({"kind", "zh-Hans", "zh-Hant", "zh-Hant-HK", "en", "background", "parent", "branch", *LISTS})
PLANE_CHARS = 0x10000


def spelling_key(text: str) -> str:
    """*text* as spellings are compared: folded, small letters, as long as before.

    >>> spelling_key("５Ｇ網絡")
    '5g网络'
    """
    return text.translate(_plain())


@cache
def _plain() -> str:
    """The n-th character is what code point n becomes; a string is four times as fast as a dict in `translate`."""
    plane = fold("".join(map(chr, range(PLANE_CHARS))))
    wide = {ord("０") + n: ord("0") + n for n in range(10)}
    for capital, small in (("A", "a"), ("Ａ", "a"), ("ａ", "a")):
        wide |= {ord(capital) + n: ord(small) + n for n in range(26)}
    return plane.translate(wide)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One heading."""

    slug: str
    """Permanent, as in its address: `yantai`."""

    kind: str
    labels: Mapping[str, str]
    """BCP 47 code -> name; zh-Hans always, others where conversion would be wrong."""

    parent: str = ""
    aliases: tuple[str, ...] = ()
    """Further spellings, Simplified."""

    weak: tuple[str, ...] = ()
    """Spellings that need support, such as a county without its 县."""

    needs: tuple[str, ...] = ()
    background: bool = False
    same_as: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    level: str = ""
    """Of a place: country, province, area, prefecture, county, city or former."""

    def label(self, edition: str) -> str:
        """Its name in *edition*, the nearest given one or by conversion.

        >>> heading_of("网路").label("zh-Hant-HK") if heading_of("网路") else "網絡"
        '網絡'
        """
        parts = edition.split("-")
        for code in ("-".join(parts[:n]) for n in range(len(parts), 0, -1)):
            if code in self.labels:
                return self.labels[code]
        return self.labels["zh-Hans"] if edition == "en" else converter("zh-Hans", edition)(self.labels["zh-Hans"])

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every spelling a text may have, but the weak ones."""
        names = [name for code, name in self.labels.items() if code != "en" and name not in self.weak]
        return (*names, *self.aliases)


@dataclass(frozen=True, slots=True)
class Headings:
    """A vocabulary, indexed."""

    entries: Mapping[str, Entry]
    """Slug -> entry, in the order of the files."""

    by_spelling: Mapping[str, tuple[Entry, ...]]
    below: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def heading_of(self, spelling: str) -> Entry | None:
        """The one heading *spelling* names; a label before an alias, None where several share an alias."""
        key = spelling_key(spelling.strip())
        found = self.by_spelling.get(key, ())
        labelled = [entry for entry in found if key in map(spelling_key, entry.labels.values())]
        best = labelled or found
        return best[0] if len(best) == 1 else None

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """Slugs above *slug*, widest first."""
        above: list[str] = []
        entry = self.entries.get(slug)
        while entry and entry.parent:
            above.append(entry.parent)
            entry = self.entries.get(entry.parent)
        return tuple(reversed(above))


def headings(own: Path | None = None) -> Headings:
    """Our vocabulary, then that in the folder *own*; read once.

    Raises:
        VocabularyError: an entry cannot be used; the message names file and entry.
    """
    return _read(own)


@cache
def _read(own: Path | None) -> Headings:
    entries = _read_folder(FOLDER, {})
    if own:
        entries |= _read_folder(own, entries)
    _check_parents(entries)
    below: dict[str, list[str]] = {}
    for entry in entries.values():
        below.setdefault(entry.parent, []).append(entry.slug)
    return Headings(entries, _index(entries.values()), {slug: tuple(some) for slug, some in below.items() if slug})


def _read_folder(folder: Path, known: Mapping[str, Entry]) -> dict[str, Entry]:
    """Entries of all files in *folder*; *known* are those read before."""
    found: dict[str, Entry] = {}
    for path in (*sorted(folder.glob("places*.csv")), *sorted(folder.glob("tags*.toml"))):
        read = _read_places if path.suffix == ".csv" else _read_tags
        for entry in read(path, [*known.values(), *found.values()]):
            if entry.slug in found:
                raise VocabularyError(f"{path.name}: the slug [{entry.slug}] stands twice; give one another slug")
            found[entry.slug] = entry
    return found


def _read_places(path: Path, _known: Iterable[Entry]) -> Iterator[Entry]:
    """Rows of a gazetteer; `~` marks a weak spelling."""
    with path.open(encoding="utf-8", newline="") as file:
        for slug, level, hans, hant, en, parent, ids, spellings in list(csv.reader(file))[1:]:
            names = spellings.split("|") if spellings else []
            yield Entry(
                slug, "place", {"zh-Hans": hans, "zh-Hant": hant, "en": en}, parent,
                tuple(name for name in names if name[0] != "~"),
                tuple(name[1:] for name in names if name[0] == "~"),
                same_as=tuple(ids.split()), level=level,
            )  # fmt: skip


def _read_tags(path: Path, known: Iterable[Entry]) -> Iterator[Entry]:
    for slug, table in read_table(path).items():
        where = f"{path.name}: [{slug}]"
        if not isinstance(table, dict):
            raise VocabularyError(f"{where} is {table!r:.40}; expected a table of an entry")
        entry = _entry(where, slug, table)
        yield entry
        yield from _branches(entry, table.get("branch", {}), known)


def _entry(where: str, slug: str, table: Mapping[str, Any]) -> Entry:
    if unknown := sorted(set(table) - KEYS):
        raise VocabularyError(f"{where}: unknown key {unknown[0]!r}; expected one of {', '.join(sorted(KEYS))}")
    if table.get("kind") not in KINDS:
        raise VocabularyError(f"{where}: kind is {table.get('kind')!r}; expected one of {', '.join(KINDS)}")
    if not table.get("zh-Hans"):
        raise VocabularyError(f'{where}: no name; expected a line like zh-Hans = "烟台"')
    lists = {key: _names(where, key, table.get(key, [])) for key in LISTS}
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


def _check_parents(entries: Mapping[str, Entry]) -> None:
    for entry in entries.values():
        seen = {entry.slug}
        above = entry
        while above.parent:
            if above.parent not in entries:
                raise VocabularyError(
                    f"vocabulary: [{above.slug}] has the parent {above.parent!r}, which is no heading; add or mend it"
                )
            above = entries[above.parent]
            if above.slug in seen:
                raise VocabularyError(f"vocabulary: [{entry.slug}] stands above itself; mend one of its parents")
            seen.add(above.slug)


def _index(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        names = (*entry.labels.values(), *entry.aliases, *entry.weak)
        for key in dict.fromkeys(map(spelling_key, names)):
            found.setdefault(key, []).append(entry)
    return {key: tuple(some) for key, some in found.items()}


def heading_of(spelling: str, own: Path | None = None) -> Entry | None:
    """The heading that *spelling* names, in either script.

    >>> heading_of("煙臺").slug, heading_of("烟台市").label("zh-Hant")
    ('yantai', '煙臺')
    """
    return headings(own).heading_of(spelling)


def entry_of_slug(slug: str, own: Path | None = None) -> Entry | None:
    return headings(own).entries.get(slug)


def label(slug: str, edition: str, own: Path | None = None) -> str:
    """Name of the heading *slug* in *edition*; the slug itself where there is no such heading."""
    entry = entry_of_slug(slug, own)
    return entry.label(edition) if entry else slug


def ancestors(slug: str, own: Path | None = None) -> tuple[str, ...]:
    """Slugs above *slug*, widest first.

    >>> ancestors("yantai")
    ('china', 'shandong')
    """
    return headings(own).ancestors(slug)


def children(slug: str, own: Path | None = None) -> tuple[str, ...]:
    """Slugs right below *slug*, in the order of the files."""
    return headings(own).below.get(slug, ())


def headings_of_kind(kind: str, own: Path | None = None) -> tuple[Entry, ...]:
    return tuple(entry for entry in headings(own).entries.values() if entry.kind == kind)
