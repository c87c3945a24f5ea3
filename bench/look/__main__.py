"""Look at a built site.

python -m bench.look views output pictures     every kind of page in every edition, width and scheme
python -m bench.look docs demo/output docs/pictures   the pictures of the documentation (of `make demo`)
python -m bench.look scores output              Lighthouse, where npx is found
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from . import lighthouse, pictures, views


def lines_of(options: argparse.Namespace) -> Iterator[str]:
    """What the chosen command says, line by line."""
    if options.command == "scores":
        return lighthouse.scores(options.site)
    options.folder.mkdir(parents=True, exist_ok=True)
    return {"views": views.take, "docs": pictures.take}[options.command](options.site, options.folder)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench.look", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("views", "docs", "scores"))
    parser.add_argument("site", type=Path, help="folder of the built site")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("pictures"), help="where pictures go")
    for line in lines_of(parser.parse_args()):
        print(line, flush=True)


if __name__ == "__main__":
    main()
