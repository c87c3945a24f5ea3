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

TABLE = Path(__file__).parent.parent / "vocabulary" / "phrases.toml"
MAX_TITLE_CHARS = 4


@dataclass(frozen=True, slots=True)
class Names:
    """The table phrases.toml."""

    convert: str
    surname_stays: str
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

    phrases: tuple[Mapping[str, Any], ...]


@cache
def read_names(path: Path = TABLE) -> Names:
    """The table at *path*.

    Raises:
        VocabularyError: a key is missing, or a phrase lacks one of its two spellings.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        names, surnames, titles = table["names"], table["surnames"], table["titles"]
        phrases = tuple(table.get("phrase", ()))
        for number, phrase in enumerate(phrases, 1):
            if not (phrase.get("hans") and phrase.get("hant")):
                raise VocabularyError(f"{path.name}: phrase {number} needs both hans and hant; found {phrase!r:.40}")
        return Names(
            convert=names["convert"],
            surname_stays=names["surname_stays"],
            instead=names["instead"],
            anywhere=surnames["anywhere"],
            guarded=surnames["guarded"],
            polite_only=surnames["polite_only"],
            sounds=table["sounds"],
            polite=tuple(titles["polite"].split()),
            office=tuple(titles["office"].split()),
            machine=table["machine"],
            phrases=phrases,
        )
    except (KeyError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(f"{path.name}: {error} is missing or wrong") from None


def name_value(name: str, config: str) -> str:
    """*name* as configuration *config* should set it, character by character.

    A character the target script has too stays. 楊杰 may be the man's own spelling, and nothing in a
    Simplified text tells; made 楊傑, he could not be found under the name he uses.

    >>> name_value("范后里", "s2tw"), name_value("马云钟", "s2tw"), name_value("李乾", "tw2s")
    ('范后里', '馬雲鍾', '李乾')
    """
    table = _name_table(config)
    stays = is_from_hans(config) and name[:1] in read_names().surname_stays
    return name[:stays] + "".join(table.get(char, char) for char in name[stays:])


def is_from_hans(config: str) -> bool:
    return config.startswith("s")


@cache
def _name_table(config: str) -> Dictionary:
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


def kept_phrases(config: str, code: str, convert: Callable[[str], str]) -> Dictionary:
    """What comes before the dictionaries of *config*: family names with titles, the phrases of the table.

    *convert* sets a title, *code* is the edition.
    """
    names = read_names()
    from_hans = is_from_hans(config)
    kept = {}
    if from_hans:
        for surname, title in product(names.anywhere, names.polite + names.office):
            kept[surname + title] = name_value(surname, config) + convert(title)
    for phrase in names.phrases:
        local = phrase.get("editions", {}).get(code)
        source, target = ("hans", "hant") if from_hans else ("hant", "hans")
        kept[phrase[source]] = local or phrase[target]
    return kept


def guarded_surnames(text: str) -> Iterator[int]:
    """Where a family name stands that prose is full of: no Chinese character before it, a title behind it.

    >>> list(guarded_surnames("于市长说，由于市长不在，于是"))
    [0]
    """
    names = read_names()
    for match in _guarded().finditer(text):
        start = match.start()
        if start and is_han(text[start - 1]):
            continue
        behind = fold(text[start + 1 : start + 1 + MAX_TITLE_CHARS])
        if behind.startswith(names.polite) or (match[0] in names.guarded and behind.startswith(names.office)):
            yield start


@cache
def _guarded() -> re.Pattern[str]:
    names = read_names()
    return re.compile(f"[{names.guarded}{names.polite_only}]")


def is_han(char: str) -> bool:
    """Whether *char* is a Chinese character."""
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\U00020000" <= char <= "\U0003ffff"
