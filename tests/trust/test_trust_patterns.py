"""No regular expression of this program takes more than its share of time on a text made to keep it busy."""

import re
import time

from patterns import anchored, held, hostile

SHORT, LONG = 1000, 4000
NOTABLE_SECONDS = 0.004
"""Below this a measurement is noise; a quadratic search of 4,000 characters takes ten times as long."""

LEAST_PATTERNS = 150

KNOWN = frozenset(
    {
        "dumps.arrays.BETWEEN",
        "dumps.elements.ATTRIBUTE",
        "dumps.elements.CDATA",
        "dumps.elements.HEAD",
        "dumps.labelled.LABEL",
        "dumps.layout.DAY_LINE",
        "dumps.layout.OPENING",
        "dumps.layout.OUTLET_DAY_LINE",
        "dumps.layout.SOURCE_LINE",
        "dumps.layout.STAMP_LINE",
        "dumps.objects.HEAD",
        "dumps.page.NO_TITLE_TAIL",
        "dumps.sections.HEADING",
        "dumps.statements.BARE",
        "dumps.statements.HEAD",
        "dumps.statements.STATEMENT",
        "head.glued.ROLES",
        "head.lines.LABELS",
        "head.notices.NOTICES",
        "head.outlet._CHAIN",
        "head.title._PAGE",
        "head.title._SPLIT",
        "head.title._TAIL",
        "headline.CLAUSE_END",
        "ledger.articles.ORIGIN",
        "script.markup.ATTRIBUTE",
        "script.markup.TOKEN",
        "script.quotes.LATIN_SENTENCE",
    }
)
"""Still quadratic, on runs that cleaning collapses or in lines that are cut before: mend one, then strike it here."""


def test_the_time_of_every_pattern_grows_with_its_text_and_not_faster() -> None:
    patterns = held()
    assert len(patterns) > LEAST_PATTERNS

    at_one_place = anchored()

    def found_in(name: str) -> str:
        return superlinear(patterns[name], "match" if name.split(".")[-2] in at_one_place else "search")

    unknown = [name for name in patterns if name.removeprefix("newsarchive.").rpartition(".")[0] not in KNOWN]
    slow = {name: found for name in unknown if (found := found_in(name))}

    assert slow == {}


def superlinear(pattern: re.Pattern[str], way: str) -> str:
    """The text on which *pattern* takes more than its share of time; empty if there is none."""
    for before, unit in hostile(pattern):
        long = seconds(pattern, way, before, unit, LONG)
        if long > NOTABLE_SECONDS and long > 7 * seconds(pattern, way, before, unit, SHORT):
            # again, as another program may have had the processor
            ratio = min(seconds(pattern, way, before, unit, LONG) for _ in range(3)) / min(
                seconds(pattern, way, before, unit, SHORT) for _ in range(3)
            )
            if ratio > 7:
                return f"{ratio:.0f} times as long for a text 4 times as long: {before!r} + {unit!r} * n"
    return ""


def seconds(pattern: re.Pattern[str], way: str, before: str, unit: str, length: int) -> float:
    text = before + unit * (length // len(unit)) + "\x00"
    begun = time.perf_counter()
    if way == "match":
        pattern.fullmatch(text) or pattern.match(text)
    else:
        for _ in pattern.finditer(text):
            pass
    return time.perf_counter() - begun
