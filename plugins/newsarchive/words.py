"""The words of the interface in one edition, from the theme's words.toml."""

import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from .errors import VocabularyError


class Words(SimpleNamespace):
    """One attribute for each key; templates write `{{ words.search }}`."""

    def __getattr__(self, key: str) -> Any:
        raise VocabularyError(f"words.toml: there is no word [{key}]; a template asks for it, so add it")

    def clean(self, rule: str) -> str:
        """What a cleaning rule did, e.g. 移除注音; the rule's own name where the theme has no word for it."""
        return str(self.__dict__.get("clean_" + rule.replace(" ", "_").replace("-", "_"), rule))

    def script(self, lang: str) -> str:
        """Name of a script of origin, e.g. 繁體."""
        return str(self.__dict__.get("script_" + lang.replace("-", "_").lower(), lang))


def read_words(theme: Path, edition: str) -> Words:
    """Words of *edition*; a code without entries of its own takes its parent's: zh-Hant-HK, zh-Hant, zh.

    Raises:
        VocabularyError: the table cannot be read, or a word is missing in this edition.
    """
    file = theme / "words.toml"
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"words.toml: {error}; mend the line and run again") from error
    parts = edition.split("-")
    codes = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return Words(**{key: _word(key, spellings, codes) for key, spellings in table.items()})


def _word(key: str, spellings: dict[str, Any], codes: list[str]) -> Any:
    for code in codes:
        if code in spellings:
            return spellings[code]  # a text, or a list of texts such as the weekdays
    raise VocabularyError(f"words.toml: [{key}] has no {codes[0]}; add the word in that edition")
