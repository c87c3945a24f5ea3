"""The command `newsarchive init`: an archive of one's own in a new folder."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..starter import start

if TYPE_CHECKING:
    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Parsers") -> None:
    """Add the command to *commands*; its options carry the function that runs it as `run`."""
    init = commands.add_parser(
        "init",
        help="begin a new archive in a folder of its own",
        epilog="example:\n  newsarchive init myarchive --name 縣報館",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    init.add_argument("folder", type=Path, help="a folder that is new or empty")
    init.add_argument("--name", default="新聞館", help="what the archive is called (新聞館)")
    init.set_defaults(run=_init)


def _init(options: argparse.Namespace) -> int:
    files = start(options.folder, options.name)
    dumps = options.folder / "content" / "dumps"
    print(f"{len(files)} files in {options.folder}; put your dumps into {dumps}, then run there: make html")
    return 0
