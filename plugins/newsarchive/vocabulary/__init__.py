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
from functools import reduce
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

    Each set of characters that a pattern needs is one bit; each character stands for the bits of the sets it is in.
    """

    __slots__ = ("_bits", "_needed", "_signs")

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        kept = tuple(patterns)
        sets = {needed: 1 << at for at, needed in enumerate(dict.fromkeys(n for p in kept for n in p.needs))}
        self._needed = [(pattern, sum(sets[needed] for needed in set(pattern.needs))) for pattern in kept]
        self._bits = {sign: sum(bit for needed, bit in sets.items() if sign in needed) for sign in set().union(*sets)}
        self._signs = frozenset(self._bits)

    def fitting(self, characters: frozenset[str]) -> list[Pattern]:
        """Those patterns that a text of these *characters* may hold, in their order; the others it cannot.

        >>> regexes = [re.compile(form) for form in ("甲乙", "丙", ".")]
        >>> index = Index([Pattern(regex.pattern, regex, {}, necessary(regex.pattern)) for regex in regexes])
        >>> [pattern.name for pattern in index.fitting(frozenset("甲丙"))]
        ['丙', '.']
        """
        found = reduce(or_, map(self._bits.__getitem__, self._signs & characters), 0)
        return [pattern for pattern, needed in self._needed if found & needed == needed]


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
