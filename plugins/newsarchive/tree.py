"""Every file below a folder, found without asking the system twice about any; and what differs between two lists."""

import os
from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

K = TypeVar("K", bound=str)
V = TypeVar("V")


def files_below(
    folder: str | os.PathLike[str], leave_out: Collection[str] = ()
) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """(path relative to *folder*, entry) of each file below it in the order of paths; none if there is no such folder.

    Folders in *leave_out* (relative, with a slash at the end) are not looked into, links to folders not followed.
    """
    top = os.fspath(folder).rstrip("/")
    open_ones = [_inside(top, "")]
    while open_ones:
        for path, found in open_ones[-1]:
            if not path.endswith("/"):
                yield path, found
            elif path not in leave_out:
                open_ones.append(_inside(top, path))
                break
        else:
            open_ones.pop()


def _inside(top: str, here: str) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """What stands in the folder *here*; folders end with a slash, which is what sorts them among files."""
    try:
        with os.scandir(f"{top}/{here}") as inside:
            found = [(f"{here}{it.name}/" if it.is_dir(follow_symlinks=False) else here + it.name, it) for it in inside]
    except FileNotFoundError:
        return iter(())
    found.sort(key=_path)
    return iter(found)


def _path(found: tuple[str, "os.DirEntry[str]"]) -> str:
    return found[0]


def differences(found: Iterable[tuple[K, V]], known: Iterable[tuple[K, V]]) -> Iterator[tuple[K, V | None, V | None]]:
    """(key, value found, value known) where the two differ, or one is missing; both in the order of keys.

    Neither is held in memory.

    >>> list(differences([("a", 1), ("b", 2), ("d", 4)], [("b", 3), ("c", 5), ("d", 4)]))
    [('a', 1, None), ('b', 2, 3), ('c', None, 5)]
    """
    rows = iter(known)
    row = next(rows, None)
    for key, value in found:
        while row and row[0] < key:
            yield row[0], None, row[1]
            row = next(rows, None)
        if not row or row[0] != key:
            yield key, value, None
        else:
            if row[1] != value:
                yield key, value, row[1]
            row = next(rows, None)
    while row:
        yield row[0], None, row[1]
        row = next(rows, None)
