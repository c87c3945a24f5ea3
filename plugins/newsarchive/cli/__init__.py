"""The only door to the terminal. Each command is a module with `add`; COMMANDS is the list."""

import argparse
import gc
import sys
import traceback
from importlib import import_module
from pathlib import Path

from ..errors import ArchiveError
from .language import speaking, terminal_language

COMMANDS = ("html", "ingest", "init", "tags", "names", "stats", "explain", "check", "size")

COLLECT_EVERY = 20_000
"""Objects after which Python looks for circles; at its own 700 that took 0.06 CPU s of any build."""

FAULTS_OF_SETTINGS = (SyntaxError, NameError, ImportError, AttributeError, TypeError, ValueError, LookupError)
"""What a mistake in a file of settings, which is Python, may raise."""

EXAMPLES = """example:
  newsarchive html                      import content/dumps and build output/
  newsarchive html -s publishconf.py    the same, with public addresses
  newsarchive ingest --dry-run          count what new dumps would bring, write nothing
  newsarchive init myarchive            begin an archive of your own in the folder myarchive
  newsarchive tags suggest              names that may become tags; see `newsarchive tags --help`
  newsarchive names                     names to look at, as lines for content/vocabulary/phrases.toml
  newsarchive stats                     count the articles by year, source, script, tag and warning
  newsarchive explain seed.txt:1        which rule read which part of a record, and what was dropped
  newsarchive check                     read every page of the built site, say what is wrong
  newsarchive size output               compare the built site with what hosts take

exit status: 0 all taken, 1 something was left out (named above), 2 wrong use, setting or table
"""


def main(argv: list[str] | None = None) -> int:
    """Run one command, in the language of the terminal; return the exit status."""
    lang = terminal_language()
    if argv is None:  # a process of our own
        gc.set_threshold(COLLECT_EVERY)
    with speaking(lang):
        status = _run(argv, lang)
    if argv is None:
        gc.freeze()  # Python looks for circles once more before it ends: 0.06 CPU s of a build without news, else 0.1
    return status


def _run(argv: list[str] | None, lang: str) -> int:
    parser = argparse.ArgumentParser(
        prog="newsarchive",
        description="Raw dumps of Chinese news into a static archive.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    given = sys.argv[1:] if argv is None else argv
    # of a command that is named only its own module is loaded: all of them take half a second
    for command in [given[0]] if given and given[0] in COMMANDS else COMMANDS:
        import_module(f".{command}", __package__).add(commands)
    if lang == "zh":
        import_module(".interpreter", __package__).interpret(parser)
    options = parser.parse_args(given)
    try:
        _require(getattr(options, "settings", None))
        return int(options.run(options))
    except ArchiveError as error:
        said = str(error)
    except OSError as error:
        where = f"{error.filename or 'the system'}: {error.strerror or error}"
        said = f"{where}; look after the name, and room and rights on the disk"
    except FAULTS_OF_SETTINGS as error:
        if not (said := _in_settings(error, getattr(options, "settings", None))):
            raise
    print(f"newsarchive: {said}", file=sys.stderr)
    return 2


def _in_settings(error: Exception, settings: Path | None) -> str:
    """What is wrong in the *settings* file, if the *error* was raised by it; an error of ours stays one."""
    inner = traceback.extract_tb(error.__traceback__)[-1]
    file, line = (error.filename, error.lineno) if isinstance(error, SyntaxError) else (inner.filename, inner.lineno)
    if not settings or not file or Path(file).resolve() != settings.resolve():
        return ""
    return f"{settings.name}:{line}: {error.__class__.__name__}: {error}; mend the line, it is Python"


def _require(settings: Path | None) -> None:
    """A command that reads settings needs their file."""
    if settings and not settings.is_file():
        raise ArchiveError(f"there is no file {settings}; run this in the folder of your archive, or name it with -s")
