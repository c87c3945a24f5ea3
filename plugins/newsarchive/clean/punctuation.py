"""Half-width punctuation in Chinese prose made full-width; repeated marks and dots set right.

GB/T 15834-2011 sets Chinese punctuation. A mark counts as Chinese where Han or full-width
punctuation stands on one side of it; times, decimals, thousands and English stay.
"""

import re
from collections.abc import Iterator, Sequence

from .change import Change, Context
from .characters import HAN, OPENERS, WIDE

FULL = str.maketrans(",:;?!()", "，：；？！（）")
HALF_MARKS = re.compile(r"[,:;?!]+ *")
WIDE_ONE = re.compile(f"[{WIDE}]")
HAN_OR_OPENER = re.compile(f"[{HAN}{OPENERS}]")
HAN_ONE = re.compile(f"[{HAN}]")
PARENTHESES = re.compile(r"[()（）]")


def widen_punctuation(text: str, context: Context) -> Change:
    """*text* with full-width , : ; ? ! ( ) where they belong to Chinese.

    >>> widen_punctuation("當前,5G已成,17:54(記者 張三),見1,000與A,B", Context()).text
    '當前，5G已成，17:54（記者 張三），見1,000與A,B'
    """
    text, pairs = _widen_parentheses(text)
    count = 0

    def widened(match: re.Match[str]) -> str:
        nonlocal count
        if not _is_chinese(text, match):
            return match[0]
        count += 1
        marks = match[0].rstrip(" ")
        is_before_wide = WIDE_ONE.match(text, match.end())
        return marks.translate(FULL) + ("" if is_before_wide else match[0][len(marks) :])

    return Change(HALF_MARKS.sub(widened, text), count + pairs)


def _is_chinese(text: str, match: re.Match[str]) -> bool:
    """Whether the marks of *match* stand at Chinese: behind it, or (but for !, see Yahoo!奇摩) before it."""
    start, end = match.span()
    if start and WIDE_ONE.match(text, start - 1):
        return match[0] != ":" or not text.startswith(("//", ")"), end)
    is_attached = start > 0 and text[start - 1] != "\n"
    return is_attached and match[0][0] != "!" and bool(HAN_OR_OPENER.match(text, end))


def _widen_parentheses(text: str) -> tuple[str, int]:
    """*text* with both parentheses of each pair that stands at or holds Chinese full-width; the number of pairs."""
    if "(" not in text and ")" not in text:
        return text, 0
    shown = list(text)
    waiting = list(_pairs(text))
    partner = dict(waiting) | {last: first for first, last in waiting}
    widened: set[int] = set()
    while waiting:
        first, last = waiting.pop()
        if first in widened or not _is_chinese_pair(shown, first, last):
            continue
        widened |= {first, last}
        shown[first], shown[last] = "（", "）"
        beside = (at for at in (first - 1, first + 1, last - 1, last + 1) if at in partner)
        waiting += [(min(at, partner[at]), max(at, partner[at])) for at in beside]  # a neighbour may be Chinese now
    changed = sum(text[at] != shown[at] for at in widened)
    return "".join(shown), (changed + 1) // 2


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Where the parentheses of each pair within one line of *text* stand."""
    open_at: list[int] = []
    line_end = -1
    for match in PARENTHESES.finditer(text):
        at = match.start()
        if at > line_end:
            open_at.clear()
            line_end = (text.find("\n", at) + 1 or len(text) + 1) - 1
        if match[0] in "(（":
            open_at.append(at)
        elif open_at:
            yield open_at.pop(), at


def _is_chinese_pair(text: Sequence[str], first: int, last: int) -> bool:
    """Whether the pair of parentheses at *first* and *last* is Chinese: f(x)函数 keeps its own."""
    if text[first] == "（" or text[last] == "）":
        return True
    if HAN_ONE.match(text[first + 1]) or WIDE_ONE.match(text[last - 1]):
        return True
    before = text[first - 1] if first else ""
    if before.isascii() and before.isalnum():
        return False
    return bool(WIDE_ONE.match(before) or (last + 1 < len(text) and WIDE_ONE.match(text[last + 1])))


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
