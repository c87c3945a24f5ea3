"""Raw dumps, whatever their shape -> Records, one after another; what cannot be taken is a Refusal.

A format is one file with `sniff(name, head)` and `read(dump)`; FORMATS (reading.py) lists them in the order they are
tried. An owner may say the shape in a TOML mapping beside the dump, see `mapping`.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from ..article import Note, Record, Refusal
from .mapping import is_mapping, mapping_for

IGNORED = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._|~\$)")
"""What systems leave behind, in folders and in archives."""

FORMAT_NAMES = (
    "arrays",
    "json",
    "sql",
    "yaml",
    "markdown",
    "cells",
    "elements",
    "html",
    "posts",
    "subtitles",
    "labelled",
    "table",
    "lines",
    "plain",
    "whole",
)
"""Those of FORMATS, as a mapping's `format` calls them."""


def find_dumps(root: Path) -> list[Path]:
    """The dumps below *root*, in order of their paths; hidden files, mappings and what systems leave behind are none.

    Raises:
        MappingError: a mapping beside a dump is wrong.
        OSError: a folder may not be read; its dumps would seem to be gone, and their articles go with them.
    """
    found: list[Path] = []
    for folder, folders, names in os.walk(root, onerror=_unless_gone):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__MACOSX")
        paths = (Path(folder, name) for name in names if not name.startswith((".", "~$")) and not IGNORED.search(name))
        found += (path for path in paths if not is_mapping(path) and path.is_file())
    for path in found:
        mapping_for(path, root, FORMAT_NAMES)
    return sorted(found)


def _unless_gone(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def name_of(path: Path, root: Path) -> str:
    r"""*path* below *root* with `/`; bytes that are not UTF-8, as in names from old systems, as `\xff`.

    >>> name_of(Path("d/2019/a.txt"), Path("d")), name_of(Path("d/\udcb3\udcf8.txt"), Path("d"))
    ('2019/a.txt', '\\xb3\\xf8.txt')
    """
    return os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "backslashreplace")


def read_dump(path: Path, root: Path) -> Iterator[Record | Refusal]:
    """The records of the dump at *path*, in its order, read as they are asked for; origins are relative to *root*.

    Raises:
        MappingError: the mapping beside it is wrong.
    """
    return (one for one in read_all(path, root) if not isinstance(one, Note))


def read_all(path: Path, root: Path) -> Iterator[Record | Refusal | Note]:
    """The same with notes of the words that are in no record, of each file after its records."""
    from . import reading  # not before a dump is read: its tables cost a build half a second

    return reading.read_all(path, root)
