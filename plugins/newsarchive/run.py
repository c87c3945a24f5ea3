"""One run: the import before the build, what is carried to addresses elsewhere, and what is to be said of it all."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from . import accounting, script
from .build import Outcome
from .build.turn import Turn
from .cluster.office import cluster
from .deposit.address import is_address
from .deposit.deposits import Deposits
from .errors import ArchiveError, FrontMatterError, SettingError
from .ingest import REPORT_FOLDER, Report, ingest, told_together
from .settings import Settings, read_settings
from .shards.part import Part
from .shelf import Entry
from .vocabulary.headings import read_after_ours

Progress = Callable[[str, int, int], None]


class Archive:
    """One run: the import before the build, the build, and what is to be said of both."""

    def __init__(self, pelican: Any, progress: Progress, tell: Callable[[str], object]) -> None:
        self.settings: Settings = read_settings(pelican.settings)
        self.content = Path(pelican.settings["PATH"])
        self.cache = Path(pelican.settings["PATH"]).parent / self.settings.cache
        self.zone = ZoneInfo(pelican.settings["TIMEZONE"])
        self.progress = progress
        self.tell = tell
        """Called with what a person should hear while a run goes on."""

        self.deposits = Deposits(self.settings, self.cache, lambda *at: self.progress(*at))
        self.report: Report | None = None
        self.outcome: Outcome | None = None
        self.broken: tuple[FrontMatterError, ...] = ()
        self.articles = 0
        self.entries: Sequence[Entry] = ()
        self.faults: tuple[str, ...] = ()
        self.output = Path(pelican.settings["OUTPUT_PATH"])
        self.siteurl: str = pelican.settings["SITEURL"]
        self.turn = Turn(self.cache)
        self.part: Part | None = getattr(pelican, "part", None)
        self.crew = getattr(pelican, "crew", None)
        self.made_from = self.cache / "shards" / self.part.shard.name if self.part else self.cache
        self.vocabulary = self.content / "vocabulary"
        script.work_in(self.cache, self.vocabulary)
        read_after_ours(self.vocabulary)

    @property
    def problems(self) -> tuple[str, ...]:
        """One message for each reason why records of a dump were refused, each file left out and each fault."""
        refused = told_together(self.report.refused) if self.report else ()
        return tuple(map(str, (*refused, *self.broken, *self.faults, *self.deposits.problems)))

    @property
    def is_complete(self) -> bool:
        """Whether everything was taken and every file read."""
        return not self.problems

    def built(self) -> accounting.Built:
        """The site as it stands."""
        _, *others = map(script.edition, self.settings.editions)
        return accounting.built(self.output, ("", *(f"{edition.folder}/" for edition in others)), self.entries)

    def take_in(self, *, dry_run: bool = False, announce: Callable[[str], None] | None = None) -> None:
        """Turn new dumps into Markdown, after making sure that no other run does; *announce* hears each slug written.

        Raises:
            BusyError: another run has this archive.
        """
        if not dry_run:
            self.turn.take()
        try:
            self._import(dry_run, announce)
        except ArchiveError:
            self.turn.leave()
            raise

    def finish(self) -> None:
        """See what is wrong with the site built, send it where it is to stand, and let the next run in.

        Raises:
            DepositError: its address does not answer.
        """
        try:
            if self.outcome:
                self.faults = accounting.after(self.outcome, self.built(), self.output, self.made_from)
            self.deposits.deliver_site(self.output, self.part.shard.name if self.part else "")
        finally:
            self.turn.leave()

    def _import(self, dry_run: bool, announce: Callable[[str], None] | None) -> None:
        dumps = self.settings.dumps if is_address(self.settings.dumps) else self.content / self.settings.dumps
        if isinstance(dumps, Path) and not dumps.is_dir():
            raise SettingError(f"NEWS_DUMPS: there is no folder {dumps}; make it, or name another in pelicanconf.py")
        articles = self.content / "articles"
        if not dry_run:
            self.deposits.bring(articles)
        with cluster(self.settings.scheduler, self.tell) if self.settings.scheduler else nullcontext() as engine:
            self.report = ingest(
                dumps,
                articles,
                cache=self.cache,
                withdrawn=self.content / self.settings.withdrawn,
                zone=self.zone,
                workers=self.settings.workers,
                engine=engine,
                progress=partial(self.progress, "import"),
                dry_run=dry_run,
                announce=announce,
            )
        if not dry_run:
            self.deposits.deliver(articles, self.cache / REPORT_FOLDER)
