"""Stretches of a text that conversion must not touch."""

import re
from collections.abc import Mapping

WIKI = re.compile(r"-\{(?P<flags>[A-Za-z|-]*\|)?(?P<text>[^{}]*)\}-")
"""MediaWiki's mark: `-{text}-`, or `-{zh-hans:text; zh-hant:text}-` for each edition its own."""

VARIANT = re.compile(r"\s*(?P<code>zh(?:-[A-Za-z]+)*)\s*:(?P<text>.*)", re.S)

WIKI_CODES: Mapping[str, tuple[str, ...]] = {
    "zh-Hans": ("zh-hans", "zh-cn", "zh-sg", "zh-my"),
    "zh-Hant": ("zh-hant", "zh-tw", "zh-hk", "zh-mo"),
    "zh-Hant-HK": ("zh-hk", "zh-mo", "zh-hant-hk", "zh-hant", "zh-tw"),
    "zh-Hant-TW": ("zh-tw", "zh-hant-tw", "zh-hant", "zh-hk"),
}
"""Edition -> MediaWiki's codes that serve it, the best first."""


def split_protected(text: str, code: str) -> list[str]:
    """*text* cut in free and protected parts by turns, a free one first; marks are taken off.

    >>> split_protected("-{后}-先生是-{zh-hans:甲; zh-hant:乙}-", "zh-Hant")
    ['', '后', '先生是', '乙', '']
    """
    if "-{" not in text:
        return [text]
    parts = []
    done = 0
    for mark in WIKI.finditer(text):
        parts += [text[done : mark.start()], _chosen(mark["text"], code)]
        done = mark.end()
    return [*parts, text[done:]]


def _chosen(text: str, code: str) -> str:
    """What a mark says for edition *code*; its first variant where it says nothing; all of it where it has none."""
    found = [VARIANT.fullmatch(part) for part in text.split(";") if part.strip()]
    if not found or not all(found):
        return text
    variants = {match["code"].lower(): match["text"].strip() for match in found if match}
    codes = (code.lower(), *WIKI_CODES.get(code, ()))
    return next((variants[each] for each in codes if each in variants), next(iter(variants.values())))
