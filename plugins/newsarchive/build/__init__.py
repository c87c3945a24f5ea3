"""The shelf -> the site: plan every file, keep what is unchanged, render the rest side by side.

plan (what files there are) -> diff (whose needs changed) -> render (forked workers) -> write whole -> record.
Killed at any moment, the next run finds the files it did not record and makes them again.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from ..shelf import Entry, Shelf
from ..view import Card
from ..workers import spread
from . import finding
from .base import base_of
from .cards import Cards
from .compiled import keep_compiled
from .job import Job
from .links import LinkBook, Links, links_of, together
from .output import ROOT, Output, write_whole
from .plan import Archive, plan, plan_root
from .printer import Printer, digest
from .site import Site, StaticPage

__all__ = ["Outcome", "Site", "StaticPage", "build"]

Progress = Callable[[str, int, int], None]
"""Called with a phase, how much is done, and of how many."""

RECORD_EVERY = 500
"""Jobs after which the digests are recorded: at most so many are done again after a kill."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did, in files."""

    files: int
    made: int
    removed: int
    keys: tuple[str, ...] = ()
    """Those made: as in `output`, each a file in every edition."""


class Task(NamedTuple):
    """A job whose files are to be made."""

    key: str
    digest: bytes
    job: Job
    editions: int
    """In how many editions, from the first: in all of them, or only there for what serves all."""


def build(site: Site, shelf: Shelf, entries: Sequence[Entry], progress: Progress) -> Outcome:
    """Bring the output folder up to date with the shelf, in every edition."""
    archive = Archive(shelf, entries)
    base = base_of(site)
    folders = [site.folder(edition) for edition in site.editions]
    with (
        closing(Cards(site.cache)) as cards,
        closing(Output(site.output, site.cache, folders)) as output,
        closing(LinkBook(site.output, site.cache)) as book,
    ):
        printers = [Printer(site, edition, cards) for edition in site.editions]
        keep_compiled(printers, base, site.cache)
        cards.refresh(base, entries, partial(_cards, printers), site.workers, partial(progress, "cards"))
        known = output.known()
        files, stale, gone = _diff(site, archive, base, known)
        output.enter(task.key for task in stale if task.key not in known)
        _make(printers, output, book, stale, base, partial(progress, "pages"))
        removed = output.tidy(known, gone)
        book.strike(gone)
        finding.index(site, shelf, archive, printers, base, partial(progress, "search"))
    made = sum(task.editions for task in stale)
    return Outcome(files, made, removed, tuple(task.key for task in stale))


def presses(site: Site, shelf: Shelf, entries: Sequence[Entry]) -> tuple[bytes, Callable[[str], Links]]:
    """What makes the file of a key, as `build` would, whose cards stand already; and the digest all pages depend on."""
    base = base_of(site)
    cards = Cards(site.cache)
    printers = [Printer(site, edition, cards) for edition in site.editions]
    tasks = {task.key: task for task in _tasks(site, Archive(shelf, entries), base)}
    return base, lambda key: _write(printers, tasks[key])


def _cards(printers: Sequence[Printer], entry: Entry) -> list[tuple[str, Card, str]]:
    """Cards of *entry* in every edition."""
    return [(printer.edition.code, *printer.make_card(entry)) for printer in printers]


def _diff(site: Site, archive: Archive, base: bytes, known: dict[str, bytes]) -> tuple[int, list[Task], set[str]]:
    """How many files there are to be, the tasks whose needs changed, and the known keys that are planned no more."""
    files = 0
    stale = []
    gone = set(known)
    for task in _tasks(site, archive, base):
        files += task.editions
        gone.discard(task.key)
        if known.get(task.key) != task.digest:
            stale.append(task)
    return files, stale, gone


def _tasks(site: Site, archive: Archive, base: bytes) -> Iterator[Task]:
    for job in plan(site, archive):
        yield Task(job.file, digest(base, job.needs), job._replace(needs=()), len(site.editions))
    for job in plan_root(site, archive):
        yield Task(ROOT + job.file, digest(base, job.needs), job._replace(needs=()), 1)


def _make(
    printers: Sequence[Printer],
    output: Output,
    book: LinkBook,
    stale: Sequence[Task],
    base: bytes,
    progress: Callable[[int, int], None],
) -> None:
    """Render and write the files of *stale* tasks, and note where they lead."""
    site = printers[0].site
    workers = 1 if site.written else site.workers  # who listens must be told here, not in a worker
    done: list[tuple[Task, Links]] = []
    near = partial(spread, partial(_write, printers), stale, workers)
    found = site.crew(site, base, [task.key for task in stale]) if site.crew and not site.written else near()
    for count, made in enumerate(zip(stale, found, strict=True), 1):
        done.append(made)
        if len(done) == RECORD_EVERY or count == len(stale):
            book.record((task.key, links) for task, links in done if not task.key.startswith(ROOT))
            output.record((task.key, task.digest) for task, _ in done)
            done.clear()
        progress(count, len(stale))


def _write(printers: Sequence[Printer], task: Task) -> Links:
    """Write the file of *task* in every edition it has; where its pages lead."""
    site = printers[0].site
    folder = str(site.output)
    found = []
    for printer in printers[: task.editions]:
        file = site.folder(printer.edition) + task.job.file
        text = task.job.render(printer)
        write_whole(folder, file, text)
        if isinstance(text, str) and file.endswith(".html"):
            found.append(links_of(file, text))
        if site.written:
            site.written(f"{folder}/{file}", printer.printed)
    return together(found)
