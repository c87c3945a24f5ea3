"""Benchmarks: `python -m bench` lists and runs them, `python -m bench build` runs one; each prints its own table."""

import argparse
import os
import subprocess
import sys
from typing import NamedTuple


class Bench(NamedTuple):
    module: str
    about: str
    arguments: tuple[str, ...] = ()
    needs_data: bool = False
    """Whether it measures on texts that do not come with the project: a folder named by NEWSARCHIVE_DATA."""


BENCHES = {
    "build": Bench("bench.build", "builds, beside stock Pelican and Hugo"),
    "ingest": Bench("bench.ingest", "import of dumps: what is found, speed, duplicates"),
    "scale": Bench("bench.scale", "import of a large archive, here and by a Dask cluster: CPU time, memory"),
    "script": Bench("bench.script", "conversion of script", ("{data}/corpus",), needs_data=True),
    "search": Bench("bench.search", "search in a real browser", needs_data=True),
    "tagging": Bench("bench.tagging", "places, topics, headlines", needs_data=True),
}


def main() -> int:
    epilog = "".join(f"  {name:10} {bench.about}\n" for name, bench in BENCHES.items())
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Run benchmarks; all of them if none is named.",
        epilog="benchmarks:\n" + epilog, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("names", nargs="*", metavar="NAME", help="one of those below")
    names = parser.parse_args().names or list(BENCHES)
    if unknown := [name for name in names if name not in BENCHES]:
        parser.error(f"no benchmark {unknown[0]!r}; there are {', '.join(BENCHES)}")
    return max([_run(BENCHES[name]) for name in names])


def _run(bench: Bench) -> int:
    data = os.environ.get("NEWSARCHIVE_DATA", "")
    print(f"== {bench.about}", flush=True)
    if bench.needs_data and not data:
        print(f"{bench.module} left out: NEWSARCHIVE_DATA names no folder of texts to measure on")
        return 0
    arguments = [argument.format(data=data) for argument in bench.arguments]
    return subprocess.run([sys.executable, "-m", bench.module, *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
