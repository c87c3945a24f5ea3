"""What a build needs to know of the site: settings as values, no Pelican."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment

from ..script import Edition
from ..withdrawn import Withdrawal
from .links import Links

Crew = Callable[["Site", bytes, Sequence[str]], Iterator[Links]]
"""Makes the files of these keys elsewhere and tells where their pages lead; the bytes are those of `base_of`."""


@dataclass(frozen=True, slots=True)
class StaticPage:
    """A page a person wrote in content/pages, e.g. about."""

    slug: str
    title: str
    html: str
    lang: str


@dataclass(frozen=True, slots=True)
class RawDump:
    """A dump that readers may download."""

    file: Path
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Site:
    name: str
    url: str
    """Public address without a slash at the end, or empty for a build to look at."""

    editions: tuple[Edition, ...]
    """The first stands at the root."""

    environment: Environment
    """Jinja environment with the theme's templates."""

    context: Mapping[str, Any]
    """Pelican's settings, which templates may print."""

    theme: Path
    vocabulary: Path
    """Folder of the owner's own tables; need not be there."""

    cache: Path
    output: Path
    pages: tuple[StaticPage, ...]
    per_page: int
    workers: int
    contact: str
    republish: bool
    """Whether Traditional made by a program is set through Simplified, which mends it."""

    written: Callable[[str, Mapping[str, Any]], None] | None = None
    """To be called with the file and the values of each page, in this process, if anybody listens."""

    crew: Crew | None = None
    """Who makes files, if they are not to be made here."""

    withdrawn: tuple[Withdrawal, ...] = ()
    dumps: Mapping[str, RawDump] = field(default_factory=dict)
    """Dumps to publish, by path in the dump folder."""

    has_tag_feeds: bool = True
    has_bulk_data: bool = True
    is_kept_offline: bool = False
    """Whether browsers may keep what their reader has seen."""

    @property
    def ix(self) -> str:
        """What a link to a folder carries: a site opened from disk needs the file named, a server does not."""
        return "" if self.url else "index.html"

    def folder(self, edition: Edition) -> str:
        """Folder of *edition* with a slash at the end; empty for the one at the root."""
        return "" if edition == self.editions[0] else f"{edition.folder}/"

    def public(self, edition: Edition) -> str:
        """Absolute address of the root of *edition*, or empty while the site has none."""
        return f"{self.url}/{self.folder(edition)}" if self.url else ""
