"""The things that travel through this package: a Record, then an Article (or a Refusal)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Literal

Precision = Literal["second", "minute", "day", "month", "year", "none"]
"""How much of a date the dump states; what is not stated is never guessed."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was found; printed in every message about it."""

    path: str
    """Dump file, relative to the dump folder; a member of an archive as `2019.zip!/a.txt`."""

    line: int = 1
    """First line of the record in that file, counted from 1."""

    encoding: str = "utf-8"
    """Encoding the file was decoded from, by its Python name."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Record:
    """One raw article as a dump holds it: decoded, otherwise untouched."""

    text: str
    """The story and whatever stands around it, paragraphs on lines of their own."""

    origin: Origin

    given: Mapping[str, str] = field(default_factory=dict)
    """Fields the dump names itself, by our names (GIVEN) where we know them, else by the dump's own."""

    raw: str = ""
    """The record as it stands in the dump when that differs from `text`, e.g. its JSON line or HTML."""

    warnings: tuple[str, ...] = ()
    """What decoding or parsing had to overlook, e.g. `2 undecodable bytes at line 7`."""

    @property
    def sha256(self) -> str:
        """SHA-256 of the raw record in UTF-8, 64 hex digits; of a one-article UTF-8 file that of the file."""
        return sha256((self.raw or self.text).encode("utf-8", "surrogatepass")).hexdigest()


GIVEN = (
    "title", "date", "modified", "source", "url", "author", "editor", "photographer",
    "dateline", "category", "tags", "captured", "summary",
)  # fmt: skip
"""Names under which a Record's `given` holds what every dump format knows how to name."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record we could not take, and why; one bad record never stops the others."""

    origin: Origin
    reason: str
    """What was found, what was expected, how to mend it."""

    raw: str = ""
    """The record itself, kept so that nothing is lost."""

    def __str__(self) -> str:
        return f"{self.origin}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Note:
    """A few words of a dump that stand in no record, such as the name of a feed; too few for a story."""

    origin: Origin
    text: str
    """The words, as a person reads them."""

    raw: str
    """The same as they stand in the dump."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One catalogued article; complete, so everything after it needs no checks."""

    title: str
    """Headline as printed, or one we derived (see title_derived)."""

    title_derived: bool = False
    """Whether the dump had no title; shown in square brackets, as libraries do."""

    date: datetime | None = None
    """When it was published, with its zone; parts below `date_precision` are at their lowest. None if unknown."""

    date_precision: Precision = "none"

    date_printed: str = ""
    """An incomplete date as found, e.g. `--11-20` (ISO 8601), when date is None or coarser than the print."""

    modified: datetime | None = None

    slug: str
    """Permanent address, e.g. `2019/11/20-3f2a9c81d04e`: day, then the first digits of sha256."""

    source: str = ""
    """Outlet that published it, e.g. 齊魯網."""

    reprint_from: tuple[str, ...] = ()
    """Outlets it was taken from, nearest first, e.g. 半島都市報."""

    reporters: tuple[str, ...] = ()
    """Names in the byline (記者), in printed order."""

    correspondents: tuple[str, ...] = ()
    """通訊員: contributors who are not the outlet's staff."""

    photographers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    """編輯, 責任編輯."""

    dateline: str = ""
    """Opening formula as printed, e.g. 齊魯網·閃電新聞11月20日訊."""

    places: tuple[str, ...] = ()
    """Places the dateline names, e.g. 煙臺."""

    tags: tuple[str, ...] = ()
    """Headings a person gave; never rewritten by us."""

    tags_auto: tuple[str, ...] = ()
    """Headings of the vocabulary found in the text, most important first."""

    tags_not: tuple[str, ...] = ()
    """Headings a person has vetoed."""

    category: str = ""
    """Section of the outlet, e.g. 社會."""

    lang: str = "zh-Hans"
    """Script of origin: zh-Hans or zh-Hant, or zh where the text does not tell."""

    machine_traditional: bool = False
    """Whether a program once made this Traditional text from Simplified, leaving 制造 for 製造; editions mend that."""

    convert_off: bool = False
    """Whether a person wants every edition to print this article as it was written."""

    convert_keep: tuple[str, ...] = ()
    """Further names in the text that conversion sets as names, e.g. 后里."""

    convert_map: tuple[tuple[str, str], ...] = ()
    """Words of this article and what they become in an edition of the other script, e.g. (("杨杰", "楊傑"),)."""

    original_url: str = ""
    original_file: str = ""
    """Dump file and line, e.g. `seed.txt:1`."""

    original_encoding: str = "utf-8"
    sha256: str
    """Digest of the raw record (Record.sha256); names the article for ever."""

    captured: str = ""
    """When the dump was taken from the web, as the dump states it."""

    other_sources: tuple[str, ...] = ()
    """Duplicates of this article, e.g. `大眾網 2019-11-20 seed.txt:40 https://…`."""

    cleaning: tuple[tuple[str, int], ...] = ()
    """What cleaning did, rule by rule with counts, e.g. (("glosses", 139), ("punctuation", 61))."""

    repairs: tuple[str, ...] = ()
    """Damaged spans that were mended, as `found → mended`."""

    warnings: tuple[str, ...] = ()
    """What a person should look at."""

    boilerplate: tuple[str, ...] = ()
    """Paragraphs and spans taken out of the story: tip lines, share buttons, copyright notices."""

    fields: tuple[tuple[str, str], ...] = ()
    """Given fields of the dump that no field above holds, as (name, value)."""

    paragraphs: tuple[str, ...]
    """Body without head matter and boilerplate, plain text; at least one, none empty, no line breaks inside."""

    markup: str = ""
    """The body in Markdown, only where a person has written more than plain paragraphs."""

    def __post_init__(self) -> None:
        if not self.paragraphs or not all(self.paragraphs):
            raise ValueError("an article needs at least one paragraph, none empty")
        if self.date is not None and self.date.tzinfo is None:
            raise ValueError("an article's date needs a time zone")

    @property
    def shown_tags(self) -> tuple[str, ...]:
        """Headings readers see: Tags, then Tags-Auto, less Tags-Not."""
        return tuple(tag for tag in dict.fromkeys(self.tags + self.tags_auto) if tag not in self.tags_not)

    @property
    def byline_names(self) -> tuple[str, ...]:
        """Everybody the article names as its makers."""
        return self.reporters + self.correspondents + self.photographers + self.editors

    @property
    def kept_names(self) -> tuple[str, ...]:
        """Names that script conversion sets as names: those of its makers and those a person adds."""
        return tuple(dict.fromkeys(self.byline_names + self.convert_keep))
