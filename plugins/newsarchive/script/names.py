"""Names of persons follow other rules than prose; the tables stand in vocabulary/phrases.toml."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from ..errors import VocabularyError
from .dictionaries import Dictionary, Plan, read_choices, read_plan
from .engine import Engine
from .fold import fold_pairs

TABLE = Path(__file__).parent.parent / "vocabulary" / "phrases.toml"
HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"


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
            phrases=phrases,
        )
    except (KeyError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(f"{path.name}: {error} is missing or wrong") from None


def name_value(name: str, plan: Plan) -> str:
    """*name* as *plan* should set it, character by character.

    A character the target script has too stays. 楊杰 may be the man's own spelling, and nothing in a
    Simplified text tells; made 楊傑, he could not be found under the name he uses.

    >>> name_value("范后里", read_plan("s2tw")), name_value("马云钟", read_plan("s2tw"))
    ('范后里', '馬雲鍾')
    >>> name_value("李乾", read_plan("tw2s"))
    '李乾'
    """
    table = _name_table(plan.name)
    stays = is_from_hans(plan.name) and name[:1] in read_names().surname_stays
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
    regional = {k: v for step in read_plan(config).chain[1:] for d in reversed(step) for k, v in d.items()}
    table = {char: values[0] for char, values in choices.items() if char not in values or char in names.convert}
    table |= names.instead
    return {char: regional.get(value, value) for char, value in table.items()}


def kept_phrases(plan: Plan, code: str) -> Dictionary:
    """What comes before the dictionaries of *plan*: family names with titles, the phrases of the table."""
    names = read_names()
    convert = Engine(plan.name, plan).convert
    from_hans = is_from_hans(plan.name)
    kept = {}
    if from_hans:
        for surname, title in product(names.anywhere, names.polite + names.office):
            kept[surname + title] = name_value(surname, plan) + convert(title)
    for phrase in names.phrases:
        local = phrase.get("editions", {}).get(code)
        source, target = ("hans", "hant") if from_hans else ("hant", "hans")
        kept[phrase[source]] = local or phrase[target]
    return kept


@cache
def guarded_surname() -> re.Pattern[str]:
    """A family name that prose is full of, where no Chinese character stands before and a title behind."""
    names = read_names()
    polite, office = (_any_script(words) for words in (names.polite, names.office))
    return re.compile(
        f"[{names.guarded}](?<![{HAN}].)(?={polite}|{office})|[{names.polite_only}](?<![{HAN}].)(?={polite})"
    )


def _any_script(words: tuple[str, ...]) -> str:
    """A pattern of *words* in Simplified or Traditional."""
    sources, targets = fold_pairs()
    spellings: dict[str, str] = {}
    for source, target in zip(sources, targets, strict=True):
        spellings[target] = spellings.get(target, target) + source
    return "|".join("".join(f"[{spellings.get(char, char)}]" for char in word) for word in words)
