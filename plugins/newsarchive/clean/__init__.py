"""Text → text, one rule per fault; each counts what it did. RULES is the whole list, in the order it runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .change import Change, Context, Rule
from .entities import unescape_entities
from .forms import narrow_letters, unify_forms
from .glosses import strip_glosses
from .invisible import drop_invisible
from .lines import join_wrapped, part_paragraphs, trim_lines
from .lost_bytes import mend_lost_bytes
from .mojibake import mend_mojibake
from .protected import MARK, put_back, set_aside
from .punctuation import set_ellipses, widen_punctuation
from .spaces import close_spaces

RULES: tuple[tuple[str, Rule], ...] = (
    ("mojibake", mend_mojibake),
    ("entities", unescape_entities),
    ("lost bytes", mend_lost_bytes),  # before `invisible`: what the damage made may be private-use
    ("invisible", drop_invisible),
    ("forms", unify_forms),
    ("letters", narrow_letters),
    ("glosses", strip_glosses),  # behind `lost bytes`, which gives a gloss its ( back
    ("wraps", join_wrapped),  # before `trim`: indentation tells where a paragraph begins
    ("punctuation", widen_punctuation),
    ("dots", set_ellipses),
    ("paragraphs", part_paragraphs),  # behind `punctuation`, before `spaces` takes what it goes by
    ("spaces", close_spaces),
    ("trim", trim_lines),
)

MAX_PASSES = 12
"""One pass does nearly all; a second finds what the first laid bare, e.g. &amp;#38;nbsp; or a URL with a hole."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text after all rules, and what they did."""

    text: str
    """NFC, `\\n` line ends, no invisible characters, no indentation, no runs of empty lines."""

    glosses: Mapping[str, str] = field(default_factory=dict)
    """Readings found to be a converter's: {"網": "wǎng"}; give them to `clean` for the title of the same text."""

    counts: tuple[tuple[str, int], ...] = ()
    """Places changed, by rule, e.g. (("glosses", 139), ("punctuation", 61)); rules that did nothing are left out."""

    repairs: tuple[str, ...] = ()
    """Damage mended, as `found → mended`."""

    warnings: tuple[str, ...] = ()
    """Damage that could not be mended, and what else a person should look at."""


def clean(text: str, glosses: Mapping[str, str] | None = None, *, is_title: bool = False) -> Cleaned:
    """*text* without what scrapers, converters and editors' keyboards have left in it.

    Addresses and code stay as they are. Cleaning twice changes nothing more.

    Args:
        text: a story, a title or any other string of a record.
        glosses: what was learnt from a longer text of the same record.
        is_title: *text* is one headline or name, so all spaces between Han part clauses and stay.

    >>> cleaned = clean("產(chǎn)業(yè)和網(wǎng)絡,還有網(wǎng)...")
    >>> cleaned.text, cleaned.counts
    ('產業和網絡，還有網……', (('glosses', 4), ('punctuation', 1), ('dots', 1)))
    >>> clean("網(wǎng)速", cleaned.glosses).text
    '網速'
    """
    counts = dict.fromkeys((name for name, _ in RULES), 0)
    learnt: dict[str, str] = {}
    repairs: list[str] = []
    warnings: list[str] = []
    if MARK in text:
        counts["invisible"] += text.count(MARK)
        text = text.replace(MARK, "")
    for _ in range(MAX_PASSES):
        before = text
        text, changes = _run(text, Context({**(glosses or {}), **learnt}, is_title))
        for name, change in changes:
            counts[name] += change.count
            learnt |= change.glosses
            repairs += change.repairs
            warnings += change.warnings
        if text == before:
            break
    done = tuple((name, count) for name, count in counts.items() if count)
    return Cleaned(text, learnt, done, _in_lines(repairs), _in_lines(warnings))


def _in_lines(reports: list[str]) -> tuple[str, ...]:
    """*reports* once each, on one line, with what cannot be seen written as an escape."""
    if not reports:
        return ()
    visible = ("".join(c if c.isprintable() or c.isspace() else ascii(c)[1:-1] for c in report) for report in reports)
    return tuple(dict.fromkeys(" ".join(report.split()) for report in visible))


def _run(text: str, context: Context) -> tuple[str, list[tuple[str, Change]]]:
    """*text* after each rule once, and what each did."""
    text, pieces = set_aside(text)
    changes = []
    for name, rule in RULES:
        change = rule(text, context)
        if change.text != text or change.count or change.warnings or change.glosses:
            changes.append((name, change))
            text = change.text
    return put_back(text, pieces), changes
