"""What long commands share: a line that shows how far they are, and an orderly end if they are stopped."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from ..errors import ArchiveError
from ..progress import ProgressLine


@contextmanager
def progress_shown() -> Iterator[ProgressLine]:
    """A progress line, taken away at the end.

    Raises:
        ArchiveError: the system gave no room, right or memory, or a person pressed Ctrl-C.
    """
    progress = ProgressLine()
    try:
        yield progress
    except (OSError, sqlite3.Error, BrokenProcessPool) as error:
        raise ArchiveError(_starved(error)) from error
    except KeyboardInterrupt:
        raise ArchiveError("stopped; what was written stays, run again to finish") from None
    finally:
        progress.clear()


def _starved(error: Exception) -> str:
    """What to do about a system that gives no room, no right or no memory."""
    where = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.filename else str(error)
    return f"{where}; look after room and rights on the disk, and memory. No file is half written: run again to finish"
