"""An archive in several sites, as `newsarchive html` builds it: import once, each shard, then the front door."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..build import Outcome
from ..errors import SettingError
from ..hosts import HOSTS, MB, Host, Size, excesses, measure
from ..plugin import Archive, Progress, make_site, open_archive
from ..shards.cost import SAMPLES, Cost, cost_from, sample, shares_of
from ..shards.cut import FILE, WAYS, Cut, Shard, by_size, extended, read_cuts, write_cuts, years
from ..shards.part import DoorPart, Part, Plain, ShardPart
from ..shards.place import FRONT, Places, places
from ..shelf import Shelf
from .crews import crew_of
from .language import terminal_language


@dataclass
class Sites:
    """What was built."""

    archive: Archive
    """Of the import."""

    parts: list[tuple[str, Archive, Size]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """One message for each record refused, each file left out, each fault of a site, each limit of its host."""


@dataclass(frozen=True)
class Plan:
    """Which shards there are to be."""

    days: Mapping[str, int]
    """Day -> articles."""

    shards: Sequence[Shard]
    """Newest first."""

    cuts: Sequence[Cut] = ()
    """Of shards by size."""

    cost: Cost | None = None

    def articles(self, shard: Shard) -> int:
        return sum(count for day, count in self.days.items() if shard.holds(day))


def build_sites(settings_file: Path, output: Path | None, progress: Progress, override: Mapping[str, Any]) -> Sites:
    """Import, then build every shard and the front door below the output folder.

    Raises:
        ArchiveError: a setting or table is wrong.
    """
    archive = open_archive(settings_file, override)
    archive.progress = progress
    host = host_of(archive)
    where = places(archive.siteurl, archive.settings.shard_urls)
    try:
        archive.take_in()
    finally:
        archive.turn.leave()
    plan = plan_shards(settings_file, archive, host, override)
    if plan.cuts:
        write_cuts(archive.content / FILE, plan.cuts)
    folder = output or archive.output
    door = DoorPart([folder / shard.name for shard in plan.shards], where)
    sites = Sites(archive, problems=list(archive.problems))
    parts: list[Part] = [*map(ShardPart, plan.shards), door]
    with crew_of(archive, settings_file) as crew_for:
        for part in parts:
            own = {**override, **_addressed(where, part)}
            crew = crew_for(own, part.shard) if isinstance(part, ShardPart) else None
            built = make_site(settings_file, folder / part.shard.name, progress, own, part, crew)
            size = measure(folder / part.shard.name)
            sites.parts.append((part.shard.name, built, size))
            sites.problems += [*built.problems, *(f"{part.shard.name}: {wrong}" for wrong in excesses(size, host))]
    return sites


def plan_shards(settings_file: Path, archive: Archive, host: Host, override: Mapping[str, Any]) -> Plan:
    """The shards of what stands in content/articles; a small site is built to know how large theirs get."""
    shelf = Shelf(archive.content / "articles", archive.cache)
    archive.broken = shelf.refresh(archive.settings.workers).broken
    days = shelf.days()
    is_by_size = archive.settings.shard == "size"
    cost = _cost(settings_file, days, override) if is_by_size and days else None
    if not cost:
        return Plan(days, years(days), cost=cost)
    cuts = extended(read_cuts(archive.content / FILE), shares_of(days, cost, host))
    return Plan(days, by_size(cuts), cuts, cost)


def _cost(settings_file: Path, days: Mapping[str, int], override: Mapping[str, Any]) -> Cost:
    """From sites of a few days, built aside and thrown away."""
    measured = list(_measured(settings_file, days, override))
    if measured[0][0] == measured[1][0]:  # an archive smaller than a sample is one
        measured[0] = (0, Size(0, 0, ("", 0), ("", 0)))
    return cost_from(*measured)


def _measured(settings_file: Path, days: Mapping[str, int], override: Mapping[str, Any]) -> Iterator[tuple[int, Size]]:
    for wanted in SAMPLES:
        shard, count = sample(days, wanted)
        with tempfile.TemporaryDirectory(prefix="newsarchive-size-") as folder:
            output = Path(folder, "output")
            own = {**override, "NEWS_OUTPUT": ""}
            make_site(settings_file, output, lambda *_: None, own, Plain(shard, Path(folder, "cache")))
            yield count, measure(output)


def host_of(archive: Archive) -> Host:
    """The host whose limits shards keep.

    Raises:
        SettingError: NEWS_SHARD or NEWS_SHARD_HOST is none that we know.
    """
    if archive.settings.shard not in WAYS:
        raise SettingError(f"pelicanconf.py: NEWS_SHARD is {archive.settings.shard!r}; expected {' or '.join(WAYS)}")
    found = next((host for host in HOSTS if host.name == archive.settings.shard_host), None)
    if found is None:
        names = ", ".join(host.name for host in HOSTS)
        raise SettingError(
            f"pelicanconf.py: NEWS_SHARD_HOST is {archive.settings.shard_host!r}; expected one of {names}"
        )
    return found


def _addressed(where: Places, part: Part) -> dict[str, str]:
    """Settings that say where *part* stands, and where the front door is."""
    is_front = part.shard.name == FRONT
    own = where.front if is_front else where.of(part.shard.name)
    return {"SITEURL": own.rstrip("/"), "FRONT_URL": "" if is_front else where.front}


def summary(sites: Sites, seconds: float) -> str:
    """What was done in counts, a line for each site."""
    report, lang = sites.archive.report, terminal_language()
    rows = "".join(
        f"  {name:10} {built.articles:9,} articles {size.files:9,} files {size.bytes / MB:9,.1f} MB"
        f"{_made(built.outcome)}\n"
        for name, built, size in sites.parts
    )
    told = "".join(archive.deposits.told(lang) for archive in (sites.archive, *(built for _, built, _ in sites.parts)))
    counts = report.told(lang) if report else "none"
    return f"import: {counts}\n{told}{rows}{len(sites.parts) - 1} shards and the front door; {seconds:.1f} s"


def _made(outcome: Outcome | None) -> str:
    return f"; {outcome.made} written, {outcome.removed} removed" if outcome else ""
