"""Names of persons follow other rules than prose; the tables stand in vocabulary/phrases.toml."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from ..errors import VocabularyError
from .dictionaries import Dictionary, read_choices, regional_forms
from .fold import fold
from .place import HERE

TABLE = Path(__file__).parent.parent / "vocabulary" / "phrases.toml"
RETURNS = TABLE.parent / "returns.txt"
"""Words, made by bench/returns.py, that the dictionaries do not bring back from Traditional."""

OWN_TABLES = {"words", "sounds"}
"""What an owner's phrases.toml may hold."""

MAX_TITLE_CHARS = 4


@dataclass(frozen=True, slots=True)
class Names:
    """The table phrases.toml."""

    convert: str
    surname_stays: tuple[str, ...]
    both_ways: str
    instead: Dictionary
    anywhere: str
    guarded: str
    polite_only: str
    sounds: Dictionary
    """Family name -> what sounds like it, where the word of these characters sounds otherwise."""

    polite: tuple[str, ...]
    office: tuple[str, ...]
    machine: Mapping[str, str]
    """Words that tell mechanical Traditional, by what they tell."""

    words: Mapping[str, Mapping[str, str]]
    """Word in Simplified -> edition code -> how it is written there, and in the editions below it."""


@cache
def read_names() -> Names:
    """Our table, with the words of the owner's table of the same name.

    Raises:
        VocabularyError: a table cannot be read, a key is missing, or a word has no Traditional spelling.
    """
    table = _table(TABLE)
    own = HERE.own(TABLE.name)
    added = _table(own) if own else {}
    if unknown := sorted(set(added) - OWN_TABLES):
        raise VocabularyError(f"{own}: unknown table [{unknown[0]}]; expected {' or '.join(sorted(OWN_TABLES))}")
    try:
        names, surnames, titles = table["names"], table["surnames"], table["titles"]
        return Names(
            convert=names["convert"],
            surname_stays=tuple(names["surname_stays"].split()),
            both_ways=names["both_ways"],
            instead=names["instead"],
            anywhere=surnames["anywhere"],
            guarded=surnames["guarded"],
            polite_only=surnames["polite_only"],
            sounds=table["sounds"] | added.get("sounds", {}),
            polite=tuple(titles["polite"].split()),
            office=tuple(titles["office"].split()),
            machine=table["machine"],
            words=_words(TABLE, table) | (_words(own, added) if own else {}),
        )
    except KeyError as error:
        raise VocabularyError(f"{TABLE.name}: {error} is missing") from None


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path}: not a TOML table: {error}") from None


def _words(path: Path, table: Mapping[str, Any]) -> dict[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for word, value in table.get("words", {}).items():
        forms = {"zh-Hant": value} if isinstance(value, str) else value
        if not (isinstance(forms, dict) and forms.get("zh-Hant") and set(map(type, forms.values())) == {str}):
            raise VocabularyError(f'{path.name}: {word!r} is {value!r:.40}; expected a spelling, like "杨杰" = "楊傑"')
        found[word] = forms
    return found


def name_value(name: str, config: str) -> str:
    """*name* as configuration *config* should set it, character by character.

    A character the target script has too stays. 楊杰 may be the man's own spelling, and nothing in a
    Simplified text tells; made 楊傑, he could not be found under the name he uses.

    >>> name_value("范后里", "s2tw"), name_value("马云钟", "s2tw"), name_value("李乾", "tw2s")
    ('范后里', '馬雲鍾', '李乾')
    """
    table = name_table(config)
    surnames = read_names().surname_stays if is_from_hans(config) else ()
    stays = next((len(surname) for surname in surnames if name.startswith(surname)), 0)
    return name[:stays] + "".join(table.get(char, char) for char in name[stays:])


def is_from_hans(config: str) -> bool:
    return config.startswith("s")


@cache
def name_table(config: str) -> Dictionary:
    """Character -> what it becomes within a name."""
    if not is_from_hans(config):
        choices = read_choices("TSCharacters.txt")
        return {char: values[0] for char, values in choices.items() if char not in values}
    names = read_names()
    choices = read_choices("STCharacters.txt")
    regional = regional_forms(config)
    table = {char: values[0] for char, values in choices.items() if char not in values or char in names.convert}
    table |= names.instead
    return {char: regional.get(value, value) for char, value in table.items()}


def kept_phrases(config: str, code: str, to_hant: Callable[[str], str]) -> Dictionary:
    """What comes before the dictionaries of *config*: family names with titles, the words of the tables.

    *to_hant* sets Simplified in the Traditional that *config* makes or takes, *code* is the edition.
    """
    names = read_names()
    from_hans = is_from_hans(config)
    kept = {}
    if from_hans:
        for surname, title in product(names.anywhere, names.polite + names.office):
            kept[surname + title] = name_value(surname, config) + to_hant(title)
    else:
        lines = RETURNS.read_text("utf-8").split("\n")
        kept = {to_hant(word): word for line in lines if line[:1] != "#" for word in line.split()}
    for word, forms in names.words.items():
        kept |= {word: spelling(forms, code)} if from_hans else dict.fromkeys(forms.values(), word)
    return kept


def spelling(forms: Mapping[str, str], code: str) -> str:
    """That of *forms* which is meant for edition *code*, the nearest above it.

    >>> spelling({"zh-Hant": "數據", "zh-Hant-TW": "資料"}, "zh-Hant-HK")
    '數據'
    """
    while code not in forms:
        code = code.rpartition("-")[0] or "zh-Hant"
    return forms[code]


def guarded_surnames(text: str) -> Iterator[int]:
    """Where a family name stands that prose is full of: no Chinese character before it, a title behind it.

    >>> list(guarded_surnames("于市长说，由于市长不在，于是"))
    [0]
    """
    names = read_names()
    for match in guarded_pattern().finditer(text):
        start = match.start()
        if start and is_han(text[start - 1]):
            continue
        behind = fold(text[start + 1 : start + 1 + MAX_TITLE_CHARS])
        if behind.startswith(names.polite) or (match[0] in names.guarded and behind.startswith(names.office)):
            yield start


@cache
def guarded_pattern() -> re.Pattern[str]:
    names = read_names()
    return re.compile(f"[{names.guarded}{names.polite_only}]")


def is_han(char: str) -> bool:
    """Whether *char* is a Chinese character."""
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\U00020000" <= char <= "\U0003ffff"
