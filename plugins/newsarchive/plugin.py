"""The only door to Pelican: before the build dumps become articles, instead of its article pages ours are written."""

import logging
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator
from pelican.log import console
from pelican.settings import read_settings as read_pelican_settings

from . import script, withdrawn
from .build import Site, StaticPage, build
from .build.base import made_by
from .build.printer import digest
from .build.raw import gather
from .build.site import Crew, RawDump
from .deposit.address import is_address
from .errors import ArchiveError, SettingError
from .ledger.articles import files
from .ledger.store import open_ledger
from .ledger.withheld import withheld
from .lists import Register
from .run import Archive as Archive
from .run import Progress as Progress
from .shards.part import Part
from .shelf import Shelf

log = logging.getLogger(__name__)


def register() -> None:
    """Entry point Pelican calls."""
    signals.initialized.connect(on_initialized)
    signals.finalized.connect(on_finalized)


class ArchiveGenerator(ArticlesGenerator):  # type: ignore[misc]  # Pelican carries no types
    """Takes the place of Pelican's article generator, whose lists grow with the square of the archive."""

    archive: Archive
    """Set by `generator_for`."""

    def generate_context(self) -> None:
        """Read what changed in content/articles."""
        archive = self.archive
        self.shelf = Shelf(archive.content / "articles", archive.cache)
        if not archive.part:  # of which there are several: they are read once for all
            tell = partial(archive.progress, "reading")
            archive.broken = self.shelf.refresh(archive.settings.workers, tell, files(archive.cache)).broken
        self.withdrawn = withdrawn.read(archive.content / archive.settings.withdrawn)
        self.register = Register(archive.made_from / "register.sqlite", self.shelf)
        gone = {one.slug for one in self.withdrawn}  # should its file still stand: no list, feed or index may name it
        rows = self.shelf.rows(archive.part.shard.holds if archive.part else None, gone)
        state = digest(self.shelf.state, sorted(gone), archive.part and archive.part.shard)
        self.register.refresh(made_by(archive.vocabulary), rows, self.shelf.packed_entry, state)
        self.articles = archive.entries = self.register.entries
        archive.articles = len(self.articles)
        signals.article_generator_finalized.send(self)

    def check_disabled_readers(self) -> None:
        """Nothing to do: Pelican would walk through all articles."""

    def refresh_metadata_intersite_links(self) -> None:
        """Nothing to do: entries hold no links."""

    def generate_output(self, writer: Any) -> None:
        """Write every edition."""
        archive = self.archive
        make = archive.part.make if archive.part else build
        archive.outcome = make(self._site(), self.shelf, self.register, archive.progress)
        signals.article_writer_finalized.send(self, writer=writer)

    def _site(self) -> Site:
        archive, settings = self.archive, self.settings
        known = {edition.code: edition for edition in script.editions()}
        missing = [code for code in archive.settings.editions if code not in known]
        if missing or not archive.settings.editions:
            raise SettingError(
                f"pelicanconf.py: NEWS_EDITIONS names {missing or 'nothing'}; expected some of {', '.join(known)}"
            )
        pages = (StaticPage(page.slug, page.title, page.content, page.lang) for page in self.context["pages"])
        return Site(
            name=settings["SITENAME"],
            url=settings["SITEURL"].rstrip("/"),
            editions=tuple(known[code] for code in archive.settings.editions),
            environment=self.env,
            context=settings,
            theme=Path(self.theme),
            vocabulary=archive.vocabulary,
            cache=archive.made_from,
            output=Path(self.output_path),
            pages=tuple(sorted(pages, key=lambda page: page.slug)),
            per_page=archive.settings.per_page,
            workers=archive.settings.workers,
            written=_announce if signals.content_written.receivers else None,
            contact=archive.settings.contact,
            republish=archive.settings.repair_machine_traditional,
            crew=archive.crew,
            withdrawn=self.withdrawn,
            dumps=archive.part.dumps if archive.part and archive.part.dumps is not None else self._dumps(),
            has_tag_feeds=archive.settings.tag_feeds,
            has_bulk_data=archive.settings.bulk_data,
            is_kept_offline=archive.settings.offline,
        )

    def _dumps(self) -> dict[str, RawDump]:
        """Dumps that readers may download: of published articles, small enough, with nothing withdrawn in them."""
        archive = self.archive
        if not archive.settings.publish_dumps or is_address(archive.settings.dumps):
            return {}
        with open_ledger(archive.cache) as db:
            kept_back = withheld(db)
        named = set(self.register.listings("dump")["dump"])
        most = archive.settings.publish_dumps_max_kb * 1000
        return gather(archive.content / archive.settings.dumps, named, kept_back, most)


def open_archive(settings_file: Path, override: Mapping[str, Any] | None = None) -> Archive:
    """The archive of *settings_file*, *override* set instead, the owner's tables read; nothing is imported or built.

    Raises:
        ArchiveError: a setting or table is wrong, or there is no such file.
    """
    if not settings_file.is_file():
        raise SettingError(
            f"there is no file {settings_file}; run this in the folder of your archive, or name it with -s"
        )
    settings = read_pelican_settings(str(settings_file), override=dict(override or {}))
    return Archive(SimpleNamespace(settings=settings), _silent, log.warning)


def _announce(path: str, context: Mapping[str, Any]) -> None:
    """Tell other plugins of a page, as Pelican's writer does."""
    signals.content_written.send(path, context=context)


def generator_for(archive: Archive) -> type[ArchiveGenerator]:
    """The generator class bound to one run; Pelican makes its generators itself."""
    return type("ArchiveGenerator", (ArchiveGenerator,), {"archive": archive})


def on_initialized(pelican: Pelican) -> None:
    """Check the settings, have dumps taken in as each build begins, put our generator in Pelican's place."""
    try:
        archive = Archive(pelican, getattr(pelican, "progress", _silent), log.warning)
    except ArchiveError as error:
        if isinstance(pelican, Press):
            raise
        log.critical("%s", error)
        raise SystemExit(2) from error  # Pelican itself would go on, and end with 0
    pelican.archive = archive
    is_ours = (
        Path(pelican.theme) / "templates" / "heading.html"
    ).exists()  # else the theme is another's: Pelican builds
    if is_ours:
        # our templates print text from dumps: nothing in it may become markup
        pelican.settings["JINJA_ENVIRONMENT"] = {**pelican.settings["JINJA_ENVIRONMENT"], "autoescape": True}
        # we print pages, in every edition
        pelican.settings["PAGE_SAVE_AS"] = pelican.settings["PAGE_LANG_SAVE_AS"] = ""
    stock = pelican._get_generator_classes
    articles = generator_for(archive) if is_ours else ArticlesGenerator

    def begin() -> list[type]:
        """What Pelican asks for first in each build, but not when it only serves a built site."""
        begin_with = archive.turn.take if archive.part else archive.take_in  # all parts are of one import
        begin_with()
        return [articles if one is ArticlesGenerator else one for one in stock()]

    pelican._get_generator_classes = begin


def on_finalized(pelican: Pelican) -> None:
    """Under Pelican's own command: say what was left out, and exit with 1 if anything was."""
    archive: Archive = pelican.archive
    archive.finish()  # the theme's own files are copied last, so not before now
    if not isinstance(pelican, Press):
        for problem in archive.problems:
            log.warning("%s", problem)
    if not archive.is_complete and not isinstance(pelican, Press):
        raise SystemExit(1)


def _silent(phase: str, done: int, total: int) -> None:
    """No progress display: Pelican's own command shows one."""


class Press(Pelican):  # type: ignore[misc]
    """Pelican with our progress display."""

    def __init__(self, settings: dict[str, Any], progress: Progress, part: Part | None, crew: Crew | None) -> None:
        self.progress = progress
        self.crew = crew
        self.part = part
        super().__init__(settings)


def make_site(
    settings_file: Path,
    output: Path | None,
    progress: Progress,
    override: Mapping[str, Any] | None = None,
    part: Part | None = None,
    crew: Crew | None = None,
) -> Archive:
    """Build the site of *settings_file*, with *override* set instead; what happened is in the archive returned.

    Of an archive in several sites only *part* is built, from what is imported already. A *crew* makes the pages.

    Raises:
        ArchiveError: a setting or table is wrong; nothing was written.
    """
    console.quiet = True  # our last line says what Pelican's would
    given = {**(override or {}), **({"OUTPUT_PATH": str(output.resolve())} if output else {})}
    pelican = Press(read_pelican_settings(str(settings_file), override=given), progress, part, crew)
    archive: Archive = pelican.archive
    try:
        pelican.run()
    finally:
        archive.turn.leave()
    return archive
