"""The head, the dateline and the foot of a raw text: who published it, when, who wrote it, what is the story.

    top, foot    the lines before and behind the story, one reader for each kind
    masthead     the name of the outlet and the rows of sections above the headline
    page         the frame of a saved page: its title, its menus, what follows the story
    heading      which line is the headline, when other short lines stand around it
    loose        lines that no reader knows, by their form and place
    lines        rows of labels, stamps and buttons                        labels.toml
    story        dateline, captions and closing bylines of the paragraphs
    dateline     the opening formula                                       datelines.toml
    byline       a text that names persons, their outlet and place
    people       who did what in a byline                                  roles.toml, surnames.toml
    tail         what stands behind the last words
    notices      boilerplate known by its words                            boilerplate.toml, captions.toml
    apparatus    boilerplate known by its features                         apparatus.toml
    signature    who signs a text that is no report                        names.toml
    title        what is a headline, and what is only the page's           sources.toml
    dating       which of all dates is that of publication                 stamps.toml

Everything is read from the text's shade (shade.py), so that each pattern is written once.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from ..article import Precision
from ..timestamp import read_stamp
from .dating import Told, last_change, publication
from .foot import read_foot
from .lines import joined, read_line
from .names import is_name
from .notices import part_notices
from .oddity import oddities
from .outlet import chain_of, clean_outlet, is_same_outlet
from .page import part_page, read_page_foot
from .people import NOBODY, People, people_of
from .shade import shade
from .sheet import Sheet
from .story import named_by_itself, read_opening, read_paragraphs, reported_by
from .title import bare, part_title, without_page
from .top import read_top

__all__ = ["Head", "oddities", "read_head"]


MAX_SHELL_LINES = 4
MAX_SHELL_CHARS = 60
MIN_NAME_CHARS, MAX_SECTION_CHARS = 3, 6
_DOMAIN = re.compile(r"(?:www\.)?[A-Za-z0-9-]+(?:\.[A-Za-z]{2,6}){1,3}")
_SHELL = re.compile(
    r"^[\[(> ]{0,3}(?:点击|点此|请)?"
    r"(?:查看|阅读|浏览|打开|展开|点击|看)(?:完整)?(?:原文|全文|原网页|更多|详情|正文)(?:链接)?"
    r"[\])>: ]{0,4}(?:\d{4}[-/.年][\d/.:年月日 -]{4,20})?$"
)
"""The button to a story that is not there, with the stamp that may stand beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """All that a raw text says about itself, and its story."""

    title: str = ""
    """Headline as printed; empty when there is none."""

    source: str = ""
    reprint_from: tuple[str, ...] = ()
    date: datetime | None = None
    precision: Precision = "none"
    date_printed: str = ""
    modified: datetime | None = None
    dateline: str = ""
    places: tuple[str, ...] = ()
    reporters: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    category: str = ""
    paragraphs: tuple[str, ...] = ()
    """The story; empty when the text has none."""

    boilerplate: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    """Names of given fields whose words say nothing we could read: date `昨天`, author `本報訊`."""

    readings: tuple[tuple[str, str], ...] = ()
    """Which rule read which words, in the order of reading; for a person who asks why."""


def read_head(text: str, given: Mapping[str, str], zone: tzinfo, path: str = "") -> Head:
    """What *text* and the fields *given* with it say; *path* is that of the dump, for a date in its name.

    >>> from datetime import timezone
    >>> head = read_head("輕軌二階勿蠻幹\\n記者吳文欽/高雄報導  高雄市議員昨日表示，路段仍在評估。", {}, timezone.utc)
    >>> head.title, head.reporters, head.places, head.paragraphs
    ('輕軌二階勿蠻幹', ('吳文欽',), ('高雄',), ('高雄市議員昨日表示，路段仍在評估。',))
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if _is_shell(lines, zone):
        return Head(boilerplate=tuple(lines))
    title, page = part_title(given.get("title", ""))
    title, tail = without_page(title, lines, (given.get("author", ""), given.get("source", "")))
    page = page or clean_outlet(tail)
    sheet = Sheet(text, joined(lines), given, zone, title)
    if residue := given.get("title", "").strip()[len(title) :].strip():
        sheet.drop("title", residue)
    part_page(sheet)
    read_top(sheet)
    sheet.lines, notices = part_notices(sheet.lines, zone)
    for notice in notices:
        sheet.drop("notice", notice)
    read_page_foot(sheet)
    read_foot(sheet)
    read_opening(sheet)
    paragraphs = read_paragraphs(sheet)
    if not paragraphs:
        paragraphs, sheet.boilerplate = lines, []
    return _told(sheet, paragraphs, page, path)


def _is_shell(lines: list[str], zone: tzinfo) -> bool:
    """Whether *lines* are only what a page puts around a story it does not show: 查看原文, and a stamp."""
    if not lines or len(lines) > MAX_SHELL_LINES or any(len(line) > MAX_SHELL_CHARS for line in lines):
        return False
    turns = [_SHELL.match(shade(line)) is not None for line in lines]
    return any(turns) and all(turn or _is_row(line, zone) for turn, line in zip(turns, lines, strict=True))


def _is_row(line: str, zone: tzinfo) -> bool:
    """Whether *line* is a row of labels and stamps."""
    found = read_line(line, zone)
    return found is not None and not found.title


def _told(sheet: Sheet, paragraphs: list[str], page: str, path: str) -> Head:
    """Everything that was read, as a Head."""
    dateline = sheet.dateline
    told = Told(
        printed=sheet.stamps,
        clock=sheet.clock,
        modified=sheet.modified,
        dateline=dateline.date if dateline else "",
    )
    stamp, rule = publication(told, sheet.given, path, sheet.zone)
    if stamp:
        sheet.note(f"date: {rule}", stamp.printed)
    headline, own_page = part_title(" ".join(_headlines(sheet)))
    page = page or own_page or _outlet_as_author(sheet.given)
    source, reprint = _sources(sheet, paragraphs, page)
    people = (_given_people(sheet.given, (page, source)) + sheet.people).settled()
    is_whole = stamp is not None and stamp.precision in ("second", "minute", "day")
    return Head(
        title=sheet.title or headline or (dateline.subject if dateline else ""),
        source=source,
        reprint_from=reprint,
        date=stamp.datetime if stamp else None,
        precision=stamp.precision if stamp else "none",
        date_printed="" if is_whole or not stamp else stamp.partial or stamp.printed,
        modified=last_change(sheet.modified, sheet.changed, stamp),
        dateline=dateline.text if dateline else "",
        places=(dateline.places if dateline else ()) or sheet.places,
        reporters=people.reporters,
        correspondents=people.correspondents,
        photographers=people.photographers,
        editors=people.editors,
        category=sheet.category,
        paragraphs=tuple(paragraphs),
        boilerplate=tuple(sorted(dict.fromkeys(sheet.boilerplate), key=sheet.text.find)),
        unread=_unread(sheet),
        readings=tuple(sheet.readings),
    )


def _headlines(sheet: Sheet) -> list[str]:
    """The headlines less the name of the outlet above the first, which only a byline tells to be one."""
    if len(sheet.titles) < 2:
        return sheet.titles
    first, *others = sheet.titles
    name, _, section = first.partition(" ")
    bylines = [words for rule, words in sheet.readings if rule == "byline"]
    is_told = any(words.startswith(name) for words in (*sheet.sources, *sheet.outlets, *bylines))
    if not is_told or len(name) < MIN_NAME_CHARS or len(section) > MAX_SECTION_CHARS:
        return sheet.titles
    sheet.page = sheet.page or clean_outlet(name)
    sheet.drop("outlet above the headline", first)
    return others


def _outlet_as_author(given: Mapping[str, str]) -> str:
    """The address that stands for an author: nei.st."""
    author = given.get("author", "").strip()
    return author if _DOMAIN.fullmatch(author) else ""


def _sources(sheet: Sheet, paragraphs: list[str], page: str) -> tuple[str, tuple[str, ...]]:
    """The outlet that published the text, and those it was taken from, the nearest first.

    The dump's own field tells first, then labels, then the byline; the name behind the title of a page only when
    nothing else does.
    """
    outlets = [*map(clean_outlet, sheet.outlets)]
    named = [*chain_of(sheet.given.get("source", "")), *sheet.sources]
    if not named and sheet.page:
        outlets = _with_page(sheet.page, outlets, clean_outlet(sheet.dateline.outlet) if sheet.dateline else "")
    named = [name for name in (*named, *outlets) if name] or [page or named_by_itself(paragraphs)]
    chain: list[str] = []
    for name in filter(None, [*named, reported_by(paragraphs) if any(named) else ""]):
        if not any(is_same_outlet(name, known) for known in chain):
            chain.append(name)
    return (chain[0], tuple(chain[1:])) if chain else ("", ())


def _with_page(page: str, outlets: list[str], told: str) -> list[str]:
    """*outlets* of bylines, then that at the head of the *page*, then that *told* in the dateline; of two names of one
    outlet the shorter.

    >>> _with_page("江海網", ["山河報", "新華社"], "新華社"), _with_page("江海新聞網", ["江海"], "江海")
    (['山河報', '江海網', '新華社'], ['江海', '江海'])
    """
    by = [outlet for outlet in outlets if outlet != told and not is_same_outlet(outlet, page)]
    return [*by, min([page, *(name for name in outlets if is_same_outlet(name, page))], key=len), told]


def _unread(sheet: Sheet) -> tuple[str, ...]:
    """The given fields that told nothing."""
    given, zone = sheet.given, sheet.zone
    is_read: Mapping[str, Callable[[str], bool]] = {
        "date": lambda text: read_stamp(text, zone) is not None,
        "modified": lambda text: read_stamp(text, zone) is not None,
        "source": lambda text: bool(chain_of(text)),
        "author": lambda text: bool(people_of(text, "author")),
        "editor": lambda text: bool(people_of(text, "editor")),
        "photographer": lambda text: bool(people_of(text, "photographer")),
    }
    return tuple(name for name, reads in is_read.items() if given.get(name) and not reads(given[name]))


def _given_people(given: Mapping[str, str], outlets: Sequence[str]) -> People:
    """The people in the fields that the dump names itself; one of *outlets* or the section is no author."""
    author = given.get("author", "")
    others = (*outlets, given.get("source", ""), given.get("category", "")) if author else ()
    is_outlet = bool(author) and bare(author) in map(bare, others) and not is_name(shade(author))
    return (
        (NOBODY if is_outlet else people_of(author, "author"))
        + replace(People(), editors=people_of(given.get("editor", ""), "editor").editors)
        + replace(People(), photographers=people_of(given.get("photographer", ""), "photographer").photographers)
    )
