"""The only door to the terminal: `newsarchive html`, `init`, `names`, `size`."""

import argparse
import sqlite3
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from . import cli_check, cli_tags
from .errors import ArchiveError
from .hosts import HOSTS, MB, excesses, measure
from .plugin import Archive, make_site, names_in_doubt
from .progress import ProgressLine
from .starter import start

EXAMPLES = """example:
  newsarchive html                      import content/dumps and build output/
  newsarchive html -s publishconf.py    the same, with public addresses
  newsarchive names                     names to look at, as lines for content/vocabulary/phrases.toml

  newsarchive tags suggest              names that may become tags; see `newsarchive tags --help`
  newsarchive init myarchive            begin an archive of your own in the folder myarchive
  newsarchive size output               compare the built site with what hosts take
  newsarchive check                     read every page of the built site, say what is wrong

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
    begin = commands.add_parser("init", help="begin a new archive in a folder of its own")
    begin.add_argument("folder", type=Path, help="a folder that is new or empty")
    begin.add_argument("--name", default="新聞館", help="what the archive is called (新聞館)")
    size = commands.add_parser("size", help="compare a built site with the limits of hosts")
    size.add_argument("output", type=Path, nargs="?", default=Path("output"))
    size.add_argument("--host", choices=[host.name for host in HOSTS], help="exit with 1 if it does not fit this one")
    cli_tags.add(commands)
    cli_check.add(commands)
    options = parser.parse_args(argv)
    if options.command in ("tags", "check"):
        return _tags(options)
    if options.command == "names":
        return _names(options.settings)
    if options.command == "init":
        return _init(options.folder, options.name)
    if options.command == "size":
        return _size(options.output, options.host)
    return _html(options.settings, options.output, quiet=options.quiet)


def _tags(options: argparse.Namespace) -> int:
    try:
        return int(options.run(options))
    except ArchiveError as error:
        return _wrong(str(error))


def _html(settings: Path, output: Path | None, *, quiet: bool) -> int:
    if not settings.is_file():
        return _wrong(f"there is no file {settings}; run this in the folder of your archive, or name it with -s")
    begun = time.monotonic()
    progress = ProgressLine()
    try:
        archive = make_site(settings, output, progress)
    except ArchiveError as error:
        return _wrong(str(error))
    except (OSError, sqlite3.Error, BrokenProcessPool) as error:
        return _wrong(_starved(error))
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


def _init(folder: Path, name: str) -> int:
    try:
        files = start(folder, name)
    except ArchiveError as error:
        return _wrong(str(error))
    print(
        f"{len(files)} files in {folder}; put your dumps into {folder / 'content' / 'dumps'}, then run there: make html"
    )
    return 0


def _size(output: Path, wanted: str | None) -> int:
    """Print how large the site is and which hosts take it; 1 if the host *wanted* does not."""
    if not output.is_dir():
        return _wrong(
            f"there is no folder {output}; run `newsarchive html` first, or name the folder of the built site"
        )
    size = measure(output)
    print(f"{output}: {size.files:,} files, {size.bytes / MB:,.1f} MB")
    found = {host: excesses(size, host) for host in HOSTS}
    for host, problems in found.items():
        print(f"  {host.label:<24} {'; '.join(problems) or 'fits'}")
    return int(any(problems for host, problems in found.items() if host.name == wanted))


def _summary(archive: Archive, seconds: float) -> str:
    """What was done in counts, and where to look."""
    outcome = archive.outcome
    files = f"{outcome.made} of {outcome.files} files written, {outcome.removed} removed" if outcome else "no pages"
    return (
        f"import: {archive.report}\n"
        f"report: {archive.report.folder / 'report.md' if archive.report and archive.report.folder else 'none'}\n"
        f"site: {archive.articles} articles; {files}; {seconds:.1f} s\n"
        f"open {archive.output / 'index.html'}   or run `make serve` (search needs it)"
    )


def _starved(error: Exception) -> str:
    """What to do about a system that gives no room, no right or no memory."""
    where = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.filename else str(error)
    return f"{where}; look after room and rights on the disk, and memory. No file is half written: run again to finish"


def _wrong(message: str) -> int:
    print(f"newsarchive: {message}", file=sys.stderr)
    return 2
