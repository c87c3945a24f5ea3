"""The command `newsarchive check`: whether the built site holds what it should."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..plugin import faults_of

if TYPE_CHECKING:
    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]

EXAMPLES = """example:
  newsarchive check                     read every page of output/
  newsarchive check -s publishconf.py -o /srv/www/archive

exit status: 0 all well, 1 something is wrong (named), 2 wrong use or setting, or no site there
"""


def add(commands: "Parsers") -> None:
    """Add the command to *commands*; its options carry the function that runs it as `run`."""
    check = commands.add_parser(
        "check",
        help="read the whole built site: dead links, lost articles, disagreeing lists",
        description="Read the whole built site. Each article has a page and a way from the front page to it; search, "
        "sitemap and feeds name the same articles; no link is dead, no address stands for two pages.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.add_argument("-s", "--settings", type=Path, default=Path("pelicanconf.py"))
    check.add_argument("-o", "--output", type=Path, help="folder of the built site, instead of OUTPUT_PATH")
    check.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    faults = faults_of(options.settings, options.output)
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults" if faults else "no fault")
    return 1 if faults else 0
