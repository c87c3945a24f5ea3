"""Quotation marks of an edition: “ ” ‘ ’ or 「 」『 』, as a switch of its own."""

import re

CURLY = "“”‘’"
CORNER = "「」『』"

MARKED = {marks: re.compile(f"[{marks}]").search for marks in (CURLY, CORNER)}

LETTER = r"A-Za-zÀ-ɏ"
APOSTROPHE = re.compile(rf"(?<=[{LETTER}0-9])’(?=[{LETTER}])|‘(?=[{LETTER}0-9][^‘’]*$)")
"""’ within a Latin word, or ‘ that is never closed before one: it’s, ‘90s."""

CLOSING = re.compile("[‘’]")
NO_HAN = r"[^\u3400-\u9fff\U00020000-\U0003ffff]"
LATIN_SENTENCE = re.compile(rf"(?:(?![{LETTER}] [{LETTER}]){NO_HAN})*+[{LETTER}] [{LETTER}]{NO_HAN}*+")


def set_quotes(text: str, quotes: str) -> str:
    """*text* with Chinese quotation marks as in *quotes*, e.g. `「」『』`; how they nest is not changed.

    A mark without its partner is set like the others: each paragraph of a long quotation opens anew.
    Apostrophes, and sentences without a Chinese character, stay.

    >>> set_quotes("他说：“这是‘5G’，It’s new", CORNER)
    '他说：「这是『5G』，It’s new'
    >>> set_quotes("「這是『5G』」", CURLY)
    '“這是‘5G’”'
    """
    other = CURLY if quotes == CORNER else CORNER
    if not MARKED[other](text) or LATIN_SENTENCE.fullmatch(text):
        return text
    marks = str.maketrans(other, quotes)
    if other == CORNER or ("‘" not in text and "’" not in text):
        return text.translate(marks)
    apostrophes = _apostrophes(text)
    parts = (
        text[a:b].translate(marks)
        for a, b in zip([0, *(i + 1 for i in apostrophes)], [*apostrophes, None], strict=True)
    )
    out = next(parts)
    for i, part in zip(apostrophes, parts, strict=True):
        out += text[i] + part
    return out


def _apostrophes(text: str) -> list[int]:
    """Where ’ or ‘ is no quotation mark: within a Latin word, or behind one that nothing has opened."""
    found = {match.start() for match in APOSTROPHE.finditer(text)}
    depth = 0
    for match in CLOSING.finditer(text):
        if match.start() in found:
            continue
        if match[0] == "‘":
            depth += 1
        elif depth:
            depth -= 1
        elif re.match(rf"[{LETTER}]", text[match.start() - 1 : match.start()]):
            found.add(match.start())
    return sorted(found)
