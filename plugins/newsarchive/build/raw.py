"""Raw dumps for download, so that a reader can check an article against the file it came from.

A dump is published whole or not at all: never one that holds a withdrawn record, is larger than the owner
allows, may not be read, or has given no article. The bytes and so the SHA-256 are those of the owner's file.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path

from .address import dump_file
from .job import Job
from .printer import Printer
from .site import RawDump


def gather(folder: Path, dumps: Collection[str], withheld: Collection[str], max_bytes: int) -> dict[str, RawDump]:
    """Those of *dumps* (paths in *folder*) that may be published, by path."""
    found = {}
    for name in sorted(set(dumps) - set(withheld) - {""}):
        file = folder / name
        if file.is_file() and file.stat().st_size <= max_bytes and os.access(file, os.R_OK):
            data = file.read_bytes()
            found[name] = RawDump(file, len(data), sha256(data).hexdigest())
    return found


def plan(dumps: Mapping[str, RawDump]) -> Iterator[Job]:
    for name, dump in dumps.items():
        yield Job(dump_file(name), (dump.sha256,), partial(_bytes, dump.file))


def _bytes(file: Path, printer: Printer) -> bytes:
    return file.read_bytes()
