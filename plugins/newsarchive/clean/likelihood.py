"""How much a text looks like Chinese news: the log of its probability, word by word.

Word frequencies are those of jieba's dictionary, asked through rjieba (Traditional is folded
character by character first); those of punctuation were counted in 4.8 million characters of
news. Used only on spans that are suspicious already.
"""

import re
from functools import lru_cache
from math import log

import rjieba

from .characters import CANTONESE, COMMON, simplified

DICTIONARY_TOTAL = 60_101_967
"""Sum of all frequencies in jieba's dictionary."""

PUNCTUATION = {
    "，": -2.9, "。": -3.6, "、": -4.2, "“": -5.2, "”": -5.2, "：": -5.0, "；": -6.0, "（": -5.6, "）": -5.6,
    "《": -5.8, "》": -5.8, "「": -5.2, "」": -5.2, "！": -6.5, "？": -6.5, "…": -7.0, "—": -6.5, "·": -7.0,
    "　": -5.5, "『": -7.5, "』": -7.5, "【": -7.0, "】": -7.0, "％": -8.0, "〓": -9.0, "\n": -4.0,
}  # fmt: skip
ASCII, SELDOM_ASCII = -4.5, -12.0
SELDOM = frozenset("\\^_`{|}~[]")
"""ASCII that prose has no use for, and wrong pairs end in."""

DIALECT = -8.0
UNSEEN_COMMON, UNSEEN_HAN, UNSEEN_OTHER, UNSEEN_PRIVATE = -14.0, -18.0, -17.0, -22.0

ALIKE = re.compile(
    "|".join(
        f"(?<=[{kind}])[{kind}]"
        for kind in (
            "\u3041-\u30ff",
            "\u0370-\u03ff",
            "\u0400-\u04ff",
            "\u3105-\u312f",
            "\u2460-\u24ff",
            "\u2500-\u26ff",
        )
    )
)
"""A letter or symbol behind one of its own kind (kana, Greek, Cyrillic, bopomofo, numbers in circles,
lines and shapes): words and rows of them are written on purpose, wrong pairs bring them singly."""

IN_A_ROW = 10.0
"""Nats by which such a letter is likelier than one that stands alone."""


def log_likelihood(text: str) -> float:
    """Natural logarithm of the probability of *text*, near -6 a character for prose, -13 for rubbish.

    >>> log_likelihood("交通運輸等重點場所") > log_likelihood("交通運輸戎攸場所莸薄") + 20
    True
    """
    return sum(map(_of_word, rjieba.cut(fold(text), False))) + IN_A_ROW * len(ALIKE.findall(text))


def fold(text: str) -> str:
    """*text* in Simplified characters, one for one."""
    return text.translate(_fold_table())


@lru_cache(1)
def _fold_table() -> dict[int, str]:
    return {ord(character): simple for character, simple in simplified().items() if len(character) == 1}


@lru_cache(1 << 14)
def _of_word(word: str) -> float:
    if rjieba.has_word(word):
        return log(max(1, rjieba.suggest_freq(word)) / DICTIONARY_TOTAL)
    return sum(map(_of_character, word))


def _of_character(character: str) -> float:
    if character.isascii() and character.isprintable():
        return SELDOM_ASCII if character in SELDOM else ASCII
    if character in PUNCTUATION:
        return PUNCTUATION[character]
    if character in CANTONESE:
        return DIALECT
    if character in COMMON:
        return UNSEEN_COMMON
    if "\u3400" <= character <= "\u9fff":
        return UNSEEN_HAN
    return UNSEEN_OTHER if character.isprintable() else UNSEEN_PRIVATE
