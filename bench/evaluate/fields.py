"""What a reader wants in each field of a record, and what the import found there."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from newsarchive.article import Article
from newsarchive.script import fold
from newsarchive.vocabulary.headings import headings

from .gold import Gold

Words = tuple[str, ...]

PARTIAL = re.compile(r"-{1,2}\d\d(-\d\d)?|\d{4}(-\d\d)?")
SENTENCE_END = re.compile(r"(?<=[。！？!?；])")
CHARS = {"second": 19, "minute": 16, "day": 10, "month": 7, "year": 4, "none": 0}
DAY_CHARS = 10


class Answer(NamedTuple):
    """What a reader wants in a field, and what was found there."""

    wanted: Words
    found: Words


UNJUDGED = Answer((), ())


@cache
def bare(text: str) -> str:
    """*text* without signs and without the difference of widths and scripts.

    >>> bare("５G產業（網絡）。") == bare("5G产业网络")
    True
    """
    return fold("".join(char for char in normalize("NFKC", text) if char.isalnum()))


def _several(value: object) -> Words:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),) if value else ()


def _title(gold: Gold, article: Article) -> Answer:
    return _as_good(gold, "title", () if article.title_derived else (article.title,))


def _source(gold: Gold, article: Article) -> Answer:
    return _as_good(gold, "source", _several(article.source))


def _as_good(gold: Gold, key: str, found: Words) -> Answer:
    as_good = {bare(words) for words in gold.get(f"{key}_alternatives") or ()}
    return Answer(found if as_good & set(map(bare, found)) else _several(gold.get(key)), found)


def _moment(article: Article) -> str:
    return article.date.isoformat()[: CHARS[article.date_precision]] if article.date else ""


def _day(gold: Gold, article: Article) -> Answer:
    found = _moment(article)[:DAY_CHARS]
    return Answer(_several((gold.get("date") or "")[:DAY_CHARS]), _several(found if len(found) == DAY_CHARS else ""))


def _clock(gold: Gold, article: Article) -> Answer:
    """Hour and minute, and the second where the gold has it."""
    wanted, found = (gold.get("date") or "")[DAY_CHARS + 1 : CHARS["second"]], _moment(article)[DAY_CHARS + 1 :]
    return Answer(_several(wanted), _several(found[: len(wanted)] if wanted else found))


def _modified(gold: Gold, article: Article) -> Answer:
    wanted = gold.get("modified") or ""
    found = article.modified.isoformat() if article.modified else ""
    return Answer(_several(wanted), _several(found[: len(wanted)] if wanted else found[: CHARS["minute"]]))


def _partial(gold: Gold, article: Article) -> Answer:
    wanted = gold.get("date_partial") or ""
    return Answer(_several(wanted if PARTIAL.fullmatch(wanted) else ""), _several(article.date_printed))


def _same(key: str, found_in: Callable[[Article], Iterable[str]]) -> Callable[[Gold, Article], Answer]:
    return lambda gold, article: Answer(_several(gold.get(key)), tuple(found_in(article)))


def _place(gold: Gold, article: Article) -> Answer:
    """A dateline may name the country as well as the town."""
    wanted = _several(gold.get("place"))
    return Answer(wanted, tuple(place for place in article.places if place in wanted) or article.places[:1])


def _begins(gold: Gold, article: Article) -> Answer:
    """A story may begin with its dateline, or behind it."""
    starts = [start for key in ("body_lead20", "body_head20") if (start := gold.get(key))]
    begun = _whole(article)
    right = [start for start in starts if begun.startswith(bare(start))]
    return Answer(tuple((right or starts)[:1]), tuple(right[:1]) or (article.paragraphs[0][:20],) * bool(starts))


def _ends(gold: Gold, article: Article) -> Answer:
    ends = [*_several(gold.get("body_tail20")), *_several(gold.get("tail_alternatives"))]
    ended = _whole(article)
    right = [end for end in ends if ended.endswith(bare(end))]
    return Answer(tuple((right or ends)[:1]), tuple(right[:1]) or (article.paragraphs[-1][-20:],) * bool(ends))


def _notices(gold: Gold, article: Article) -> Answer:
    """Strings to be kept out of the story; none is found too often."""
    wanted, story = _several(gold.get("boilerplate")), _whole(article)
    return Answer(wanted, tuple(notice for notice in wanted if not bare(notice) or bare(notice) not in story))


def _kept(gold: Gold, article: Article) -> Answer:
    """Sentences of the story that must not be lost."""
    sentences = (*SENTENCE_END.split(gold.get("story") or ""), *_several(gold.get("body_has")))
    wanted, story = tuple(sentence for sentence in sentences if bare(sentence)), _whole(article)
    return Answer(wanted, tuple(sentence for sentence in wanted if bare(sentence) in story))


def _whole(article: Article) -> str:
    return bare("".join(article.paragraphs))


def _place_tags(gold: Gold, article: Article) -> Answer:
    """A heading stands for those above it: who asks for 山東 finds what is filed under 煙臺."""
    entries = [entry for tag in article.tags_auto if (entry := headings().heading_of(tag)) and entry.kind == "place"]
    above = {slug for entry in entries for slug in headings().ancestors(entry.slug)}
    wanted = _several(gold.get("place_tags"))
    asked = {tag: entry.slug for tag in wanted if (entry := headings().heading_of(tag))}
    spelt = {slug: tag for tag, slug in asked.items()}
    found = [spelt.get(entry.slug, entry.label("zh-Hans")) for entry in entries]
    return Answer(wanted, (*found, *(tag for tag, slug in asked.items() if slug in above and tag not in found)))


class Field(NamedTuple):
    """A field, and the name a gold line must have for it to be judged; "" for those every line is judged by."""

    answer: Callable[[Gold, Article], Answer]
    key: str = ""


FIELDS = {
    "title": Field(_title),
    "date: day": Field(_day),
    "date: time": Field(_clock),
    "date: partial": Field(_partial),
    "modified": Field(_modified, "modified"),
    "source": Field(_source),
    "reporters": Field(_same("reporters", lambda article: article.reporters)),
    "correspondents": Field(_same("correspondents", lambda article: article.correspondents), "correspondents"),
    "photographers": Field(_same("photographers", lambda article: article.photographers), "photographers"),
    "other people": Field(
        _same("other_contributors", lambda article: article.correspondents + article.photographers),
        "other_contributors",
    ),
    "editor": Field(_same("editor", lambda article: article.editors)),
    "place": Field(_place),
    "story begins": Field(_begins),
    "story ends": Field(_ends),
    "notices out": Field(_notices),
    "sentences kept": Field(_kept),
    "place tags": Field(_place_tags, "place_tags"),
}
"""In the order they are printed."""
