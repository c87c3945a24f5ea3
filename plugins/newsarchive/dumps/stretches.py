"""Refusals side by side: a hostile or broken dump must not fill the ledger with a million of them.

What stands outside of records comes as refusals too, so that nothing vanishes. Few words are notes of whoever made
the dump, and a note that comes again is one; all of a dump are told at its end, as a refusal if they add up to a story.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..article import Note, Origin, Record, Refusal
from .dump import LINE_COST, MAX_RECORD_CHARS, refusal

BROKEN = "no JSON"
"""How the reasons of broken stretches begin; those that touch are one refusal."""

MAX_ALIKE = 1000
"""So many refusals in a row stand for themselves; those after them for the same reason are one."""

OUTSIDE_CHARS = 60
"""Chinese characters in one run that make text outside of records worth a refusal; notes are shorter."""

MAX_NOTE_CHARS = 2 * OUTSIDE_CHARS
"""Chinese characters that all the notes of a dump may have before they are refused."""

OUTSIDE = "text outside any record"
RUN = re.compile(rf"[^<>\n]{{{OUTSIDE_CHARS},}}")
HAN = re.compile("[\u3400-\u9fff]")
WORDS = re.compile(r"(?<![^<>\n\"{}\[\]])[^<>\n\"{}\[\]]*[\u3400-\u9fff][^<>\n\"{}\[\]]*")
VARYING = re.compile(r"\d+|'[^']*'|\"[^\"]*\"|`[^`]*`")


@dataclass(slots=True)
class _Stretch:
    """Refusals that are told as one."""

    first: Refusal
    parts: list[str]
    size: int = 0
    count: int = 1
    end: int = 0

    def add(self, other: Refusal) -> None:
        self.count += 1
        self.end = other.origin.line + other.raw.count("\n")
        if self.size < MAX_RECORD_CHARS:
            self.parts.append(other.raw)
            self.size += len(other.raw)

    def told(self) -> Refusal:
        if self.count == 1:
            return self.first
        reason = f"{self.first.reason}; the same of {self.count - 1} more up to line {self.end}"
        return refusal(self.first.origin, reason, "".join(self.parts))


def outside(text: str, origin: Origin) -> Iterator[Refusal]:
    """A refusal of *text* between records, however little Chinese it holds; `told_together` knows what are notes."""
    if HAN.search(text):
        said = text.strip()[:40]
        yield refusal(origin, f"{OUTSIDE}, from {said!r} on; mend what surrounds it or leave it", text)


def is_note(text: str) -> bool:
    """Whether *text* outside of records is too short for a story.

    >>> is_note("<title>縣報</title>"), is_note("市政府昨日召開會議" * 9)
    (True, False)
    """
    is_short = len(HAN.findall(text)) < MAX_NOTE_CHARS
    return is_short and all(len(HAN.findall(run)) < OUTSIDE_CHARS for run in RUN.findall(text))


class _Notes:
    """The notes of one dump, each once."""

    def __init__(self) -> None:
        self.held: _Stretch | None = None
        self.seen: set[str] = set()
        self.left = MAX_RECORD_CHARS
        self.count = 0

    def takes(self, one: Record | Refusal) -> bool:
        """Whether *one* is a note, which is then held."""
        if isinstance(one, Record) or not one.reason.startswith(OUTSIDE) or not is_note(one.raw):
            return False
        shape = VARYING.sub("", one.raw)
        if shape not in self.seen and self.left > 0:
            self.seen.add(shape)
            self.left -= len(shape) + LINE_COST
            self.count += len(HAN.findall(one.raw))
            if self.held:
                self.held.add(one)
            else:
                self.held = _Stretch(one, [one.raw], len(one.raw))
        return True

    def told(self) -> Iterator[Refusal | Note]:
        if self.held and self.count >= MAX_NOTE_CHARS:
            yield self.held.told()
        elif self.held:
            raw = "".join(self.held.parts)
            words = dict.fromkeys(map(str.strip, WORDS.findall(raw)))
            yield Note(self.held.first.origin, " … ".join(words), raw)


def told_together(found: Iterable[Record | Refusal]) -> Iterator[Record | Refusal | Note]:
    """*found*, its refusals of broken stretches that touch as one, and of a reason repeated too often; notes last.

    >>> broken = [Refusal(Origin("a", line), f"no JSON: 'x{line}'; mend or remove it", "x") for line in (1, 2, 7)]
    >>> [str(one) for one in told_together(broken)]
    ["a:1: no JSON: 'x1'; mend or remove it; the same of 2 more up to line 7"]
    """
    kind, count, notes = "", 0, _Notes()
    held: _Stretch | None = None
    for one in found:
        if notes.takes(one):
            continue
        new = _kind(one)
        if new != kind or not new:
            if held:
                yield held.told()
            held, kind, count = None, new, 0
        count += 1
        if held and isinstance(one, Refusal):
            held.add(one)
        elif isinstance(one, Refusal) and count >= (1 if new == BROKEN else MAX_ALIKE):
            held = _Stretch(one, [one.raw], len(one.raw))
        else:
            yield one
    if held:
        yield held.told()
    yield from notes.told()


def _kind(one: Record | Refusal) -> str:
    """Reason of a refusal without what differs from one to the next; empty for a record."""
    if isinstance(one, Record):
        return ""
    return BROKEN if one.reason.startswith(BROKEN) else VARYING.sub("", one.reason)
