"""The shelf -> the site: plan every file, keep what is unchanged, render the rest side by side.

plan (what files there are) -> diff (whose needs changed) -> render (forked workers) -> write whole -> record.
Killed at any moment, the next run finds the files it did not record and makes them again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from ..shelf import Entry, Shelf
from ..workers import spread
from . import finding
from .cards import Cards
from .job import Job
from .output import Output, write_whole
from .plan import Archive, plan, plan_root
from .printer import Printer, digest
from .site import Site, StaticPage

__all__ = ["Outcome", "Site", "StaticPage", "build"]

Progress = Callable[[str, int, int], None]
"""Called with a phase, how much is done, and of how many."""

RECORD_EVERY = 500
"""Files after which the digests are recorded: at most so many are made again after a kill."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did, in files."""

    files: int
    made: int
    removed: int


def build(site: Site, shelf: Shelf, entries: Sequence[Entry], progress: Progress) -> Outcome:
    """Bring the output folder up to date with the shelf, in every edition."""
    archive = Archive(shelf, entries)
    cards = Cards(site.cache)
    output = Output(site.output, site.cache)
    known = output.known()
    made = 0
    planned: set[str] = set()
    printers = [Printer(site, edition, cards) for edition in site.editions]
    for printer in printers:
        edition = printer.edition
        base = _base(site, edition.code)
        cards.refresh(edition.code, base, entries, printer.make_card, site.workers)
        jobs = [(site.folder(edition) + job.file, job) for job in plan(site, archive)]
        if edition == site.editions[0]:
            jobs += [(job.file, job) for job in plan_root(site, archive)]
        stale = _stale(jobs, base, known)
        planned.update(file for file, _ in jobs)
        made += _make(printer, output, stale, site.workers, progress)
    finding.index(site, shelf, entries, archive.listings, printers)
    removed = output.remove(sorted(known.keys() - planned))
    return Outcome(len(planned), made, removed)


def _stale(jobs: Sequence[tuple[str, Job]], base: str, known: dict[str, str]) -> list[tuple[str, Job, str]]:
    """(file, job, digest) of the jobs whose needs changed since their file was made."""
    wanted = ((file, job, digest(base, job.needs)) for file, job in jobs)
    return [(file, job, want) for file, job, want in wanted if known.get(file) != want]


def _make(
    printer: Printer, output: Output, stale: Sequence[tuple[str, Job, str]], workers: int, progress: Progress
) -> int:
    """Render and write *stale* files; return how many."""

    def work(item: tuple[str, Job, str]) -> tuple[str, str]:
        file, job, want = item
        write_whole(output.folder / file, job.render(printer))
        return file, want

    done: list[tuple[str, str]] = []
    for count, made in enumerate(spread(work, stale, workers), 1):
        done.append(made)
        if len(done) == RECORD_EVERY:
            output.record(done)
            done.clear()
        progress(printer.edition.label, count, len(stale))
    output.record(done)
    return len(stale)


def _base(site: Site, edition: str) -> str:
    """Digest of all that every page depends on: program, theme, settings."""
    settings = sorted((name, repr(value)) for name, value in site.context.items() if _is_setting(name, value))
    editions = tuple(repr(e) for e in site.editions)
    folders = (Path(__file__).parents[1], site.theme / "templates", site.theme / "words.toml", site.vocabulary)
    files = [blake2b(file.read_bytes(), digest_size=8).hexdigest() for folder in folders for file in _sources(folder)]
    return digest(edition, editions, settings, files, site.url, site.per_page, site.contact)


def _is_setting(name: str, value: object) -> bool:
    """Whether a template may print this; folders of this machine and Pelican's own objects are no part of a page."""
    return isinstance(value, str | int | float | bool | tuple | list) and not name.endswith(("PATH", "PATHS", "THEME"))


def _sources(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    kinds = {".py", ".toml", ".csv", ".html", ".xml"}
    return sorted(file for file in folder.rglob("*") if file.suffix in kinds)
