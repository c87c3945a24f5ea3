"""Where the dumps lie: a folder of this machine, or an address that fsspec opens, such as s3://bucket/dumps.

Readers of dumps seek, so a dump from afar is fetched into a scratch folder while it is read, and taken away after.
Mappings are small: all of them are fetched first.
"""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from ..deposit.address import is_address, is_inside, mark_of, reached
from ..dumps import IGNORED, find_dumps, name_of
from ..dumps.mapping import is_mapping
from ..errors import SettingError
from ..ledger import dumps as ledger
from ..ledger.dumps import Stamp


class Lying(NamedTuple):
    """A dump where it lies."""

    name: str
    """Path below the depot with `/`, as `dumps.name_of` gives it."""

    place: str
    """As the depot finds it again."""


class Depot(Protocol):
    """Dumps, wherever they lie."""

    root: Path
    """Folder with the mappings, beside which a dump stands while it is open."""

    is_far: bool

    def dumps(self) -> Iterator[Lying]:
        """All of them, in order of their names."""

    def lying(self, place: str) -> Lying:
        """The dump that lies there."""

    def size(self, place: str) -> int:
        """Its bytes."""

    def is_touched(self, place: str, known: Stamp) -> bool:
        """Whether it may have changed since *known*; it is not read for that."""

    def stamp(self, place: str, known: Stamp | None) -> Stamp:
        """Its state; read only if it may have changed since *known*."""

    def opened(self, place: str) -> AbstractContextManager[Path]:
        """Its file below `root`, for as long as it is read."""


class Folder:
    """A folder of this machine."""

    is_far = False

    def __init__(self, root: Path) -> None:
        self.root = root

    def dumps(self) -> Iterator[Lying]:
        return (self.lying(str(path)) for path in find_dumps(self.root))

    def lying(self, place: str) -> Lying:
        return Lying(name_of(Path(place), self.root), place)

    def size(self, place: str) -> int:
        return Path(place).stat().st_size

    def is_touched(self, place: str, known: Stamp) -> bool:
        state = Path(place).stat()
        return (known.size, known.mtime) != (state.st_size, state.st_mtime_ns)

    def stamp(self, place: str, known: Stamp | None) -> Stamp:
        return ledger.stamp(Path(place), known)

    def opened(self, place: str) -> AbstractContextManager[Path]:
        return nullcontext(Path(place))


class Store:
    """A file system of fsspec."""

    is_far = True

    def __init__(self, address: str, root: Path) -> None:
        self.files, self.base = _reached(address)
        self.root = root
        self._states: dict[str, Mapping[str, Any]] = self.files.find(self.base, detail=True)
        for place in self._states:
            if is_mapping(Path(place)) and is_inside(self.lying(place).name):
                self._fetch(place)
        find_dumps(root)  # a wrong mapping is named now

    def dumps(self) -> Iterator[Lying]:
        return (dump for dump in sorted(map(self.lying, self._states)) if _is_dump(dump.name))

    def lying(self, place: str) -> Lying:
        return Lying(place.removeprefix(self.base).lstrip("/"), place)

    def size(self, place: str) -> int:
        return int(self._states[place].get("size") or 0)

    def is_touched(self, place: str, known: Stamp) -> bool:
        return self.stamp(place, known) != known

    def stamp(self, place: str, known: Stamp | None) -> Stamp:
        mark = mark_of(self._states[place])
        return Stamp(self.size(place), 0, blake2b(mark.encode(), digest_size=16).digest())

    @contextmanager
    def opened(self, place: str) -> Iterator[Path]:
        file = self._fetch(place)
        try:
            yield file
        finally:
            file.unlink(missing_ok=True)

    def _fetch(self, place: str) -> Path:
        file = self.root / self.lying(place).name
        file.parent.mkdir(parents=True, exist_ok=True)
        self.files.get_file(place, str(file))
        return file


@contextmanager
def depot_at(place: Path | str) -> Iterator[Depot]:
    """The depot at *place*, a folder or an address with `://`.

    Raises:
        InstallError: fsspec or its driver for such addresses is not installed.
        SettingError: nothing can be read there.
    """
    if not is_address(place):
        yield Folder(Path(place))
        return
    with tempfile.TemporaryDirectory(prefix="newsarchive-dumps-") as scratch:
        yield Store(str(place), Path(scratch))


def _reached(address: str) -> tuple[Any, str]:
    """(file system, path of *address* in it)."""
    files, base = reached("NEWS_DUMPS", address)
    if not files.isdir(base):
        raise SettingError(f"NEWS_DUMPS: there is no folder {address}; make it, or name another in pelicanconf.py")
    return files, base


def _is_dump(name: str) -> bool:
    """Whether a file of that *name* would be found as a dump in a folder."""
    *folders, file = name.split("/")
    hidden = any(folder.startswith(".") or folder == "__MACOSX" for folder in folders) or file.startswith((".", "~$"))
    return is_inside(name) and not hidden and not IGNORED.search(file) and not is_mapping(Path(file))
