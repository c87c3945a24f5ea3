"""What every page depends on: program, theme, tables and settings, as one digest."""

from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from .printer import digest
from .site import Site

KINDS = {".py", ".toml", ".csv", ".html", ".xml", ".js"}
"""Endings of the files that pages are made from; style sheets and the like are only linked to."""

HOW = {
    "NEWS_WORKERS",
    "NEWS_CACHE",
    "NEWS_SCHEDULER",
    "NEWS_ARTICLES",
    "NEWS_REPORTS",
    "NEWS_OUTPUT",
    "LOAD_CONTENT_CACHE",
    "CACHE_CONTENT",
    "VERBOSITY",
    "DEBUG",
    "PORT",
    "BIND",
}
"""Settings that say how to build, not what."""


def base_of(site: Site) -> bytes:
    """Digest of all that every page of *site* depends on."""
    settings = sorted((name, repr(value)) for name, value in site.context.items() if _is_setting(name, value))
    editions = tuple(repr(edition) for edition in site.editions)
    theme = _digests(site.theme / "templates", site.theme / "words.toml")
    return digest(editions, settings, theme, made_by(site.vocabulary), site.url, site.per_page, site.contact)


@lru_cache(maxsize=1)
def _of_program() -> list[tuple[str, bytes]]:
    return _digests(Path(__file__).parents[1])


def made_by(vocabulary: Path) -> bytes:
    """Digest of the program and all tables, those of the owner in the folder *vocabulary*."""
    return digest(_of_program(), _digests(vocabulary))


def _digests(*folders: Path) -> list[tuple[str, bytes]]:
    return [(file.name, blake2b(file.read_bytes()).digest()) for folder in folders for file in _sources(folder)]


def _is_setting(name: str, value: object) -> bool:
    """Whether a template may print this; folders of this machine and Pelican's own objects are no part of a page."""
    return name not in HOW and _is_plain(value) and not name.endswith(("PATH", "PATHS", "THEME"))


def _is_plain(value: object) -> bool:
    """Whether *value* reads the same in every run: text, numbers, and what is made of them."""
    if isinstance(value, dict):
        return all(map(_is_plain, value)) and all(map(_is_plain, value.values()))
    if isinstance(value, tuple | list):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float)


def _sources(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    return sorted(file for file in folder.rglob("*") if file.suffix in KINDS)
