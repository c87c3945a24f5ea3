r"""A gold line without its characters: what may be published of a text that belongs to others.

Titles, beginnings, ends and notices are `[offset, length]` in the characters of the dump file, whose SHA-256 says
whether it is the file that was read. Facts stand as they are: dates, names, places, the outlet.

`python -m bench.evaluate.note` writes such lines.
"""

import html
import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

SPAN_FIELDS = ("title", "body_head20", "body_lead20", "body_tail20")
SPANS_FIELDS = ("title_alternatives", "tail_alternatives", "boilerplate", "body_has")
NOT_TEXT = re.compile(r"<[^<>]*>|\\[nrtbf]|\\(?=[\"/\\])|&#?\w+;")
PASSED_OVER = re.compile(rf"{NOT_TEXT.pattern}|[\W_]")
EDGE = re.compile(r"^[\W_]+")
"""Nobody who copies words out of a record by eye sees tags and escapes, or needs to hit every blank."""

Span = list[int]


class StrangeFileError(Exception):
    """The texts are not those that were read."""


def is_facts(gold: Mapping[str, Any]) -> bool:
    return "file_sha256" in gold


def strings_of(facts: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The gold line with its characters, out of the dump below *folder*; `story` is all of it that can be judged.

    Raises:
        StrangeFileError: the dump is not there, or has changed since it was read.
    """
    text = _text(folder / facts["file"], facts["file_sha256"])
    gold = dict(facts)
    gold.update({name: _cut(text, facts[name]) for name in SPAN_FIELDS if facts.get(name)})
    gold.update({name: [_cut(text, span) for span in facts[name]] for name in SPANS_FIELDS if facts.get(name)})
    if facts.get("body_lead20") and facts.get("body_tail20"):
        start, (last, length) = facts["body_lead20"][0], facts["body_tail20"]
        gold["story"] = _cut(text, [start, last + length - start])
    return gold


@cache
def _text(path: Path, digest: str) -> str:
    if not path.is_file():
        raise StrangeFileError(f"there is no file {path}")
    if (found := sha256(path.read_bytes()).hexdigest()) != digest:
        raise StrangeFileError(f"{path} is not the file that was read; expected SHA-256 {digest}, found {found}")
    return path.read_bytes().decode("utf-8")


def _cut(text: str, span: Span) -> str:
    r"""The words of a *span* as a reader sees them.

    >>> _cut('"a": "<p>甲&nbsp;乙</p>\\t丙"', [6, 18])
    '甲 乙丙'
    """
    start, length = span
    words = NOT_TEXT.sub(lambda found: found[0] if found[0][0] == "&" else "", text[start : start + length])
    return html.unescape(words).replace("\xa0", " ")


def facts_of(gold: Mapping[str, Any], text: str, start: int, end: int) -> dict[str, Any]:
    """The *gold* line of the record that stands in *text* from *start* to *end*, with offsets for its characters.

    Raises:
        ValueError: words of it are not there.
    """
    seen = _seen(text, start, end)
    bare = "".join(text[at] for at in seen)

    def span(words: str, since: int = 0) -> Span:
        wanted = PASSED_OVER.sub("", words)
        first = bare.find(wanted, since)
        if first < 0:
            raise ValueError(f"{gold['id']}: there is no {words!r} in the record")
        offset, last = seen[first], seen[first + len(wanted) - 1]
        before = len(words) - len(EDGE.sub("", words))
        behind = len(words) - len(EDGE.sub("", words[::-1]))
        return _with_signs(text, words, offset - before, last + 1 + behind) or [offset, last + 1 - offset]

    lead = max(bare.find(PASSED_OVER.sub("", gold.get("body_lead20") or "")), 0)
    since = {"body_tail20": lead, "tail_alternatives": lead}
    facts: dict[str, Any] = {}
    for name, value in gold.items():
        if name in SPAN_FIELDS and value:
            facts[name] = span(value, since.get(name, 0))
        elif name in SPANS_FIELDS:
            facts[name] = [span(words, since.get(name, 0)) for words in value]
        else:
            facts[name] = value
    return facts


def _with_signs(text: str, words: str, start: int, end: int) -> Span | None:
    """The span with the signs the *words* begin and end with, if they stand there."""
    as_long = len(words) == end - start
    return [start, end - start] if as_long and text[start:end] == words else None


def _seen(text: str, start: int, end: int) -> list[int]:
    """Offsets of the letters, figures and characters a reader sees."""
    hidden = {at for found in PASSED_OVER.finditer(text, start, end) for at in range(*found.span())}
    return [at for at in range(start, end) if at not in hidden]
