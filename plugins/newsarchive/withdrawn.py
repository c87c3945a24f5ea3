"""The owner's list of articles taken down: `SLUG reason DATE` a line, `#` before a remark.

2019/11/20-3f2a9c81d04e  at the request of a person named in it  2026-11-22
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .errors import WithdrawalError

KEY = re.compile(r"[0-9a-f]{12}\Z")


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One article taken down; its address shows a notice for ever."""

    slug: str
    reason: str
    date: date

    @property
    def key(self) -> str:
        """First 12 digits of the record's SHA-256, with which its slug ends; empty if a person chose the slug."""
        match = KEY.search(self.slug)
        return match[0] if match else ""


def read(path: Path) -> tuple[Withdrawal, ...]:
    """Withdrawals listed in the file *path*, in its order; none where there is no such file.

    Raises:
        WithdrawalError: a line is not `SLUG reason DATE`, or a slug is listed twice.
    """
    if not path.is_file():
        return ()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise WithdrawalError(
            f"{path.name}: not UTF-8 at byte {error.start}; save it as UTF-8 and run again"
        ) from error
    found: dict[str, Withdrawal] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        withdrawal = _withdrawal(line, f"{path.name}:{number}")
        if withdrawal.slug in found:
            raise WithdrawalError(f"{path.name}:{number}: {withdrawal.slug} is listed twice; delete one of the lines")
        found[withdrawal.slug] = withdrawal
    return tuple(found.values())


def _withdrawal(line: str, where: str) -> Withdrawal:
    words = line.split()
    try:
        day = date.fromisoformat(words[-1])
    except ValueError:
        day = None
    if day is None or len(words) < 3:
        raise WithdrawalError(
            f"{where}: found {line.strip()[:40]!r}; expected slug, reason and day, "
            "like `2019/11/20-3f2a9c81d04e wrong person named 2026-11-22`"
        )
    return Withdrawal(words[0].strip("/").removesuffix(".html").removesuffix(".md"), " ".join(words[1:-1]), day)
