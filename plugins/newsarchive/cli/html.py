"""The command `newsarchive html`: import new dumps, build the site, say what was done."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..plugin import Archive, make_site, open_archive
from . import sharded
from .crews import crew_of
from .language import terminal_language
from .running import add_scheduler, override, progress_shown

if TYPE_CHECKING:
    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Parsers") -> None:
    """Add the command to *commands*; its options carry the function that runs it as `run`."""
    html = commands.add_parser(
        "html",
        help="import new dumps and build the site",
        epilog="example:\n  newsarchive html -s publishconf.py -o public",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    html.add_argument("-s", "--settings", type=Path, default=Path("pelicanconf.py"))
    html.add_argument("-o", "--output", type=Path, help="folder to build in, instead of OUTPUT_PATH")
    html.add_argument("-q", "--quiet", action="store_true", help="print only what was left out")
    add_scheduler(html)
    html.set_defaults(run=_html)


def _html(options: argparse.Namespace) -> int:
    begun = time.monotonic()
    given = override(options)
    with progress_shown() as progress:
        archive = open_archive(options.settings, given)
        if archive.settings.shard:
            sites = sharded.build_sites(options.settings, options.output, progress, given)
            return _told(sites.problems, sharded.summary(sites, time.monotonic() - begun), options.quiet)
        with crew_of(archive, options.settings) as crew_for:
            archive = make_site(options.settings, options.output, progress, given, crew=crew_for(given))
    return _told(archive.problems, _summary(archive, time.monotonic() - begun), options.quiet)


def _told(problems: Sequence[str], summary: str, is_quiet: bool) -> int:
    for problem in problems:
        print(f"newsarchive: {problem}", file=sys.stderr)
    if not is_quiet:
        print(summary)
    return 1 if problems else 0


def _summary(archive: Archive, seconds: float) -> str:
    """What was done in counts, and where to look."""
    outcome, lang = archive.outcome, terminal_language()
    files = f"{outcome.made} of {outcome.files} files written, {outcome.removed} removed" if outcome else "no pages"
    return (
        f"import: {archive.report.told(lang) if archive.report else 'none'}\n"
        f"report: {archive.report.folder / 'report.md' if archive.report and archive.report.folder else 'none'}\n"
        f"site: {archive.articles} articles; {files}; {seconds:.1f} s\n"
        f"{archive.deposits.told(lang)}"
        f"open {archive.output / 'index.html'}   or run `make serve` (search needs it)"
    )
