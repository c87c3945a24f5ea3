"""Dumps in, articles out: reading -> ledger -> shelving -> report.

What stands in content/articles afterwards depends on the dumps and on what stood there before, and on
nothing else: not on the order of files, the number of processes, or a run that was killed halfway.
"""

from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path

from .. import withdrawn as withdrawals
from ..cluster.engine import Engine
from ..ledger import articles as shelf
from ..ledger.kin import regroup
from ..ledger.store import open_ledger
from .depot import depot_at
from .reading import read_dumps
from .report import Report, put_aside, told_together, write_report
from .shelving import shelve

__all__ = ["Report", "ingest", "told_together"]

REPORT_FOLDER = "import-report"


def ingest(
    dumps: Path | str,
    articles: Path,
    *,
    cache: Path,
    withdrawn: Path,
    zone: tzinfo,
    workers: int = 1,
    engine: Engine | None = None,
    dry_run: bool = False,
    reports: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    announce: Callable[[str], None] | None = None,
) -> Report:
    """Bring *articles* up to date with *dumps*; read only dumps that changed since the last run.

    Args:
        dumps: their folder, or an address that fsspec opens, with `://`.
        withdrawn: list of articles taken down (see `withdrawn`); need not exist.
        zone: time zone of dates that state none.
        workers: processes to catalogue in; 0 means one for each core.
        engine: does the cataloguing instead of processes of our own, if given.
        dry_run: find out all, write nothing but the report, and that only if *reports* is given.
        reports: folder for the import report; else one in *cache*.
        progress: called with (bytes done, bytes in all) as dumps are read.
        announce: called with the slug of each file written, or that would be.

    Raises:
        WithdrawalError: a line of the list cannot be read.
        ClusterError: the workers of *engine* were lost; what they had done stays in the ledger.
        BusyError: another run has the ledger.
        ArchiveError: the ledger does not add up.
    """
    listed = withdrawals.read(withdrawn)
    folder = reports or (None if dry_run else cache / REPORT_FOLDER)
    with open_ledger(cache, dry_run=dry_run) as db, depot_at(dumps) as depot:
        if folder:
            put_aside(folder)
        shelf.refresh(db, articles, tidy=not dry_run)
        removed = shelf.withdraw(db, articles, listed, remove=not dry_run)
        read_dumps(db, depot, zone, workers=workers, engine=engine, progress=progress)
        shelf.keep_vanished(db, articles)
        regroup(db)
        written = shelve(db, articles, dry_run=dry_run, announce=announce or str)
        return write_report(db, folder, written=written, removed=removed)
