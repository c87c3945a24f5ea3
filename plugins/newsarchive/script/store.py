"""Compiled plans, kept on disk in a folder the caller names.

The file is JSON, not pickle or marshal: whoever can write into that folder can change how words are
set, but cannot make us run code. It is named after the digest of all it was made from (configuration,
dictionaries, kept phrases, this format, Python), so a stale file is never read; it is written under a
temporary name and moved into place, so processes may share the folder. What cannot be read is made anew.
"""

import json
import os
import sys
import tempfile
from dataclasses import fields, replace
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from .dictionaries import Lines, Plan, files_digest, lines_of, read_lines, read_plan
from .engine import Engine
from .names import RETURNS, TABLE, is_from_hans, kept_phrases, read_names
from .place import HERE
from .tables import Tables, compile_plan
from .windows import Windows

FORMAT = 2
"""To be raised when the content of a file or the rules of compiling change."""


@lru_cache(maxsize=64)
def windows(name: str, code: str) -> Windows:
    """A converter for configuration *name* with the kept phrases of edition *code*, its tables from disk if there."""
    path = HERE.tables / f"{name}-{code}-{_digest(name)}.json" if HERE.tables else None
    stored = _load(path) if path else None
    if stored is None:
        plan = read_plan(name)
        to_hant = name if is_from_hans(name) else f"s2{name.partition('2')[0]}"
        kept = kept_phrases(name, code, Engine(to_hant).convert)
        stored = compile_plan(replace(plan, keep=(kept,))), replace(read_lines(name), keep=(lines_of(kept),))
        if path:
            _save(path, *stored)
    return Windows(*stored)


def _digest(name: str) -> str:
    """Names all that the tables of configuration *name* are made from."""
    words = [f"{word} {forms}" for word, forms in read_names().words.items()]
    state = blake2b(f"{FORMAT} {sys.version_info[:2]} {files_digest(name)} {words}".encode(), digest_size=8)
    for table in (TABLE, RETURNS):
        state.update(table.read_bytes())
    return state.hexdigest()


def _load(path: Path) -> tuple[Tables, Plan[Lines]] | None:
    """What `_save` has written to *path*; None if there is nothing or it is damaged."""
    try:
        data = json.loads(path.read_bytes())
        tables = Tables(data["sources"], data["targets"], data["glue"], tuple(data["marks"].split("\n")))
        numbers: Plan[int] = Plan(**{key: _tuples(value) for key, value in data["plan"].items()})
        plan = numbers.rebuilt(data["dictionaries"].__getitem__)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    return (tables, plan) if len(tables.sources) == len(tables.targets) else None


def _save(path: Path, tables: Tables, plan: Plan[Lines]) -> None:
    """Write the file whole or not at all."""
    dictionaries: list[Lines] = []

    def number(lines: Lines) -> int:
        dictionaries.append(lines)
        return len(dictionaries) - 1

    numbers = plan.rebuilt(number)
    data = _fields(tables) | {"marks": "\n".join(tables.marks), "plan": _fields(numbers), "dictionaries": dictionaries}
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".draft")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps(data, ensure_ascii=False, separators=(",", ":")))  # `dump` takes five times as long
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _fields(value: Tables | Plan[int]) -> dict[str, Any]:
    """The fields of *value* as they are; `asdict` would copy all that is in them."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _tuples(value: Any) -> Any:
    """*value* of JSON with tuples for lists."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
