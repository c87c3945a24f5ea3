"""What a page claims of itself, less what cannot be so: handles and addresses for authors, numbers for sections."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote, urljoin

from ...head.names import NOBODY
from ...head.shade import shade
from ...vocabulary.owned import Words

PLATFORMS = Words("sources.toml", "platform", shade)
ACCOUNT = "account"
"""Our name for what stands where the author should: the handle of who put the page up."""

PEOPLE = ("author", "editor", "photographer")
PARTS = re.compile(r"(?<!\s)\s*[,，;；、|]\s*")
ADDRESS = re.compile(r"@|://|www\.|\.(?:com|net|org|cn|hk|tw|io|info)\b", re.I)
HANDLE = re.compile(r"[\w.\-]+", re.A)
"""One word in Latin letters."""

NAME = re.compile(r"[A-Z][a-z]{2,}", re.A)
NO_SECTION = re.compile(r"[\d.\-/:]+|[a-z]+/[a-z+\-]+|(?:news|article|website|blog|index|default|page|post|web)", re.I)
NO_SOURCE = re.compile(r"(?<!\s)\s+(?:原创|原創|转载|轉載)稿?$")
SENTENCE = re.compile(r"[。！？…]|，.{4}")
SIGNS = re.compile(r"[,，;；、|#\n]+")
BLANKS = re.compile(r"\s+")
MAX_KEYWORD_CHARS = 20
MIN_KEYWORDS = 3
MIN_NAME_CHARS = 2
MIN_TITLE_CHARS = 6
SITE_WIDE = 4
"""So many keywords none of which is in the story are those of the whole site."""


def is_platform(name: str) -> bool:
    """Whether *name* is of a place where anybody may publish, and so no outlet: 微信公众平台."""
    return shade(name) in PLATFORMS


def tenable(found: Mapping[str, str], base: str = "") -> dict[str, str]:
    """The fields *found* in meta elements and the like, each as far as it can be so; *base* is the page's address.

    >>> tenable({"author": "name, email@example.com", "category": "1", "url": "./a.html", "source": "石桥网 原创"})
    {'author': '', 'category': '', 'url': '', 'source': '石桥网', 'account': 'name, email@example.com'}
    """
    kept = {name: CHECKS[name](value) if name in CHECKS else value for name, value in found.items()}
    if _is_same(kept.get("author", ""), kept.get("source", "")):
        kept["author"] = ""
    if "url" in found:
        kept["url"] = address_of(found["url"], base)
    if handles := "; ".join(dict.fromkeys(found[name] for name in PEOPLE if found.get(name) and not kept[name])):
        kept.setdefault(ACCOUNT, handles)
    return kept


def _is_same(author: str, source: str) -> bool:
    """Whether the *author* is the outlet: ETtoday新聞雲."""
    return bool(author) and (author in source or (len(source) > 1 and source in author))


def persons(value: str) -> str:
    """*value* less the parts that are addresses or handles of a platform.

    >>> persons("王小明, ming@example.com"), persons("shiqiao_news"), persons("Mary Wong"), persons("Mary")
    ('王小明', '', 'Mary Wong', 'Mary')
    """
    if not ADDRESS.search(value) and not value.isascii():
        return value
    parts = PARTS.split(value)
    return "; ".join(part for part in parts if not ADDRESS.search(part) and not _is_handle(part))


def _is_handle(part: str) -> bool:
    return bool(HANDLE.fullmatch(part)) and (not NAME.fullmatch(part) or part.lower() in NOBODY)


def address_of(url: str, base: str) -> str:
    """*url* as a whole address; empty where nothing says of which site.

    >>> address_of("//a.cn/1.htm", ""), address_of("./1.htm", "http://a.cn/b/2.htm"), address_of("1.htm", "")
    ('https://a.cn/1.htm', 'http://a.cn/b/1.htm', '')
    """
    if re.match(r"https?%3A", url, re.I):
        url = unquote(url).replace(" ", "%20")
    if url.startswith("//"):
        return f"https:{url}"
    if url.startswith(("http://", "https://")):
        return url
    return urljoin(base, url) if base.startswith(("http://", "https://")) else ""


def _section(value: str) -> str:
    return "" if NO_SECTION.fullmatch(value) else value


def _outlet(value: str) -> str:
    """An outlet's name; an address or a sentence is none.

    >>> _outlet("石桥网;"), _outlet("石桥网 原创稿"), _outlet("老水车重新转动，村民围观！")
    ('石桥网', '石桥网', '')
    """
    if value.startswith(("http", "www.")) or SENTENCE.search(value):
        return ""
    name = NO_SOURCE.sub("", value).strip(" ;；,，") or value
    first, bar, second = name.partition("|")
    return first.strip() if bar and first.strip() == second.strip() else name


CHECKS: Mapping[str, Callable[[str], str]] = {
    "author": persons,
    "editor": persons,
    "photographer": persons,
    "category": _section,
    "source": _outlet,
}


def keywords(value: str, title: str, source: str, text: str) -> str:
    """The keywords in *value* that tell of the story with this *title*, not of the whole site of the outlet *source*.

    >>> keywords("老水车 石桥镇 木匠<meta name=", "老水车重新转动", "石桥网", "石桥镇的老水车")
    '老水车; 石桥镇; 木匠'
    >>> keywords("石桥网,老水车重新转动,木匠", "老水车重新转动", "石桥网", "木匠")
    '木匠'
    >>> keywords("国内,国际,财经,体育", "", "", "石桥镇的老水车")
    ''
    """
    value = value.partition("<")[0]
    parting = SIGNS if SIGNS.search(value) or len(value.split()) < MIN_KEYWORDS else BLANKS
    parts = parting.split(value.replace(title, "\n") if len(title) >= MIN_TITLE_CHARS else value)
    words = (part.strip() for part in parts)
    kept = dict.fromkeys(word for word in words if word and not _is_of_site(word, source))
    if len(kept) >= SITE_WIDE and not any(word in text or word in title for word in kept):
        return ""
    return "; ".join(kept)


def _is_of_site(word: str, source: str) -> bool:
    is_outlet = len(source) >= MIN_NAME_CHARS and (source in word or word == source)
    return is_outlet or word.isdigit() or len(word) > MAX_KEYWORD_CHARS or bool(ADDRESS.search(word))
