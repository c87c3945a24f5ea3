"""A built site as it stands, and how faults in it are told."""

import html
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ..rows import Rows
from ..shelf import Entry
from ..tree import files_below

MOST = 20
"""Faults of one kind that are told one by one."""


@dataclass(frozen=True)
class Built:
    """A site as it stands in its folder."""

    folder: Path
    editions: Sequence[str]
    """Folders of the editions, `""` for the one at the root and `zh-hant/`."""

    entries: Sequence[Entry]
    """The articles it should hold, newest first."""

    @cached_property
    def files(self) -> frozenset[str]:
        """All files, listed when this is asked first."""
        return frozenset(path for path, _ in files_below(self.folder))

    @cached_property
    def _found(self) -> set[str]:
        return set()

    def has(self, file: str) -> bool:
        """Whether *file* stands; where not all are listed the system is asked, once for each that does."""
        if "files" in self.__dict__:
            return file in self.files
        if file not in self._found and os.path.isfile(f"{self.folder}/{file}"):  # noqa: PTH113  # a Path costs more
            self._found.add(file)
        return file in self._found

    def pages(self, slug: str) -> list[str]:
        """Files of the article *slug*."""
        return [f"{edition}{slug}.html" for edition in self.editions]


def built(folder: Path, editions: Sequence[str], entries: Sequence[Entry]) -> Built:
    """The site in *folder*."""
    return Built(folder, editions, entries)


def slugs_of(entries: Sequence[Entry]) -> Iterator[str]:
    """Slugs of *entries*, in their order."""
    return entries.slugs() if isinstance(entries, Rows) else (entry.slug for entry in entries)


def file_of(site: Built, address: str) -> str:
    """The file behind an absolute *address* of an article: what it ends with, in the deepest edition it may be in."""
    path = unquote(html.unescape(address)).partition("://")[2]
    parts = path.split("/")[1:]
    ways = ("/".join(parts[start:]) for start in range(len(parts)))
    return next((way for way in ways if site.has(way)), "/".join(parts))


def told(sentence: str, names: Iterable[Any]) -> list[str]:
    """*sentence* about each of *names*; of many the first, and how many there are."""
    found = list(names)
    told = [sentence.format(name) for name in found[:MOST]]
    return [*told, f"and {len(found) - MOST} more like this"] if len(found) > MOST else told
