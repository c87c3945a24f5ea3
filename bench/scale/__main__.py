"""Import of a large invented archive: `python -m bench.scale --articles 20000`.

With `--scheduler tcp://…` the same by a Dask cluster. Prints CPU time and most memory of each phase; asserts nothing.
"""

import argparse
import sys
from contextlib import nullcontext
from datetime import timedelta, timezone
from pathlib import Path

import newsarchive.ingest as room
from newsarchive.build.plan import Archive
from newsarchive.cluster.engine import cluster
from newsarchive.shelf import Shelf

from ..synthetic.archive import write_dumps
from .measure import Phases

ZONE = timezone(timedelta(hours=8))
PHASES = ("read_dumps", "regroup", "shelve", "write_report")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=5000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--workers", type=int, default=1, metavar="W", help="processes of this machine")
    parser.add_argument("--scheduler", default="", metavar="ADDRESS")
    parser.add_argument("--folder", type=Path, default=Path("scale"), help="dumps and articles stand here")
    options = parser.parse_args()
    root = options.folder / str(options.articles)
    if not (root / "dumps").is_dir():
        write_dumps(root, options.seed, options.articles)
    phases = Phases()
    for name in PHASES:
        setattr(room, name, phases.around(name, getattr(room, name)))
    place = root / ((options.scheduler and "far") or f"local{options.workers}")
    with cluster(options.scheduler) if options.scheduler else nullcontext() as engine:
        for run in ("first import", "second import"):
            with phases.phase(run):
                report = room.ingest(
                    root / "dumps", place / "articles", cache=place / "cache", withdrawn=root / "withdrawn.txt",
                    zone=ZONE, workers=options.workers, engine=engine,
                )  # fmt: skip
            print(f"{run}: {report}", flush=True)
    _site(place, phases)
    phases.show(options.articles)
    return 0


def _site(place: Path, phases: Phases) -> None:
    """What a build holds of all articles, before it renders."""
    shelf = Shelf(place / "articles", place / "cache")
    with phases.phase("read articles"):
        shelf.refresh(1)
    with phases.phase("entries"):
        entries = shelf.entries()
    with phases.phase("listings"):
        archive = Archive(shelf, entries)
        _ = archive.listings, archive.years
    print(f"{len(entries)} articles, {len(archive.tags)} tags")


if __name__ == "__main__":
    sys.exit(main())
