"""What stands at the address of a withdrawn article: that it was taken down, when and why. Its number is kept."""

from collections.abc import Iterator, Sequence
from functools import partial

from ..shelf import Entry
from ..withdrawn import Withdrawal
from .job import Job
from .printer import Printer


def plan(withdrawn: Sequence[Withdrawal]) -> Iterator[Job]:
    for one in withdrawn:
        yield Job(f"{one.slug}.html", ("withdrawn", one.reason, one.date), partial(_tombstone, one))


def without(entries: Sequence[Entry], withdrawn: Sequence[Withdrawal]) -> list[Entry]:
    """*entries* less what is withdrawn, should its file still stand: no list, feed or index may name it."""
    gone = {one.slug for one in withdrawn}
    return [entry for entry in entries if entry.slug not in gone]


def _tombstone(one: Withdrawal, printer: Printer) -> str:
    return printer.page(
        "tombstone.html", "tombstone", printer.words.withdrawn, f"{one.slug}.html",
        slug=one.slug,
        reason=printer.convert(one.reason, "zh"),
        day=one.date.isoformat(),
        day_text=printer.period_name(one.date.isoformat()),
    )  # fmt: skip
