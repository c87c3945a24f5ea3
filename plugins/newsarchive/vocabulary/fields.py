"""Which of our field names a dump's own key stands for: 發佈時間, pub_time and ctime are all `date`."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from ..article import GIVEN
from ..errors import VocabularyError
from . import FOLDER, read_table

TABLE = FOLDER / "fields.toml"
TEXT = "text"
"""The field that becomes Record.text; all others go into Record.given."""

OURS = (TEXT, *GIVEN)
_PARTS = re.compile(r"[:.]|-(?=[\u4e00-\u9fff])")
"""What parts a key from what it stands in, or as in `Title-题名` from its translation."""

_NO_WORD = re.compile(r"[\W_]+")


def field_of(key: str) -> str:
    """Our name for a dump's *key*, or an empty string.

    >>> field_of("Pub_Time"), field_of("發佈時間"), field_of("news:title"), field_of("likes")
    ('date', 'date', 'title', '')
    """
    return _found(key)[0]


def rank(key: str) -> int:
    """Place of *key* in its row of fields.toml; where two keys name one field, the lower rank is taken."""
    return _found(key)[1]


@lru_cache(4096)
def _found(key: str) -> tuple[str, int]:
    names, plain = _names(), plain_key(key)
    if plain in names:
        return names[plain]
    last = plain_key(_PARTS.split(key)[-1]) if "/" not in key else ""
    shorter = [plain.removeprefix(prefix) for prefix in words("prefixes") if plain.startswith(prefix)]
    shorter += [plain.removesuffix(suffix) for suffix in words("suffixes") if plain.endswith(suffix)]
    for name in (last, *shorter):
        if name in names:
            return names[name][0], names[name][1] + 500
    return "", 1000


def plain_key(key: str) -> str:
    """*key* without what scrapers do not agree on: case, width, spaces and punctuation.

    >>> plain_key("【标　题】"), plain_key("pub_Time")
    ('标题', 'pubtime')
    """
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", key)).casefold()


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of one line of the table [shape]: prefixes, suffixes, inner or outlets."""
    return tuple(read_table(TABLE)["shape"][name].split())


@cache
def _names() -> dict[str, tuple[str, int]]:
    return read_names(TABLE)


def read_names(path: Path) -> dict[str, tuple[str, int]]:
    """Plain key -> (our field, place in its row) of the table at *path*.

    Raises:
        VocabularyError: a row is for no field of ours, or one key stands in two rows.
    """
    found: dict[str, tuple[str, int]] = {}
    rows: Mapping[str, str] = read_table(path).get("names", {})
    for field, row in rows.items():
        if field not in OURS:
            raise VocabularyError(f"{path.name}: [names] {field!r} is no field; expected one of {', '.join(OURS)}")
        for place, word in enumerate(row.split()):
            key = plain_key(word)
            if found.setdefault(key, (field, place))[0] != field:
                raise VocabularyError(f"{path.name}: {word!r} stands for {found[key][0]} and {field}; remove one")
    return found
