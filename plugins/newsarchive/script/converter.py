"""Texts of one script of origin set in one edition."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

from .detection import HANS, HANT, UNKNOWN, is_uniform, region_of, script_of
from .dictionaries import read_choices
from .editions import Edition, edition
from .markup import convert_text_nodes
from .names import guarded_surnames, is_from_hans, name_value, read_names
from .quotes import set_quotes
from .spans import split_protected
from .store import windows
from .windows import Windows

THROUGH_HANS = "tw2s"
"""What makes Simplified of Traditional made by machine, before it is set again."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an article asks of its conversion."""

    keep: tuple[str, ...] = ()
    """Names of persons in the text, set by the rules for names."""

    phrases: tuple[tuple[str, str], ...] = ()
    """Words of this article and how they are set in an edition of the other script."""

    republish: bool = False
    """Whether Traditional goes through Simplified."""

    quotes: bool | None = None
    """Whether quotation marks are set as the edition has them; None: where the text is converted."""

    off: bool = False
    """Whether the article is printed as it was written."""


@dataclass(frozen=True, slots=True)
class Way:
    """How texts of one script reach one edition."""

    steps: tuple[Windows, ...]
    """What a text passes through, one after the other; none where it stays as it was written."""

    kept: tuple[Mapping[str, str], ...]
    """For each step the names of the article and what they become."""

    words: Mapping[str, str]
    """Words of the article and what stands for them, wherever they occur."""

    quotes: str
    """Quotation marks to set; empty to leave them."""

    def convert(self, text: str) -> str:
        """*text* in the edition."""
        if self.words:
            parts = re.split(f"({'|'.join(map(re.escape, self.words))})", text)
            text = "".join(self.words[part] if n % 2 else self._prose(part) for n, part in enumerate(parts))
        else:
            text = self._prose(text)
        return set_quotes(text, self.quotes) if self.quotes else text

    def convert_lines(self, lines: str) -> list[str]:
        """Each line of *lines* in the edition: no phrase reaches across a line end, but a quotation mark may."""
        if self.words:
            return [self.convert(line) for line in lines.split("\n")]
        texts = self._prose(lines).split("\n")
        return [set_quotes(text, self.quotes) for text in texts] if self.quotes else texts

    def _prose(self, text: str) -> str:
        """*text* with family names before titles as names."""
        if not self.steps:
            return text
        parts = []
        done = 0
        for start in guarded_surnames(text):
            parts += [self._pass(text[done:start]), self._name(text[start])]
            done = start + 1
        return "".join([*parts, self._pass(text[done:])])

    def _pass(self, text: str) -> str:
        for step, kept in zip(self.steps, self.kept, strict=True):
            text = step.convert(text, kept)
        return text

    def _name(self, name: str) -> str:
        for step in self.steps:
            name = name_value(name, step.config)
        return name


@dataclass(frozen=True, slots=True)
class Converter:
    """Sets the texts of one article in one edition: `convert(text)`.

    A paragraph that is clearly in another script than the article is set from that one.
    """

    origin: str
    edition: Edition
    wishes: Wishes

    @property
    def lang(self) -> str:
        """BCP 47 tag of what comes out."""
        return self.origin if self.wishes.off else self.edition.code

    def __call__(self, text: str) -> str:
        if text.isascii() and "-{" not in text:
            return text
        way = self._way(text)
        if "-{" not in text:
            return way.convert(text) if text else text
        parts = split_protected(text, self.edition.code)
        return "".join(part if n % 2 or not part else way.convert(part) for n, part in enumerate(parts))

    def each(self, texts: Sequence[str]) -> Sequence[str]:
        """Every one of *texts* converted: as one text where the script is that of the article, in a third of the time.

        >>> converter("zh-Hans", "zh-Hant").each(["头发", "", "后来"])
        ['頭髮', '', '後來']
        """
        lines = "\n".join(texts)
        if "-{" in lines or lines.count("\n") >= len(texts):
            return [self(text) for text in texts]
        if is_uniform(lines, self.origin):
            return self._lines(lines) or texts
        own = [is_uniform(text, self.origin) for text in texts]
        some = list(compress(texts, own))
        found = iter(self._lines("\n".join(some)) or some)
        return [next(found) if is_own else self(text) for text, is_own in zip(texts, own, strict=True)]

    def _lines(self, lines: str) -> list[str]:
        """Each of *lines*, all in the script of the article, in this edition; nothing if they stay as they are."""
        way = way_to(self.edition.code, self.origin, self.wishes)
        return way.convert_lines(lines) if way.steps or way.quotes else []

    def html(self, markup: str) -> str:
        """*markup* with its text converted, its tags and code untouched."""
        return convert_text_nodes(markup, self)

    def _way(self, text: str) -> Way:
        script = script_of(text, self.origin)
        if script == HANT and not self.wishes.republish:
            script = region_of(text)
        return way_to(self.edition.code, script, self.wishes)


def converter(
    origin: str,
    code: str,
    keep: Iterable[str] = (),
    *,
    phrases: Iterable[tuple[str, str]] = (),
    republish: bool = False,
    quotes: bool | None = None,
    off: bool = False,
) -> Converter:
    """Sets texts written in script *origin* in the edition *code*.

    Args:
        origin: what `detect` gave, or finer, e.g. zh-Hant-HK; with `zh` each text is looked at by itself.
        code: an edition of vocabulary/editions.toml.
        keep: names of persons in the text, set by the rules for names.
        phrases: words of this article and what they become in an edition of the other script.
        republish: sets Traditional made by machine through Simplified, which mends 制造 to 製造.
        quotes: whether quotation marks are set as the edition has them; None: where the text is converted.
        off: leaves everything as it was written.

    >>> convert = converter("zh-Hans", "zh-Hant", keep=["杨杰"])
    >>> convert("杨杰说：“这头发真好”")
    '楊杰說：「這頭髮真好」'
    """
    wishes = Wishes(tuple(filter(None, keep)), tuple(phrases), republish, quotes, off)
    return Converter(origin, edition(code), wishes)


def convert_html(markup: str, origin: str, code: str, keep: Iterable[str] = ()) -> str:
    """HTML *markup* in edition *code*: text and spoken attributes converted, tags and code untouched."""
    return converter(origin, code, keep).html(markup)


@lru_cache(maxsize=1024)
def way_to(code: str, script: str, wishes: Wishes) -> Way:
    """How texts of *script* reach the edition *code*."""
    if wishes.off:
        return Way((), (), {}, "")
    chosen = edition(code)
    configs = _configs(chosen, script, wishes.republish)
    steps = tuple(windows(config, code if is_from_hans(config) else HANS) for config in configs)
    sets_quotes = bool(steps) if wishes.quotes is None else wishes.quotes and script != UNKNOWN
    longest_first = sorted(wishes.phrases, key=lambda pair: -len(pair[0]))
    words = {word: value if len(steps) == 1 else word for word, value in longest_first} if steps else {}
    return Way(steps, tuple(_kept(steps, wishes.keep)), words, chosen.quotes if sets_quotes else "")


def _configs(chosen: Edition, script: str, republish: bool) -> list[str]:
    """Configurations a text of *script* passes through."""
    configs = [chosen.config_for(script)]
    if republish and script.startswith(HANT):
        configs = [THROUGH_HANS, chosen.config_for(HANS)]
    return [config for config in configs if config]


def _kept(steps: Iterable[Windows], keep: Iterable[str]) -> Iterator[Mapping[str, str]]:
    """For each of *steps* the names of *keep* as they then stand, and what it makes of them."""
    names = [form for name in keep for form in _spaced(name)]
    for step in steps:
        values = {name: step.name(name) for name in names}
        yield values
        names = list(values.values())


def _spaced(name: str) -> tuple[str, ...]:
    """*name* and how a byline spaces it when it has two characters.

    >>> _spaced("于杰")
    ('于杰', '于 杰', '于\u3000杰')
    """
    bare = "".join(name.split())
    return (bare, f"{bare[0]} {bare[1]}", f"{bare[0]}\u3000{bare[1]}") if len(bare) == 2 else (name,)


@dataclass(frozen=True, slots=True)
class DoubtfulName:
    """A name in which a character could stand for several, for a person to look at."""

    name: str
    shown: str
    """As the edition prints it."""

    choices: tuple[tuple[str, tuple[str, ...]], ...]
    """(character, what it may be) of each character in doubt, e.g. (("杰", ("傑", "杰")),)."""

    @property
    def is_open(self) -> bool:
        """Whether names of today have both forms, so that the rules for names may well be wrong."""
        return any(char in read_names().both_ways for char, _ in self.choices)


def doubtful_names(names: Iterable[str], origin: str, code: str) -> list[DoubtfulName]:
    """Those of *names* that hold a character with several counterparts in edition *code*.

    One that stands in the owner's phrases.toml is in doubt no longer.

    >>> [(each.shown, each.choices) for each in doubtful_names(["杨杰", "王芳"], "zh-Hans", "zh-Hant")]
    [('楊杰', (('杰', ('傑', '杰')),))]
    """
    way = way_to(code, origin, Wishes())
    if not way.steps:
        return []
    found = []
    for name in dict.fromkeys(names):
        if way.steps[0].kept(name):
            continue
        choices = tuple((char, several) for char in name if len(several := _counterparts(char, origin)) > 1)
        if choices:
            found.append(DoubtfulName(name, converter(origin, code, [name])(name), choices))
    return found


def _counterparts(char: str, origin: str) -> tuple[str, ...]:
    return read_choices("STCharacters.txt" if origin.startswith(HANS) else "TSCharacters.txt").get(char, (char,))
