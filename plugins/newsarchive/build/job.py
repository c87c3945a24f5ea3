"""One file of the site, planned: where it goes, what it depends on, how it is made."""

from collections.abc import Callable
from typing import NamedTuple

from .printer import Printer


class Job(NamedTuple):
    path: str
    """Clean address within the edition: `` front page, `2019/11/`, `2019/11/20-KEY.html`, `feed.atom`."""

    needs: tuple[object, ...] | Callable[[], tuple[object, ...]]
    """Everything the file says that may change, in short; unchanged needs, unchanged file. The same in all editions."""

    render: Callable[[Printer], str | bytes]

    is_kept: bool = False
    """Whether no change can have touched it: if it stands, its needs are not looked at."""

    @property
    def file(self) -> str:
        return self.path + "index.html" if self.path.endswith("/") or not self.path else self.path
