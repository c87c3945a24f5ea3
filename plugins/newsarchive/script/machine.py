"""Traditional that a machine has made of a mainland text, told by words no Traditional writer would use."""

from collections.abc import Iterator, Mapping
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from .detection import HANT, detect
from .names import read_names
from .windows import scannable

KINDS = ("spared", "left", "made", "mainland", "elsewhere")


def is_machine_traditional(text: str) -> bool:
    """Whether *text* is mainland news in mechanical Traditional, so that setting it anew mends it.

    It is where its words are those of the mainland more than of Taiwan or Hong Kong, and at least one is
    wrong in every standard of Traditional; without words of either, three wrong ones will do.

    >>> is_machine_traditional("市委書記說，智能制造的示范項目")
    True
    >>> is_machine_traditional("行政院表示，管制造成交通堵塞")
    False
    """
    if detect(text) != HANT:
        return False
    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for kind, word in _words_in(text):
        found[kind].add(word)
    wrong = len(found["left"] | found["made"])
    mainland, elsewhere = len(found["mainland"]), len(found["elsewhere"])
    return wrong > 0 and (mainland > elsewhere or (wrong > 2 and mainland == elsewhere))


def _words_in(text: str) -> Iterator[tuple[str, str]]:
    """(kind, word) of each telling word in *text*."""
    finder, kinds = matcher()
    words = tuple(kinds)
    for number, _, _ in finder.find_matches_as_indexes(scannable(text)):
        yield kinds[words[number]], words[number]


@cache
def matcher() -> tuple[AhoCorasick, Mapping[str, str]]:
    """What finds the words, and the kind of each in the order of their numbers."""
    table = read_names().machine
    kinds = {word: kind for kind in reversed(KINDS) for word in table[kind].split()}
    return AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostLongest), kinds
