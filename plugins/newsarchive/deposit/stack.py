"""The files at an address, as in the stacks of a library: listed, fetched, put in place whole or not at all."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..errors import ArchiveError, DepositError
from .address import is_inside, mark_of, reached

WHOLE_AT_ONCE = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "cos", "memory"}
"""Stores where a file appears when all of it is there; elsewhere it is written aside, then takes its place."""

UNFINISHED = ".unfinished"
"""Ending of what is written aside."""

ASYNC_WIDTH = 16
"""Files under way at once where the driver can; each waits for the network most of the time."""


class Stack:
    """What stands at *address*."""

    def __init__(self, setting: str, address: str) -> None:
        self.address = address
        self.files, self.base = reached(setting, address)
        protocol = self.files.protocol
        names = {protocol} if isinstance(protocol, str) else set(protocol)
        self.is_whole_at_once = not WHOLE_AT_ONCE.isdisjoint(names)
        self.width = ASYNC_WIDTH if getattr(self.files, "async_impl", False) else 1
        self._folders: set[str] = set()

    def listed(self) -> Iterator[tuple[str, str]]:
        """(path below the address, mark) of every file; those of one folder at the top are held at once."""
        with self._told():
            self.files.invalidate_cache()
            for name, state in self._top():
                below = self.files.find(name, detail=True) if state.get("type") == "directory" else {name: state}
                found = ((str(place).removeprefix(self.base).lstrip("/"), one) for place, one in below.items())
                yield from ((path, mark_of(one)) for path, one in found if is_inside(path))
                self.files.invalidate_cache()

    def mark(self, path: str) -> str:
        """What the store says of the file *path* now; nothing if there is none."""
        with self._told():
            self.files.invalidate_cache(self._place(path))
            try:
                return mark_of(self.files.info(self._place(path)))
            except FileNotFoundError:
                return ""

    def fetch(self, path: str, target: Path) -> None:
        """Write the file *path* to *target*."""
        with self._told():
            self.files.get_file(self._place(path), str(target))

    def put(self, path: str, source: Path) -> str:
        """Put *source* in the place of *path*; its mark there."""
        place = self._place(path)
        with self._told():
            if self.is_whole_at_once:
                self.files.put_file(str(source), place)
            else:
                self._put_aside_first(place, source)
        return self.mark(path)

    def remove(self, path: str) -> None:
        """Take *path* away, if it stands there."""
        with self._told():
            try:
                self.files.rm_file(self._place(path))
            except FileNotFoundError:
                return

    def _put_aside_first(self, place: str, source: Path) -> None:
        folder, _, name = place.rpartition("/")
        if folder not in self._folders:
            self.files.makedirs(folder, exist_ok=True)
            self._folders.add(folder)
        aside = f"{folder}/.{name}{UNFINISHED}"
        self.files.put_file(str(source), aside)
        try:
            self.files.mv(aside, place)
        except OSError:  # some servers move nothing to where something stands
            self.files.rm_file(place)
            self.files.mv(aside, place)

    def _place(self, path: str) -> str:
        return f"{self.base}/{path}"

    def _top(self) -> list[tuple[str, Mapping[str, Any]]]:
        """What stands directly at the address."""
        try:
            found = self.files.ls(self.base, detail=True)
        except FileNotFoundError:
            return []
        return [(one["name"], one) for one in found if one["name"].rstrip("/") != self.base]

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Says where it happened when the store does not answer, or refuses."""
        try:
            yield
        except ArchiveError:
            raise
        except Exception as error:  # each driver raises classes of its own
            said = str(error) or type(error).__name__
            raise DepositError(
                f"{self.address}: {said}; look after the address, your rights there and the network, and run again: "
                "what has been carried is not carried twice"
            ) from error
