"""Characters that cannot be seen: controls, zero-width marks, private-use junk; and odd line ends."""

import re

from .change import Change, Context
from .characters import HAN

LINE_END = re.compile("\r\n?|[\v\f\x85\u2028\u2029\ue40c]")
"""U+E40C is the paragraph mark of the SogouCS dumps."""

EMOJI = "\u200d\u203c-\u3299\ufe0f\U0001f000-\U0001faff"
INVISIBLE = (
    "\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffc\ufdd0-\ufdef\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e00ff"
)
JOINERS = "\u200d\ufe00-\ufe0f"
UNSEEN = re.compile(f"[{INVISIBLE}]+|[{JOINERS}](?<![{EMOJI}].)")
"""The joiner and the selectors that build an emoji stay behind one."""

ANY = re.compile(f"[\r\v\f\x85\u2028\u2029{INVISIBLE}{JOINERS}\ue000-\uf8ff\U000f0000-\U0010ffff]")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]+")
LETTER = re.compile(f"[{HAN}A-Za-z0-9]")


def drop_invisible(text: str, context: Context) -> Change:
    r"""*text* with `\n` line ends and without what cannot be seen.

    Private-use characters go where they stand at punctuation, space or a line end, as the
    paragraph marks and icons of some sites do; inside a word one may be a rare name's, so it
    stays, with a warning.

    >>> drop_invisible("\ufeff一\u200b二\r\n三\ue40c四", Context()).text
    '一二\n三\n四'
    """
    text = text.replace("\r\n", "\n")
    if not ANY.search(text):
        return Change(text)
    text, ends = LINE_END.subn("\n", text)
    text, unseen = UNSEEN.subn("", text)
    if not PRIVATE.search(text):
        return Change(text, ends + unseen)
    kept: list[str] = []
    dropped = 0

    def junk(match: re.Match[str]) -> str:
        nonlocal dropped
        if LETTER.match(text, match.end()) and match.start() and LETTER.match(text, match.start() - 1):
            where = text[max(0, match.start() - 4) : match.end() + 4].replace("\n", " ")
            kept.append(f"private-use character U+{ord(match[0][0]):04X} in {where!r}; look it up in the original")
            return match[0]
        dropped += 1
        return ""

    text = PRIVATE.sub(junk, text)
    return Change(text, ends + unseen + dropped, warnings=tuple(kept))
