"""Import of a large invented archive: `python -m bench.scale --articles 20000`.

With `--dask 2` the same by a Dask cluster of two workers, started here and ended; with `--sites` the archive is built
besides, one site for each year. Prints CPU time and most memory of each phase; asserts nothing.
"""

import argparse
import sys
from contextlib import ExitStack
from datetime import timedelta, timezone
from pathlib import Path

import newsarchive.ingest as room
from newsarchive.build.plan import Archive
from newsarchive.cli.sharded import build_sites, summary
from newsarchive.cluster.office import cluster
from newsarchive.lists import Register
from newsarchive.shelf import Shelf

from ..synthetic.archive import write_dumps
from .cluster import TOP
from .cluster import cluster as start_cluster
from .measure import Phases

ZONE = timezone(timedelta(hours=8))
PHASES = ("read_dumps", "regroup", "shelve", "write_report")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=5000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--workers", type=int, default=1, metavar="W", help="processes of this machine")
    parser.add_argument("--dask", type=int, default=0, metavar="W", help="workers of a Dask cluster instead")
    parser.add_argument("--sites", action="store_true", help="build the archive, too")
    parser.add_argument("--folder", type=Path, default=Path("scale"), help="dumps and articles stand here")
    options = parser.parse_args()
    root = options.folder / str(options.articles)
    if not (root / "dumps").is_dir():
        write_dumps(root, options.seed, options.articles)
    phases = Phases()
    for name in PHASES:
        setattr(room, name, phases.around(name, getattr(room, name)))
    place = root / (f"dask{options.dask}" if options.dask else f"local{options.workers}")
    with phases.phase("import in all"):  # with all processes of the cluster, once they are ended
        _import(root, place, options.workers, options.dask)
    _read(place, phases)
    if options.sites:
        with phases.phase("sites"):
            _build(place)
    phases.show(options.articles)
    return 0


def _import(root: Path, place: Path, workers: int, dask: int) -> None:
    place.mkdir(exist_ok=True)
    with ExitStack() as stack:
        made = stack.enter_context(start_cluster(place, dask)) if dask else None
        engine = stack.enter_context(cluster(made.address)) if made else None
        report = room.ingest(
            root / "dumps", place / "content" / "articles", cache=place / ".newsarchive",
            withdrawn=root / "withdrawn.txt", zone=ZONE, workers=workers, engine=engine,
        )  # fmt: skip
    print(report, flush=True)


def _read(place: Path, phases: Phases) -> None:
    """What a build holds of all articles, before it renders."""
    shelf = Shelf(place / "content" / "articles", place / ".newsarchive")
    with phases.phase("read articles"):
        shelf.refresh(1)
    with phases.phase("lists"):
        register = Register(place / ".newsarchive" / "register.sqlite", shelf)
        register.refresh(b"", shelf.rows(), shelf.packed_entry)
        archive = Archive(shelf, register)
        _ = archive.listings, archive.years
    print(f"{len(archive.entries)} articles, {len(archive.tags)} tags", flush=True)


def _build(place: Path) -> None:
    """One site for each year, and the front door."""
    (place / "content" / "dumps").mkdir(exist_ok=True)
    conf = place / "conf.py"
    conf.write_text(
        f"import sys\nsys.path.insert(0, {str(TOP)!r})\nfrom pelicanconf import *\nPATH = {str(place / 'content')!r}\n"
        f"OUTPUT_PATH = {str(place / 'output')!r}\nTHEME = {str(TOP / 'theme')!r}\n"
        f"PLUGIN_PATHS = [{str(TOP / 'plugins')!r}]\nNEWS_SHARD = 'year'\n",
        encoding="utf-8",
    )
    print(summary(build_sites(conf, None, lambda phase, done, total: None, {}), 0), flush=True)


if __name__ == "__main__":
    sys.exit(main())
