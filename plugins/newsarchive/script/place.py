"""Where this process keeps compiled tables, and where the owner's own tables stand.

One value for the whole process, set before the first text by `work_in` of this package: every
conversion shares one folder, wherever in the program it is asked for, and forked workers inherit it.
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class Place:
    tables: Path | None = None
    """Folder of compiled tables; without it each process compiles them anew, in half a second."""

    vocabulary: Path | None = None
    """The owner's folder of tables named like ours, read after ours."""

    def own(self, name: str) -> Path | None:
        """The owner's table *name*, if there is one."""
        path = self.vocabulary / name if self.vocabulary else None
        return path if path and path.is_file() else None


HERE = Place()
