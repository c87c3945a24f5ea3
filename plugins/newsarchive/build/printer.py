"""The printer of one edition: turns entries, listings and articles into what templates see."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from hashlib import blake2b
from html import escape
from itertools import islice
from typing import Any
from urllib.parse import quote

from jinja2 import Template

from ..article import Article
from ..browse import KINDS, Listing
from ..contact import contact_link
from ..headline import breakable
from ..present import Addresses, Around, Desk, DumpFile, article_page
from ..script import Converter, Edition, converter, date_text, initial, sort_key
from ..shelf import Details, Entry, dump_of
from ..view import ArticlePage, Bar, Card, Group, Heading, Link, Page
from ..vocabulary.headings import heading_of
from ..words import read_words
from .address import dump_file
from .cards import ROOT, Cards
from .site import Site, StaticPage
from .typesetting import compile_for, render

SENTENCE_ENDS = tuple("。！？”」』…")


PERIODS = 10_000
"""Names of days and months kept, as an article's day stands on ten pages."""


class Printer:
    """Prints pages of *edition*; holds nothing that grows with the archive but the names of headings."""

    def __init__(self, site: Site, edition: Edition, cards: Cards) -> None:
        self.site = site
        self.edition = edition
        self.cards = cards
        self.words = read_words(site.theme, edition.code)
        self.convert: Callable[[str, str], str] = cache(self._convert)
        self.slug: Callable[[str, str], str] = cache(lambda kind, name: KINDS[kind][1](name))
        self.site_name = self.convert(site.name, "zh")
        self.ix = site.ix
        self.below = "../" if site.folder(edition) else ""
        """Way up from the root of the edition to that of the site."""

        self.public = site.public(edition)
        self.folders = [(other, site.folder(other), site.public(other)) for other in site.editions]
        self.tag_name: Callable[[str], str] = cache(self._tag_name)
        self.period_name: Callable[[str], str] = lru_cache(PERIODS)(self._period_name)
        constants = {
            "SITENAME": self.site_name,
            "SITEURL": site.context["SITEURL"],
            "ix": site.ix,
            "edition": edition,
            "words": self.words,
            "contact": site.contact,
            "is_kept_offline": site.is_kept_offline,
            "has_bulk_data": site.has_bulk_data,
        }
        self.printed: dict[str, Any] = {}
        """What the template of the last page was given."""

        self.environment = compile_for(site.environment, constants)
        self.template: Callable[[str], Template] = cache(self.environment.get_template)
        self.context = {**self.environment.globals, **site.context, **constants}

    def converter_for(self, it: Entry | Article) -> Converter:
        """Sets the texts of one article in this edition, as its front matter asks."""
        if isinstance(it, Entry):
            own: Details | Article = it.details
            names, is_machine = it.details.names, it.is_machine_traditional
        else:
            own, names, is_machine = it, it.kept_names, it.machine_traditional
        republish = is_machine and self.site.republish
        return converter(
            it.lang, self.edition.code, names, phrases=own.convert_map, republish=republish, off=own.convert_off
        )

    def _convert(self, text: str, lang: str) -> str:
        return converter(lang, self.edition.code)(text)

    # addresses

    def folder_url(self, path: str) -> str:
        """Link to a page that is a folder, from the root of the edition."""
        return path + self.ix

    def heading_url(self, kind: str, name: str) -> str:
        return f"{kind}/{self.slug(kind, name)}/{self.ix}"

    def period_url(self, period: str) -> str:
        """Link to a year, month or day: `2019-11` -> `2019/11/`."""
        return f"{period.replace('-', '/')}/{self.ix}"

    @cached_property
    def desk(self) -> Desk:
        return Desk(self.edition, self.words, self._addresses(), self.site_name)

    def _addresses(self) -> Addresses:
        return Addresses(
            source=lambda name: self.heading_url("source", name),
            reporter=lambda name: self.heading_url("reporter", name),
            tag=lambda name: self.heading_url("tag", name),
            tag_name=self.tag_name,
            period=self.period_url,
            public=self.public,
            dump=self._dump,
        )

    def _dump(self, original_file: str) -> DumpFile | None:
        """The dump of that `Original-File`, if readers may download it."""
        name = dump_of(original_file)
        dump = self.site.dumps.get(name)
        return DumpFile(self.below + quote(dump_file(name)), dump.size, dump.sha256) if dump else None

    def reports(self, page: ArticlePage) -> dict[str, str]:
        """Links by which a reader of *page* reports an error or asks for removal; empty without NEWS_CONTACT."""
        url = self._canonical(f"{page.slug}.html")
        subjects = {"report_url": self.words.report, "removal_url": self.words.removal}
        return {
            name: contact_link(self.site.contact, subject, page.slug, page.title, url)
            for name, subject in subjects.items()
        }

    # names

    def _tag_name(self, name: str) -> str:
        """A tag as this edition writes it: the vocabulary's label, or the name converted."""
        known = heading_of(name)
        return known.label(self.edition.code) if known else self.convert(name, "zh")

    def name(self, listing: Listing) -> str:
        """Name of a heading in this edition; a reporter's is kept as a name."""
        if listing.kind == "tag":
            return self.tag_name(listing.name)
        if listing.kind == "reporter":
            return converter(listing.lang, self.edition.code, (listing.name,))(listing.name)
        return self.convert(listing.name, listing.lang)

    def heading(self, listing: Listing) -> Heading:
        return Heading(listing.kind, self.name(listing), self.folder_url(listing.url), len(listing.entries))

    def indexed(self, listing: Listing) -> Heading:
        """The heading with its place in an index, which costs more than the rest of it."""
        heading, code, person = self.heading(listing), self.edition.code, listing.kind == "reporter"
        return replace(
            heading,
            sort=sort_key(heading.name, code, person=person),
            initial=initial(heading.name, code, person=person),
        )

    def tag_heading(self, name: str, count: int) -> Heading:
        """Heading of a tag known only by *name* and how often it stands beside another."""
        shown = self.tag_name(name)
        return Heading("tag", shown, self.heading_url("tag", name), count)

    def _period_name(self, period: str) -> str:
        """2019年11月20日 for `2019-11-20`, a month and a year likewise."""
        return date_text(period, {4: "year", 7: "month"}.get(len(period), "day"), self.edition.code)

    # cards

    def make_card(self, entry: Entry) -> tuple[Card, str]:
        """Card of *entry* and its HTML, with ROOT where the way up belongs."""
        convert = self.converter_for(entry)
        title, source, lede = convert.each((entry.title, entry.source, entry.details.lede))
        card = Card(
            url=f"{entry.slug}.html",
            title=title,
            title_html="<wbr>".join(map(escape, breakable(title))),
            derived=entry.derived,
            date=entry.day,
            lang="" if convert.lang == self.edition.code else convert.lang,
            date_text=self.period_name(entry.day) if entry.day else self.words.undated,
            source=source,
            lede=lede + ("…" if is_cut(entry) else ""),
        )
        return card, render(self.template("_card.html"), {**self.context, "card": card, "root": ROOT}).strip()

    def card_html(self, entries: Sequence[Entry], root: str) -> tuple[str, ...]:
        return tuple(self.cards.html(self.edition.code, [entry.slug for entry in entries], root))

    def groups(self, named: Iterable[tuple[str, str, Sequence[Entry]]], root: str) -> tuple[Group, ...]:
        """Groups of cards from (name, url, entries); one query serves them all."""
        parts = list(named)
        cards = iter(self.card_html([entry for _, _, entries in parts for entry in entries], root))
        return tuple(Group(name, url, tuple(islice(cards, len(entries)))) for name, url, entries in parts)

    def bars(self, years: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
        most = max((count for _, count in years), default=0)
        return tuple(
            Bar(year, self.period_url(year) if count else "", count, -(-100 * count // most) if most else 0)
            for year, count in years
        )

    # pages

    def static_page(self, page: StaticPage) -> tuple[str, str]:
        """Title and content of a page a person wrote, in this edition."""
        return self.convert(page.title, page.lang), converter(page.lang, self.edition.code).html(page.html)

    def article(
        self, article: Article, entry: Entry, older: Sequence[str], newer: Sequence[str], related: Sequence[str]
    ) -> ArticlePage:
        """Page of *article*, listed as *entry*; those beside it are told by their slugs."""
        own, *cards = self.cards.cards(self.edition.code, [entry.slug, *older, *newer, *related])
        left = iter(cards)
        before, after = ([*islice(left, len(some)), None][0] for some in (older, newer))
        around = Around(own.title_html, before, after, tuple(left))
        return article_page(article, self.converter_for(article), self.desk, around)

    def page(self, template: str, kind: str, title: str, path: str, /, **values: object) -> str:
        """HTML of the page at the clean address *path* of this edition."""
        root = "../" * path.count("/")
        site_root = root + self.below
        if kind == "missing":  # served at any depth, so its links start at the domain
            site_root = f"{self.site.url}/"
            root = site_root + self.site.folder(self.edition)
        shown = Page(kind, title, path, self._canonical(path), *self._alternates(path, site_root))
        self.printed = {**self.context, "root": root, "site": site_root, "page": shown, **values}
        return render(self.template(template), self.printed)

    def _canonical(self, path: str) -> str:
        return self.public and self.public + path

    def _alternates(self, path: str, site_root: str) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
        """The same page in every edition: as a reader goes there, and by its public address with the default first."""
        file = path if path.endswith(".html") else path + self.ix
        ways = tuple([Link(e.label, f"{site_root}{folder}{file}", e.code) for e, folder, _ in self.folders])
        if not self.public:
            return ways, ()
        first = Link("", f"{self.folders[0][2]}{file}", "x-default")
        return ways, (first, *[Link("", f"{public}{file}", e.code) for e, _, public in self.folders])


def is_cut(entry: Entry) -> bool:
    """Whether the lede breaks off in mid-sentence."""
    lede = entry.details.lede
    return entry.characters > len(lede) and not lede.endswith(SENTENCE_ENDS)


def digest(*parts: object) -> bytes:
    """Eight bytes that change when any of *parts* does."""
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
