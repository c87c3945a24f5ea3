"""Days -> shards: which days stand in which. A day never moves to another shard, so no address ever changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import SettingError

WAYS = ("year", "size")
UNDATED = "undated"
BEFORE_ALL, AFTER_ALL = "0", "~"
"""Sort before and after the first character of every day."""

FILL = 0.7
"""How full a shard is planned, of what its host takes: the rest is left to older articles that turn up later."""

FILE = "shards.txt"
HEAD = """# Shards of this archive: name, first day, newest day it was built with. Written by newsarchive.
# The addresses of articles follow from it: keep it with the articles.
"""


@dataclass(frozen=True, slots=True)
class Shard:
    """A run of days."""

    name: str
    """Its folder in the output folder, and its part of the address."""

    first: str
    """Its first day, or the beginning of it; empty for all before, and what has no date."""

    end: str
    """Begins the first day behind it."""

    def holds(self, day: str) -> bool:
        """Whether articles of *day*, as much of it as is known, stand here.

        >>> year = Shard("2019", "2019", "2020")
        >>> year.holds("2019-11-20"), year.holds("2019"), year.holds("2020-01-01"), year.holds("")
        (True, True, False, False)
        """
        return self.first <= day < self.end


@dataclass(frozen=True, slots=True)
class Cut:
    """A line of the file of shards by size."""

    name: str
    first: str
    newest: str
    """Days up to this one are published; they stay."""


def years(days: Iterable[str]) -> tuple[Shard, ...]:
    """A shard for each year of *days*, newest first; one for articles without a date.

    >>> [shard.name for shard in years(["2019-11-20", "2018", "", "2018-02"])]
    ['2019', '2018', 'undated']
    """
    found = sorted({day[:4] for day in days}, reverse=True)
    return tuple(Shard(year, year, f"{year}{AFTER_ALL}") if year else Shard(UNDATED, "", BEFORE_ALL) for year in found)


def by_size(cuts: Iterable[Cut]) -> tuple[Shard, ...]:
    """The shards that *cuts* make, newest first."""
    known = tuple(cuts)
    ends = (*(cut.first for cut in known[1:]), AFTER_ALL)
    return tuple(Shard(cut.name, cut.first, end) for cut, end in zip(known, ends, strict=True))[::-1]


def extended(cuts: Iterable[Cut], shares: Mapping[str, float]) -> tuple[Cut, ...]:
    """*cuts* with new ones behind them where the last is full; *shares* are day -> share of what the host takes.

    Days that are published stay in their shard, however full it gets.

    >>> days = {"2019-01-01": 0.5, "2019-01-02": 0.1, "2019-01-03": 0.3}
    >>> [(cut.name, cut.first) for cut in extended((), days)]
    [('1', ''), ('2', '2019-01-03')]
    """
    known = list(cuts) or [Cut("1", "", "")]
    filled, before = 0.0, known[-1].newest
    for day in sorted(day for day in shares if day >= known[-1].first):
        if filled and filled + shares[day] > FILL and day > known[-1].newest:
            known[-1] = replace(known[-1], newest=max(known[-1].newest, before))
            known.append(Cut(str(len(known) + 1), day, ""))
            filled = 0.0
        filled, before = filled + shares[day], day
    return (*known[:-1], replace(known[-1], newest=max(known[-1].newest, before)))


def read_cuts(file: Path) -> tuple[Cut, ...]:
    """What *file* says; nothing where there is none.

    Raises:
        SettingError: a line is not `NAME FIRST NEWEST`, or they are not in the order of their days.
    """
    if not file.is_file():
        return ()
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    if wrong := next((row for row in rows if len(row) != 3), None):
        raise SettingError(f"{file.name}: {' '.join(wrong)!r:.40}; expected a name, its first day and its newest day")
    cuts = tuple(Cut(name, first.strip("-"), newest.strip("-")) for name, first, newest in rows)
    if [cut.first for cut in cuts] != sorted({cut.first for cut in cuts}):
        raise SettingError(f"{file.name}: the first days are not in order; each line begins behind the one above it")
    return cuts


def write_cuts(file: Path, cuts: Iterable[Cut]) -> None:
    """Write *file* whole."""
    lines = "".join(f"{cut.name} {cut.first or '-'} {cut.newest or '-'}\n" for cut in cuts)
    part = file.with_name(f".{file.name}.part")
    part.write_text(HEAD + lines, encoding="utf-8")
    part.replace(file)
