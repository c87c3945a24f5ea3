"""A line that shows how far a long phase is: done, of how many, per second, time left."""

import sys
import time
from typing import TextIO

QUIET_SECONDS = 1.0
"""A phase shorter than this shows nothing."""

REDRAW_SECONDS = 0.2


class ProgressLine:
    """Draws on *stream*, else on standard error, if it is a terminal; takes itself away when the phase ends."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.is_shown = self.stream.isatty()
        self.phase = ""
        self.begun = self.drawn = 0.0

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Note that *done* of *total* are finished in *phase*."""
        if not self.is_shown:
            return
        now = time.monotonic()
        if phase != self.phase:
            self.phase, self.begun, self.drawn = phase, now, now + QUIET_SECONDS - REDRAW_SECONDS
        if done < total and now - self.drawn >= REDRAW_SECONDS:
            self.drawn = now
            self.stream.write("\r\x1b[K" + line(phase, done, total, now - self.begun))
            self.stream.flush()
        elif done >= total:
            self.clear()

    def clear(self) -> None:
        """Take the line away."""
        if self.is_shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()


def line(phase: str, done: int, total: int, seconds: float) -> str:
    """Text of the display.

    >>> line("import", 250, 1000, 5.0)
    'import  250/1000  25 %  50/s  15 s left'
    """
    rate = done / seconds if seconds else 0.0
    left = (total - done) / rate if rate else 0.0
    return f"{phase}  {done}/{total}  {100 * done // max(total, 1)} %  {rate:.0f}/s  {left:.0f} s left"
