"""What templates see. Every text is already in the script of the page's edition.

Addresses are relative to the root of the edition: a template writes `{{ root }}{{ it.url }}`. What a page holds by
the dozen is a named tuple, which takes a third of the time to make.
"""

from dataclasses import dataclass
from typing import NamedTuple


class Link(NamedTuple):
    name: str
    url: str
    lang: str = ""
    """BCP 47 tag of the page linked to, where it is in another script than this one."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A tag, source, reporter or place, with how often it occurs."""

    kind: str
    """tag, source or reporter."""

    name: str
    url: str
    count: int = 0
    sort: str = ""
    """Key that lists headings in the order readers of this script expect."""

    initial: str = ""
    """Letter or stroke group the heading stands under in an index."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One column of a bar plot, e.g. a year."""

    name: str
    url: str
    count: int
    height: int
    """Per cent of the tallest column, at least 1 where count > 0."""


@dataclass(frozen=True, slots=True)
class Day:
    """One cell of a calendar."""

    number: int
    url: str
    """Empty where no article stands on this day."""

    count: int
    heat: int
    """0 (none) to 4 (most)."""

    label: str
    """For screen readers: 11月20日 12 篇."""


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    url: str
    count: int
    weeks: tuple[tuple[Day | None, ...], ...]
    """Seven cells a week, Monday first; None outside the month."""


@dataclass(frozen=True, slots=True)
class Card:
    """An article in a list; _card.html renders it once, and it is reused on every page."""

    url: str
    title: str
    derived: bool
    date: str
    """ISO 8601, e.g. 2019-11-20; empty if unknown."""

    date_text: str
    source: str
    lede: str
    """First hundred characters of the story."""

    title_html: str = ""
    """Title with <wbr> between words, safe HTML; empty where it was not cut into words."""

    lang: str = ""
    """BCP 47 tag of title and lede where they are in another script than the page."""


class Group(NamedTuple):
    """Cards under a heading of their own, e.g. the articles of one month or source."""

    name: str
    url: str
    cards: tuple[str, ...]
    """Each rendered by _card.html; safe HTML."""


@dataclass(frozen=True, slots=True)
class Pager:
    """Pages of a long list are counted from the oldest, so that old pages never change."""

    number: int
    older: str
    newer: str
    """Addresses; empty where there is none."""

    pages: tuple[Link, ...]


class Fact(NamedTuple):
    """A line of the catalogue entry: what, and its values (each a link where url is not empty)."""

    name: str
    values: tuple[Link, ...]
    mark: str = ""
    """What the value is to programs, as an attribute: `property=dc:source`."""


class Near(NamedTuple):
    """An article that another one's page leads to."""

    href: str
    """From the folder of that page, so that it is short: `21-KEY.html`, `../12/01-KEY.html`. Safe HTML, quoted only
    where an attribute needs it."""

    title: str
    date: str
    lang: str
    """BCP 47 tag of the title where it is in another script than the page."""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything article.html prints."""

    slug: str
    title: str
    title_html: str
    """Title with <wbr> between words; safe HTML."""

    derived: bool
    crumbs: tuple[Link, ...]
    """Year, month, day; addresses from the folder of the page."""

    date: str
    """ISO 8601 with zone, cut to what is known; empty if unknown."""

    date_text: str
    """2019年11月20日."""

    weekday: str
    time_text: str
    source: Link | None
    reporters: tuple[Link, ...]
    tags: tuple[Link, ...]
    characters: int
    """Length of the story in characters."""

    dateline: str
    byline: str
    """As set before the story: 記者 吳天旭; empty if no reporter, or if the dateline has the names."""

    content: str
    """Body; safe HTML."""

    lang: str
    """BCP 47 tag of the body: the edition's, or the script of origin where it is left untouched."""

    facts: tuple[Fact, ...]
    """著錄與校訂: what the head of the page does not say of people, places and id; then where the text came from: dump
    file, SHA-256, captured, original address, encoding, cleaning, other sources, warnings."""

    repairs: tuple[str, ...]
    boilerplate: tuple[str, ...]
    """What was taken out of the story."""

    citation: str
    """GB/T 7714."""

    jsonld: str
    """JSON for <script type=application/ld+json>, safe to embed."""

    description: str
    older: Near | None
    newer: Near | None
    related: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What base.html needs of any page."""

    kind: str
    """front, article, dates, year, month, day, heading, headings, search, page, missing: also the current nav entry."""

    title: str
    path: str
    """Clean address within the edition, e.g. `2019/11/`; empty for the front page."""

    canonical: str
    """Absolute address, or empty while SITEURL is not set."""

    alternates: tuple[Link, ...]
    """The same page in every edition, this one included: name 繁體, url relative to THIS page, lang zh-Hant."""

    public: tuple[Link, ...]
    """The same by public address, for programs: the edition for all others (x-default) first. Empty like canonical."""
