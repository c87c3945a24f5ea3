"""Compiled templates kept between runs: to compile them takes a third of a second for each edition."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

from .printer import Printer


def keep_compiled(printers: Iterable[Printer], base: bytes, cache: Path) -> None:
    """Let *printers* take templates compiled by an earlier run, if *base* (program, theme, settings) is the same.

    A compiled template holds its parents, macros and constants, of which Jinja's own check knows nothing.
    """
    folder = cache / "templates" / base.hex()
    if not folder.is_dir():
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.mkdir(parents=True)
    for printer in printers:
        names = f"{printer.edition.code}-%s"
        printer.environment.bytecode_cache = FileSystemBytecodeCache(str(folder), names)
