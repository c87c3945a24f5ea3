"""A built site as it stands, and how faults in it are told."""

import html
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from ..shelf import Entry
from ..tree import files_below

MOST = 20
"""Faults of one kind that are told one by one."""


class Built(NamedTuple):
    """A site as it stands in its folder."""

    folder: Path
    editions: Sequence[str]
    """Folders of the editions, `""` for the one at the root and `zh-hant/`."""

    entries: Sequence[Entry]
    """The articles it should hold."""

    files: frozenset[str]

    def pages(self, slug: str) -> list[str]:
        """Files of the article *slug*."""
        return [f"{edition}{slug}.html" for edition in self.editions]


def built(folder: Path, editions: Sequence[str], entries: Sequence[Entry]) -> Built:
    """The site in *folder*, its files listed."""
    return Built(folder, editions, entries, frozenset(path for path, _ in files_below(folder)))


def file_of(site: Built, address: str) -> str:
    """The file behind an absolute *address* of an article: what it ends with, in the deepest edition it may be in."""
    path = unquote(html.unescape(address)).partition("://")[2]
    parts = path.split("/")[1:]
    ways = ("/".join(parts[start:]) for start in range(len(parts)))
    return next((way for way in ways if way in site.files), "/".join(parts))


def told(sentence: str, names: Sequence[Any]) -> list[str]:
    """*sentence* about each of *names*; of many the first, and how many there are."""
    told = [sentence.format(name) for name in names[:MOST]]
    return [*told, f"and {len(names) - MOST} more like this"] if len(names) > MOST else told
