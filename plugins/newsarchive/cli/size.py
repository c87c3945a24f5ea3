"""The command `newsarchive size`: which hosts take the built site."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ArchiveError
from ..hosts import HOSTS, MB, excesses, measure

if TYPE_CHECKING:
    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Parsers") -> None:
    """Add the command to *commands*; its options carry the function that runs it as `run`."""
    size = commands.add_parser(
        "size",
        help="compare a built site with the limits of hosts",
        epilog="example:\n  newsarchive size output --host github",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    size.add_argument("output", type=Path, nargs="?", default=Path("output"))
    size.add_argument("--host", choices=[host.name for host in HOSTS], help="exit with 1 if it does not fit this one")
    size.set_defaults(run=_size)


def _size(options: argparse.Namespace) -> int:
    """Print how large the site is and which hosts take it; 1 if the host asked for does not."""
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
