"""What stands behind the last sentence: `（記者 王小明）`, `[編輯: 宋濤]`, `(来源:半岛网)`, `新华社记者鞠鹏摄`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta, timezone
from itertools import pairwise
from typing import NamedTuple

from ..timestamp import Stamp, read_stamp
from ..vocabulary.owned import Patterns, remembered
from .byline import read_byline
from .lines import AGENCY_DAY
from .names import is_likely_name, is_name
from .outlet import OUTLETS, chain_of, first_part, without_person
from .people import People, people_of
from .shade import shade

_BRACKET = re.compile(r"[(\[](?P<inner>[^()\[\]]{2,80})(?:[)\]]|(?<=报[道导])|(?<=[ /]摄)|(?<=摄影))[。.]?\s*$")
_SOURCE = re.compile(
    r"^(?:(?:稿件|文章|信息|消息|新闻|本文|资料|综合)?来源|转自|摘自|原载|据|转载自|稿源|综合)[:/]? ?(?P<name>.{2,40})$"
)
_ROLE = re.compile(
    r"^[图照]|^原(?:标)?题|记者|编辑|责编|通讯员|实习生|作者|编译|撰文|采写|特派员|特约|摄影?$|摄影|校对|来源|文[:/]|图[:/]|/|观察员|译$|[报网社台日]专?[讯电]$"
)
_SENT_OUT = re.compile(r"(?:(?<=[。!?])|^)[㐀-鿿]{2,6}[社报网]发 ?$|(?:(?<=[。!?])|^)本[报网社刊]发 ?$")
"""The agency before the name of its photographer: 新华社发（李明 摄）."""

_SHOT_BY = re.compile(r"(?:^|[。!? /]|记者|图/)(?P<name>[㐀-鿿]{2,4}?)(?<!拍)摄")
_NOBODY = re.compile(
    r"(?:中心|组|部|社|报|网)/.{0,8}报[道导]|综合报[道导]$|^[㐀-鿿]{0,5}(?:组|中心|部|台|室)记者$"
    r"|^[㐀-鿿A-Za-z0-9]{2,8}[报网社台](?:专)?[讯电]$|^[㐀-鿿]{2,12}(?:\d{1,2}月)?\d{1,2}日(?:专)?[讯电]$|译$"
    r"|^原(?:标)?题(?:为|是)?[:《\" ]|^(?:编辑|责任编辑|译者|核稿|校对|审核|封面图片|图片来源|题图|图源"
    r"|[图照][^。]{0,20}(?:提供|翻摄|[撷截]自))"
)
"""A bracket that is no story though it names nobody we keep."""

_CREDITS = Patterns("captions.toml", "credit", prepare=shade)
_AFTERMATHS = Patterns("captions.toml", "aftermath", prepare=shade)
_CLOSING = re.compile(
    r"(?:^|(?<=[。!?\"”」』》)\] ;…])) ?"
    r"[(\[](?P<byline>[^()\[\]。]{2,40}?/[^()\[\]。/]{0,12}(?:报[道导]|特稿|专访|专电))[)\]]"
)
_PUBLISHED_AT = re.compile(
    r"(?:出版|发稿|发布|上稿)(?:时间)?[: ]{0,2}(?P<hour>[01]?\d|2[0-3])"
    r"(?::(?P<minute>[0-5]\d)(?![\d:])|(?P<glued>[0-5]\d)(?= ?(?:更新|修[改正]|小编|推荐|[。(【\[]|$)))"
)
_CHANGED_AT = re.compile(
    r"(?:更新|修改|修正)(?:时间)?[: ]{0,2}(?P<hour>[01]?\d|2[0-3])"
    r"(?::(?P<minute>[0-5]\d)(?![\d:])|(?P<glued>[0-5]\d)(?= ?(?:出版|发稿|小编|推荐|[。(【\[]|$)))"
)
_CLOCKS = re.compile(
    r"(?<=[。!?」』)\]\"”]) ?(?:(?:出版|发稿|发布|上稿|更新|修改)(?:时间)?[: ]{0,2}[0-2]?\d:?[0-5]\d[ ,]?){1,3}$"
)
MAX_DAY_CHARS = 12
MAX_AFTERMATH_CHARS = 60
"""What stands behind a closing byline is captions and times; longer text without a sign of them is story."""

MAX_AFTERMATH_LINE_CHARS = 100
"""What stands there in further lines has such signs, with stretches as long between them at most."""


@dataclass(frozen=True, slots=True)
class Tail:
    """What the end of a paragraph says, and the paragraph without it."""

    paragraph: str
    people: People = field(default_factory=People)
    sources: tuple[str, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    cut: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    clock: str = ""
    changed: str = ""
    """Hour and minute of the last change."""


class _Piece(NamedTuple):
    """The last piece of a paragraph that is no story."""

    start: int
    people: People = People()
    sources: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@remembered
def read_closing(paragraph: str) -> Tail | None:
    """*paragraph* up to a byline that closes the story, and what stands behind it.

    >>> tail = read_closing("他說會向委員報告。（林修卉／台北報導）  總統府發言人林鶴明。資料照")
    >>> tail.paragraph, tail.people.reporters, tail.places, tail.cut[1]
    ('他說會向委員報告。', ('林修卉',), ('台北',), '總統府發言人林鶴明。資料照')
    """
    if "/" not in (shadow := shade(paragraph)):
        return None
    found = next(reversed([*_CLOSING.finditer(shadow)]), None)
    if not found or (found.start() == 0 and not _is_aftermath(shadow, found.end())):
        return None
    byline = read_byline(paragraph[slice(*found.span("byline"))])
    behind = paragraph[found.end() :].strip()
    if byline is None:
        return None
    if len(behind) > MAX_AFTERMATH_CHARS and not _is_aftermath(shadow, found.end()):
        return Tail(paragraph, byline.people, places=byline.places)
    printed = paragraph[found.start() : found.end()].strip()
    people = byline.people + People(photographers=photographers_of(behind))
    cut = tuple(filter(None, (printed, behind)))
    story = paragraph[: found.start()].strip()
    return Tail(story, people, cut=cut, places=byline.places, clock=clock_of(behind), changed=changed_of(behind))


def _is_aftermath(shadow: str, at: int = 0) -> bool:
    """Whether what stands from *at* on is captions and times."""
    return any(form.regex.search(shadow, at) for form in _AFTERMATHS)


def behind_closing(lines: Sequence[str]) -> int:
    """Where in *lines* those begin that stand behind the byline that closes the story; their number if none do.

    >>> behind_closing(["他道歉。", "全案送辦。（王小明／台北報導）", "警方查扣贓款。翻攝畫面", "男子到案。"])
    2
    """
    for at in range(len(lines) - 1, -1, -1):
        if (closing := read_closing(lines[at])) and closing.cut:
            return at + 1 + _told_behind(lines[at + 1 :])
    return len(lines)


def _told_behind(lines: Sequence[str]) -> int:
    """How many of *lines* the story goes on for behind its closing byline."""
    if sum(map(len, lines)) <= MAX_AFTERMATH_CHARS:
        return 0
    if not any(_is_aftermath(shade(line)) for line in lines):
        return len(lines)
    return max((number for number, line in enumerate(lines, 1) if _is_told(line)), default=0)


def _is_told(line: str) -> bool:
    """Whether *line* has a long stretch without any sign of captions and times."""
    if len(line) <= MAX_AFTERMATH_LINE_CHARS:
        return False
    shadow = shade(line)
    signs = sorted(found.start() for form in _AFTERMATHS for found in form.regex.finditer(shadow))
    return any(b - a > MAX_AFTERMATH_LINE_CHARS for a, b in pairwise((0, *signs, len(line))))


def clock_of(aftermath: str) -> str:
    """Hour and minute of publication that are printed behind the story.

    >>> clock_of("出版時間：13:38 更新時間：21:00"), clock_of("發稿時間1131更新時間1634")
    ('13:38', '11:31')
    """
    return _clock(_PUBLISHED_AT.search(shade(aftermath)))


def changed_of(aftermath: str) -> str:
    """Hour and minute of the last change that are printed behind the story.

    >>> changed_of("出版時間：13:38 更新時間：21:00"), changed_of("出版1131更新1634"), changed_of("更新2019版")
    ('21:00', '16:34', '')
    """
    return _clock(_CHANGED_AT.search(shade(aftermath)))


def _clock(found: re.Match[str] | None) -> str:
    return f"{found['hour']}:{found['minute'] or found['glued']}" if found else ""


def photographers_of(captions: str) -> tuple[str, ...]:
    """The names before 攝 in a row of captions."""
    shadow = shade(captions)
    spans = [found.span("name") for found in _SHOT_BY.finditer(shadow)]
    return tuple(dict.fromkeys(captions[a:b] for a, b in spans if is_likely_name(shadow[a:b])))


def read_tail(paragraph: str) -> Tail:
    """*paragraph* less the bylines, sources and credits at its end.

    >>> tail = read_tail("能力將進一步增強。 (來源:半島網-半島都市報) [編輯: 宋濤]")
    >>> tail.paragraph, tail.sources, tail.people.editors
    ('能力將進一步增強。', ('半島網-半島都市報',), ('宋濤',))
    """
    people = People()
    sources: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    cut: list[str] = []
    stamp = None
    shadow = shade(paragraph)
    if code := AGENCY_DAY.search(shadow, max(0, len(shadow) - MAX_DAY_CHARS)):
        stamp = read_stamp(code["day"], timezone(timedelta(hours=8)))
        paragraph = paragraph[: len(paragraph) - len(code[0])]
    clocks = _CLOCKS.search(shadow, max(0, len(shadow) - MAX_AFTERMATH_CHARS)) if shadow[-1:].isdigit() else None
    printed = paragraph[clocks.start() :] if clocks else ""
    if clocks:
        cut.append(printed.strip())
        paragraph = paragraph[: clocks.start()]
    while True:
        shadow = shade(paragraph)
        piece = _bracket(paragraph, shadow) or _credit(paragraph, shadow)
        if piece is None:
            stamps = (stamp,) if stamp else ()
            return Tail(paragraph, people, sources, stamps, tuple(cut), places, clock_of(printed), changed_of(printed))
        cut.insert(0, paragraph[piece.start :].strip())
        paragraph = paragraph[: piece.start].rstrip()
        people, sources, places = piece.people + people, (*piece.sources, *sources), places or piece.places


def _bracket(paragraph: str, shadow: str) -> _Piece | None:
    """Where the bracket at the end begins and what it says; None when it belongs to the story."""
    found = _BRACKET.search(shadow[-100:])
    if not found:
        return None
    offset = max(0, len(shadow) - 100)
    start, inner = found.start() + offset, found["inner"].strip()
    printed = paragraph[slice(*(place + offset for place in found.span("inner")))].strip()
    if inner in OUTLETS:
        return _Piece(start, sources=(printed,))
    if source := _SOURCE.match(inner):
        return _source(start, printed[source.start("name") : source.end("name")])
    if not _ROLE.search(inner):
        words = [word for word in re.split("[ 、]+", inner) if word]
        behind_sentence = start == 0 or shadow[:start].rstrip()[-1:] in '。!?"”」』;'
        if not (behind_sentence and words and all(map(is_name, words))):
            return None
        return _Piece(start, people_of(printed, "reporter"))
    people = people_of(printed, "reporter" if "/" in inner else "")
    if people.photographers and (sent := _SENT_OUT.search(shadow, 0, start)):
        start = sent.start()
    return _Piece(start, people, places=_places(printed)) if people or _NOBODY.search(inner) else None


def _source(start: int, printed: str) -> _Piece:
    """The outlet behind 来源, and who is named behind it: 江河台·新闻中心/曲歌 编辑/王明."""
    outlet, behind = first_part(printed)
    outlet, person = without_person(outlet)
    return _Piece(start, People(reporters=person) + people_of(behind), chain_of(outlet))


def _places(printed: str) -> tuple[str, ...]:
    byline = read_byline(printed)
    return byline.places if byline else ()


def _credit(paragraph: str, shadow: str) -> _Piece | None:
    """A credit without brackets at the end: `文濤攝`, `文/王阳`."""
    end = shadow[-60:]
    for form in _CREDITS.fitting(shadow):
        found = form.regex.search(end)
        if not found:
            continue
        start = found.start("credit") + max(0, len(shadow) - 60)
        people = people_of(paragraph[start:])
        if people:
            return _Piece(start, people, places=_places(paragraph[start:].strip("。")))
    return None
