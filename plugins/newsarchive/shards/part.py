"""One site of an archive that is several: a shard, or the front door to all of them."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from ..build import Outcome, Site, build
from ..build.cards import ROOT, Cards
from ..build.printer import Printer
from ..build.site import RawDump
from ..lists import Register
from ..shelf import Shelf
from . import summary
from .cut import Shard
from .door import build_door
from .place import FRONT, Places

Progress = Callable[[str, int, int], None]

DOOR = Shard(FRONT, "", "")
"""Holds no day."""


class Part(Protocol):
    """What a build makes instead of the whole site."""

    @property
    def shard(self) -> Shard:
        """Its name, which is that of its folder in the output folder, and its days."""

    @property
    def dumps(self) -> Mapping[str, RawDump] | None:
        """Dumps to publish, if they are known."""

    def make(self, site: Site, shelf: Shelf, register: Register, progress: Progress) -> Outcome | None:
        """Write it; what was done, if it is to be accounted for."""


@dataclass(frozen=True, slots=True)
class ShardPart:
    """A site of the articles of some days, with a summary for the front door."""

    shard: Shard
    dumps: Mapping[str, RawDump] | None = None

    def make(self, site: Site, shelf: Shelf, register: Register, progress: Progress) -> Outcome:
        site.cache.mkdir(parents=True, exist_ok=True)
        own = replace(site, withdrawn=tuple(one for one in site.withdrawn if self.shard.holds(_day(one.slug))))
        outcome = build(own, shelf, register, progress)
        with closing(Cards(site.cache)) as cards:
            printers = [Printer(site, edition, cards) for edition in site.editions]
            summary.write(site.output, summary.summarise(self.shard, register, printers, ROOT))
        return outcome


@dataclass(frozen=True, slots=True)
class Plain:
    """A site of the articles of some days and no more, computed aside in *cache*: to see how large it gets."""

    shard: Shard
    cache: Path
    dumps: Mapping[str, RawDump] | None = None

    def make(self, site: Site, shelf: Shelf, register: Register, progress: Progress) -> None:
        self.cache.mkdir(parents=True, exist_ok=True)
        build(replace(site, cache=self.cache), shelf, register, progress)


@dataclass(frozen=True, slots=True)
class DoorPart:
    """The front door to the shards in *folders*, newest first."""

    folders: Sequence[Path]
    places: Places
    shard: Shard = DOOR
    dumps: Mapping[str, RawDump] | None = None

    def make(self, site: Site, shelf: Shelf, register: Register, progress: Progress) -> None:
        found = [summary.read(folder) for folder in self.folders]
        site.cache.mkdir(parents=True, exist_ok=True)
        build_door(site, found, self.places, lambda done, total: progress("front door", done, total))


def _day(slug: str) -> str:
    """The day in the address of an article.

    >>> _day("2019/11/20-3f2a9c81d04e"), _day("2019/11/3f2a9c81d04e"), _day("undated/3f2a9c81d04e")
    ('2019-11-20', '2019-11', '')
    """
    parts = slug.partition("-")[0].split("/")
    return "-".join(part for part in parts if part.isdigit() and len(part) in (2, 4))
