"""Toned pinyin left by a converter: 網(wǎng) → 網.

Such noise gives itself away by how it is spread over a document: it stands only on characters
that Simplified writes otherwise, always with the reading a dictionary names first, on every
occurrence of the character, and on one character in two to a hundred. A gloss meant for readers
(重（chóng）庆) is single or not the usual reading; teaching text glosses everything.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from unicodedata import normalize

from .change import Change, Context
from .characters import HAN, TONED, default_reading, simplified

GLOSS = re.compile(rf"(?<=[{HAN}])(?:\(([a-zü{TONED}]{{1,7}})\)|（([a-zü{TONED}]{{1,7}})）)")
HAS_TONE = re.compile(rf"[{TONED}]")
HAN_RUN = re.compile(rf"[{HAN}]+")

MIN_GLOSSES = 3
RATE = (0.01, 0.7)
"""Glosses per Han character; 0.02 to 0.24 in 14 documents measured, more in short extracts, near 1 in teaching text."""

MIN_SHARE = 0.9
"""Share of the toned glosses that a converter can have left; all 563 measured, under a half in teaching text."""

MIN_CONSISTENCY = 0.8
"""Share of the glossed characters' occurrences that bear the gloss: 1.0 in 14 documents measured, less where a
title or a source line from elsewhere stands in the same text; an aid to readers stands on the first only."""

Pair = tuple[str, str]


def strip_glosses(text: str, context: Context) -> Change:
    """*text* without a converter's readings; those in `context.glosses` go in any number.

    >>> strip_glosses("產(chǎn)業(yè)、網(wǎng)與微信(WeChat)", Context()).text
    '產業、網與微信(WeChat)'
    >>> strip_glosses("重（chóng）庆", Context()).text
    '重（chóng）庆'
    """
    if not HAS_TONE.search(text):
        return Change(text)
    found = Counter((text[m.start() - 1], normalize("NFC", m[1] or m[2])) for m in GLOSS.finditer(text))
    known = set(context.glosses.items())
    learnt = _learnt(text, found)
    noise = learnt | (found.keys() & known)
    if not noise:
        return Change(text)

    def kept(match: re.Match[str]) -> str:
        pair = (text[match.start() - 1], normalize("NFC", match[1] or match[2]))
        return "" if pair in noise else match[0]

    return Change(GLOSS.sub(kept, text), sum(found[pair] for pair in noise), glosses=dict(sorted(learnt)))


def _learnt(text: str, found: Mapping[Pair, int]) -> set[Pair]:
    """Pairs of character and reading that the whole *text* shows to be a converter's."""
    toned = {pair: count for pair, count in found.items() if HAS_TONE.search(pair[1])}
    noise = {pair for pair in toned if is_converters(*pair)}
    count = sum(toned[pair] for pair in noise)
    rate = count / max(1, sum(map(len, HAN_RUN.findall(text))))
    if count < max(MIN_GLOSSES, MIN_SHARE * sum(toned.values())) or not RATE[0] <= rate <= RATE[1]:
        return set()
    return noise if count >= MIN_CONSISTENCY * _occurrences(text, {c for c, _ in noise}) else set()


def _occurrences(text: str, characters: Iterable[str]) -> int:
    return sum(text.count(character) for character in characters)


def is_converters(character: str, reading: str) -> bool:
    """Whether a converter to Traditional would leave *reading* behind *character*.

    >>> is_converters("網", "wǎng"), is_converters("種", "chóng"), is_converters("庆", "qìng")
    (True, False, False)
    """
    return character in simplified() and default_reading(character) == reading
