"""Which words of a byline are names of persons.

A byline is a short text that names persons and nothing else, so its words are judged one by one;
running text is never searched for names.
"""

import re
from collections.abc import Iterator

from ..vocabulary.owned import Words
from .shade import HAN, shade

SURNAMES = Words("surnames.toml", "single", shade)
COMPOUND_SURNAMES = Words("surnames.toml", "compound", shade)
PLACES = Words("places.toml", "place", shade)
MAX_PLACE_CHARS = 8

UNITS = frozenset("省市县区州乡镇村")
"""What may follow the name of a place."""

MAX_FOREIGN_CHARS = 24

WORD = re.compile(
    rf"[{HAN}]+(?:·[{HAN}]+)+|[{HAN}]+"
    r"|(?<![\w@.-])[A-Za-z][A-Za-z.'’-]+(?![A-Za-z0-9_@])(?: [A-Z][A-Za-z.'’-]+(?![\w])){0,3}"
)
"""A run of characters, a name with a point in it, or a Latin name; codes such as PN041 are none."""

NO_ENDINGS = Words("names.toml", "ending", shade)
NO_BEGINNINGS = Words("names.toml", "beginning", shade)
NO_CHARACTERS = Words("names.toml", "within", shade)

NOBODY = Words("names.toml", "nobody", shade)
SECOND = Words("names.toml", "second", shade)
SECTIONS = Words("sources.toml", "section", shade)
OCCUPATIONS = Words("names.toml", "occupation", shade)
BODIES = Words("names.toml", "body", shade)

_DESK_BEFORE = re.compile(r"^.{1,6}?(?:中心|[^部]组|[^门]部|新闻|日报|晚报)(?=.{2})")
"""A desk to which a name is glued: 突发中心黄子腾."""


def _is_other_word(word: str) -> bool:
    """Whether *word* is a desk, an outlet, a common word or says that nobody is named."""
    return (
        word.endswith(NO_ENDINGS.as_tuple())
        or word.startswith(NO_BEGINNINGS.as_tuple())
        or not NO_CHARACTERS.characters().isdisjoint(word)
        or word in OCCUPATIONS
        or word in NOBODY
        or word in SECTIONS
    )


def is_name(word: str) -> bool:
    """Whether *word*, in Simplified characters, looks like a name in Chinese: family name, then one or two characters.

    >>> is_name("吴天旭"), is_name("欧阳明月"), is_name("综合"), is_name("突发中心")
    (True, True, False, False)
    """
    if _is_other_word(word):
        return False
    if word[:2] in COMPOUND_SURNAMES and len(word) in (3, 4):
        return True
    return len(word) in (2, 3) and word[0] in SURNAMES.characters()


def is_likely_name(word: str) -> bool:
    """Whether *word* can be a name where a role names it: rare family names, Mongol and foreign names too.

    >>> is_likely_name("阿卜杜拉"), is_likely_name("麦麦提·艾力"), is_likely_name("swift"), is_likely_name("本报")
    (True, True, True, False)
    >>> is_likely_name("李在山"), is_likely_name("放在山")
    (True, False)
    """
    if word.isascii() and ((word.isupper() and len(word) <= 4) or word.lower() in NOBODY):
        return False
    if word.isascii() or "·" in word:
        return len(word) <= MAX_FOREIGN_CHARS and word[0].isalpha() and not word.endswith(NO_ENDINGS.as_tuple())
    if is_name(word):
        return True
    if len(word) == 3 and word[0] in SURNAMES.characters() and word[1] in SECOND.characters():
        return True
    if word in PLACES or _is_other_word(word):
        return False
    return 2 <= len(word) <= 5


def names_in(word: str, *, sure: bool) -> tuple[tuple[int, int], ...]:
    """Spans of the names in *word*, a run of characters; none when it is something else.

    A place after a name is dropped, names that run on are parted. *sure* says that a role stands before it.

    >>> names_in("陈昱婷台北", sure=True), names_in("王阳张明", sure=True), names_in("台北", sure=True)
    (((0, 3),), ((0, 2), (2, 4)), ())
    """
    is_place = word in PLACES or (word[-1:] in UNITS and word[:-1] in PLACES)
    if is_place and not (sure and is_name(word) and len(word) == 3):
        return ()
    if is_name(word):
        return ((0, len(word)),)
    for head in _without_place(word):
        if is_name(head):
            return ((0, len(head)),)
        if parted := _parted(head):
            return parted
    if desk := _DESK_BEFORE.match(word):
        return tuple((a + desk.end(), b + desk.end()) for a, b in names_in(word[desk.end() :], sure=False))
    if sure and is_likely_name(word):
        return ((0, len(word)),)
    return ()


def _without_place(word: str) -> Iterator[str]:
    """*word* less the place at its end, the longest place first; then *word* itself."""
    place = place_at_end(word)
    if place and len(word) - len(place) >= 2:
        yield word[: -len(place)]
    yield word


def _parted(word: str) -> tuple[tuple[int, int], ...]:
    """Names that run on without a sign between them: each must begin with a family name.

    >>> _parted("王小明李大同")
    ((0, 3), (3, 6))
    """
    if not 4 <= len(word) <= 12:
        return ()
    reach: list[tuple[tuple[int, int], ...] | None] = [()] + [None] * len(word)
    for end in range(2, len(word) + 1):
        for size in (3, 2, 4):
            before = reach[end - size] if end >= size else None
            if before is not None and is_name(word[end - size : end]):
                reach[end] = (*before, (end - size, end))
                break
    return reach[len(word)] or ()


def place_at_end(word: str) -> str:
    """The longest known place that *word*, in Simplified characters, ends with, its 市 or 县 included.

    >>> place_at_end("陈昱婷台北"), place_at_end("卢太城台东县"), place_at_end("综合")
    ('台北', '台东县', '')
    """
    suffix = word[-1:] if word[-1:] in UNITS else ""
    found = (_longest_place(word), _longest_place(word[:-1]) + suffix if suffix else "")
    return max(found, key=lambda place: len(place) if place != suffix else 0)


def _longest_place(word: str) -> str:
    """The longest place in the table that *word* ends with."""
    return next((word[-size:] for size in range(min(MAX_PLACE_CHARS, len(word)), 1, -1) if word[-size:] in PLACES), "")
