"""Article -> the page a template prints: facts, provenance, marked repairs, citation.

Nothing here knows Pelican or the output folder; addresses come in through `Addresses`.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from markdown import Markdown

from . import citation
from .article import Article
from .edition import in_edition
from .headline import breakable
from .script import Converter, Edition, date_text, weekday_text
from .view import ArticlePage, Card, Fact, Link, Near
from .words import Words

DESCRIPTION_CHARS = 40
"""What a search engine shows in a line or two; the page itself has the text."""

REPAIR = re.compile(r"(.+) → (.+)")
WEB = re.compile(r"https?://([^/?#]+)", re.I)
PLAIN = re.compile(r"[^\s\"'=<>`&]+")


@dataclass(frozen=True, slots=True)
class DumpFile:
    """A dump for download."""

    url: str
    """From the root of the edition."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """How this edition links; every function takes a name in the script of origin."""

    source: Callable[[str], str]
    reporter: Callable[[str], str]
    tag: Callable[[str], str]
    tag_name: Callable[[str], str]
    """The tag as this edition writes it."""

    period: Callable[[str], str]
    """`2019-11` -> address of that month; a year and a day likewise."""

    public: str
    """Absolute address of the edition's root, ending in a slash; empty while SITEURL is not set."""

    dump: Callable[[str], "DumpFile | None"] = lambda original_file: None
    """The dump of an `Original-File`, where it is published."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the cards of an article and of its neighbours tell its page."""

    title_html: str = ""
    """Its title with <wbr> between words; empty where no card has been made."""

    older: Card | None = None
    newer: Card | None = None
    related: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """What is the same for every article of an edition."""

    edition: Edition
    words: Words
    addresses: Addresses
    site_name: str


def article_page(original: Article, convert: Converter, desk: Desk, around: Around) -> ArticlePage:
    """Everything article.html prints of *original*, whose script *convert* sets."""
    article = in_edition(original, convert)
    words, addresses = desk.words, desk.addresses
    url = f"{addresses.public}{article.slug}.html" if addresses.public else ""
    folder = article.slug.split("/")[:-1]
    day = citation.day_of(original)
    periods = [day[:length] for length in (4, 7, 10) if len(day) >= length]  # 2019, 2019-11, 2019-11-20
    reporters = _people(original.reporters, article.reporters, addresses)
    source = Link(article.source, addresses.source(original.source)) if article.source else None
    return ArticlePage(
        slug=article.slug,
        title=article.title,
        title_html=around.title_html or "<wbr>".join(map(html.escape, breakable(article.title))),
        derived=article.title_derived,
        crumbs=tuple([Link(_crumb(period), seen_from(folder, addresses.period(period))) for period in periods]),
        date=day,
        date_text=date_line(article, desk),
        weekday=_weekday(article, desk),
        time_text=_clock(article),
        source=source,
        reporters=reporters,
        tags=tuple([Link(addresses.tag_name(tag), addresses.tag(tag)) for tag in original.shown_tags]),
        characters=sum(map(len, " ".join(article.paragraphs).split())),
        dateline=article.dateline,
        byline=_byline(article, words),
        content=_content(article, convert),
        lang=article.lang,
        facts=(
            *_facts(article, words),
            *_provenance(article, _script(original, convert, words), words, addresses.dump(article.original_file)),
        ),
        repairs=article.repairs,
        boilerplate=article.boilerplate,
        citation=citation.gbt_7714(article, url),
        jsonld=citation.json_ld(article, _above(periods, desk)),
        description=article.paragraphs[0][:DESCRIPTION_CHARS],
        older=_near(folder, around.older),
        newer=_near(folder, around.newer),
        related=tuple(near for card in around.related if (near := _near(folder, card))),
    )


def seen_from(folder: list[str], url: str) -> str:
    """*url*, from the root of the edition, as a page in *folder* links to it.

    >>> [seen_from(["2019", "11"], url) for url in ("2019/11/21-a.html", "2019/12/", "2019/11/", "2020/")]
    ['21-a.html', '../12/', './', '../../2020/']
    """
    way = url.split("/")
    shared = 0
    for here, there in zip(folder, way[:-1], strict=False):
        if here != there:
            break
        shared += 1
    return "../" * (len(folder) - shared) + "/".join(way[shared:]) or "./"


def _near(folder: list[str], card: Card | None) -> Near | None:
    return Near(attribute(seen_from(folder, card.url)), card.title, card.date, card.lang) if card else None


def attribute(value: str) -> str:
    """*value* as it may stand behind the = of an attribute; a hundred thousand pages need no quotes (HTML 13.1.2.3).

    >>> [attribute(value) for value in ("../12/01-3f.html", "a b.html", "")]
    ['../12/01-3f.html', '"a b.html"', '""']
    """
    return value if PLAIN.fullmatch(value) else f'"{html.escape(value)}"'


def _above(periods: list[str], desk: Desk) -> tuple[str, str]:
    """(name, absolute address) of the day, or of the month, year or site; no address while the site has none."""
    public = desk.addresses.public
    return (
        (periods[-1], public and public + desk.addresses.period(periods[-1])) if periods else (desk.site_name, public)
    )


def _weekday(article: Article, desk: Desk) -> str:
    if article.date is None or article.date_precision in ("month", "year", "none"):
        return ""
    return _day_of_week(article.date.date(), desk.edition.code)


def date_line(article: Article, desk: Desk) -> str:
    """2019年11月20日, as much of it as is known, or the words for an unknown date."""
    if article.date is None or article.date_precision == "none":
        return str(desk.words.undated)
    return _written(article.date.date(), article.date_precision, desk.edition.code)


_written = lru_cache(maxsize=4096)(date_text)
_day_of_week = lru_cache(maxsize=4096)(weekday_text)


def _clock(article: Article) -> str:
    shown = {"second": 19, "minute": 16}.get(article.date_precision, 0)
    return article.date.isoformat(sep=" ")[11:shown] if article.date and shown else ""


def _crumb(period: str) -> str:
    """What a link to a year, month or day says.

    >>> [_crumb(period) for period in ("2019", "2019-11", "2019-11-20")]
    ['2019', '11', '20']
    """
    return period[5:][-2:] or period


def _people(names: tuple[str, ...], shown: tuple[str, ...], addresses: Addresses) -> tuple[Link, ...]:
    return tuple(Link(new, addresses.reporter(old)) for old, new in zip(names, shown, strict=True))


def _byline(article: Article, words: Words) -> str:
    """記者 吳天旭, unless the dateline says it: 玉山社記者唐明佳嘉義12日電."""
    told = all(name in article.dateline for name in article.reporters)
    return "" if told else str(words.byline.format(names="、".join(article.reporters)))


def _plain(values: tuple[str, ...]) -> tuple[Link, ...]:
    return tuple([Link(value, "") for value in values if value]) if any(values) else ()


def _facts(article: Article, words: Words) -> tuple[Fact, ...]:
    """The catalogue entry, but for source, reporters and time: those stand at the head of the page."""
    rows = (
        (words.fact_reprint, _plain(article.reprint_from)),
        (words.fact_correspondents, _plain(article.correspondents)),
        (words.fact_photographers, _plain(article.photographers)),
        (words.fact_editors, _plain(article.editors)),
        (words.fact_published, _plain((article.date_printed,))),
        (words.fact_places, _plain(article.places)),
        (words.fact_category, _plain((article.category,))),
    )
    entry = tuple(Fact(name, values) for name, values in rows if values)
    return (*entry, Fact(words.fact_id, _plain((article.slug,)), "id=slug"))


def _script(original: Article, convert: Converter, words: Words) -> str:
    """The script of origin, and whether a machine made it."""
    if not original.machine_traditional:
        return words.script(original.lang)
    return words.script(original.lang) + str(words.machine_made if convert.wishes.republish else words.machine_left)


def _provenance(article: Article, script: str, words: Words, dump: DumpFile | None) -> tuple[Fact, ...]:
    cleaning = "；".join(f"{words.clean(rule)} {count}" for rule, count in article.cleaning)
    given = tuple(f"{name}: {value}" for name, value in article.fields)
    rows = (
        (words.fact_dump, _dump(article, dump), ""),
        (words.fact_sha256, _plain((article.sha256,)), "property=dc:identifier"),
        (words.fact_url, (_outward(article.original_url),) if article.original_url else (), "property=dc:source"),
        (words.fact_captured, _plain((article.captured or words.not_stated,)), ""),
        (words.fact_encoding, _plain((article.original_encoding if article.original_encoding != "utf-8" else "",)), ""),
        (words.fact_script, _plain((script,)), ""),
        (words.fact_cleaning, _plain((cleaning or words.nothing_changed,)), ""),
        (words.fact_other_sources, _plain(article.other_sources), ""),
        (words.fact_given, _plain(given), ""),
        (words.fact_warnings, _plain(article.warnings), ""),
    )
    return tuple(Fact(name, values, mark) for name, values, mark in rows if values)


def _dump(article: Article, dump: DumpFile | None) -> tuple[Link, ...]:
    """Name of the dump and line in it; where it is published a link, its size, and its digest if that is another."""
    if dump is None:
        return _plain((article.original_file,))
    digest = f" SHA-256 {dump.sha256}" if dump.sha256 != article.sha256 else ""
    return Link(article.original_file, dump.url), Link(f"{max(1, round(dump.size / 1000)):,} KB{digest}", "")


def _outward(url: str) -> Link:
    """A link out, only where a browser follows it without running anything; named by its host, as on paper it stands
    whole.

    >>> _outward("http://a.example/2019/1.html"), _outward("javascript:x")
    (Link(name='a.example', url='http://a.example/2019/1.html', lang=''), Link(name='javascript:x', url='', lang=''))
    """
    host = WEB.match(url)
    return Link(host[1], url) if host else Link(url, "")


def _content(article: Article, convert: Converter) -> str:
    """Body as HTML: paragraphs with the mended spots marked, or a person's Markdown."""
    if article.markup:
        return convert.html(_markdown().reset().convert(article.markup))
    found = {match[2]: match[1] for repair in reversed(article.repairs) if (match := REPAIR.fullmatch(repair))}
    return "".join(f"<p>{_marked(paragraph, found)}</p>" for paragraph in article.paragraphs)


def _marked(paragraph: str, repairs: dict[str, str]) -> str:
    """*paragraph* as HTML, what was mended in it marked; each of *repairs* (mended -> found) once, taken out then.

    Text is cut before it is escaped: what is marked is never part of a tag, an entity or another mark.

    >>> _marked("臺<煙臺", {"煙": "火因"})
    '臺&lt;<span class="mended" title="火因">煙</span>臺'
    """
    if not repairs:
        return html.escape(paragraph, quote=False)
    longest_first = sorted(repairs, key=len, reverse=True)
    parts = re.split(f"({'|'.join(map(re.escape, longest_first))})", paragraph)
    return "".join(
        f'<span class="mended" title="{html.escape(broken)}">{html.escape(part, quote=False)}</span>'
        if place % 2 and (broken := repairs.pop(part, ""))
        else html.escape(part, quote=False)
        for place, part in enumerate(parts)
    )


@lru_cache(maxsize=1)
def _markdown() -> Markdown:
    """One instance for all articles: making it costs more than using it (1.4 ms against 1.0)."""
    return Markdown(extensions=["extra"], output_format="html")
