"""The editions a site may have, from vocabulary/editions.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import SettingError, VocabularyError
from .dictionaries import configurations
from .place import HERE

TABLE = Path(__file__).parent.parent / "vocabulary" / "editions.toml"
ORDERS = ("pinyin", "zhuyin")
DATES = {"year", "month", "day", "weekday"}


@dataclass(frozen=True, slots=True)
class Edition:
    """The whole site in one script."""

    code: str
    """BCP 47 tag, e.g. `zh-Hant`."""

    label: str
    """Its name in its own script, e.g. 繁體."""

    folder: str
    """Where it stands when another edition has the root, e.g. `zh-hant`."""

    config: Mapping[str, str]
    """Script of origin -> OpenCC configuration; "" leaves such an article as it was written."""

    quotes: str
    """Outer and inner quotation marks, four characters, e.g. `「」『』`; empty to leave them as they were written."""

    order: str
    """How headings are sorted: pinyin or zhuyin."""

    dates: Mapping[str, str]
    """How a `year`, `month`, `day` and `weekday` are written, e.g. `{year}年{month}月`."""

    @property
    def script(self) -> str:
        """`zh-Hans` or `zh-Hant`, whichever this edition is set in."""
        return "-".join(self.code.split("-")[:2])

    def config_for(self, origin: str) -> str:
        """Configuration for an article of script *origin*; "" leaves it untouched.

        >>> edition("zh-Hans").config_for("zh-Hant-TW")
        'tw2s'
        >>> edition("zh-Hant").config_for("zh")
        ''
        """
        parts = origin.split("-")
        known = ("-".join(parts[:n]) for n in range(len(parts), 0, -1))
        return next((self.config[code] for code in known if code in self.config), "")


@cache
def editions() -> tuple[Edition, ...]:
    """All editions, in the order of the table; the owner's table of the same name adds to ours.

    An entry of the owner's with the code of one of ours changes the fields it names.

    Raises:
        VocabularyError: an entry lacks a field, or a field cannot be right.
    """
    entries: dict[str, dict[str, Any]] = {}
    for path in filter(None, (TABLE, HERE.own(TABLE.name))):
        for entry in _entries(path):
            code = entry.get("code", "without a code")
            entries[code] = entries.get(code, {}) | entry
    found = tuple(map(_edition, entries.values()))
    for name in ("code", "folder"):
        values = [getattr(entry, name) for entry in found]
        if twice := {value for value in values if values.count(value) > 1}:
            raise VocabularyError(f"editions.toml: {name} {min(twice)!r} stands twice; give each edition its own")
    return found


def _entries(path: Path) -> list[dict[str, Any]]:
    try:
        entries: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8")).get("edition", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path}: not a TOML table: {error}") from None
    return entries


def edition(code: str) -> Edition:
    """The edition with this *code*.

    Raises:
        SettingError: the table has no such edition.
    """
    for entry in editions():
        if entry.code == code:
            return entry
    known = ", ".join(entry.code for entry in editions())
    raise SettingError(f"{code!r} is no edition; expected one of {known}, or an entry of its own in editions.toml")


def _edition(entry: Mapping[str, Any]) -> Edition:
    name = entry.get("code", "without a code")
    wanted = {field.name for field in fields(Edition)}
    if wrong := wanted ^ set(entry):
        raise VocabularyError(f"editions.toml: [{name}] lacks or does not know {', '.join(sorted(wrong))}")
    if unknown := set(entry["config"].values()) - {"", *configurations()}:
        raise VocabularyError(f"editions.toml: [{name}] config {min(unknown)!r} is no configuration of OpenCC")
    if len(entry["quotes"]) not in (0, 4):
        raise VocabularyError(f"editions.toml: [{name}] quotes are {entry['quotes']!r}; expected four, like “”‘’")
    if entry["order"] not in ORDERS:
        raise VocabularyError(f"editions.toml: [{name}] order is {entry['order']!r}; expected {' or '.join(ORDERS)}")
    if set(entry["dates"]) != DATES:
        raise VocabularyError(f"editions.toml: [{name}] dates are {sorted(entry['dates'])}; expected {sorted(DATES)}")
    return Edition(**entry)
