"""Names of outlets: how to know one, how to clean one, how reprints are chained."""

import re

from ..vocabulary.owned import Words, remembered
from .names import is_name, place_at_end
from .shade import shade

OUTLETS = Words("sources.toml", "outlet", shade)
ENDINGS = Words("sources.toml", "ending", shade)
MAX_OUTLET_CHARS = 30
FORMS = Words("sources.toml", "form", shade)
"""What is said of the form an outlet comes in, behind its name: 江海日报数字报."""

OURSELVES = frozenset(
    {
        "本报",
        "本网",
        "本刊",
        "本台",
        "本社",
        "本站",
        "本报综合",
        "综合",
        "本报北京",
        "网络",
        "互联网",
        "原创",
        "转载",
        "本站原创",
        "本网原创",
        "网络整理",
        "网络转载",
        "其他",
        "新闻",
        "资讯",
        "市场资讯",
        "网络综合",
        "综合报道",
        "警情通报",
    }
)
"""What an outlet calls itself, and what is no outlet."""

_SIGNS = " \t　\"'“”‘’<>:：,，、|/·-－。;；【】"
_PAIRS = tuple(map(tuple, ("《》", "〈〉", "「」", "『』", "()", "（）", "[]", "［］", "“”")))
_CHAIN = re.compile(r"(?:(?<!\s)\s+)?(?:←|<-|<--|⇐|转自|原载|轉自|原載|转载自|轉載自|via|来源[:：]|來源[:：])\s*")
_ISSUE = re.compile(r"/ ?[A-Z]?\d{1,3}版.*$|(?<=》) ?[(（]?\d{4}年.{0,16}$|(?<=[》报刊志报誌]) ?\d{4}年第.{1,8}$")
_WHERE = re.compile(r" ?[(（](?:https?:|www\.)[^()（）]*[)）](?: ?[(（][^()（）]{2,4}[)）])?$")
"""The address of an outlet in brackets behind its name, and its place."""

_ACCOUNT = re.compile("^(?:微信)?公[众眾][号號][:：]")
_NO_ENDINGS = ("通报", "预报", "警报", "捷报", "情报", "海报", "汇报", "举报", "公报")
"""What ends with the character of a paper and is none."""

_REGION = re.compile(
    "(?:本地|地方|国际|国内|两岸|[东西南北中]部|大陆|港澳|台湾|美国|加国|英国|日本|欧洲|亚洲|全球|世界|社区)新闻"
)
"""A section of news from some part of the world is no outlet."""

_DESK = re.compile(
    "^(?:即时|即时新闻|突发|社会|生活|国际|体育|娱乐|财经|政治|地方|法庭|影创|新闻|采访|综合)(?:新闻)?(?:中心|组)$"
)
"""A desk is no outlet."""

_PART = re.compile(r"(?!.*(?:记者|编辑))[^\s。,、:()]{2,8}")
"""What stands behind the point in the name of an outlet: 齐鲁晚报·齐鲁壹点."""

_ROLE_BEHIND = re.compile(r" (?=(?:[本\w]{0,4}记者|通[讯信]员|作者|编辑|责编|责任编辑|实习生)[:/ \w])")
_GAP = re.compile(r" {2,}|[|\[\]]| [(]|[)] ?")
_SENTENCE = re.compile(r"[。!?;,]")


def is_outlet(name: str) -> bool:
    """Whether *name* looks like the name of an outlet.

    >>> is_outlet("齊魯網"), is_outlet("新京报"), is_outlet("張三豐"), is_outlet("5G基站")
    (True, True, False, False)
    >>> is_outlet("大众日报客户端"), is_outlet("大众日报客户端烟台")
    (True, False)
    """
    plain = shade(name).strip()
    if plain in OUTLETS:
        return True
    part, point, of_it = plain.partition("·")
    if point and (part in OUTLETS or part.endswith(ENDINGS.as_tuple())) and _PART.fullmatch(of_it):
        return True
    if plain.endswith(_NO_ENDINGS) or (plain.endswith("新闻") and _REGION.fullmatch(plain)):
        return False
    if not 2 <= len(plain) <= MAX_OUTLET_CHARS or not plain.endswith(ENDINGS.as_tuple()) or _SENTENCE.search(plain):
        return False
    return plain[-1] != "台" or not place_at_end(plain)


@remembered
def _begins_with_outlet(plain: str) -> bool:
    """Whether *plain* begins with the name of an outlet in the table that is long enough to be none by chance."""
    return any(len(name) >= 4 and plain.startswith(name) for name in OUTLETS)


def is_known_outlet(name: str) -> bool:
    """Whether *name* stands in the table, or begins with one that does: NOWnews今日新聞.

    >>> is_known_outlet("中央社"), is_known_outlet("領航中國")
    (True, False)
    """
    plain = shade(name).strip()
    return plain in OUTLETS or (_begins_with_outlet(plain) and is_outlet(name))


def is_page_name(name: str) -> bool:
    """Whether *name*, behind the title of a page, is that of an outlet or of a section named after one.

    >>> is_page_name("ETtoday寵物雲"), is_page_name("聯合新聞網：最懂你的新聞網站"), is_page_name("我們的日子")
    (True, True, False)
    """
    plain = shade(name).strip()
    if plain.isascii() and plain.isupper() and 3 <= len(plain) <= 10:
        return True
    return is_outlet(name) or (_begins_with_outlet(plain))


@remembered
def clean_outlet(text: str) -> str:
    """*text* as the name of an outlet, without quotes and signs around it; empty when it cannot be one.

    >>> clean_outlet(" 《北京青年报》 "), clean_outlet("本报")
    ('北京青年报', '')
    """
    name = _ACCOUNT.sub("", _ISSUE.sub("", re.sub(r"\s+", " ", _WHERE.sub("", text))).strip(_SIGNS))
    for opening, closing in _PAIRS:
        if name.startswith(opening) and (name.endswith(closing) or closing not in name):
            name = name[1:].removesuffix(closing).strip(_SIGNS)
        elif name.endswith(closing) and opening not in name:
            name = name[:-1].strip(_SIGNS)
    if not name or len(name) > MAX_OUTLET_CHARS or _is_nobody(shade(name)) or not re.search(r"\w", name):
        return ""
    return _without_form(name)


def _without_form(name: str) -> str:
    """*name* less the form it comes in, when an outlet is left.

    >>> _without_form("江海日报数字报"), _without_form("图片数据库")
    ('江海日报', '图片数据库')
    """
    plain = shade(name)
    forms = () if plain in OUTLETS else (form for form in FORMS.as_tuple() if plain.endswith(form))
    shorter = (name[: -len(form)].strip(_SIGNS) for form in forms)
    return next((outlet for outlet in shorter if _is_whole(shade(outlet))), name)


def _is_whole(plain: str) -> bool:
    """Whether *plain* is the name of an outlet without more: 国语日报(网站), but not 省政府门户(网站)."""
    return plain in OUTLETS or (plain.endswith(("报", "网", "社", "台", "刊")) and is_outlet(plain))


def _is_nobody(plain: str) -> bool:
    """Whether *plain* names the outlet itself, or only a desk of it."""
    return plain in OURSELVES or _DESK.match(plain) is not None


@remembered
def chain_of(text: str) -> tuple[str, ...]:
    """The outlets of a reprint chain, the nearest first.

    >>> chain_of("新华网 ← 半岛都市报")
    ('新华网', '半岛都市报')
    """
    return tuple(filter(None, map(clean_outlet, _CHAIN.split(text))))


def first_part(value: str) -> tuple[str, str]:
    """*value* up to the gap behind it, and what follows; a single space parts an outlet from what is none.

    >>> first_part("新华每日电讯 要 闻"), first_part("BBC 中文网")
    (('新华每日电讯', '要 闻'), ('BBC 中文网', ''))
    >>> first_part("山河网 记者 王明 报道")
    ('山河网', '记者 王明 报道')
    """
    value = value.lstrip()
    shadow = shade(value)
    gaps = (gap for gap in _GAP.finditer(shadow) if ")" not in gap[0] or "(" not in shadow[: gap.start()])
    if gap := next(gaps, None):
        return value[: gap.start()], value[gap.end() :]
    if people := _ROLE_BEHIND.search(shadow):
        return value[: people.start()], value[people.end() :]
    first, space, rest = value.partition(" ")
    if space and is_outlet(first) and not is_outlet(rest.replace(" ", "")):
        return first, rest
    return value, ""


def without_person(outlet: str) -> tuple[str, tuple[str, ...]]:
    """The name of an outlet less the person a slash parts from it, and that.

    >>> without_person("江河台新闻中心/王明"), without_person("中青报/中青网")
    (('江河台新闻中心', ('王明',)), ('中青报/中青网', ()))
    """
    at = shade(outlet).find("/")
    person = outlet[at + 1 :].strip()
    return (outlet[:at], (person,)) if at > 0 and is_name(shade(person)) else (outlet, ())


def is_same_outlet(one: str, other: str) -> bool:
    """Whether two names are of one outlet: 半岛都市报 is part of 半岛网-半岛都市报."""
    a, b = (re.sub(r"[\s·]", "", shade(name)).lower() for name in (one, other))
    return bool(a and b) and (a in b or b in a)
