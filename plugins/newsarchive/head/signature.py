"""Who signs a text that is no report: `白如真／資訊業`, `罗一鸣（湖州市委党校）`, `馮子健　信評首席分析師`.

Names come first, then what they are: an occupation, or the body they belong to. Both must be there, so that no
headline is read as a name.
"""

import re

from .byline import Byline
from .names import BODIES, OCCUPATIONS, is_name
from .people import People
from .shade import HAN, shade

MAX_SIGNATURE_CHARS = 60
MIN_STORY_CHARS = 20
_NAMES = re.compile(
    rf"(?:作者|文|撰文)?[:/ ]{{0,2}}(?P<names>[{HAN}]{{2,4}}(?:[、 ][{HAN}]{{2,4}}){{0,3}}?)(?= ?[/(|,]| )"
)
_OFFICE = re.compile(rf" ?[/(|,] ?(?P<office>[{HAN}A-Za-z0-9、 ·()-]{{2,48}})| {{1,3}}(?P<apart>[{HAN}、]{{3,30}})")
_PLACE = re.compile(r" ?\([^()]{2,8}\)$")


def read_signature(line: str) -> Byline | None:
    """What the signature *line* says; None when *line* says anything else.

    >>> read_signature("白如真／資訊業").people.authors, read_signature("罗一鸣（湖州市委党校）").people.authors
    (('白如真',), ('罗一鸣',))
    >>> read_signature("江山／如此多嬌") is None
    True
    """
    if len(line) > MAX_SIGNATURE_CHARS:
        return None
    return next((byline for byline, end in _signatures(line) if end == len(line)), None)


def read_glued_signature(line: str) -> tuple[Byline, str] | None:
    """The signature that a space parts from the story behind it, and the story.

    >>> read_glued_signature("陳維、施宏謀／急診學會理事長、秘書長 急診量能全台第一的醫院，最近爆發離職事件。")[1][:4]
    '急診量能'
    """
    for byline, end in _signatures(line[:MAX_SIGNATURE_CHARS]):
        if line[end : end + 1] in (" ", "\u3000") and len(line) - end >= MIN_STORY_CHARS:
            return byline, line[end:].strip()
    return None


def _signatures(line: str) -> list[tuple[Byline, int]]:
    """Every reading of the start of *line* as a signature, the longest first, with its end."""
    shadow = shade(line)
    names = _NAMES.match(shadow)
    office = names and _OFFICE.match(shadow, names.end())
    if not names or not office:
        return []
    people = re.split("[、 ]", names["names"])
    if not all(map(is_name, people)):
        return []
    start, end = names.span("names")
    byline = Byline(People(authors=tuple(re.split("[、 　]", line[start:end]))))
    ends = (office.end(), *(at for at in range(office.end() - 1, names.end() + 2, -1) if shadow[at] == " "))
    return [(byline, at) for at in ends if _is_office(shadow[names.end() : at], in_sign=bool(office["office"]))]


def _is_office(words: str, *, in_sign: bool) -> bool:
    """Whether *words* behind the names are an occupation, or (where a sign parts them from the names) a body."""
    closed = words.strip(" ")
    if closed.startswith("("):
        closed = closed[1:-1] if closed.endswith(")") else ""
    plain = _PLACE.sub("", closed.strip(" /|,"))
    if "(" in plain or ")" in plain:
        return False
    return plain.endswith(OCCUPATIONS.as_tuple()) or (in_sign and plain.endswith(BODIES.as_tuple()))
