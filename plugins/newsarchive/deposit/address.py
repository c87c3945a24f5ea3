"""Addresses that fsspec opens, such as s3://bucket/dumps, and what a store says of a file there."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import InstallError, SettingError

MARKS = (
    "ETag", "etag", "md5", "md5Hash", "contentMd5", "content_md5", "checksum", "sha256", "generation",
    "LastModified", "last_modified", "updated", "modified", "modify", "mtime", "created",
)  # fmt: skip
"""What stores say of a file that changes when it does, the surest first; each its own."""


def is_address(place: Path | str) -> bool:
    """Whether *place* is an address, not a folder.

    >>> is_address("s3://bucket/dumps"), is_address("dumps")
    (True, False)
    """
    return isinstance(place, str) and "://" in place


def is_inside(name: str) -> bool:
    """Whether *name* leads to a place below a folder; keys of a store may be any text.

    >>> is_inside("2019/a.md"), is_inside("../a.md"), is_inside("/a.md"), is_inside("2019/")
    (True, False, False, False)
    """
    return bool(name) and name[0] != "/" and name[-1] != "/" and ".." not in PurePosixPath(name).parts


def mark_of(state: Mapping[str, Any]) -> str:
    """What tells a file from what it was before, of all that a store says of it.

    Some drivers tell a time as a number in a list and as a date for one file: both give the same mark.

    >>> mark_of({"name": "b/a.md", "size": 7, "ETag": '"9f6e"', "mtime": 1.5})
    'ETag "9f6e" 7'
    """
    name = next((name for name in MARKS if state.get(name) is not None), "")
    value = state.get(name, "")
    if isinstance(value, datetime):
        value = value.timestamp()
    return f"{name} {round(value, 3) if isinstance(value, float) else value} {state.get('size')}"


def reached(setting: str, address: str) -> tuple[Any, str]:
    """(file system, path of *address* in it); *setting* is named in errors.

    Raises:
        InstallError: fsspec or its driver for such addresses is not installed.
        SettingError: it is no address.
    """
    try:
        from fsspec.core import url_to_fs  # only here: nothing else needs the extra

        files, base = url_to_fs(address)
    except ImportError as error:
        raise InstallError(
            f"{setting} = {address!r} needs fsspec and its driver for such addresses ({error}); "
            "pip install 'newsarchive[cluster]', and the driver it names, e.g. s3fs"
        ) from error
    except ValueError as error:
        raise SettingError(f"{setting} = {address!r}: {error}; expected an address like s3://bucket/folder") from error
    return files, str(base).rstrip("/")
