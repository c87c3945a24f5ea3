"""Saved HTML pages: trafilatura finds the body, the page's own words around it stay for the grammar of heads.

No extractor finds a Chinese byline, editor or reprint chain, so the lines just above and below the body
are kept with it; what the page says of itself in JSON-LD, Open Graph and meta elements is `given`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import dropwhile

from lxml import etree, html

from ...article import Record, Refusal
from ...head.names import is_name
from ...head.shade import shade
from ...vocabulary.fields import TEXT, words
from ..dump import MAX_RECORD_CHARS, Dump, damage, refusal
from ..markup import one_line_entities, paragraphs
from .claims import is_platform, keywords
from .said import finer_time, given_of, headline_of, is_stray, local_time, printed_site, site_of, titles_of
from .scripts import account_told, embedded
from .story import Story, story_of

NAME = "html"
NAMES = (".html", ".htm", ".shtml", ".xhtml", ".mhtml")
HEAD = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s", re.I)
BEGINNING = re.compile(r"\s*(?:<|HTTP/|https?://|[A-Z][\w-]*: )")
"""Markup, or what tools that fetch pages put above it."""

NEXT_PAGE = re.compile(r"(?<=</html>)\s*(?=<!doctype|<html)", re.I)
CHARSET = re.compile(r"^\s*<\?xml[^>]*\?>", re.I)
CREDIT = re.compile(
    r"(?<![^。！？；（(）)])"
    r"(?:[^。！？；（(）)]*?(?<!翻)(?:摄|攝)(?:影)?[^。！？；（(）)]{0,12}[）)。]?$|[^。！？；（(）)]*\s[图圖][）)]?$)"
)
LENT = re.compile(r"\s[图圖](?=[）)]?$)")
JOINT = " / "
FOR_SUBSCRIBERS = "the page is for subscribers; this may be only the beginning of its story"
SUBSCRIBED = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.I)
NO_LABEL = re.compile(r"原创|原創|作者|[\W_]")
MAKER = re.compile(r"记者|記者|通[讯訊]员|通[讯訊]員|摄|攝|作者|图|圖|[社报報网網台臺站](?:$|[/／])")
LABELLED = re.compile(r"来\s*源|來\s*源|稿\s*源|出\s*处|出\s*處")


def sniff(name: str, head: str) -> bool:
    r"""Whether *head* is that of a web page: begins as one, so that no table with pages in its cells is taken for one.

    >>> sniff("a.txt", "HTTP/1.1 200 OK\n\n<!doctype html>"), sniff("a.csv", "title,html\n1,<html>")
    (True, False)
    """
    is_page = BEGINNING.match(head) and HEAD.search(head[:4000])
    return bool(is_page) or (name.endswith(NAMES) and "<" in head)


def read(dump: Dump) -> Iterator[Record | Refusal]:
    """The record that each page of *dump* is; files of several pages end each with `</html>`."""
    rest, line, encoding = "", 1, "utf-8"
    for block in dump.blocks:
        rest, encoding = rest + block.text, block.encoding
        *pages, rest = NEXT_PAGE.split(rest) if "</html>" in rest.lower() else [rest]
        if len(rest) > MAX_RECORD_CHARS:
            pages, rest = [*pages, rest], ""
        for page in pages:
            yield _record(page, line, encoding, dump)
            line += page.count("\n")
    if rest.strip():
        yield _record(rest, line, encoding, dump)


def _record(page: str, line: int, encoding: str, dump: Dump) -> Record | Refusal:
    origin = dump.origin(line, encoding)
    tree = _tree(page)
    if tree is None:
        return refusal(origin, "no HTML page; nothing in it can be read", page)
    given = given_of(tree)
    titles = titles_of(tree, given)
    story = story_of(tree, titles, given.get("summary", ""))
    if story.is_list:
        return refusal(origin, "a list of stories, each behind its own link; fetch the pages it leads to", page)
    text = story.text if story.body else ""
    if text:
        given["title"] = headline_of(titles, story.before, story.links) or given.get("title", "")
        given |= _captions(story, given) | _around(tree, story, given)
        text = _less_said(text, story, given)
        if story.summary:
            given["summary"] = story.summary
        given |= _site(tree, story, given)
    else:
        inside = embedded(tree)
        text = paragraphs(inside.pop(TEXT, ""))
        given |= inside
    if not text:
        return refusal(origin, "no story on this page; it may be a list, a gallery or an error page", page)
    given = {name: value for name, value in given.items() if value}
    warnings = damage(page) + (FOR_SUBSCRIBERS,) * bool(SUBSCRIBED.search(page))
    return Record(one_line_entities(text), origin, {**dump.mapping.given, **dump.given, **given}, page, warnings)


def _around(tree: html.HtmlElement, story: Story, given: Mapping[str, str]) -> dict[str, str]:
    """What the words of the page and its scripts correct of what it says of itself, or add to it."""
    printed = (*story.above, *story.below)
    found = {name: local_time(given[name], printed) for name in ("date", "modified") if given.get(name)}
    if is_stray(found.get("date", ""), story.above, tree):
        found["date"] = ""
    found["date"] = finer_time(found.get("date", ""), printed, tree)
    if given.get("tags"):
        found["tags"] = keywords(given["tags"], given["title"], given.get("source", ""), story.text)
    source = given.get("source", "")
    if is_platform(source) or not source:
        found["source"] = account_told(tree, is_platform=bool(source))
        found["platform"] = source
    return found


def _site(tree: html.HtmlElement, story: Story, given: Mapping[str, str]) -> dict[str, str]:
    """The outlet in the title of the page, where no field and no label names one, or a field only in Latin letters."""
    printed, source = (*story.above, *story.below), given.get("source", "")
    if (source and not source.isascii()) or any(map(LABELLED.search, printed)):
        return {}
    if site := site_of(tree, given["title"]):
        if source or not site.endswith(words("outlets")):
            return {"source": source if site.isascii() and source else site}
        return {"title": f"{given['title']} - {site}"}  # the head takes it where nothing nearer names one
    return {"source": source or printed_site(tree, printed)}


def _less_said(text: str, story: Story, given: Mapping[str, str]) -> str:
    """*text* less the lines above its body that only repeat what is *given*: 原创： 王小明 石桥发布."""
    said = [given[name] for name in ("author", "source", "platform") if given.get(name)]
    return "\n".join(line for line in text.split("\n") if line not in story.above or not _is_repeated(line, said))


def _is_repeated(line: str, said: Iterable[str]) -> bool:
    found = [value for value in said if value in line]
    for value in found:
        line = line.replace(value, "")
    return bool(found) and not NO_LABEL.sub("", line)


def _captions(story: Story, given: dict[str, str]) -> dict[str, str]:
    """The words under pictures, and who they say took them."""
    named = [_credit(LENT.sub(" 摄", found[0])) for caption in story.captions if (found := CREDIT.search(caption))]
    taken = {"photographer": "；".join(dict.fromkeys(named))} if named and not given.get("photographer") else {}
    return taken | ({"captions": JOINT.join(dict.fromkeys(story.captions))} if story.captions else {})


def _credit(words: str) -> str:
    """The *words* that end a caption from the first that is a name, an outlet or says a role.

    >>> _credit("水车全景 董川 摄"), _credit("江河社记者 董川 摄")
    ('董川 摄', '江河社记者 董川 摄')
    """
    parts = words.split()
    return " ".join(dropwhile(lambda part: not (is_name(shade(part)) or MAKER.search(part)), parts)) or words


def _tree(page: str) -> html.HtmlElement | None:
    """The page as a tree; whatever charset it declares, it is text already."""
    try:
        tree = html.document_fromstring(
            CHARSET.sub("", page).replace("\0", ""), parser=html.HTMLParser(encoding="utf-8")
        )
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if isinstance(tree, html.HtmlElement) else None
