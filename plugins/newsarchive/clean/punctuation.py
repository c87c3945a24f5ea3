"""Half-width punctuation in Chinese prose made full-width; repeated marks and dots set right.

GB/T 15834-2011 sets Chinese punctuation. A mark counts as Chinese where Han or full-width
punctuation stands on one side of it; times, decimals, thousands and English stay.
"""

import re
from collections.abc import Sequence

from .change import Change, Context
from .characters import HAN, OPENERS, WIDE
from .lines import STRIPPED

FULL = dict(zip(",:;?!()", "，：；？！（）", strict=True))
RUNS = {False: re.compile(r"[,:;?!.]+"), True: re.compile(r"[,:;?!.()（）]+")}
"""Where units stand, whether the text has half-width parentheses or not; a class is searched fastest."""

UNIT = re.compile(r"[,:;?!]+|[()（）]|\.{3,}")
WIDE_ONE = re.compile(f"[{WIDE}]")
HAN_OR_OPENER = re.compile(f"[{HAN}{OPENERS}]")
HAN_ONE = re.compile(f"[{HAN}]")
CLOSED_BEHIND, CLOSED_BEFORE = "，。、；：！？（）《「『“‘【", "，。、；：！？（）》」』”’】"
"""Marks behind and before which `spaces` closes up, so that what stands beyond a space touches them."""

PARTED_BEHIND = "。！？…"
"""Marks behind which `paragraphs` may make a line end of a space."""


def widen_punctuation(text: str, context: Context) -> Change:
    """*text* with full-width , : ; ? ! ( ) where they belong to Chinese.

    A mark that is widened is Chinese for its neighbours, and so on, however long the chain.

    >>> widen_punctuation("當前,5G已成,17:54(記者 張三),見1,000與A,B", Context()).text
    '當前，5G已成，17:54（記者 張三），見1,000與A,B'
    """
    runs = RUNS["(" in text or ")" in text].finditer(text)
    units = [unit.span() for run in runs for unit in UNIT.finditer(text, *run.span())]
    return _Widening(text, units).change() if units else Change(text)


class _Widening:
    """Marks, pairs of parentheses and runs of dots, each looked at again when what it touches has become Chinese."""

    def __init__(self, text: str, units: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.shown = list(text)
        self.units = units
        self.at = {place: number for number, (start, end) in enumerate(units) for place in (start, end - 1)}
        self.partner = _partners(text, units)
        self.done: set[int] = set()

    def change(self) -> Change:
        waiting = list(range(len(self.units) - 1, -1, -1))
        while waiting:
            number = waiting.pop()
            if number not in self.done and self._is_chinese(number):
                for one in self._whole(number):
                    self._widen(one)
                    start, end = self.units[one]
                    beside = (self.at.get(self._left(start)), self.at.get(self._right(end)))
                    waiting += (other for other in beside if other is not None and other not in self.done)
        count = self._settle()
        return Change("".join(self.shown), count) if count else Change(self.text)

    def _whole(self, number: int) -> tuple[int, ...]:
        """The unit *number*, and of a parenthesis its partner."""
        return (number, self.partner[number]) if number in self.partner else (number,)

    def _widen(self, number: int) -> None:
        self.done.add(number)
        start, end = self.units[number]
        self.shown[start:end] = [FULL.get(char, "…" if char == "." else char) for char in self.text[start:end]]

    def _settle(self) -> int:
        """Dots as they were, no space between a mark and Chinese; the number of marks and pairs that were widened."""
        count = 0
        for number in self.done:
            start, end = self.units[number]
            if self.text[start] == ".":
                self.shown[start:end] = self.text[start:end]
            elif number in self.partner:
                pair = self._whole(number)
                is_new = any(self.text[self.units[one][0]] in "()" for one in pair)
                count += is_new and number < self.partner[number]
            else:
                count += 1
                after = _skipped(self.text, end, " ")
                if after > end and after < len(self.text) and WIDE_ONE.match(self.text, after):
                    self.shown[end:after] = [""] * (after - end)
        return count

    def _left(self, start: int) -> int:
        """Place of what stands before *start*, beyond a space that will be closed."""
        place = start - 1
        while place >= 0 and self.text[place] in STRIPPED:
            place -= 1
        return place if self._is_closed(place, start) else start - 1

    def _is_closed(self, place: int, start: int) -> bool:
        return place >= 0 and self.shown[place] in CLOSED_BEHIND and self.shown[place] not in PARTED_BEHIND

    def _right(self, end: int) -> int:
        """Place of what stands behind *end*, beyond a space that will be closed."""
        place = _skipped(self.text, end, STRIPPED)
        is_closed = place < len(self.text) and (
            self.shown[place] in CLOSED_BEFORE or self.shown[end - 1] in CLOSED_BEHIND
        )
        return place if is_closed else end

    def _is_wide(self, place: int) -> bool:
        return 0 <= place < len(self.shown) and bool(WIDE_ONE.match(self.shown[place]))

    def _is_chinese(self, number: int) -> bool:
        start, end = self.units[number]
        if self.text[start] == ".":
            return self._is_wide(start - 1) or self._is_wide(end)
        if self.text[start] in "()（）":
            return number in self.partner and self._is_chinese_pair(*sorted(self._whole(number)))
        return self._is_chinese_mark(start, end)

    def _is_chinese_mark(self, start: int, end: int) -> bool:
        """Whether marks stand at Chinese: behind it, or (but for !, see Yahoo!奇摩) before it."""
        if self._is_wide(self._left(start)):
            return self.text[start:end] != ":" or not self._is_of_another(end)
        is_attached = start > 0 and self.text[start - 1] != "\n"
        after = max(_skipped(self.text, end, " "), self._right(end))
        return (
            is_attached
            and self.text[start] != "!"
            and after < len(self.text)
            and bool(HAN_OR_OPENER.match(self.shown[after]))
        )

    def _is_of_another(self, end: int) -> bool:
        """Whether the colon before *end* belongs to an address or makes a face."""
        return "".join(self.shown[end : end + 2]).startswith(("//", ")"))

    def _is_chinese_pair(self, opening: int, closing: int) -> bool:
        """Whether a pair of parentheses is Chinese: f(x)函数 keeps its own."""
        first, last = self.units[opening][0], self.units[closing][0]
        if self.text[first] == "（" or self.text[last] == "）":
            return True
        if HAN_ONE.match(self.text[first + 1]) or self._is_wide(self._left(last)):
            return True
        before = self._left(first)
        if before >= 0 and self.text[before].isascii() and self.text[before].isalnum():
            return False
        return self._is_wide(before) or self._is_wide(self._right(last + 1))


def _skipped(text: str, at: int, spaces: str) -> int:
    """The place of what follows the *spaces* that begin *at*."""
    while at < len(text) and text[at] in spaces:
        at += 1
    return at


def _partners(text: str, units: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Number of each parenthesis of a pair within one line of *text* -> that of its partner."""
    found: dict[int, int] = {}
    open_at: list[int] = []
    line_end = -1
    for number, (at, _) in enumerate(units):
        if text[at] not in "()（）":
            continue
        if at > line_end:
            open_at.clear()
            line_end = (text.find("\n", at) + 1 or len(text) + 1) - 1
        if text[at] in "(（":
            open_at.append(number)
        elif open_at:
            found[number] = open_at.pop()
            found[found[number]] = number
    return found


ELLIPSIS = "……"
DOT_RUN = re.compile(r"…+|\.{3,}|[·・]{3,}|。{3,}")
REPEATED = re.compile(r"([，、；：。])\1+|([！？])\2{3,}")
DOTS = ("…", "...", "···", "・・・", "。。。")
DOUBLED = ("，，", "、、", "；；", "：：", "。。", "！！！！", "？？？？")


def set_ellipses(text: str, context: Context) -> Change:
    """*text* with …… for dots of any kind and without doubled marks; ！！！ may stay, as GB/T 15834 has it.

    >>> set_ellipses("他说...好。。。算了…，，wait...", Context()).text
    '他说……好……算了……，wait...'
    """
    count = 0

    def dots(match: re.Match[str]) -> str:
        nonlocal count
        if match[0][0] == "." and not _touches_chinese(text, match):
            return match[0]
        count += match[0] != ELLIPSIS
        return ELLIPSIS

    # plain searches first: they take a tenth of the time, and most texts have neither
    if any(sign in text for sign in DOTS):
        text = DOT_RUN.sub(dots, text)
    if any(sign in text for sign in DOUBLED):
        text, repeated = REPEATED.subn(lambda match: match[1] or match[2] * 3, text)
        count += repeated
    return Change(text, count)


def _touches_chinese(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    return bool((start and WIDE_ONE.match(text, start - 1)) or WIDE_ONE.match(text, end))
