"""The command `newsarchive names`: names of persons that conversion may have set wrong."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .. import script
from ..plugin import open_archive
from ..review import Doubt, doubts
from ..shelf import Shelf

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
    found = _doubts(options.settings)
    for doubt in found:
        print(doubt)
    print(f"{len(found)} names in doubt; put lines below [words] in content/vocabulary/phrases.toml", file=sys.stderr)
    return 0


def _doubts(settings_file: Path) -> list[Doubt]:
    """Names in content/articles that a person should look at; nothing is built."""
    archive = open_archive(settings_file)
    shelf = Shelf(archive.content / "articles", archive.cache)
    shelf.refresh(archive.settings.workers)
    return doubts(shelf.entries(), [script.edition(code) for code in archive.settings.editions])
