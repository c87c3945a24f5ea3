"""The command `newsarchive size`: which hosts take the built site, or what shards an archive would need."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ArchiveError
from ..hosts import HOSTS, MB, Host, excesses, measure
from ..plugin import open_archive
from ..shards.cost import Cost
from ..shards.cut import Shard, years
from .sharded import Plan, host_of, plan_shards

if TYPE_CHECKING:
    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Parsers") -> None:
    """Add the command to *commands*; its options carry the function that runs it as `run`."""
    size = commands.add_parser(
        "size",
        help="compare a built site with the limits of hosts",
        epilog="example:\n  newsarchive size output --host github\n  newsarchive size --plan --host cloudflare",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    size.add_argument("-s", "--settings", type=Path, default=Path("pelicanconf.py"))
    size.add_argument(
        "--plan", action="store_true", help="of what is imported, before it is built: how large, and in which shards"
    )
    size.add_argument("output", type=Path, nargs="?", default=Path("output"))
    size.add_argument("--host", choices=[host.name for host in HOSTS], help="exit with 1 if it does not fit this one")
    size.set_defaults(run=_size)


def _size(options: argparse.Namespace) -> int:
    """Print how large the site is and which hosts take it; 1 if the host asked for does not."""
    if options.plan:
        return _plan(options.settings, options.host)
    if not options.output.is_dir():
        raise ArchiveError(
            f"there is no folder {options.output}; run `newsarchive html` first, or name the folder of the built site"
        )
    size = measure(options.output)
    print(f"{options.output}: {size.files:,} files, {size.bytes / MB:,.1f} MB")
    found = {host: excesses(size, host) for host in HOSTS}
    for host, problems in found.items():
        print(f"  {host.label:<24} {'; '.join(problems) or 'fits'}")
    return int(any(problems for host, problems in found.items() if host.name == options.host))


def _plan(settings: Path, host: str | None) -> int:
    """Print how large each shard gets, by year and by size; 1 if no way of cutting fits."""
    way = {"NEWS_SHARD": "size", **({"NEWS_SHARD_HOST": host} if host else {})}
    archive = open_archive(settings, way)
    taker = host_of(archive)
    plan = plan_shards(settings, archive, taker, way)
    if not plan.cost or not plan.days:
        raise ArchiveError("there are no articles yet; run `newsarchive ingest` first")
    whole = sum(plan.days.values())
    print(f"one site: {_row(plan.cost, whole)}; {taker.label} is {_filled(plan.cost, whole, taker)} full")
    fits = [_way("year", years(plan.days), plan, plan.cost, taker), _way("size", plan.shards, plan, plan.cost, taker)]
    return int(not any(fits))


def _way(name: str, shards: Sequence[Shard], plan: Plan, cost: Cost, host: Host) -> bool:
    """Print the shards of one way of cutting; whether all fit."""
    counts = [(shard.name, plan.articles(shard)) for shard in shards]
    fits = all(cost.share(count, host) <= 1 for _, count in counts)
    print(f"NEWS_SHARD = {name!r}: {len(counts)} sites{'' if fits else ', of which some are too large'}")
    for shard, count in counts:
        print(f"  {shard:10} {_row(cost, count)}  {_filled(cost, count, host)} full")
    return fits


def _row(cost: Cost, articles: int) -> str:
    return f"{articles:9,} articles, about {cost.files_of(articles):9,} files, {cost.bytes_of(articles) / MB:9,.1f} MB"


def _filled(cost: Cost, articles: int, host: Host) -> str:
    return f"{cost.share(articles, host):.0%}"
