"""Texts of one script of origin set in one edition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .detection import UNKNOWN, detect
from .editions import Edition, edition
from .markup import convert_text_nodes
from .names import guarded_surnames, name_value
from .quotes import set_quotes
from .spans import split_protected
from .store import windows
from .windows import Windows

THROUGH_HANS = "tw2s"
"""What makes Simplified of Traditional made by machine, before it is set again."""


@dataclass(frozen=True, slots=True)
class Converter:
    """Sets the texts of one article in one edition: `convert(text)`."""

    edition: Edition
    steps: tuple[Windows, ...]
    """What a text passes through, one after the other; none where it stays as it was written."""

    kept: tuple[Mapping[str, str], ...]
    """For each step the phrases of the article whose value is fixed."""

    quotes: bool
    """Whether quotation marks are set as the edition has them."""

    def __call__(self, text: str) -> str:
        parts = split_protected(text, self.edition.code)
        return "".join(part if n % 2 else self._free(part) for n, part in enumerate(parts))

    def html(self, markup: str) -> str:
        """*markup* with its text converted, its tags and code untouched."""
        return convert_text_nodes(markup, self)

    def _free(self, text: str) -> str:
        if self.steps:
            text = self._with_surnames(text)
        return set_quotes(text, self.edition.quotes) if self.quotes else text

    def _with_surnames(self, text: str) -> str:
        parts = []
        done = 0
        for start in guarded_surnames(text):
            parts += [self._pass(text[done:start]), self._name(text[start])]
            done = start + 1
        return "".join([*parts, self._pass(text[done:])]) if parts else self._pass(text)

    def _pass(self, text: str) -> str:
        for step, kept in zip(self.steps, self.kept, strict=True):
            text = step.convert(text, kept)
        return text

    def _name(self, name: str) -> str:
        for step in self.steps:
            name = name_value(name, step.config)
        return name


@dataclass(frozen=True, slots=True)
class Detecting:
    """Sets texts whose script nobody has recorded: each is looked at by itself."""

    hans: Converter
    hant: Converter
    unknown: Converter

    def __call__(self, text: str) -> str:
        return self._for(text)(text)

    def html(self, markup: str) -> str:
        return self._for(markup).html(markup)

    def _for(self, text: str) -> Converter:
        return {"zh-Hans": self.hans, "zh-Hant": self.hant}.get(detect(text), self.unknown)


def converter(
    origin: str,
    code: str,
    keep: Iterable[str] = (),
    *,
    phrases: Mapping[str, str] | None = None,
    republish: bool = False,
    quotes: bool | None = None,
    cache: Path | None = None,
) -> Converter | Detecting:
    """Sets texts written in script *origin* in the edition *code*.

    Args:
        origin: what `detect` gave, or finer, e.g. zh-Hant-HK; with `zh` each text is looked at by itself.
        code: an edition of vocabulary/editions.toml.
        keep: names of persons in the text, set by the rules for names.
        phrases: words of this article and how they are set in this edition.
        republish: sets Traditional made by machine through Simplified, which mends 制造 to 製造.
        quotes: whether quotation marks are set as the edition has them; None: where the text is converted.
        cache: folder for compiled tables; without it they are compiled anew by each process, in half a second.

    >>> convert = converter("zh-Hans", "zh-Hant", keep=["杨杰"])
    >>> convert("杨杰说：“这头发真好”")
    '楊杰說：「這頭髮真好」'
    """
    return _converter(origin, code, tuple(keep), tuple((phrases or {}).items()), republish, quotes, cache)


@lru_cache(maxsize=1024)
def _converter(
    origin: str,
    code: str,
    keep: tuple[str, ...],
    phrases: tuple[tuple[str, str], ...],
    republish: bool,
    quotes: bool | None,
    cache: Path | None,
) -> Converter | Detecting:
    if origin == UNKNOWN:
        options = (keep, phrases, republish, quotes, cache)
        hans, hant = (_converter(script, code, *options) for script in ("zh-Hans", "zh-Hant"))
        if isinstance(hans, Converter) and isinstance(hant, Converter):
            return Detecting(hans, hant, Converter(edition(code), (), (), quotes or False))
    chosen = edition(code)
    steps = tuple(windows(config, code, cache) for config in _configs(chosen, origin, republish))
    kept = tuple(_kept(steps, keep, dict(phrases)))
    return Converter(chosen, steps, kept, bool(steps) if quotes is None else quotes)


def _configs(chosen: Edition, origin: str, republish: bool) -> list[str]:
    """Configurations a text of script *origin* passes through."""
    configs = [chosen.config_for(origin)]
    if republish and origin.startswith("zh-Hant"):
        configs = [THROUGH_HANS, chosen.config_for("zh-Hans")]
    return [config for config in configs if config]


def _kept(steps: Iterable[Windows], keep: Iterable[str], phrases: Mapping[str, str]) -> Iterable[Mapping[str, str]]:
    """For each of *steps* the value of each name as it then stands, and of each phrase."""
    names = list(keep)
    for step in steps:
        values = {name: step.name(name) for name in names if name}
        yield {**values, **phrases}
        names = list(values.values())
        phrases = {value: value for value in phrases.values()}


def convert_html(markup: str, origin: str, code: str, keep: Iterable[str] = (), *, cache: Path | None = None) -> str:
    """HTML *markup* in edition *code*: text and spoken attributes converted, tags and code untouched."""
    return converter(origin, code, keep, cache=cache).html(markup)
