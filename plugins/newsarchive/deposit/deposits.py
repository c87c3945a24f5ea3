"""The folders of an archive that have an address: its articles both ways, the site and the import report one way."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from ..errors import SettingError
from ..frontmatter import is_edited
from ..settings import Settings
from .address import is_address
from .carried import Carried
from .decision import BRINGING, DELIVERING, Action
from .exchange import Deposit, exchange

SCAFFOLD = ".parts/"
"""Begins what stands in the output folder only while files are written."""


class Deposits:
    """Those of one run."""

    def __init__(self, settings: Settings, cache: Path, progress: Callable[[str, int, int], None]) -> None:
        self.settings = settings
        self.cache = cache
        self.progress = progress
        self.carried: dict[str, Carried] = {}
        """Setting -> what travelled; nothing for those that name no address."""

    @property
    def problems(self) -> tuple[str, ...]:
        """One message for each file that a person changed on both sides."""
        return tuple(problem for one in self.carried.values() for problem in one.problems)

    def told(self, lang: str) -> str:
        """A line for each address."""
        return "".join(f"{one.told(lang)}\n" for one in self.carried.values())

    def bring(self, articles: Path) -> None:
        """Fetch what people changed at NEWS_ARTICLES since the last run.

        Raises:
            DepositError: the address does not answer.
            SettingError: it is no address.
        """
        self._exchange("NEWS_ARTICLES", articles, self.settings.articles, BRINGING)

    def deliver(self, articles: Path, report: Path) -> None:
        """Send the articles that changed here, and the import report."""
        self._exchange("NEWS_ARTICLES", articles, self.settings.articles, DELIVERING)
        self._exchange("NEWS_REPORTS", report, self.settings.reports, DELIVERING)

    def deliver_site(self, output: Path, part: str = "") -> None:
        """Send the pages that changed; of an archive in several sites those of *part*, to a folder of that name."""
        address = self.settings.output.rstrip("/")
        self._exchange("NEWS_OUTPUT", output, f"{address}/{part}" if address and part else address, DELIVERING)

    def _exchange(self, setting: str, folder: Path, address: str, wanted: frozenset[Action]) -> None:
        if not address:
            return
        if not is_address(address):
            raise SettingError(
                f"pelicanconf.py: {setting} is {address!r}; expected an address like s3://bucket/folder, "
                f"which holds what stands in {folder}"
            )
        deposit = Deposit(setting, folder, address.rstrip("/"), *KINDS[setting])
        phase = "fetching" if wanted is BRINGING else "sending"
        carried = exchange(deposit, self.cache, wanted, partial(self.progress, phase))
        before = self.carried.get(setting)
        self.carried[setting] = before.and_then(carried) if before else carried


def _is_article(path: str) -> bool:
    return path.endswith(".md") and not path.rpartition("/")[2].startswith(".")


def _is_page(path: str) -> bool:
    return not path.startswith(SCAFFOLD)


def _is_by_hand(file: Path) -> bool:
    return is_edited(file.read_text(encoding="utf-8", errors="replace"))


KINDS: dict[str, tuple[Callable[[str], bool], Callable[[Path], bool] | None]] = {
    "NEWS_ARTICLES": (_is_article, _is_by_hand),
    "NEWS_REPORTS": (_is_page, None),
    "NEWS_OUTPUT": (_is_page, None),
}
"""Setting -> which files are kept there, and what tells a person's edit, where people edit."""
