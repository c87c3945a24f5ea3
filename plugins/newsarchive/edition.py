"""One article in the script of one edition: the same values, other characters."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from .article import Article
from .script import Converter, converter

TEXTS = ("title", "dateline")
LISTS = ("reporters", "correspondents", "photographers", "editors", "other_sources", "repairs", "paragraphs")
OFTEN = ("source", "category")
OFTEN_LISTS = ("reprint_from", "places", "boilerplate")
"""Words and notices that a thousand articles have alike."""


def in_edition(article: Article, convert: Converter) -> Article:
    """*article* with every text set by *convert*, and the language it is then in.

    Addresses, digests, dates, file names and a body in Markdown (converted as HTML later) stay as they are, and so do
    tags: a page prints them as their vocabulary has them.
    """
    changed: dict[str, Any] = {name: convert(value) for name in TEXTS if (value := getattr(article, name))}
    changed |= {name: tuple(map(convert, value)) for name in LISTS if (value := getattr(article, name))}
    changed |= {name: often(value, convert) for name in OFTEN if (value := getattr(article, name))}
    changed |= {
        name: tuple(often(one, convert) for one in value) for name in OFTEN_LISTS if (value := getattr(article, name))
    }
    return replace(article, lang=convert.lang, **changed)


def often(text: str, convert: Converter) -> str:
    """`convert(text)` of a word that many articles have, remembered where nothing this article asks for touches it."""
    wishes = convert.wishes
    if wishes.off or wishes.republish or wishes.phrases or not set(text).isdisjoint("".join(wishes.keep)):
        return convert(text)
    return _plainly(convert.origin, convert.edition.code, text)


@lru_cache(maxsize=10_000)
def _plainly(origin: str, code: str, text: str) -> str:
    return converter(origin, code)(text)
