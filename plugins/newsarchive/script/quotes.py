"""Quotation marks of an edition: “ ” ‘ ’ or 「 」『 』, as a switch of its own."""

import re

CURLY = "“”‘’"
CORNER = "「」『』"

APOSTROPHE = re.compile(r"(?<=[A-Za-zÀ-ɏ0-9])’(?=[A-Za-zÀ-ɏ])")
"""’ that stands within a Latin word."""


def set_quotes(text: str, quotes: str) -> str:
    """*text* with Chinese quotation marks as in *quotes*, e.g. `「」『』`; pairs stay as they are nested.

    >>> set_quotes("他说：“这是‘5G’，It’s new”", CORNER)
    '他说：「这是『5G』，It’s new」'
    >>> set_quotes("「這是『5G』」", CURLY)
    '“這是‘5G’”'
    """
    other = CURLY if quotes == CORNER else CORNER
    if not any(mark in text for mark in other):
        return text
    marks = str.maketrans(other, quotes)
    kept = APOSTROPHE.split(text)
    return "’".join(part.translate(marks) for part in kept)
