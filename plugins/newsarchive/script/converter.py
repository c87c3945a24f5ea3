"""Texts of one script of origin set in one edition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .editions import Edition, edition
from .names import name_value
from .quotes import set_quotes
from .store import Windows, windows


@dataclass(frozen=True, slots=True)
class Converter:
    """Sets the texts of one article in one edition: `convert(text)`."""

    edition: Edition
    steps: tuple[Windows, ...]
    """What a text passes through; none where it stays as it was written."""

    keep: tuple[Mapping[str, str], ...] = ()
    """For each step, the phrases whose value is fixed."""

    quotes: bool = True

    def __call__(self, text: str) -> str:
        for step, keep in zip(self.steps, self.keep, strict=True):
            text = step.convert(text, keep)
        return set_quotes(text, self.edition.quotes) if self.quotes else text


def converter(
    origin: str,
    code: str,
    keep: Iterable[str] = (),
    *,
    cache: Path | None = None,
) -> Converter:
    """Sets texts written in script *origin* in the edition *code*.

    >>> convert = converter("zh-Hans", "zh-Hant", keep=["杨杰"])
    >>> convert("杨杰说：“这头发真好”")
    '楊杰說：「這頭髮真好」'
    """
    chosen = edition(code)
    config = chosen.config_for(origin)
    if not config:
        return Converter(chosen, ())
    return Converter(chosen, (windows(config, (), cache),), ({name: name_value(name, config) for name in keep},))
