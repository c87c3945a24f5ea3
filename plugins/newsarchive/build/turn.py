"""One run at a time: two builds of one archive would write each other's files."""

import os
import sqlite3
from pathlib import Path

from ..errors import BusyError


class Turn:
    """The right to write into an archive, from `take` to `leave`.

    The lock is SQLite's, on a file of its own: the system takes it away when a process ends, however it does,
    so none is ever stale.
    """

    def __init__(self, cache: Path) -> None:
        self.file = cache / "turn.sqlite"
        self.holder = cache / "turn.pid"
        self.lock: sqlite3.Connection | None = None

    def take(self) -> None:
        """Hold the archive; nothing to do if this run holds it already.

        Raises:
            BusyError: another run has it; the message names its process.
        """
        if self.lock:
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(self.file, timeout=0, isolation_level=None)
        try:
            lock.execute("BEGIN IMMEDIATE")  # EXCLUSIVE waits for readers: of two at once both would give up
        except sqlite3.OperationalError as error:
            lock.close()
            raise BusyError(
                f"{self.file.parent}: process {self._named()} is building this archive; "
                "wait until it ends, or end it, and run again"
            ) from error
        self.holder.write_text(str(os.getpid()), encoding="ascii")
        self.lock = lock

    def leave(self) -> None:
        """Let the next run in."""
        if self.lock:
            self.holder.unlink(missing_ok=True)
            self.lock.close()
            self.lock = None

    def _named(self) -> str:
        try:
            return self.holder.read_text(encoding="ascii")
        except FileNotFoundError:
            return "unknown"
