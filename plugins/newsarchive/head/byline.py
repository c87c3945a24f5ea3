"""A byline that stands by itself: a text that names persons, their outlet and their place, and says nothing else."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from ..vocabulary.owned import Words, remembered
from .names import PLACES, is_name, place_at_end
from .outlet import clean_outlet, is_known_outlet, is_outlet
from .people import REPORT, Part, People, assigned, parts_of, with_colons, without_outlet
from .shade import HAN, shade

MAX_BYLINE_CHARS = 90
NO_PLACE = Words("places.toml", "none", shade)
"""Words of a byline that are no place."""

_HINT = re.compile(
    r"记者|编辑|责编|通讯员|实习生|作者|编译|撰|采写|特派员|特约|摄|文[:/]|图[:/]|/|^By:? |报[道导]|观察员|评论员|校对"
)
_DESK = re.compile(r"(?:中心|组|部|台|社|网|报|新闻|综合) ?/.{0,8}报[道导]")
_DESKS = ("中心", "组", "部", "室", "特约", "驻")
_COMMON = re.compile(r"^[一二两三四五多几名位个女男老新好当]|[的了是在和有]|^.{15,}$")
"""Words that stand before 记者 in running text: 两名记者."""

_RUNNING = re.compile(r"[。!?]|^[(\[].{0,40}报[道导][)\]].*\w")
"""A sentence, or words behind the bracket of a byline."""

_SLASH = re.compile(r"/ ?[^/()\[\]]{0,12}报[道导]|/[^/]{1,8}(?:电|特稿|专访)$")
_PLACE_BEHIND = re.compile(rf" (?P<place>[{HAN}]{{2,5}}?)(?:综合|连线|现场|采访)?报[道导][)\]]?$")
_REPORTER = re.compile("记者|编译|特派")
_WORDS = re.compile(r"[^ ()\[\]|/:,;、&+<>-]+")
_AGENCIES = re.compile(rf"(?<=[{HAN}]) ?\((?:[{HAN}]{{1,6}}[社台报网]、?){{1,4}}等?\)$")
"""The agencies a text was put together from, behind the names: 扬言/德正（德新社、路透社等）."""

_ADDRESS = re.compile(r"\((?:https?://|www\.)[^()\s]+\)")
_LOOSE_END = re.compile(r"(?<=[㐀-鿿·])(?=[ :,|]|$)|(?<=报[道导])")
_STARTS_LOOSE = re.compile(rf"^(?:[{HAN}]{{2,4}}、){{0,3}}[{HAN}A-Za-z0-9·]{{0,14}}(?:记者|通讯员|实习生|特派员)")


@dataclass(frozen=True, slots=True)
class Byline:
    people: People
    outlet: str = ""
    places: tuple[str, ...] = ()
    more: bool = False
    """Whether it names somebody in a role that no field holds: 校对 王五."""


@remembered
def read_byline(text: str) -> Byline | None:
    """What the byline *text* says; None when *text* says anything else.

    >>> read_byline("中青报·中青网记者 邬小敏 实习生 石磊").outlet
    '中青报·中青网'
    >>> read_byline("記者王小明／台北報導").places, read_byline("王小明到台北去") is None
    (('台北',), True)
    """
    if len(text) > MAX_BYLINE_CHARS:
        return None
    shadow = _ADDRESS.sub(lambda found: " " * len(found[0]), with_colons(shade(text)))
    if _RUNNING.search(shadow):
        return None
    if not _HINT.search(shadow) or _AGENCIES.search(shadow):
        return _bare_names(text, shadow)
    slash = _SLASH.search(without_outlet(shadow))
    parts = list(parts_of(text, sure=bool(slash) and not _REPORTER.search(shadow)))
    has_role = any(part.role for part in parts)
    if not slash and not has_role and not REPORT.search(shadow):
        return None
    words = _other_words(text, shadow, parts)
    if words is None:
        return None
    people = assigned(parts, "reporter" if slash or REPORT.search(shadow) else "")
    if not people and not has_role and not _DESK.search(shadow):
        return None
    outlet, places = words
    names = {part.name for part in parts}
    places = places or tuple(filter(None, (_without_name(place, names) for place in _slash_place(text, shadow))))
    return Byline(people, outlet, places, more=any(part.role == "nobody" for part in parts))


def _other_words(text: str, shadow: str, parts: list[Part]) -> tuple[str, tuple[str, ...]] | None:
    """The outlet and the places among the words that name nobody; None when one is neither."""
    outlet, places = "", list[str]()
    heads = {part.start for part in parts if part.role}
    for start, end in _uncovered(shadow, parts):
        word = shadow[start:end]
        if word in PLACES or place_at_end(word) == word:
            places.append(text[start:end])
        elif word in NO_PLACE or word.isdigit() or word.endswith(_DESKS):
            continue
        elif is_outlet(word) or (end in heads and not _COMMON.search(word)):
            outlet = outlet or clean_outlet(text[start:end])
        else:
            return None
    return outlet, tuple(places)


def _without_name(place: str, names: Collection[str]) -> str:
    """*place* less a name glued before it: 社会中心/桑可台南报导.

    >>> _without_name("桑可台南", {"桑可"}), _without_name("桑可", {"桑可"}), _without_name("台南", {"桑可"})
    ('台南', '', '台南')
    """
    return next((place[len(name) :] for name in names if place.startswith(name)), place)


def _bare_names(text: str, shadow: str) -> Byline | None:
    """A line of nothing but names with family names we know, or one and an outlet: `肖暮影`, `方若 美国之音`."""
    if agencies := _AGENCIES.search(shadow):
        names = shadow[: agencies.start()].strip().split("/")
        return Byline(People(), more=True) if all(2 <= len(name) <= 3 for name in names) else None
    if len(text) > 24 or re.search(r"[^\w ·、,()\[\]▪-]", shadow):
        return None
    parts = list(parts_of(text))
    if not parts or len(parts) > 4:
        return None
    others = _uncovered(shadow, parts)
    if len(others) == 1 and parts[0].start == 0 and is_known_outlet(shadow[slice(*others[0])]):
        return Byline(assigned(parts, "reporter"), clean_outlet(text[slice(*others[0])]))
    return None if others else Byline(assigned(parts, "reporter"))


def _uncovered(shadow: str, parts: list[Part]) -> list[tuple[int, int]]:
    """Spans of the words of *shadow* that are neither a word of a role nor a name."""
    open_text = list(REPORT.sub(lambda found: " " * len(found[0]), shadow))
    for part in parts:
        open_text[part.start : part.end] = " " * (part.end - part.start)
    return [found.span() for found in _WORDS.finditer("".join(open_text))]


def _slash_place(text: str, shadow: str) -> tuple[str, ...]:
    """The place in `／台北報導`."""
    found = re.search(
        rf"/ ?(?P<place>[{HAN}]{{2,6}}?)(?:[即实]时|连线|综合|外电|专题|现场|采访)?(?:报[道导]|特稿|专访|\d|电)", shadow
    )
    if not found or found["place"] in NO_PLACE:
        behind = _PLACE_BEHIND.search(shadow)
        return (text[slice(*behind.span("place"))],) if behind and behind["place"] in PLACES else ()
    return (text[slice(*found.span("place"))],)


def loose_byline(text: str, shadow: str, at: int) -> tuple[int, Byline | None]:
    """The byline without brackets that begins at *at*, as far as it goes: `记者庄文博 通讯员黎小燕 昨日，`."""
    rest = shadow[at : at + MAX_BYLINE_CHARS]
    blank = len(rest) - len(rest.lstrip(" "))
    if not _STARTS_LOOSE.match(rest[blank:]):
        return at, None
    ends = [found.start() for found in _LOOSE_END.finditer(rest, blank) if found.start() > blank]
    for end in reversed(ends[:12]):
        found = read_byline(text[at + blank : at + end])
        people = found.people if found else People()
        names = people.reporters or people.correspondents
        if found and names and all(is_name(shade(name)) or "·" in name for name in names):
            return at + end, found
    return at, None
