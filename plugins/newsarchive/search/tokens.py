"""The contract of index and browser: how text is folded, and how it is cut into units.

theme/static/js/search/fold.js is its mirror; tests/cases/fold.json and tokens.json hold both to it.

A *unit* is one character of a script written without spaces, or one word of any other script.
Marks that stand inside names and numbers (10-10, C++, 普京·弗) are transparent: the units beside
them are neighbours. Any other mark ends a *run* of units.
"""

import re
import unicodedata
from functools import cache

from ..script import fold as fold_script

SPACELESS = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Han, kana, bopomofo and Hangul, as the inside of a character class."""

TRANSPARENT = "-_/·+.×&@'"

VARIANTS = {
    "“”„‟「」﹁﹂〝〞〟«»": '"',
    "‘’‚‛『』﹃﹄′`": "'",
    "‐‑‒–—―−": "-",
    "•‧∙⋅・⸱": "·",
    "ς": "σ",
}
"""Marks that editions and outlets set differently -> the one they are all folded to; sigma has two forms."""

NOTHING = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
"""Characters without any width, as the inside of a character class."""

MAX_WORD_CHARS = 32
"""Longer words (addresses, digests) are indexed by their beginning; the check of shown pages tells them apart."""

APART = "\t\n -~·×\u2010-\u2027\u3000-\u3029\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60"
"""Characters of Chinese news none of which forms another with its neighbour, as the inside of a character class.

A text of such needs no NFKC as a whole, which takes twenty times as long as to find that out.
"""

PRIVATE = 0xF0000
"""First code point that stands for a word in `Alphabet.letters`; none is left in folded text."""

_SPACELESS = re.compile(f"[{SPACELESS}]")
_NOT_APART = re.compile(f"[^{APART}]").search
_NOTHING = re.compile(f"[{NOTHING}]")
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
_WORD = re.compile(rf"[^{SPACELESS}\- \n]+")
_VARIANT = {ord(mark): to for marks, to in VARIANTS.items() for mark in marks}


def fold(text: str) -> str:
    """*text* as it is compared: one width, lower case, Simplified, no blanks beside a character of Han.

    >>> fold("煙臺　５Ｇ「應用」 in  Shandong")
    '烟台5g"应用" in shandong'
    """
    text = _NOTHING.sub("", unicodedata.normalize("NFKC", text)).lower()
    return _BLANKS.sub(_one_blank, fold_script(text.translate(_VARIANT)))


def _one_blank(blank: re.Match[str]) -> str:
    text, start, end = blank.string, blank.start(), blank.end()
    beside = text[start - 1 : start] + text[end : end + 1]
    return "" if _SPACELESS.search(beside) else " "


class _Classes(dict[int, str]):
    """Code point -> folded characters of units, `-` (transparent), a blank, or a line end (run ends)."""

    def __missing__(self, code: int) -> str:
        self[code] = found = "".join(map(_class, unicodedata.normalize("NFKC", chr(code)).lower()))
        return found


@cache
def _class(char: str) -> str:
    if _NOTHING.match(char):
        return ""
    folded = fold_script(_VARIANT.get(ord(char), char))
    if folded.isalnum() or _SPACELESS.match(folded):
        return folded
    if folded in TRANSPARENT:
        return "-"
    return " " if folded in " \t\r\f\v" else "\n"


_CLASSES = _Classes()


class Alphabet:
    """Gives every word a letter of its own, so that a text becomes a string of units."""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}
        self._words: list[str] = []

    def __len__(self) -> int:
        return len(self._words)

    def letter(self, word: str) -> str:
        """The one character that stands for *word*."""
        if word not in self._letters:
            self._letters[word] = chr(PRIVATE + len(self._words))
            self._words.append(word)
        return self._letters[word]

    def unit(self, letter: str) -> str:
        """Inverse of `letter`; other characters stand for themselves."""
        code = ord(letter) - PRIVATE
        return self._words[code] if code >= 0 else letter

    def letters(self, text: str) -> str:
        """*text* as one character for each unit; line ends part the runs."""
        if _NOT_APART(text):
            text = unicodedata.normalize("NFKC", text).lower()
        text = text.translate(_CLASSES)
        if " " in text:
            text = _BLANKS.sub(_blank_in_letters, text)
        return _WORD.sub(self._of_match, text).replace("-", "")

    def _of_match(self, found: re.Match[str]) -> str:
        return self.letter(found[0][:MAX_WORD_CHARS])


def _blank_in_letters(blank: re.Match[str]) -> str:
    return "\n" if "\n" in blank[0] else _one_blank(blank).replace(" ", "\n")


def runs(text: str) -> list[list[str]]:
    """The units of *text* in their runs.

    >>> runs("煙臺5G應用，10-10 in Jinan")
    [['烟', '台', '5g', '应', '用'], ['10', '10'], ['in'], ['jinan']]
    """
    alphabet = Alphabet()
    return [[alphabet.unit(letter) for letter in run] for run in alphabet.letters(text).split("\n") if run]
