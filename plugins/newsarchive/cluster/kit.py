"""What a worker elsewhere is given before its first text: the owner's tables, and what it must have in common with us.

A kit travels by value, so that import asks for no file system in common. A worker lays its tables out in a folder
of its own and reads them once; work that brings the same kit finds them read.
"""

import atexit
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from os import getpid
from pathlib import Path
from socket import gethostname
from threading import RLock

from .. import script
from ..errors import ClusterError
from ..vocabulary.headings import OWN, read_after_ours
from .identity import Identity, differences, identity


@dataclass(frozen=True)  # without slots: its digest is reckoned once
class Kit:
    tables: tuple[tuple[str, bytes], ...]
    """Path below the owner's folder of tables, and what the file holds."""

    identity: Identity

    @cached_property
    def digest(self) -> str:
        return blake2b(repr(self.tables).encode(), digest_size=16).hexdigest()


@dataclass(slots=True)
class _Laid:
    """What this process has read: one value for all its threads, as the tables themselves are."""

    digest: str = ""
    where: Path | None = None
    """Folder they were read from; if another is read since, the digest says nothing."""

    folder: tempfile.TemporaryDirectory[str] | None = None


_LAID = _Laid()
_LOCK = RLock()
"""Threads of one worker take turns: they share the tables, and one interpreter besides."""


def packed(folder: Path | None) -> Kit:
    """The kit of this process, whose owner's tables stand in *folder*."""
    return Kit(_tables(folder), identity())


def kit_here() -> Kit:
    """The kit of this process."""
    return packed(OWN.folder)


@contextmanager
def using(kit: Kit) -> Iterator[None]:
    """What is done inside reads the tables of *kit*; no other thread of this process does such work meanwhile.

    Raises:
        ClusterError: this worker is not as the kit asks; its articles would not be those of the others.
    """
    with _LOCK:
        if wrong := differences(identity(), kit.identity):
            raise ClusterError(f"worker {gethostname()}, process {getpid()}, joined with {'; '.join(wrong)}")
        _lay_out(kit)
        yield


def _lay_out(kit: Kit) -> None:
    if not _LAID.digest or _LAID.where != OWN.folder:
        _LAID.digest, _LAID.where = kit_here().digest, OWN.folder
    if _LAID.digest == kit.digest:
        return
    folder = tempfile.TemporaryDirectory(prefix="newsarchive-kit-")
    atexit.register(folder.cleanup)
    tables = Path(folder.name, "tables")
    for name, data in kit.tables:
        file = tables / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    tables.mkdir(exist_ok=True)
    script.work_in(Path(folder.name, "cache"), tables)
    read_after_ours(tables)
    _LAID.digest, _LAID.where, _LAID.folder = kit.digest, tables, folder


def _tables(folder: Path | None) -> tuple[tuple[str, bytes], ...]:
    if not folder or not folder.is_dir():
        return ()
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix in (".toml", ".csv"))
    return tuple((file.relative_to(folder).as_posix(), file.read_bytes()) for file in files)
