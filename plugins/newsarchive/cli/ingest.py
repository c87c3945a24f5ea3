"""The command `newsarchive ingest`: import new dumps, build nothing."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..plugin import Archive, open_archive
from .language import terminal_language
from .running import add_scheduler, override, progress_shown

if TYPE_CHECKING:
    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]

EXAMPLES = """example:
  newsarchive ingest                    write new articles into content/articles
  newsarchive ingest --dry-run -v       name the articles that would be written, write nothing
  newsarchive ingest --scheduler tcp://10.0.0.1:8786   have a Dask cluster do the work

exit status: 0 all taken, 1 something was left out (named), 2 wrong use, setting or table, or stopped
"""


def add(commands: "Parsers") -> None:
    """Add the command to *commands*; its options carry the function that runs it as `run`."""
    ingest = commands.add_parser(
        "ingest",
        help="import new dumps, build nothing",
        description="Turn new dumps into articles. The site stays as it is until `newsarchive html`.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    ingest.add_argument("-s", "--settings", type=Path, default=Path("pelicanconf.py"))
    ingest.add_argument("-n", "--dry-run", action="store_true", help="find out all, write nothing")
    amount = ingest.add_mutually_exclusive_group()
    amount.add_argument("-v", "--verbose", action="store_true", help="print the slug of each article written")
    amount.add_argument("-q", "--quiet", action="store_true", help="print only what was left out")
    add_scheduler(ingest)
    ingest.set_defaults(run=_ingest)


def _ingest(options: argparse.Namespace) -> int:
    with progress_shown() as progress:
        archive = open_archive(options.settings, override(options))
        archive.progress = progress
        try:
            archive.take_in(dry_run=options.dry_run, announce=print if options.verbose else None)
        finally:
            archive.turn.leave()
    for problem in archive.problems:
        print(f"newsarchive: {problem}", file=sys.stderr)
    if archive.report and not archive.report.records:
        print(f"newsarchive: {archive.settings.dumps} holds no dumps; put your files there", file=sys.stderr)
    if not options.quiet:
        print(_summary(archive, options.dry_run))
    return 0 if archive.is_complete else 1


def _summary(archive: Archive, is_dry: bool) -> str:
    """Where the report stands, and one sentence of counts."""
    report, lang = archive.report, terminal_language()
    counts = report.told(lang) if report else ""
    if report is None or report.folder is None:
        return f"{'dry run, nothing written: ' if is_dry else ''}{counts}"
    return f"report: {report.folder / 'report.md'}\n{archive.deposits.told(lang)}{counts}"
