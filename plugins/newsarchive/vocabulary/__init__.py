"""Tables an editor may change, and the one reader that tries every entry before it is used.

A pattern table is a TOML file of entries of one kind. Each entry carries the `pattern` and an
`example`; keys named like a group of the pattern say what must be read from the example:

    [fragment]
    day = '\\d{1,2}月\\d{1,2}日'

    [[dateline]]
    name = "dispatch"
    example = "中新网北京11月20日电"
    place = "北京"
    pattern = '(?P<outlet>中新[网社])(?P<place>\\w{2,4}?){day}电'
    spares = ["11月20日，中新网报道"]

`{day}` stands for the fragment of that name. `spares` are texts the entry must leave alone.
Reading a table tries all entries in order, so a wrong or shadowed one is refused by its name.
"""

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache, reduce
from operator import or_
from pathlib import Path
from typing import Any

from ..errors import VocabularyError
from .necessary import Needs, necessary

FOLDER = Path(__file__).parent
_FRAGMENT = re.compile(r"\{([a-z_]+)\}")
_HAN_RUN = re.compile("[\u3400-\u9fff]+")
_OWN_KEYS = frozenset({"name", "example", "pattern", "spares"})


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of a pattern table, tried on its own example."""

    name: str
    regex: re.Pattern[str]
    notes: Mapping[str, str] = field(default_factory=dict)
    """Keys that are not groups, e.g. {"where": "line"}; the table's loader says which it knows."""

    needs: Needs = ()
    """Sets of characters, of each of which a text must hold one; the rarest first."""


class Index:
    """Patterns by the characters that each needs, to find the few that a text may hold without asking each.

    Each set of characters that a pattern needs is one bit, the same in all tables; so the bits of a text, those of the
    sets that it holds a character of, are found once for all.
    """

    __slots__ = ("_needed",)

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._needed = [(pattern, sum(map(_bit_of, set(pattern.needs)))) for pattern in patterns]

    def fitting(self, text: str) -> list[Pattern]:
        """Those patterns that *text* may hold, in their order; the others it cannot.

        >>> regexes = [re.compile(form) for form in ("甲乙", "丙", ".")]
        >>> index = Index([Pattern(regex.pattern, regex, {}, necessary(regex.pattern)) for regex in regexes])
        >>> [pattern.name for pattern in index.fitting("甲丙")]
        ['丙', '.']
        """
        found = _bits_of(text)
        return [pattern for pattern, needed in self._needed if found & needed == needed]


_BIT_OF_SET: dict[frozenset[str], int] = {}
_BITS_OF_SIGN: dict[str, int] = {}
"""The bits of all sets, and for each character those of the sets it is in; both only ever grow."""


def _bit_of(needed: frozenset[str]) -> int:
    """The bit of the set *needed*; a new one when no table had it."""
    if needed not in _BIT_OF_SET:
        _bits_of.cache_clear()
        _signs.cache_clear()
        _BIT_OF_SET[needed] = bit = 1 << len(_BIT_OF_SET)
        for sign in needed:
            _BITS_OF_SIGN[sign] = _BITS_OF_SIGN.get(sign, 0) | bit
    return _BIT_OF_SET[needed]


@lru_cache(maxsize=256)
def _bits_of(text: str) -> int:
    """The bits of all sets that *text* holds a character of. Every reader asks for those of a line in turn."""
    return reduce(or_, map(_BITS_OF_SIGN.__getitem__, _signs().intersection(text)), 0)


@cache
def _signs() -> frozenset[str]:
    """The characters that some set holds."""
    return frozenset(_BITS_OF_SIGN)


def read_table(path: Path) -> dict[str, Any]:
    """The TOML file at *path*.

    Raises:
        VocabularyError: there is no such file, or it is not TOML.
    """
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise VocabularyError(f"{path.name}: no such table; expected it at {path}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path.name}: not a TOML table: {error}") from None


def read_words(path: Path, key: str, prepare: Callable[[str], str] = str) -> frozenset[str]:
    """All words of table *key*: its values are strings of words parted by white space.

    >>> len(read_words(FOLDER / "surnames.toml", "compound")) > 20
    True
    """
    return frozenset(word for line in _words(path, key).values() for word in prepare(line).split())


def _words(path: Path, key: str) -> dict[str, str]:
    table = read_table(path).get(key)
    if not isinstance(table, dict) or not all(isinstance(line, str) for line in table.values()):
        raise VocabularyError(
            f"{path.name}: expected a table [{key}] of names with strings of words, found {table!r:.40}"
        )
    return table


def read_patterns(
    paths: Path | Iterable[Path],
    kind: str,
    *,
    notes: Collection[str] = (),
    fragments: Mapping[str, str] | None = None,
    prepare: Callable[[str], str] = str,
) -> tuple[Pattern, ...]:
    """The entries `[[kind]]` of the tables at *paths*, in order, each tried on its example.

    *notes* are further keys an entry may have; *fragments* add to those the tables define;
    *prepare* is done to the characters of patterns, and by their user to every text they see, e.g. script.fold.

    Raises:
        VocabularyError: names the file and the entry, and says how to mend it.
    """
    shared = dict(fragments or {})
    entries: list[tuple[str, Mapping[str, Any], Pattern]] = []
    for path in [paths] if isinstance(paths, Path) else paths:
        table = read_table(path)
        shared |= table.get("fragment", {})
        for number, entry in enumerate(table.get(kind, ()), start=1):
            entries.append((path.name, entry, _pattern(f"{path.name}: {kind} {number}", entry, shared, notes, prepare)))
    patterns = tuple(pattern for _, _, pattern in entries)
    for file, entry, pattern in entries:
        _try(file, entry, pattern, patterns, prepare)
    return patterns


def _pattern(
    where: str,
    entry: Mapping[str, Any],
    shared: Mapping[str, str],
    notes: Collection[str],
    prepare: Callable[[str], str],
) -> Pattern:
    """One *entry* as a Pattern, its keys checked."""
    for key in ("name", "example", "pattern"):
        if not isinstance(entry.get(key), str) or not entry[key]:
            raise VocabularyError(f"{where} ({entry.get('name', 'no name')}): the key {key!r} is missing; add it")
    where = f"{where} [{entry['name']}]"
    regex = _compiled(where, entry["pattern"], shared, prepare)
    unknown = sorted(set(entry) - _OWN_KEYS - set(notes) - set(regex.groupindex))
    if unknown:
        known = ", ".join(sorted(_OWN_KEYS | set(notes) | set(regex.groupindex)))
        raise VocabularyError(f"{where}: unknown key {unknown[0]!r}; expected one of {known}")
    own = {key: str(entry[key]) for key in notes if key in entry}
    return Pattern(entry["name"], regex, own, necessary(regex.pattern))


def _compiled(where: str, pattern: str, shared: Mapping[str, str], prepare: Callable[[str], str]) -> re.Pattern[str]:
    """*pattern* with its fragments filled in, which may use fragments themselves."""
    for _ in range(5):
        missing = [name for name in _FRAGMENT.findall(pattern) if name not in shared]
        if missing:
            raise VocabularyError(
                f"{where}: unknown fragment {missing[0]!r}; expected one of {', '.join(sorted(shared))}"
            )
        pattern = _FRAGMENT.sub(lambda found: shared[found[1]], pattern)
    try:
        return re.compile(_HAN_RUN.sub(lambda found: prepare(found[0]), pattern))
    except re.error as error:
        raise VocabularyError(f"{where}: the pattern is not a regular expression: {error}") from None


def _try(
    file: str,
    entry: Mapping[str, Any],
    pattern: Pattern,
    patterns: tuple[Pattern, ...],
    prepare: Callable[[str], str],
) -> None:
    """Try *pattern* on the example of its *entry*, in the company of all *patterns*.

    Raises:
        VocabularyError: another entry takes the example, a group reads something else, or a spared text is taken.
    """
    where = f"{file}: the example of [{pattern.name}]"
    example = prepare(entry["example"])
    taker = next((other for other in patterns if other.regex.search(example)), None)
    if taker is None:
        raise VocabularyError(f"{where} is not matched by its pattern; mend one of them")
    if taker is not pattern:
        raise VocabularyError(f"{where} is taken by [{taker.name}] above it; move it up")
    found = pattern.regex.search(example)
    for group in pattern.regex.groupindex:
        read, wanted = found[group] if found else None, entry.get(group)
        if wanted is not None and read != prepare(wanted):
            raise VocabularyError(f"{where} gives {group} = {read!r:.40}; expected {wanted!r:.40}")
    for spared in entry.get("spares", ()):
        if pattern.regex.search(prepare(spared)):
            raise VocabularyError(
                f"{file}: [{pattern.name}] takes {spared!r:.40}, which it must spare; narrow its pattern"
            )
