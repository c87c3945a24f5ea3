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
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from .dictionaries import Dictionary, Plan, Step, files_digest, read_plan
from .names import TABLE, kept_phrases
from .tables import Tables, compile_plan
from .windows import Windows

FORMAT = 1
"""To be raised when the content of a file or the rules of compiling change."""


@lru_cache(maxsize=64)
def windows(name: str, code: str, folder: Path | None = None) -> Windows:
    """A converter for configuration *name* with the kept phrases of edition *code*, from *folder* if it is there."""
    path = folder / f"{name}-{code}-{_digest(name)}.json" if folder else None
    stored = _load(path) if path else None
    if stored is None:
        plan = read_plan(name)
        plan = replace(plan, keep=kept_phrases(plan, code))
        stored = compile_plan(plan), plan
        if path:
            _save(path, *stored)
    return Windows(*stored)


def _digest(name: str) -> str:
    """Names all that the tables of configuration *name* are made from."""
    made_from = f"{FORMAT} {sys.version_info[:2]} {files_digest(name)}".encode() + TABLE.read_bytes()
    return blake2b(made_from, digest_size=8).hexdigest()


def _load(path: Path) -> tuple[Tables, Plan] | None:
    """What `_save` has written to *path*; None if there is nothing or it is damaged."""
    try:
        data = json.loads(path.read_bytes())
        tables = Tables(data["sources"], data["targets"], data["glue"], tuple(data["marks"].split("\n")))
        plan = _plan(data)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    return (tables, plan) if len(tables.sources) == len(tables.targets) else None


def _save(path: Path, tables: Tables, plan: Plan) -> None:
    """Write the file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".draft")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(_data(tables, plan), file, ensure_ascii=False, separators=(",", ":"))
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _data(tables: Tables, plan: Plan) -> dict[str, Any]:
    """Both as JSON; a dictionary used twice is written once and named by its number."""
    numbers: dict[int, int] = {}
    dictionaries: list[Dictionary] = []

    def number(dictionary: Dictionary) -> int:
        if id(dictionary) not in numbers:
            numbers[id(dictionary)] = len(dictionaries)
            dictionaries.append(dictionary)
        return numbers[id(dictionary)]

    def step(dictionaries_of_step: Step) -> list[int]:
        return [number(dictionary) for dictionary in dictionaries_of_step]

    return {
        "sources": tables.sources,
        "targets": tables.targets,
        "glue": dict(tables.glue),
        "marks": "\n".join(tables.marks),
        "name": plan.name,
        "normalization": [step(entry) for entry in plan.normalization],
        "words": step(plan.words),
        "chain": [step(entry) for entry in plan.chain],
        "keep": dict(plan.keep),
        "dictionaries": [["\n".join(entry), "\n".join(entry.values())] for entry in dictionaries],
    }


def _plan(data: Mapping[str, Any]) -> Plan:
    dictionaries = [
        dict(zip(keys.split("\n"), values.split("\n"), strict=True)) for keys, values in data["dictionaries"]
    ]

    def step(numbers: list[int]) -> Step:
        return tuple(dictionaries[number] for number in numbers)

    return Plan(
        name=data["name"],
        normalization=tuple(map(step, data["normalization"])),
        words=step(data["words"]),
        chain=tuple(map(step, data["chain"])),
        keep=data["keep"],
    )
