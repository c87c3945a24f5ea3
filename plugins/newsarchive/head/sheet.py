"""What has been read of one text so far. A Sheet lives only within read_head; its Head is what travels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from ..timestamp import Stamp
from .byline import Byline
from .dateline import Dateline
from .names import PLACES
from .people import People
from .row import Line
from .shade import shade


@dataclass(slots=True)
class Sheet:
    """The lines of a text that are not yet read, and what the others said."""

    text: str
    lines: list[str]
    """Those not read yet; what is left in the end is the story."""

    behind: list[str] = field(default_factory=list, kw_only=True)
    """What a page prints behind the story."""

    given: Mapping[str, str]
    zone: tzinfo
    title: str = ""
    """The title that the dump names itself; empty when the text has to tell it."""

    titles: list[str] = field(default_factory=list)
    """Headlines found, from the first line on."""

    sources: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    """Outlets of bylines and datelines: origin of the text, less sure than what a label says."""

    is_page: bool = False
    """Whether the text is a saved page: its title stands above the headline that repeats it."""

    page: str = ""
    """The outlet whose name stands above the headline: that of the text when no label names another."""

    stamps: list[Stamp] = field(default_factory=list)
    clock: str = ""
    """Hour and minute that are printed apart from the day."""

    modified: Stamp | None = None
    changed: str = ""
    """Hour and minute of the last change, printed without a day."""

    category: str = ""
    people: People = field(default_factory=People)
    dateline: Dateline | None = None
    places: tuple[str, ...] = ()
    boilerplate: list[str] = field(default_factory=list)
    readings: list[tuple[str, str]] = field(default_factory=list)

    def note(self, rule: str, words: str) -> None:
        """Remember which rule read *words*."""
        self.readings.append((rule, words))

    def drop(self, rule: str, words: str) -> None:
        """Set *words* aside: they are no part of the story, and no field holds them."""
        self.note(rule, words)
        self.boilerplate.append(words)

    def take_line(self, line: Line, words: str) -> None:
        self.note("line", words)
        self.sources += line.sources
        self.page = self.page or line.account
        self.stamps += line.published
        self.modified = self.modified or line.modified
        self.clock = self.clock or line.clock
        self.changed = self.changed or line.changed
        self.category = self.category or line.category
        self.people += line.people
        self.places = self.places or line.places
        if line.title and not self.titles and not self.title:
            self.titles.append(line.title)
        if line.more:
            self.boilerplate.append(words)

    def take_byline(self, byline: Byline, words: str) -> None:
        self.note("byline", words)
        self.people += byline.people
        self.places = self.places or byline.places
        if byline.outlet:
            self.outlets.append(byline.outlet)
        if byline.more:
            self.boilerplate.append(words)

    def take_dateline(self, dateline: Dateline, words: str) -> None:
        self.note(f"dateline: {dateline.rule}", words)
        self.people += dateline.people
        if self.dateline is None:
            self.dateline = dateline
        elif not self.dateline.places and all(shade(place) in PLACES for place in dateline.places):
            self.places = self.places or dateline.places
        if dateline.outlet:
            self.outlets.append(dateline.outlet)
