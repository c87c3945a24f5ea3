"""Dumps in, articles out: reading -> ledger -> shelving -> report.

What stands in content/articles afterwards depends on the dumps and on what stood there before, and on
nothing else: not on the order of files, the number of processes, or a run that was killed halfway.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from datetime import tzinfo
from pathlib import Path

from .. import withdrawn as withdrawals
from ..ledger import articles as shelf
from ..ledger.kin import regroup
from ..ledger.store import open_ledger
from .reading import read_dumps
from .report import Report, write_report
from .shelving import shelve

__all__ = ["Report", "ingest"]

REPORT_FOLDER = "import-report"


def ingest(
    dumps: Path,
    articles: Path,
    *,
    cache: Path,
    withdrawn: Path,
    zone: tzinfo,
    workers: int = 1,
    executor: Executor | None = None,
    dry_run: bool = False,
    reports: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    announce: Callable[[str], None] | None = None,
) -> Report:
    """Bring *articles* up to date with *dumps*; read only dumps that changed since the last run.

    Args:
        withdrawn: list of articles taken down (see `withdrawn`); need not exist.
        zone: time zone of dates that state none.
        workers: processes to catalogue in; 0 means one for each core.
        executor: does the cataloguing instead of processes of our own, if given.
        dry_run: find out all, write nothing but the report, and that only if *reports* is given.
        reports: folder for the import report; else one in *cache*.
        progress: called with (bytes done, bytes in all) as dumps are read.
        announce: called with the slug of each file written, or that would be.

    Raises:
        WithdrawalError: a line of the list cannot be read.
        BusyError: another run has the ledger.
        ArchiveError: the ledger does not add up.
    """
    listed = withdrawals.read(withdrawn)
    folder = reports or (None if dry_run else cache / REPORT_FOLDER)
    with open_ledger(cache, dry_run=dry_run) as db:
        shelf.refresh(db, articles, tidy=not dry_run)
        removed = shelf.withdraw(db, articles, listed, remove=not dry_run)
        read_dumps(db, dumps, zone, workers=workers, executor=executor, progress=progress)
        shelf.keep_vanished(db, articles)
        regroup(db)
        written = shelve(db, articles, dry_run=dry_run, announce=announce or str)
        return write_report(db, folder, written=written, removed=removed)
