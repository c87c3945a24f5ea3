"""What a dump of news holds besides news: lottery tables, fiction, advertisements. It is taken, and said to be so."""

import re
from collections.abc import Sequence

from ..vocabulary.owned import Patterns
from .shade import shade

ODDITIES = Patterns("oddities.toml", "oddity", prepare=shade)
MAX_FIGURES_SHARE = 0.4
MIN_CHARS = 80
"""Shorter texts may be figures or have no stop and be news: a result, a quotation."""


def oddities(title: str, paragraphs: Sequence[str]) -> tuple[str, ...]:
    """What the text looks like when it does not look like news; empty for news.

    >>> oddities("", ("第三章 夜雨", "他推開門，雨還在下。"))
    ('looks like fiction',)
    >>> oddities("夜读活动", ("市图书馆昨天推出夜读活动。",))
    ()
    """
    lines = [shade(line) for line in (title, *paragraphs[:4]) if line]
    found = [form.name for form in ODDITIES if any(form.regex.search(line) for line in lines)]
    text = "".join(paragraphs)
    if len(text) >= MIN_CHARS and not found:
        figures = len(re.findall(r"[\d０-９]", text))
        if figures > MAX_FIGURES_SHARE * len(text):
            found.append("a table of figures")
        elif not re.search(r"[。！？!?…；;]", text):
            found.append("no prose: not one sentence ends")
    return tuple(f"looks like {name}" for name in found)
