"""The owner's word about a dump: NAME.toml beside it, or _mapping.toml for a whole folder.

format = "table"              # one of the names in FORMATS
encoding = "gb18030"
delimiter = "|"
header = false
columns = ["category", "", "title", "text"]     # in order; "" leaves a column under its number

[keys]                        # a key of the dump = our field
标题栏 = "title"

[given]                       # said of every record that does not say it itself
source = "人民日报"
"""

import codecs
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from os.path import isfile
from pathlib import Path
from typing import Any

from ..errors import MappingError, VocabularyError
from ..vocabulary import read_table
from ..vocabulary.fields import OURS, plain_key

FOLDER_MAPPING = "_mapping.toml"


@dataclass(frozen=True, slots=True)
class Mapping:
    """What an owner may say about a dump; an empty value leaves the matter to sniffing."""

    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    header: bool | None = None
    columns: tuple[str, ...] = ()
    keys: dict[str, str] = field(default_factory=dict)
    """Plain key -> our field."""

    given: dict[str, str] = field(default_factory=dict)


NO_MAPPING = Mapping()


def mapping_for(dump: Path, root: Path, formats: tuple[str, ...]) -> Mapping:
    """The mapping of *dump*: `a.csv.toml`, `a.toml`, else the nearest _mapping.toml up to *root*.

    Raises:
        MappingError: names the file and the entry.
    """
    folders = [folder for folder in dump.parents if folder == root or root in folder.parents]
    places = [dump.with_name(dump.name + ".toml"), dump.with_suffix(".toml")]
    for place in places + [folder / FOLDER_MAPPING for folder in folders]:
        if place != dump and isfile(place):  # noqa: PTH113 - Path.is_file raises for names too long
            return read_mapping(place, formats, place.relative_to(root) if root in place.parents else None)
    return NO_MAPPING


def is_mapping(path: Path) -> bool:
    """Whether *path* is a mapping and no dump: any TOML file is."""
    return path.suffix.lower() == ".toml"


def read_mapping(path: Path, formats: tuple[str, ...], name: Path | None = None) -> Mapping:
    """The mapping at *path*, in messages called *name*; *formats* are the names that `format` may have.

    Raises:
        MappingError: names the file and the entry.
    """
    shown = (name or Path(path.name)).as_posix()
    try:
        table = read_table(path)
    except VocabularyError as error:
        raise MappingError(str(error).replace(path.name, shown, 1)) from None
    known = {f.name for f in fields(Mapping)}
    for entry, value in table.items():
        if entry not in known:
            raise MappingError(f"{shown}: unknown entry {entry!r}; expected one of {', '.join(sorted(known))}")
        if not _CHECKS[entry](value):
            raise MappingError(f"{shown}: {entry} = {value!r:.60}; expected {_EXPECTED[entry]}")
    if table.get("format", formats[0]) not in formats:
        raise MappingError(f"{shown}: format = {table['format']!r}; expected one of {', '.join(formats)}")
    values: dict[str, Any] = dict(table)
    values["columns"] = tuple(table.get("columns", ()))
    values["keys"] = {plain_key(key): name for key, name in table.get("keys", {}).items()}
    return Mapping(**values)


def _is_encoding(value: object) -> bool:
    try:
        return isinstance(value, str) and bool("".encode(value) or codecs.lookup(value))
    except (LookupError, UnicodeError, ValueError):
        return False


def _is_fields(value: object) -> bool:
    return isinstance(value, dict) and all(name in OURS for name in value.values())


def _is_given(value: object) -> bool:
    return isinstance(value, dict) and all(k in OURS[1:] and isinstance(v, str) for k, v in value.items())


_CHECKS: dict[str, Callable[[object], bool]] = {
    "format": lambda value: isinstance(value, str),
    "encoding": _is_encoding,
    "delimiter": lambda value: isinstance(value, str) and 0 < len(value) <= 8,
    "header": lambda value: isinstance(value, bool),
    "columns": lambda value: isinstance(value, list) and all(name in ("", *OURS) for name in value),
    "keys": _is_fields,
    "given": _is_given,
}
_EXPECTED = {
    "format": "a name",
    "encoding": "an encoding Python knows, like gb18030 or big5hkscs",
    "delimiter": "one to eight characters",
    "header": "true or false",
    "columns": 'a list of our fields or "": ' + ", ".join(OURS),
    "keys": "a table of the dump's keys, each with one of our fields: " + ", ".join(OURS),
    "given": "a table of our fields with texts; known are " + ", ".join(OURS[1:]),
}
