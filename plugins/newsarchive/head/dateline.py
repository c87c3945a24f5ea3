"""The dateline at the start of a story, and the byline that goes with it.

vocabulary/datelines.toml finds the frame; here the words in it are read: `新华社印度金奈10月11日电(记者孙勇)`.
"""

import re
from dataclasses import dataclass, field, replace

from ..vocabulary.owned import Patterns, remembered
from .byline import NO_PLACE, Byline, loose_byline, read_byline
from .names import PLACES, is_name, place_at_end
from .outlet import is_known_outlet, is_outlet
from .people import People, people_of
from .shade import HAN, shade
from .title import SECTIONS

FRAMES = Patterns("datelines.toml", "dateline", prepare=shade)
MAX_FRAME_CHARS = 140

_BYLINE = re.compile(r" ?[(\[](?P<byline>[^()\[\]]{2,80})[)\]] ?")
_ROLE = re.compile(r"记者|编译|特派员|特约|撰文|观察员|通讯员|文/|作者|实习生")
_NOTE = re.compile(rf"^[{HAN}A-Za-z ·、/]{{2,16}}$")
_END = re.compile(r"^[ :|,;>-]+")
_STARTS = re.compile(r"[ )\]!?。|:;-](?=[^ ])")
_OF_ZONE = re.compile(r"(?<=..)讯? ?(?:北京|当地|台北|香港)时间$")
"""Names the clock of the day that follows, not a place: 新浪科技讯 北京时间9月11日."""

_SUFFIX = re.compile(r"[省市县区州镇乡]$")
_SURE_ENDINGS = ("日报", "晚报", "晨报", "时报", "早报", "新闻网", "新闻台", "电视台", "电台", "通讯社", "卫视", "周刊")
MAX_TITLE_CHARS = 60


@dataclass(frozen=True, slots=True)
class Dateline:
    """What the opening formula says, and where the story goes on."""

    text: str
    """As printed, without brackets and byline: 齊魯網·閃電新聞11月20日訊."""

    end: int
    """Where the story begins in the paragraph."""

    start: int = 0
    """Where the formula begins: behind a title that is glued to it."""

    outlet: str = ""
    places: tuple[str, ...] = ()
    people: People = field(default_factory=People)
    date: str = ""
    subject: str = ""
    """The title that a dispatch names itself: 新华社成都7月26日电 题：…"""

    rule: str = ""


@remembered
def read_dateline(paragraph: str) -> Dateline | None:
    """The dateline with which *paragraph* begins.

    >>> read_dateline("中央社記者陳昱婷台北27日電").places
    ('台北',)
    >>> found = read_dateline("〔記者盧冠誠／台北報導〕台灣金融市場")
    >>> found.text, found.people.reporters, found.end
    ('記者盧冠誠／台北報導', ('盧冠誠',), 12)
    """
    return _read(paragraph, 0)


def find_dateline(paragraph: str) -> Dateline | None:
    """The dateline at the start of *paragraph*, or behind a title of at most 60 characters before it."""
    starts = [0] + [found.end() for found in _STARTS.finditer(shade(paragraph), 0, MAX_TITLE_CHARS)]
    return next((found for start in starts if (found := _read(paragraph, start))), None)


def _read(paragraph: str, start: int) -> Dateline | None:
    text, shadow = paragraph[:MAX_FRAME_CHARS], shade(paragraph)[:MAX_FRAME_CHARS]
    for frame in FRAMES.fitting(shade(paragraph)):
        found = frame.regex.search(shadow[start:])
        if found and (dateline := _with_parts(text[start:], shadow[start:], found, frame.name)):
            return replace(dateline, start=dateline.start + start, end=dateline.end + start)
    return None


def _with_parts(text: str, shadow: str, found: re.Match[str], rule: str) -> Dateline | None:
    """The words of the frame *found*; None when they are not those of a dateline."""
    begin, finish = found.span("inner")
    outlet, people, place, is_known = _words(text[begin:finish], shadow[begin:finish])
    if not (outlet or people or place) and _is_word_in_brackets(shadow, begin, finish, found):
        outlet, place = ("", text[begin:finish]) if found.groupdict().get("date") else (text[begin:finish], "")
        is_known = bool(place)
    groups = {name: text[slice(*found.span(name))] if value else "" for name, value in found.groupdict().items()}
    date, verb = groups.get("date", ""), groups.get("verb", "")
    in_brackets, has_slash = shadow[0] in "[(", "/" in shadow[begin:finish]
    is_dateline = (
        people
        or (outlet and (date or verb or (in_brackets and is_known_outlet(outlet))))
        or (outlet and in_brackets and rule == "agency in brackets" and _is_station(outlet))
        or (is_known and (date or in_brackets or " -" in found[0] or rule == "undated"))
        or (has_slash and verb)
    )
    if not is_dateline:
        return None
    people += people_of(groups.get("middle", ""))
    if more_words := groups.get("more", ""):
        is_person = shade(more_words) not in PLACES and _is_list_of_names(shade(more_words))
        people += people_of(more_words, "reporter") if is_person else People()
        place = place or ("" if is_person else more_words)
    glued = shade(outlet).rfind(" ") + 1
    glued = glued if is_outlet(outlet[glued:]) else 0
    end, more, further = _byline_behind(text, shadow, found.end())
    return Dateline(
        text=groups["dateline"].strip()[glued:],
        start=begin + glued if glued else 0,
        end=end,
        outlet=outlet[glued:],
        places=tuple(part for words in re.split("[、/]", place) for part in _known_places(words)) or further,
        people=people + more,
        date=date,
        subject=groups.get("subject", ""),
        rule=rule,
    )


def _is_station(outlet: str) -> bool:
    """Whether *outlet* can be nothing but the name of an outlet: 【Now新聞台】, but not 【每日新闻】."""
    plain = shade(outlet)
    return 4 <= len(plain) <= 10 and plain.endswith(_SURE_ENDINGS) and is_outlet(plain)


def _is_word_in_brackets(shadow: str, begin: int, finish: int, found: re.Match[str]) -> bool:
    """Whether an unknown word stands with a verb in brackets: outlet （獨媒報導）, with a day place （文冬4日訊）."""
    inner = shadow[begin:finish]
    return (
        shadow[0] in "[("
        and bool(found.groupdict().get("verb"))
        and inner not in NO_PLACE
        and inner.isalnum()
        and len(inner) <= 6
    )


def _known_places(words: str) -> tuple[str, ...]:
    """*words* as places: country and town that run on are two.

    >>> _known_places("印度金奈"), _known_places("某某镇")
    (('印度', '金奈'), ('某某镇',))
    """
    plain = shade(words)
    for at in range(2, len(plain) - 1):
        if plain not in PLACES and plain[:at] in PLACES and plain[at:] in PLACES:
            return words[:at], words[at:]
    return (words,) if words else ()


def _words(inner: str, shaded: str) -> tuple[str, People, str, bool]:
    """Outlet, people, place in the words before date and verb, and whether the place is one we know."""
    before, slash, _ = shaded.rpartition("/")
    place = ""
    if slash and not place_at_end(before):
        place = inner[len(before) + 1 :].strip()
        inner, shaded = inner[: len(before)], before
        if shade(place) in NO_PLACE or not 2 <= len(place) <= 8:
            place = ""
    if role := _ROLE.search(shaded):
        people = people_of(inner[role.start() :])
        outlet = re.sub(r"(?<=.{2})(?:报道|報道|报导|報導|讯|訊)$", "", inner[: role.start()].strip(" 　|｜·"))
        place = place or _place_after_names(inner, shaded)
        return (outlet if is_outlet(outlet) else ""), people, place, bool(place)
    if slash:
        return "", people_of(inner, "reporter"), place, bool(place)
    return _outlet_and_place(inner, shaded)


def _place_after_names(inner: str, shaded: str) -> str:
    """The place at the end of `記者陳昱婷台北` or `记者 张三 北京`."""
    last = re.search(rf"[{HAN}、/]+$", shaded)
    if not last:
        return ""
    known = place_at_end(last[0])
    if known and not is_name(last[0]):
        return inner[len(inner) - len(known) :]
    if known and last.start() and shaded[last.start() - 1] == " " and last[0] == known:
        return inner[len(inner) - len(known) :]
    return ""


def _outlet_and_place(inner: str, shaded: str) -> tuple[str, People, str, bool]:
    """`新华社印度金奈` as outlet and place: the split that leaves a known place, else the longest outlet.

    >>> _outlet_and_place("新浪科技讯 北京时间", "新浪科技讯 北京时间")[::2]
    ('新浪科技', '')
    """
    if shaded.startswith("据"):
        inner, shaded = inner[1:], shaded[1:]
    clock = _OF_ZONE.search(shaded)
    inner, shaded = (inner[: clock.start()], shaded[: clock.start()]) if clock else (inner, shaded)
    stripped = shaded.rstrip()
    if stripped in PLACES or _SUFFIX.sub("", stripped) in PLACES:
        return "", People(), inner.strip(), True
    splits = [
        at
        for at in range(len(stripped), 1, -1)
        if is_outlet(stripped[:at]) or stripped[:at] in ("本报", "本网", "本刊", "本台")
    ]
    for at in splits:
        rest = stripped[at:].strip()
        if rest in NO_PLACE or (rest in SECTIONS and rest not in PLACES):
            return inner.strip(), People(), "", False
        if not rest or rest in PLACES or (place_at_end(rest) and len(rest) <= 8):
            return inner[:at].strip(), People(), inner[at:].strip(), bool(rest)
    for at in splits[:1]:
        rest = inner[at:].strip()
        if len(rest) <= 8:
            return inner[:at].strip(), People(), rest, False
    return "", People(), "", False


def _is_list_of_names(shadow: str) -> bool:
    """Whether every word is a name with a family name we know."""
    words = [word for word in re.split(r"[ 、,]+", shadow) if word]
    return all(is_name(word) or "·" in word for word in words)


def _byline_behind(text: str, shadow: str, at: int) -> tuple[int, People, tuple[str, ...]]:
    """Where the story begins behind the frame that ends at *at*, and the people and places of the byline between."""
    found = _BYLINE.match(shadow, at)
    byline = None
    if found:
        inner = text[slice(*found.span("byline"))]
        byline = read_byline(inner)
        if byline is None and (_ROLE.search(found["byline"]) or _is_list_of_names(found["byline"])):
            byline = Byline(people_of(inner, "" if _ROLE.search(found["byline"]) else "reporter"))
        if byline or _NOTE.match(found["byline"]):
            at = found.end()
    else:
        at, byline = loose_byline(text, shadow, at)
    sign = _END.match(shadow[at:])
    at += sign.end() if sign else 0
    return (at, byline.people, byline.places) if byline else (at, People(), ())
