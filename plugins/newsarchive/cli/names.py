"""The command `newsarchive names`: names of persons that conversion may have set wrong."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..plugin import names_in_doubt

if TYPE_CHECKING:
    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Parsers") -> None:
    """Add the command to *commands*; its options carry the function that runs it as `run`."""
    names = commands.add_parser(
        "names",
        help="list names of persons that conversion may have set wrong",
        epilog="example:\n  newsarchive names > doubtful.txt",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    names.add_argument("-s", "--settings", type=Path, default=Path("pelicanconf.py"))
    names.set_defaults(run=_names)


def _names(options: argparse.Namespace) -> int:
    """Print each name in doubt as the line of phrases.toml that settles it."""
    found = names_in_doubt(options.settings)
    for doubt in found:
        print(doubt)
    print(f"{len(found)} names in doubt; put lines below [words] in content/vocabulary/phrases.toml", file=sys.stderr)
    return 0
