"""One article in the script of one edition: the same values, other characters."""

from dataclasses import replace
from typing import Any

from .article import Article
from .script import Converter

TEXTS = ("title", "source", "dateline", "category")
LISTS = (
    "reprint_from", "reporters", "correspondents", "photographers", "editors", "places", "tags", "tags_auto",
    "tags_not", "other_sources", "repairs", "boilerplate", "paragraphs",
)  # fmt: skip


def in_edition(article: Article, convert: Converter) -> Article:
    """*article* with every text set by *convert*, and the language it is then in.

    Addresses, digests, dates, file names and a body in Markdown (converted as HTML later) stay as they are.
    """
    changed: dict[str, Any] = {name: convert(value) for name in TEXTS if (value := getattr(article, name))}
    changed |= {name: tuple(map(convert, value)) for name in LISTS if (value := getattr(article, name))}
    return replace(article, lang=convert.lang, **changed)
