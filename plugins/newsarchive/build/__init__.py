"""The shelf -> the site: plan every file, keep what is unchanged, render the rest side by side.

plan (what files there are) -> diff (whose needs changed) -> render (forked workers) -> write whole -> record.
Killed at any moment, the next run finds the files it did not record and makes them again.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
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
from .stamp import Stamp

__all__ = ["Outcome", "Site", "StaticPage", "build"]

Progress = Callable[[str, int, int], None]
"""Called with a phase, how much is done, and of how many."""

RECORD_EVERY = 500
"""Jobs after which the digests are recorded: at most so many are done again after a kill."""


WINDOW = 4000
"""Tasks that are held at once. Workers last as long: forked memory becomes their own bit by bit, as they read it."""


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
    base = base_of(site)
    stamp = Stamp(site, base, entries)
    with closing(Output(site.output, site.cache, [site.folder(edition) for edition in site.editions])) as output:
        known = output.known()
        files = stamp.files()
        if files is not None and all(known.values()) and finding.stands(site):
            return Outcome(files, 0, 0)
        stamp.lift()
        outcome = _brought_up(site, Archive(shelf, entries), base, output, known, progress)
        stamp.put(outcome.files)
        return outcome


def _brought_up(
    site: Site, archive: Archive, base: bytes, output: Output, known: dict[str, bytes], progress: Progress
) -> Outcome:
    """What was done to bring *output* up to date with *archive*; *known* is what it holds."""
    with closing(Cards(site.cache)) as cards, closing(LinkBook(site.output, site.cache)) as book:
        printers = [Printer(site, edition, cards) for edition in site.editions]
        keep_compiled(printers, base, site.cache)
        cards.refresh(base, archive.entries, partial(_cards, printers), site.workers, partial(progress, "cards"))
        plan = Diff(site, archive, base, known)
        press = Press(printers, output, book, base)
        press.make(plan, partial(progress, "pages"))
        removed = output.tidy(plan.known, plan.gone)
        book.strike(plan.gone)
        finding.index(site, archive.shelf, archive, printers, base, partial(progress, "search"))
    return Outcome(plan.files, press.files, removed, tuple(press.keys))


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


class Diff:
    """The tasks whose needs changed, found as they are asked for; at the end it knows the rest."""

    def __init__(self, site: Site, archive: Archive, base: bytes, known: dict[str, bytes]) -> None:
        self.known = known
        self.gone = set(known)
        """Keys that are planned no more."""

        self.files = 0
        """How many files there are to be."""

        self._tasks = partial(_tasks, site, archive, base)

    def __iter__(self) -> Iterator[Task]:
        for task in self._tasks():
            self.files += task.editions
            self.gone.discard(task.key)
            if self.known.get(task.key) != task.digest:
                yield task

    def count(self) -> int:
        """How many tasks there are in all, changed or not."""
        return sum(1 for _ in self._tasks())


def _tasks(site: Site, archive: Archive, base: bytes) -> Iterator[Task]:
    for job in plan(site, archive):
        yield Task(job.file, digest(base, job.needs), job._replace(needs=()), len(site.editions))
    for job in plan_root(site, archive):
        yield Task(ROOT + job.file, digest(base, job.needs), job._replace(needs=()), 1)


class Press:
    """Renders and writes the files of tasks, and notes where they lead."""

    def __init__(self, printers: Sequence[Printer], output: Output, book: LinkBook, base: bytes) -> None:
        self.printers = printers
        self.output = output
        self.book = book
        self.base = base
        self.files = 0
        self.keys: list[str] = []
        """Of the tasks done."""

    def make(self, plan: Diff, progress: Callable[[int, int], None]) -> None:
        """Do the tasks of *plan*, a window of them at a time."""
        site = self.printers[0].site
        crew = site.crew if not site.written else None  # who listens must be told here, not in a worker
        stale = iter(plan)
        first = list(stale if crew else islice(stale, WINDOW))
        total = plan.count() if len(first) == WINDOW and not crew else len(first)
        windows = iter(lambda: list(islice(stale, WINDOW)), [])
        for window in chain([first], windows):
            self.output.enter(task.key for task in window if task.key not in plan.known)
            found = crew(site, self.base, [task.key for task in window]) if crew else self._near(window)
            self._record(window, found, lambda: progress(len(self.keys), total))

    def _near(self, window: Sequence[Task]) -> Iterator[Links]:
        site = self.printers[0].site
        return spread(partial(_write, self.printers), window, 1 if site.written else site.workers)

    def _record(self, window: Sequence[Task], found: Iterator[Links], tell: Callable[[], None]) -> None:
        done: list[tuple[Task, Links]] = []
        for count, made in enumerate(zip(window, found, strict=True), 1):
            done.append(made)
            if len(done) == RECORD_EVERY or count == len(window):
                self.book.record((task.key, links) for task, links in done if not task.key.startswith(ROOT))
                self.output.record((task.key, task.digest) for task, _ in done)
                done.clear()
            self.files += made[0].editions
            self.keys.append(made[0].key)
            tell()


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
