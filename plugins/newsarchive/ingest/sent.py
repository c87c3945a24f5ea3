"""Small dumps that travel whole to where they are read, with the mappings that stand beside them here."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..article import Note, Record, Refusal
from ..dumps import read_all


@dataclass(frozen=True, slots=True)
class Sent:
    """A file, as it stands below the folder of dumps."""

    name: str
    data: bytes


def sent(file: Path, root: Path) -> Sent:
    """*file*, which stands below *root*.

    Raises:
        OSError: it cannot be read.
    """
    return Sent(str(file.relative_to(root)), file.read_bytes())


def mappings_below(root: Path) -> tuple[Sent, ...]:
    """All mappings, which say how the dumps beside them are read; there are few."""
    return tuple(sent(file, root) for file in sorted(root.rglob("*.toml")))


@contextmanager
def laid_out(mappings: Sequence[Sent]) -> Iterator[Path]:
    """A folder of dumps with these *mappings*, for as long as a few dumps are read."""
    with tempfile.TemporaryDirectory(prefix="newsarchive-sent-") as folder:
        for mapping in mappings:
            _put(Path(folder), mapping)
        yield Path(folder)


def read_sent(dump: Sent, root: Path) -> Iterator[Record | Refusal | Note]:
    """The records and notes of *dump*, laid below *root* for as long as it is read."""
    file = _put(root, dump)
    try:
        yield from read_all(file, root)
    finally:
        file.unlink()


def _put(root: Path, one: Sent) -> Path:
    file = root / one.name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(one.data)
    return file
