"""The only door to the terminal: `newsarchive html`, `newsarchive names`."""

import argparse
import sys
import time
from pathlib import Path

from .errors import ArchiveError
from .plugin import Archive, make_site, names_in_doubt
from .progress import ProgressLine

EXAMPLES = """example:
  newsarchive html                      import content/dumps and build output/
  newsarchive html -s publishconf.py    the same, with public addresses
  newsarchive names                     names to look at, as lines for content/vocabulary/phrases.toml

exit status: 0 all taken, 1 something was left out (named above), 2 wrong use, setting or table
"""


def main(argv: list[str] | None = None) -> int:
    """Run one command; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="newsarchive",
        description="Raw dumps of Chinese news into a static archive.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    html = commands.add_parser("html", help="import new dumps and build the site")
    html.add_argument("-s", "--settings", type=Path, default=Path("pelicanconf.py"))
    html.add_argument("-o", "--output", type=Path, help="folder to build in, instead of OUTPUT_PATH")
    html.add_argument("-q", "--quiet", action="store_true", help="print only what was left out")
    names = commands.add_parser("names", help="list names of persons that conversion may have set wrong")
    names.add_argument("-s", "--settings", type=Path, default=Path("pelicanconf.py"))
    options = parser.parse_args(argv)
    if options.command == "names":
        return _names(options.settings)
    return _html(options.settings, options.output, quiet=options.quiet)


def _html(settings: Path, output: Path | None, *, quiet: bool) -> int:
    if not settings.is_file():
        return _wrong(f"there is no file {settings}; run this in the folder of your archive, or name it with -s")
    begun = time.monotonic()
    progress = ProgressLine()
    try:
        archive = make_site(settings, output, progress)
    except ArchiveError as error:
        return _wrong(str(error))
    except KeyboardInterrupt:
        return _wrong("stopped; what was written stays, run again to finish")
    finally:
        progress.clear()
    for problem in archive.problems:
        print(f"newsarchive: {problem}", file=sys.stderr)
    if not quiet:
        print(_summary(archive, time.monotonic() - begun))
    return 0 if archive.is_complete else 1


def _names(settings: Path) -> int:
    """Print each name in doubt as the line of phrases.toml that settles it."""
    if not settings.is_file():
        return _wrong(f"there is no file {settings}; run this in the folder of your archive, or name it with -s")
    try:
        found = names_in_doubt(settings)
    except ArchiveError as error:
        return _wrong(str(error))
    for doubt in found:
        print(doubt)
    print(f"{len(found)} names in doubt; put lines below [words] in content/vocabulary/phrases.toml", file=sys.stderr)
    return 0


def _summary(archive: Archive, seconds: float) -> str:
    """What was done in counts, and where to look."""
    outcome = archive.outcome
    files = f"{outcome.made} of {outcome.files} files written, {outcome.removed} removed" if outcome else "no pages"
    return (
        f"import: {archive.report}\n"
        f"site: {archive.articles} articles; {files}; {seconds:.1f} s\n"
        f"open {archive.output / 'index.html'}   or run `make serve` (search needs it)"
    )


def _wrong(message: str) -> int:
    print(f"newsarchive: {message}", file=sys.stderr)
    return 2
