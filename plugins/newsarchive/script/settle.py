"""Moves the whole package to another place; what was read for the last one is forgotten."""

from pathlib import Path

from .converter import way_to
from .editions import editions
from .machine import matcher
from .names import guarded_pattern, name_table, read_names
from .order import readings
from .place import HERE
from .store import windows

READ_THERE = (read_names, name_table, guarded_pattern, editions, windows, way_to, matcher, readings)
"""Everything remembered that depends on the owner's tables."""


def work_in(cache: Path | None, vocabulary: Path | None = None) -> None:
    """Keep compiled tables in the folder *cache*, and read the owner's tables in *vocabulary* after ours.

    For this process and those it forks; called once, before the first text is converted.

    Raises:
        VocabularyError: one of the tables cannot be used.
    """
    HERE.tables = cache / "script" if cache else None
    HERE.vocabulary = vocabulary
    for remembered in READ_THERE:
        remembered.cache_clear()
    read_names()
    editions()
