"""The command `newsarchive check`: whether the built site holds what it should."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from .. import accounting, withdrawn
from ..build.tombstones import without
from ..errors import SettingError
from ..plugin import open_archive
from ..shards import summary
from ..shards.place import FRONT
from ..shelf import Shelf

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
    faults = _faults(options.settings, options.output)
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults" if faults else "no fault")
    return 1 if faults else 0


def _faults(settings_file: Path, output: Path | None) -> tuple[str, ...]:
    """What is wrong with the site as it stands, in *output* if given; nothing is built."""
    archive = open_archive(settings_file)
    archive.output = output or archive.output
    if not (archive.output / "index.html").is_file():
        raise SettingError(f"there is no site in {archive.output}; run `newsarchive html` first, or name it with -o")
    shelf = Shelf(archive.content / "articles", archive.cache)
    broken = shelf.refresh(archive.settings.workers).broken
    days, gone = _days_of(archive.output), withdrawn.read(archive.content / archive.settings.withdrawn)
    archive.entries = without(shelf.entries(days), gone)
    site, slugs = archive.built(), [one.slug for one in gone]
    notices = [page for slug in slugs for page in site.pages(slug)] if days is None else []  # of several, one has each
    missing = [f"{page}: the notice of this withdrawn article is missing" for page in notices if page not in site.files]
    return (*map(str, broken), *missing, *accounting.audit(site, archive.settings.workers, slugs))


def _days_of(output: Path) -> Callable[[str], bool] | None:
    """Which days the site in *output* has, if it is one of several."""
    if output.name == FRONT and not (output / summary.FILE).is_file() and any(output.parent.glob(f"*/{summary.FILE}")):
        raise SettingError(f"{output} is the front door and has no articles; check the sites beside it")
    return summary.read(output).shard.holds if (output / summary.FILE).is_file() else None
