"""One invented news story with everything a dump may print of it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from .grammar import Speaker

WORDS = Path(__file__).parent / "words"
EPOCH = datetime(2009, 1, 1, tzinfo=timezone(timedelta(hours=8)))
DAYS = 15 * 365
NAMES_PER_REGION = 3000
STAFF_OF_OUTLET = 40
SERIES_SHARE = 0.03
ROLES = ("reporters", "correspondents", "photographers", "editors")
SEPARATORS = {"zh-Hans": ("、", " "), "zh-Hant": ("、",)}


@dataclass(frozen=True, slots=True)
class Outlet:
    name: str
    region: str
    site: str
    """Its domain is www.SITE.example."""

    notices: tuple[str, ...]
    shapes: Mapping[str, int]
    """Shape of dump -> how often this outlet comes in it."""

    signings: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    section: str
    series: bool
    """Whether it repeats its headline from day to day, like a weather forecast."""

    words: Mapping[str, Sequence[str]]
    events: tuple[tuple[str, str], ...]
    """Headline and lede of what may happen."""

    sentences: tuple[str, ...]
    closings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Region:
    lang: str
    cities: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    topics: tuple[Topic, ...]
    series: tuple[Topic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What stands in the dump, and what an import should make of it."""

    number: int
    outlet: Outlet
    shape: str
    lang: str
    topic: str
    title: str
    section: str
    date: datetime
    city: str
    dateline: str
    """Empty where the story has none."""

    has_place: bool
    """Whether the dateline names the city."""

    lead: str
    """What opens the first paragraph: dateline and byline."""

    line: str
    """Byline on a line of its own above the story."""

    tail: str
    """Byline below the story."""

    reporters: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    paragraphs: tuple[str, ...]
    """The story itself."""

    notice: str
    """Boilerplate below it."""

    kind: str = "original"
    """original, or how it repeats another: exact, edition (a later print), reprint (by another outlet), sequel."""

    repeats: int | None = None
    """Number of the story it repeats."""

    @property
    def url(self) -> str:
        return f"http://www.{self.outlet.site}.example/{self.date:%Y-%m/%d}/content_{1000000 + self.number}.html"

    @property
    def printed(self) -> tuple[str, ...]:
        """Paragraphs as printed, with lead and byline."""
        first, *rest = self.paragraphs
        return tuple(filter(None, (self.line, self.lead + first, *rest, self.tail)))


@cache
def outlets() -> tuple[Outlet, ...]:
    tables = _table("regions")["outlet"]
    return tuple(
        Outlet(t["name"], t["region"], t["site"], tuple(t["notices"]), t["shapes"], tuple(t["signing"])) for t in tables
    )


@cache
def region(code: str) -> Region:
    """Places, people and subjects of region *code*: cn, tw or hk."""
    table, texts = _table("regions")[code], _table(code)
    names = _names(table["surnames"], table["given"])
    cities = tuple((city, province) for city, _, province in (entry.partition(" ") for entry in table["cities"]))
    topics = [_topic(name, topic, texts, names) for name, topic in texts["topic"].items()]
    return Region(
        table["lang"], cities, names, tuple(t for t in topics if not t.series), tuple(t for t in topics if t.series)
    )


def compose(seed: int, number: int, outlet: Outlet | None = None, shape: str = "") -> Story:
    """Story *number* of archive *seed*; *outlet* and *shape* are drawn where not given."""
    rng = Random(f"{seed}/{number}")
    house = outlet or rng.choice(outlets())
    shape = shape or rng.choices(tuple(house.shapes), tuple(house.shapes.values()))[0]
    land = region(house.region)
    topic = rng.choice(land.series if land.series and rng.random() < SERIES_SHARE else land.topics)
    date = EPOCH + timedelta(days=_day(rng, seed, number, shape), seconds=rng.randrange(6 * 3600, 23 * 3600))
    speaker = Speaker(rng, topic.words, _facts(rng, land, date))
    title, lede = map(speaker.headline, rng.choice(topic.events))
    speaker.facts["title"] = title
    paragraphs = _paragraphs(rng, topic, speaker, lede)
    return Story(
        number=number, outlet=house, shape=shape, lang=land.lang, topic=topic.name, title=title,
        section=topic.section, date=date,
        city=speaker.facts["city"], paragraphs=paragraphs, **_signed(rng, house, land, speaker),
    )  # fmt: skip


def carry_on(seed: int, number: int, story: Story) -> tuple[str, ...]:
    """Paragraphs of another story of the same topic and place that opens like *story*."""
    rng = Random(f"{seed}/{number}/sequel")
    land = region(story.outlet.region)
    topic = next(topic for topic in (*land.topics, *land.series) if topic.name == story.topic)
    facts = _facts(rng, land, story.date) | {"city": story.city, "title": story.title}
    return _paragraphs(rng, topic, Speaker(rng, topic.words, facts), story.paragraphs[0])


def sign(seed: int, number: int, outlet: Outlet, story: Story) -> dict[str, Any]:
    """Byline, dateline and notice that *outlet* puts on a *story* it takes over."""
    rng = Random(f"{seed}/{number}/sign")
    land = region(outlet.region)
    facts = _facts(rng, land, story.date) | {"city": story.city, "title": story.title}
    return _signed(rng, outlet, land, Speaker(rng, {"person": land.names}, facts))


def _day(rng: Random, seed: int, number: int, shape: str) -> int:
    """Day after EPOCH; stories for a day file share theirs with their neighbours."""
    return Random(f"{seed}/day/{number // 250}").randrange(DAYS) if shape == "day" else rng.randrange(DAYS)


def _facts(rng: Random, land: Region, date: datetime) -> dict[str, str]:
    (city, province), (city2, _) = rng.sample(land.cities, 2)
    event = date - timedelta(days=rng.choice((0, 0, 0, 1)))
    return {
        "city": city, "province": province, "city2": city2, "year": str(event.year), "next_year": str(event.year + 1),
        "month": str(event.month), "day": str(event.day), "next_month": str(event.month % 12 + 1),
        "signed_year": str(date.year), "signed_month": str(date.month), "signed_day": str(date.day),
        "signed_month2": f"{date:%m}", "signed_day2": f"{date:%d}",
    }  # fmt: skip


def _paragraphs(rng: Random, topic: Topic, speaker: Speaker, lede: str) -> tuple[str, ...]:
    if topic.series:
        return (lede, *map(speaker.sentence, topic.sentences))
    count = rng.randint(4, 13)
    drawn = rng.sample(topic.sentences, min(count, len(topic.sentences)))
    sentences = [speaker.sentence(template) for template in drawn]
    closing = [speaker.sentence(rng.choice(topic.closings))] if rng.random() < 0.6 else []
    paragraphs = [lede]
    while sentences:
        size = rng.choice((1, 1, 2, 2, 3))
        paragraphs.append("".join(sentences[:size]))
        sentences = sentences[size:]
    return (*paragraphs, *closing)


def _signed(rng: Random, outlet: Outlet, land: Region, speaker: Speaker) -> dict[str, Any]:
    signing = rng.choice(outlet.signings)
    cast = _cast(rng, outlet, land, "".join(signing.values()))
    separator = rng.choice(SEPARATORS[land.lang])
    facts = speaker.facts | {role: separator.join(names) for role, names in cast.items()}
    writer = Speaker(rng, speaker.words, facts)
    dateline = facts["dateline"] = writer.headline(signing.get("dateline", ""))
    printed = {part: writer.headline(signing.get(part, "")) for part in ("lead", "line", "tail")}
    notice = writer.sentence(rng.choice(outlet.notices)) if rng.random() < 0.5 else ""
    return {
        **printed,
        **cast,
        "dateline": dateline,
        "has_place": "{city}" in "".join(signing.values()),
        "notice": notice,
    }


def _cast(rng: Random, outlet: Outlet, land: Region, signing: str) -> dict[str, tuple[str, ...]]:
    """Who signs, for each role that *signing* prints."""
    start = outlets().index(outlet) * STAFF_OF_OUTLET
    staff = land.names[start : start + STAFF_OF_OUTLET]
    counts = {"reporters": rng.choice((1, 1, 1, 2, 2, 3)), "correspondents": rng.choice((1, 2))}
    if land.lang == "zh-Hant":
        counts = {"reporters": 1}
    cast = {role: tuple(rng.sample(staff, counts.get(role, 1))) for role in ROLES if f"{{{role}}}" in signing}
    return cast | {"photographers": cast["reporters"]} if "文/图" in signing else cast


def _topic(name: str, table: dict[str, Any], texts: dict[str, Any], names: tuple[str, ...]) -> Topic:
    general, series = texts["general"], table.get("series", False)
    words = {**texts["words"], **table.get("words", {}), "person": names}
    own = table["text"]
    sentences = own["body"] if series else own["body"] + general["body"]
    events = tuple(zip(own["title"], own["lede"], strict=True))
    return Topic(name, table["section"], series, words, events, tuple(sentences), tuple(general["close"]))


def _names(surnames: str, given: str) -> tuple[str, ...]:
    rng = Random(surnames)  # the same people in every archive
    names = (
        rng.choice(surnames) + "".join(rng.sample(given, rng.choice((1, 2, 2, 2)))) for _ in range(NAMES_PER_REGION)
    )
    return tuple(dict.fromkeys(names))


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((WORDS / f"{name}.toml").read_text("utf-8"))
