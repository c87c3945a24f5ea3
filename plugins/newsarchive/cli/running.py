"""What long commands share: who does the work, a line that shows how far it is, an orderly end if it is stopped."""

import argparse
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import ArchiveError
from ..progress import ProgressLine


def add_scheduler(parser: argparse.ArgumentParser) -> None:
    """Let the terminal name a Dask cluster."""
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="Dask scheduler whose workers do the work, instead of NEWS_SCHEDULER"
    )


def override(options: argparse.Namespace) -> dict[str, str]:
    """Settings that *options* set instead of the settings file."""
    return {} if options.scheduler is None else {"NEWS_SCHEDULER": options.scheduler}


@contextmanager
def progress_shown() -> Iterator[ProgressLine]:
    """A progress line, taken away at the end.

    Raises:
        ArchiveError: the system gave no room, right or memory, or a person pressed Ctrl-C.
    """
    progress = ProgressLine()
    try:
        yield progress
    except (OSError, sqlite3.Error) as error:
        raise ArchiveError(_starved(error)) from error
    except KeyboardInterrupt:
        raise ArchiveError("stopped; what was written stays, run again to finish") from None
    finally:
        progress.clear()


def _starved(error: Exception) -> str:
    """What to do about a system that gives no room, no right or no memory."""
    where = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.filename else str(error)
    return f"{where}; look after room and rights on the disk, and memory. No file is half written: run again to finish"
