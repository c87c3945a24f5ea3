"""One article in the script of one edition: the same values, other characters."""

from dataclasses import fields, replace
from itertools import chain, islice
from operator import attrgetter
from typing import Any

from .article import Article
from .script import Converter

TEXTS = ("title", "dateline", "source", "category")
LISTS = (
    "reporters", "correspondents", "photographers", "editors", "other_sources", "repairs", "reprint_from", "places",
    "boilerplate", "paragraphs",
)  # fmt: skip

FIELDS = tuple(field.name for field in fields(Article))
values_of = attrgetter(*FIELDS)
texts_of, lists_of = attrgetter(*TEXTS), attrgetter(*LISTS)


def in_edition(article: Article, convert: Converter) -> Article:
    """*article* with every text set by *convert*, and the language it is then in.

    Addresses, digests, dates, file names and a body in Markdown (converted as HTML later) stay as they are, and so do
    tags: a page prints them as their vocabulary has them.
    """
    lists = lists_of(article)
    given = [*texts_of(article), *chain.from_iterable(lists)]
    found = convert.each(given)
    if found is given:
        return article if article.lang == convert.lang else replace(article, lang=convert.lang)
    left = iter(found)
    changed: dict[str, Any] = {name: next(left) for name in TEXTS}
    changed |= {name: tuple(islice(left, len(some))) for name, some in zip(LISTS, lists, strict=True) if some}
    values = dict(zip(FIELDS, values_of(article), strict=True))  # `replace` takes twice as long
    return Article(**{**values, "lang": convert.lang, **changed})
