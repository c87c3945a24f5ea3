"""HTML entities left in the text, once or more often escaped: &nbsp; &amp;quot; &#8220;."""

import re
from html import unescape

from .change import Change, Context
from .protected import MARK

NAME = r"[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}"
BARE = r"nbsp|quot|[lr]dquo|hellip"
ESCAPED_AGAIN = r"(?:(?:amp|#0{0,4}38|#[xX]0{0,4}26)[;；])*"
ENTITY = re.compile(rf"&{ESCAPED_AGAIN}(?:({NAME})[;；]|({BARE})(?![A-Za-z0-9]))")
"""A semicolon may be full-width (a converter widened it) or, after the commonest names, missing."""


def unescape_entities(text: str, context: Context) -> Change:
    """*text* with the characters that leftover entities stand for.

    >>> unescape_entities("A&amp;amp;B&nbsp;&amp;quot;5G&nbsp", Context()).text
    'A&B\\xa0"5G\\xa0'
    """
    count = 0

    def character(match: re.Match[str]) -> str:
        nonlocal count
        entity = f"&{match[1] or match[2]};"
        plain = unescape(entity).replace(MARK, "")
        count += plain != entity
        return match[0] if plain == entity else plain

    return Change(ENTITY.sub(character, text), count) if "&" in text else Change(text)
