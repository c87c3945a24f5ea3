"""The head, the dateline and the foot of a raw text: who published it, when, who wrote it, what is the story.

    lines        lines around the story: labels, stamps, buttons      labels.toml
    dateline     the opening formula and its byline                   datelines.toml
    people       who did what in a byline                             roles.toml, surnames.toml
    tail         bylines, credits and sources behind the last words
    notices      boilerplate                                          boilerplate.toml
    title        what is a headline, and what is only the page's      sources.toml
    dating       which of all dates is that of publication

Everything is read from the text's shade (shade.py), so that each pattern is written once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from ..article import Precision
from ..timestamp import Stamp
from .dateline import Dateline, find_dateline, read_dateline
from .dating import publication
from .lines import Line, read_line
from .notices import credit_of, is_caption, notice_of, part_notices, without_spans
from .outlet import chain_of, clean_outlet, is_outlet, is_same_outlet
from .people import People, people_of
from .shade import shade
from .tail import read_tail
from .title import bare, clean_title, is_title_line

MAX_HEAD_LINES = 14
"""Lines before the story that are looked at for labels and titles."""

MAX_FOOT_LINES = 14
MAX_TITLE_LINES = 4
LONG_LINE_CHARS = 60
_STOPS = re.compile(r"[。!?;…\"”」』)\]:,]$")
_REPORTED_BY = re.compile(
    r"^(?:.{0,12}[,。 ])?据 ?《?(?P<name>[㐀-鿿A-Za-z0-9]{2,12}?)》?(?:[^。,]{0,8})(?:报[道导]|消息|电|讯|援引)[,:]"
)


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
    readings: tuple[tuple[str, str], ...] = ()
    """Which rule read which words, in the order of reading; for a person who asks why."""


@dataclass(slots=True)
class _Sheet:
    """What has been read so far; lives only within read_head."""

    titles: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    people: People = field(default_factory=People)
    boilerplate: list[str] = field(default_factory=list)
    readings: list[tuple[str, str]] = field(default_factory=list)
    modified: Stamp | None = None
    category: str = ""

    def note(self, rule: str, words: str) -> None:
        self.readings.append((rule, words))

    def take(self, line: Line, words: str) -> None:
        """Keep what a line around the story says."""
        self.sources += line.sources
        self.stamps += line.published
        self.modified = self.modified or line.modified
        self.category = self.category or line.category
        self.people += line.people
        self.note("line", words)


def read_head(text: str, given: Mapping[str, str], zone: tzinfo, path: str = "") -> Head:
    """What *text* and the fields *given* with it say; *path* is that of the dump, for a date in its name."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    sheet = _Sheet()
    title = clean_title(given.get("title", ""))
    body = _read_top(lines, title, sheet, zone)
    body = _read_foot(body, sheet, zone)
    body, dropped = part_notices(body)
    sheet.boilerplate += dropped
    dateline, body = _read_dateline(body, title, sheet)
    paragraphs = _read_story(body, sheet)
    if not paragraphs:
        paragraphs, sheet.boilerplate = (body or lines), []
    return _told(sheet, dateline, paragraphs, title, given, zone, path)


def _read_top(lines: list[str], title: str, sheet: _Sheet, zone: tzinfo) -> list[str]:
    """Read the lines before the story; what is left begins with it."""
    labelled = False
    for at, line in enumerate(lines[:MAX_HEAD_LINES]):
        if at == len(lines) - 1 and not (sheet.titles and notice_of(line)):
            return lines[at:]
        if title and bare(line) == bare(title):
            sheet.boilerplate.append(line)
        elif notice := notice_of(line):
            sheet.boilerplate.append(line)
            sheet.note(notice.name, line)
        elif found := read_line(line, zone):
            sheet.take(found, line)
            labelled = True
            if found.title and not sheet.titles:
                sheet.titles.append(found.title)
        elif read_dateline(line):
            return lines[at:]
        elif is_caption(line) and sheet.titles:
            sheet.boilerplate.append(line)
            sheet.people += credit_of(line)
        elif (sheet.titles or title) and (people := _byline(line)):
            sheet.people += people
            sheet.note("byline", line)
        elif _is_headline(lines, at, labelled, title, sheet, zone):
            sheet.titles.append(line)
        else:
            return lines[at:]
    return lines[MAX_HEAD_LINES:]


def _is_headline(lines: list[str], at: int, labelled: bool, title: str, sheet: _Sheet, zone: tzinfo) -> bool:
    """Whether line *at* is the headline or, above the labelled lines, a further line of it."""
    line = lines[at]
    if title or not is_title_line(line) or len(line) > LONG_LINE_CHARS:
        return False
    if not sheet.titles:
        return True
    if labelled or len(sheet.titles) >= MAX_TITLE_LINES:
        return False
    return any(
        (read_line(later, zone) or _byline(later)) for later in lines[at + 1 : at + 1 + MAX_TITLE_LINES]
    ) and all(len(later) <= LONG_LINE_CHARS for later in lines[at + 1 : at + 2])


def _byline(line: str) -> People:
    """The people of a line that names nobody but them."""
    shadow = shade(line)
    if len(line) > 60 or re.search(r"[。!?]", shadow):
        return People()
    if re.search(r"[,:]", shadow) and not re.search(r"记者|编辑|文[/:]|图[/:]|摄|通讯员|作者|撰", shadow):
        return People()
    with_role = people_of(line)
    if with_role and re.match(
        r"^[(\[]?(?:[㐀-鿿]{0,12})?(?:记者|编辑|责任编辑|责编|通讯员|实习生|文|图|作者|撰文|编译|摄影|采写|特派员|特约)",
        shadow,
    ):
        return with_role
    return people_of(line, "reporter") if _all_names(shadow) else People()


def _all_names(shadow: str) -> bool:
    from .names import is_name

    words = [word for word in re.split(r"[ 、,/]+", shadow.strip("()[] ")) if word]
    return 1 <= len(words) <= 4 and all(map(is_name, words))


def _read_foot(lines: list[str], sheet: _Sheet, zone: tzinfo) -> list[str]:
    """Read the lines behind the story, from the last one up."""
    end = len(lines)
    found: list[tuple[str, Line | People | str]] = []
    while end > 1 and len(lines) - end < MAX_FOOT_LINES:
        line = lines[end - 1]
        if notice := notice_of(line):
            found.append((line, notice.name))
        elif (told := read_line(line, zone)) and not told.title:
            found.append((line, told))
        elif people := _byline(line):
            found.append((line, people))
        else:
            break
        end -= 1
    for line, told in reversed(found):
        if isinstance(told, Line):
            sheet.take(told, line)
        elif isinstance(told, People):
            sheet.people += told
            sheet.note("byline", line)
        else:
            sheet.note(told, line)
        if isinstance(told, str):
            sheet.boilerplate.append(line)
    return lines[:end]


def _read_dateline(body: list[str], title: str, sheet: _Sheet) -> tuple[Dateline | None, list[str]]:
    """The first dateline in the first paragraphs, and the story without it."""
    for at, paragraph in enumerate(body[:8]):
        found = (find_dateline if at == 0 else read_dateline)(paragraph)
        if not found:
            continue
        glued = paragraph[: found.start].strip(" 　?？|")
        rest = paragraph[found.end :].strip()
        if glued and not title and not sheet.titles and len(glued) >= 6:
            sheet.titles.append(glued)
        elif glued:
            sheet.boilerplate.append(glued)
        sheet.people += found.people
        sheet.note(f"dateline: {found.rule}", paragraph[found.start : found.end].strip())
        return found, [*body[:at], *([rest] if rest else []), *body[at + 1 :]]
    return None, body


def _read_story(body: list[str], sheet: _Sheet) -> list[str]:
    """The paragraphs of the story, their links, captions and closing bylines set aside."""
    paragraphs: list[str] = []
    for at, line in enumerate(body):
        paragraph, cut = without_spans(line)
        sheet.boilerplate += cut
        if len(body) > 1 and is_caption(paragraph):
            sheet.people += credit_of(paragraph)
            sheet.boilerplate.append(paragraph)
            continue
        tail = read_tail(paragraph)
        sheet.people += tail.people
        sheet.sources += tail.sources if at >= len(body) - 3 else ()
        for piece in tail.cut:
            sheet.note("tail", piece)
        if tail.paragraph:
            paragraphs.append(tail.paragraph)
    return paragraphs


def _told(
    sheet: _Sheet, dateline: Dateline | None, paragraphs: list[str], title: str,
    given: Mapping[str, str], zone: tzinfo, path: str,
) -> Head:  # fmt: skip
    """Everything that was read, as a Head."""
    stamp, rule = publication(sheet.stamps, dateline.date if dateline else "", given, path, zone)
    if stamp:
        sheet.note(f"date: {rule}", stamp.printed)
    source, reprint = _sources(sheet, dateline, paragraphs, given)
    people = _given_people(given) + sheet.people
    return Head(
        title=title or clean_title(" ".join(sheet.titles)) or (dateline.subject if dateline else ""),
        source=source,
        reprint_from=reprint,
        date=stamp.datetime if stamp else None,
        precision=stamp.precision if stamp else "none",
        date_printed=(stamp.partial or (stamp.printed if stamp.precision in ("month", "year") else ""))
        if stamp
        else "",
        modified=sheet.modified.datetime if sheet.modified else None,
        dateline=dateline.text if dateline else "",
        places=dateline.places if dateline else (),
        reporters=people.reporters,
        correspondents=people.correspondents,
        photographers=people.photographers,
        editors=people.editors,
        category=sheet.category,
        paragraphs=tuple(paragraphs),
        boilerplate=tuple(dict.fromkeys(sheet.boilerplate)),
        readings=tuple(sheet.readings),
    )


def _sources(
    sheet: _Sheet, dateline: Dateline | None, paragraphs: list[str], given: Mapping[str, str]
) -> tuple[str, tuple[str, ...]]:
    """The outlet that published the text, and those it was taken from."""
    named = [*chain_of(given.get("source", "")), *sheet.sources]
    if dateline and dateline.outlet:
        named.append(clean_outlet(dateline.outlet))
    if paragraphs and (found := _REPORTED_BY.match(shade(paragraphs[0]))) and is_outlet(found["name"]):
        name = paragraphs[0][slice(*found.span("name"))]
        if named:
            named.append(name)
    chain: list[str] = []
    for name in filter(None, named):
        if not any(is_same_outlet(name, known) for known in chain):
            chain.append(name)
    return (chain[0], tuple(chain[1:])) if chain else ("", ())


def _given_people(given: Mapping[str, str]) -> People:
    """The people in the fields that the dump names itself."""
    return (
        people_of(given.get("author", ""), "reporter")
        + replace(People(), editors=people_of(given.get("editor", ""), "editor").editors)
        + replace(People(), photographers=people_of(given.get("photographer", ""), "photographer").photographers)
    )
