"""Addresses that more than one part of the build needs: absolute ones, and those of raw dumps."""

from pathlib import Path
from urllib.parse import quote

from ..script import Edition
from .site import Site

LOCAL = "http://127.0.0.1:8000"
"""Where `make serve` shows a site that has no public address yet; feeds and sitemaps need absolute ones."""


def absolute(site: Site, edition: Edition, path: str) -> str:
    """Absolute address of *path* in *edition*, percent-encoded as feeds and sitemaps want it."""
    return f"{site.url or LOCAL}/{site.folder(edition)}{quote(path)}"


SAFE = frozenset({".txt", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".sql", ".zip", ".gz", ".tar", ".tgz", ".warc"})
"""Endings under which a browser runs nothing; a file of any other, e.g. a saved web page, is published as NAME.txt."""


def dump_file(name: str) -> str:
    """Where the dump *name* stands in the output folder.

    >>> dump_file("2019/甲.txt"), dump_file("page.html")
    ('dumps/2019/甲.txt', 'dumps/page.html.txt')
    """
    return f"dumps/{name}" + ("" if Path(name).suffix.lower() in SAFE else ".txt")
