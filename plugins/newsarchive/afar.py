"""Pages made by the workers of a Dask cluster, which see the archive's folder as we do: a file system in common.

A worker sets the site up once a build, from copies of the catalogues (SQLite's journal does not work on a file
system in common), and writes each page where a local build would. Cards and the search index are made here.
"""

import shutil
import sqlite3
import tempfile
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from .build import Site, presses
from .build.links import Links
from .build.site import RawDump
from .cluster.engine import Engine, Pending
from .errors import ClusterError
from .lists import Register
from .plugin import make_site
from .shards.cut import AFTER_ALL, Shard
from .shards.part import Progress
from .shelf import Shelf

CHUNK = 40
AHEAD_PER_WORKER = 3
SHELF, CARDS = "shelf.sqlite", "cards.sqlite"
WHOLE = Shard("", "", AFTER_ALL)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a worker sets up the site that is being built."""

    build: str
    """Names this build: a worker keeps what it has set up for it."""

    settings_file: Path
    override: Mapping[str, Any]
    shard: Shard
    shelf: Path
    cards: Path
    output: Path
    dumps: Mapping[str, RawDump]
    base: bytes


@dataclass(frozen=True, slots=True)
class Crew:
    """Has pages made by *engine*."""

    engine: Engine
    settings_file: Path
    override: Mapping[str, Any]
    cache: Path
    """Of the archive."""

    shard: Shard = WHOLE

    def __call__(self, site: Site, base: bytes, keys: Sequence[str]) -> Iterator[Links]:
        """Links of the pages of *keys*, in their order; a few chunks are under way at a time.

        Raises:
            ClusterError: the workers are lost, or see another archive than we do; what was made is recorded.
        """
        shelf, cards = self.cache.resolve() / SHELF, site.cache.resolve() / CARDS
        for catalogue in (shelf, cards):
            _settle(catalogue)
        recipe = Recipe(
            uuid4().hex, self.settings_file.resolve(), self.override, self.shard, shelf, cards,
            site.output.resolve(), site.dumps, base,
        )  # fmt: skip
        made = 0
        try:
            for found in self._made(recipe, keys):
                yield from found
                made += len(found)
        except ClusterError as error:
            raise ClusterError(f"{error}; {made} of {len(keys)} pages are made, run again for the others") from error

    def _made(self, recipe: Recipe, keys: Sequence[str]) -> Iterator[list[Links]]:
        waiting: deque[Pending[list[Links]]] = deque()
        for start in range(0, len(keys), CHUNK):
            waiting.append(self.engine.submit(make, recipe, keys[start : start + CHUNK]))
            if len(waiting) > AHEAD_PER_WORKER * self.engine.width():
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def make(recipe: Recipe, keys: Sequence[str]) -> list[Links]:
    """Make the files of *keys*; where their pages lead. Runs in a worker."""
    room: Room | None = getattr(_KEPT, "room", None)
    if room is None or room.build != recipe.build:
        _KEPT.room = room = Room(recipe)
    return [room.make(key) for key in keys]


_KEPT = threading.local()
"""The site this thread of a worker has set up last; SQLite's connections stay in their thread."""


class Room:
    """A site set up for one build, with copies of its catalogues."""

    def __init__(self, recipe: Recipe) -> None:
        self.build = recipe.build
        self.folder = tempfile.TemporaryDirectory(prefix="newsarchive-build-")
        cache = Path(self.folder.name)
        (cache / "made").mkdir()
        shutil.copyfile(recipe.shelf, cache / SHELF)
        shutil.copyfile(recipe.cards, cache / "made" / CARDS)
        taker = Taker(recipe.shard, recipe.dumps)
        given = {**recipe.override, "NEWS_CACHE": str(cache), "NEWS_OUTPUT": ""}
        make_site(recipe.settings_file, cache / "output", lambda phase, done, total: None, given, taker)
        site, shelf, register = taker.taken[0]
        own = replace(site, output=recipe.output, cache=cache / "made", written=None)
        base, self.make = presses(own, shelf, register)
        if base != recipe.base:
            raise ClusterError(
                "a worker sees another theme, table or setting than this machine; "
                "give it the same folder of the archive, under the same name"
            )


class Taker:
    """A part of the archive that takes what a build is given, and writes nothing."""

    def __init__(self, shard: Shard, dumps: Mapping[str, RawDump]) -> None:
        self.shard = shard
        self.dumps: Mapping[str, RawDump] | None = dumps
        self.taken: list[tuple[Site, Shelf, Register]] = []

    def make(self, site: Site, shelf: Shelf, register: Register, progress: Progress) -> None:
        """Keep what there is to build."""
        self.taken.append((site, shelf, register))


def _settle(catalogue: Path) -> None:
    """Have all that is in the journal of *catalogue* put into its file, so that a copy of it is whole."""
    with closing(sqlite3.connect(catalogue)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
