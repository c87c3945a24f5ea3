"""Every file below a folder, found without asking the system twice about any."""

import os
from collections.abc import Collection, Iterator


def files_below(
    folder: str | os.PathLike[str], leave_out: Collection[str] = ()
) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """(path relative to *folder*, entry) of each file below it; none if there is no such folder.

    Folders in *leave_out* (relative, with a slash at the end) are not looked into, links to folders not followed.
    """
    top = os.fspath(folder).rstrip("/")
    waiting = [""]
    while waiting:
        here = waiting.pop()
        try:
            inside = os.scandir(f"{top}/{here}")
        except FileNotFoundError:
            continue
        with inside:
            for found in inside:
                path = here + found.name
                if not found.is_dir(follow_symlinks=False):
                    yield path, found
                elif f"{path}/" not in leave_out:
                    waiting.append(f"{path}/")
