"""The shelf -> the site: plan every file, keep what is unchanged, render the rest side by side.

plan (what files there are) -> diff (whose needs changed) -> render (forked workers) -> write whole -> record.
Killed at any moment, the next run finds the files it did not record and makes them again.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from typing import NamedTuple

from ..lists import Register
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
from .plan import Archive, plan, plan_root, scopes
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
    state: str
    """Of the site now; the same state, the same site."""

    before: str = ""
    """State of the site that was brought up to date; empty where all of it was planned anew."""

    keys: tuple[str, ...] = ()
    """Those made: as in `output`, each a file in every edition."""

    gone: tuple[str, ...] = ()
    """Keys of files taken away."""

    articles: tuple[Entry, ...] = ()
    """Those whose pages were made, if not all were planned."""


class Task(NamedTuple):
    """A job whose files are to be made."""

    key: str
    digest: bytes
    job: Job
    editions: int
    """In how many editions, from the first: in all of them, or only there for what serves all."""


def build(site: Site, shelf: Shelf, register: Register, progress: Progress) -> Outcome:
    """Bring the output folder up to date with *register*, which was refreshed, in every edition."""
    base = base_of(site)
    stamp = Stamp(site, base)
    with closing(Output(site.output, site.cache, [site.folder(edition) for edition in site.editions])) as output:
        is_whole = output.stands() and finding.stands(site)
        if is_whole and stamp.tells(register.digest):
            return Outcome(output.count(), 0, 0, stamp.state(register.digest))
        touched = register.touched if is_whole and stamp.tells(register.before) else None
        stamp.lift()
        state, before = stamp.state(register.digest), "" if touched is None else stamp.state(register.before)
        outcome = _brought_up(site, Archive(shelf, register, touched), base, output, progress)
        stamp.put(register.digest)
        return replace(outcome, state=state, before=before)


def _brought_up(site: Site, archive: Archive, base: bytes, output: Output, progress: Progress) -> Outcome:
    """What was done to bring *output* up to date with *archive*."""
    with closing(Cards(site.cache)) as cards, closing(LinkBook(site.output, site.cache)) as book:
        printers = [Printer(site, edition, cards) for edition in site.editions]
        keep_compiled(printers, base, site.cache)
        cards.refresh(
            base, archive.register, archive.touched, partial(_cards, printers), site.workers, partial(progress, "cards")
        )
        plan = Diff(site, archive, base, output)
        press = Press(printers, output, book, base)
        press.make(plan, partial(progress, "pages"))
        gone = plan.gone()
        removed = output.tidy(gone)
        book.strike(gone)
        finding.index(site, archive, printers, base, partial(progress, "search"))
    made = () if archive.touched is None else (key.removesuffix(".html") for key in press.keys)
    articles = tuple(archive.register.some(made))
    return Outcome(output.count(), press.files, removed, "", "", tuple(press.keys), tuple(gone), articles)


def presses(site: Site, shelf: Shelf, register: Register) -> tuple[bytes, Callable[[str], Links]]:
    """What makes the file of a key, as `build` would, whose cards stand already; and the digest all pages depend on."""
    base = base_of(site)
    cards = Cards(site.cache)
    printers = [Printer(site, edition, cards) for edition in site.editions]
    jobs = {key: (job, editions) for key, job, editions in _jobs(site, Archive(shelf, register))}
    return base, lambda key: _write(printers, Task(key, b"", *jobs[key]))


def _cards(printers: Sequence[Printer], entry: Entry) -> list[tuple[str, Card, str]]:
    """Cards of *entry* in every edition."""
    return [(printer.edition.code, *printer.make_card(entry)) for printer in printers]


class Diff:
    """The tasks whose needs changed, found as they are asked for; at the end it knows what is planned no more."""

    def __init__(self, site: Site, archive: Archive, base: bytes, output: Output) -> None:
        self.base = base
        self.output = output
        self.scopes = scopes(archive.touched)
        self._jobs = partial(_jobs, site, archive)
        output.db.execute("CREATE TEMP TABLE planned (key TEXT PRIMARY KEY) WITHOUT ROWID")

    def __iter__(self) -> Iterator[Task]:
        for key, job, editions in self._jobs():
            self.output.db.execute("INSERT OR IGNORE INTO planned VALUES (?)", (key,))
            stands_from = self.output.digest(key)
            if job.is_kept and stands_from:
                continue
            made_from = digest(self.base, job.needs() if callable(job.needs) else job.needs)
            if stands_from != made_from:
                yield Task(key, made_from, job._replace(needs=()), editions)

    def count(self) -> int:
        """How many tasks there are in all, changed or not."""
        return sum(1 for _ in self._jobs())

    def gone(self) -> list[str]:
        """Keys that are planned no more, of those that were looked at."""
        is_planned = "SELECT 1 FROM planned WHERE key = ?"
        found = {key for scope in self.scopes for key in self.output.keys(scope)}
        return sorted(key for key in found if not self.output.db.execute(is_planned, (key,)).fetchone())


ELSEWHERE = Job("", (), lambda printer: "")
"""Stands for what a crew makes by its key: all its tasks are handed over at once."""


def _jobs(site: Site, archive: Archive) -> Iterator[tuple[str, Job, int]]:
    """Key, job and number of editions of every file that may have changed."""
    for job in plan(site, archive):
        yield job.file, job, len(site.editions)
    for job in plan_root(site, archive):
        yield ROOT + job.file, job, 1


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
        stale = (task._replace(job=ELSEWHERE) for task in plan) if crew else iter(plan)
        first = list(stale if crew else islice(stale, WINDOW))
        total = plan.count() if len(first) == WINDOW and not crew else len(first)
        windows = iter(lambda: list(islice(stale, WINDOW)), [])
        for window in chain([first], windows):
            self.output.enter(task.key for task in window)
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
