"""Tables of ours with the owner's of the same name read after them: content/vocabulary/boilerplate.toml and the like.

A table is read when it is first asked for, and again when another folder of the owner's is named. It stands where a
tuple or a set of its entries would stand.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from . import FOLDER, Index, Pattern, read_patterns, read_table, read_words

P = ParamSpec("P")
T = TypeVar("T")

MEMORY = 256
"""Lines whose reading is remembered: those of the text at hand."""


@dataclass(slots=True)
class _Owner:
    """The owner's folder: one value for the whole process, which forked workers inherit."""

    folder: Path | None = None
    forgotten: list[Callable[[], None]] = field(default_factory=list)
    """What to call when the folder changes."""


_OWNER = _Owner()


def read_owned(folder: Path | None) -> None:
    """Read the owner's tables in *folder*, if there are any, after ours; what was read before is forgotten."""
    if folder != _OWNER.folder:
        _OWNER.folder = folder
        for forget in _OWNER.forgotten:
            forget()


def owned_files() -> tuple[Path, ...]:
    """The owner's tables, for a digest of all that decides what a record becomes."""
    return tuple(sorted(_OWNER.folder.glob("*.toml"))) if _OWNER.folder and _OWNER.folder.is_dir() else ()


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """*function*, which reads a line by tables, with its last results kept until the tables change."""
    cached = lru_cache(MEMORY)(function)
    _OWNER.forgotten.append(cached.cache_clear)
    return cached  # type: ignore[return-value]


def _paths(file: str) -> list[Path]:
    own = _OWNER.folder / file if _OWNER.folder else None
    return [FOLDER / file, *([own] if own and own.is_file() else [])]


class Patterns(Collection[Pattern]):
    """The entries of a pattern table, ours and the owner's."""

    def __init__(
        self,
        file: str,
        kind: str,
        *,
        notes: Collection[str] = (),
        prepare: Callable[[str], str] = str,
        keep: Callable[[Pattern], bool] = lambda pattern: True,
    ) -> None:
        """Args are those of `read_patterns`; *keep* chooses among the entries."""

        def entries() -> tuple[Pattern, ...]:
            return tuple(filter(keep, read_patterns(_paths(file), kind, notes=notes, prepare=prepare)))

        self._entries = remembered(entries)
        self._index = remembered(lambda: Index(self._entries()))
        self._index()  # a wrong table of ours is named when the program starts

    def fitting(self, text: str) -> list[Pattern]:
        """Those entries that *text* may hold; the others it cannot."""
        return self._index().fitting(text)

    def __iter__(self) -> Iterator[Pattern]:
        return iter(self._entries())

    def __len__(self) -> int:
        return len(self._entries())

    def __contains__(self, pattern: object) -> bool:
        return pattern in self._entries()


class Words(Collection[str]):
    """The words under one key of a table, ours and the owner's."""

    def __init__(self, file: str, key: str, prepare: Callable[[str], str] = str) -> None:
        def words() -> frozenset[str]:
            paths = [path for path in _paths(file) if path.parent == FOLDER or key in read_table(path)]
            return frozenset[str]().union(*(read_words(path, key, prepare) for path in paths))

        self._words = remembered(words)
        self.as_tuple = remembered(lambda: tuple(sorted(self._words(), key=len, reverse=True)))
        """The words as a tuple, the longest first, for str.startswith and str.endswith."""

        self.characters = remembered(lambda: frozenset("".join(self._words())))
        """All characters of the words, for tables of single characters."""

        self._words()

    def __iter__(self) -> Iterator[str]:
        return iter(self._words())

    def __len__(self) -> int:
        return len(self._words())

    def __contains__(self, word: Any) -> bool:
        return word in self._words()
