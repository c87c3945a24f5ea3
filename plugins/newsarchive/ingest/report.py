"""What an import did: counts for the terminal, a report to read, and one for programs."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from json.encoder import encode_basestring, encode_basestring_ascii
from pathlib import Path
from typing import NamedTuple, TextIO

from ..article import Origin, Refusal
from ..errors import ArchiveError
from ..ledger.articles import count_vanished, overtaken, unknown_withdrawals, vanished, vanished_kin
from ..ledger.dumps import body_of, notes, refusals
from ..ledger.kin import kin
from .report_page import Finding, sections

PAGE = "report.md"
BEFORE = ".report.md"
"""The page of the last run, while this one is under way."""

MAX_LISTED = 1000
"""Refusals a Report holds; the files of the import report list all."""


class Sentences(NamedTuple):
    """How counts are told in one language."""

    always: str
    rare: tuple[str, str, str, str]
    """Of records withdrawn, articles edited, articles vanished, withdrawals of unknown articles; only where any."""


SENTENCES = {
    "en": Sentences(
        "{} written, {} unchanged, {} duplicate, {} refused",
        (
            ", {} withdrawn",
            ", {} edited by hand and now different",
            ", {} vanished from the dumps",
            ", {} listed as withdrawn but unknown",
        ),
    ),
    "zh": Sentences(
        "写入 {} 篇，未变 {} 篇，重复 {} 条，未收录 {} 条",
        ("，已撤下 {} 条", "，人工改过而记录已变 {} 篇", "，原始记录已不在 {} 篇", "，列为撤下而查无此篇 {} 行"),
    ),
}


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of records: taken + duplicates + refused + withdrawn = records."""

    records: int
    taken: int
    duplicates: int
    refused_count: int
    withdrawn: int
    """Records that tell a story the owner has withdrawn."""

    written: int
    """Files written by this run."""

    removed: int
    """Files taken off the shelf by this run."""

    edited: int
    """Articles edited by a person whose record would now give another text."""

    vanished: int
    """Articles whose record no dump holds any more, or holds in other words."""

    unknown: int
    """Lines of the list of withdrawn articles that name none we know."""

    refused: tuple[Refusal, ...]
    """The first MAX_LISTED; without the record itself, which stands in refused.jsonl."""

    folder: Path | None
    """Where the import report was written."""

    @property
    def unchanged(self) -> int:
        """Articles that stood on the shelf as they should."""
        return max(self.taken - self.written, 0)

    def __str__(self) -> str:
        return self.told("en")

    def told(self, lang: str) -> str:
        """The counts in one sentence, Chinese if *lang* begins with zh.

        >>> print(Report(3, 2, 0, 1, 0, 2, 0, 0, 0, 0, (), None).told("zh"))
        写入 2 篇，未变 0 篇，重复 0 条，未收录 1 条
        """
        said = SENTENCES["zh" if lang.startswith("zh") else "en"]
        always = said.always.format(self.written, self.unchanged, self.duplicates, self.refused_count)
        rare = zip(said.rare, (self.withdrawn, self.edited, self.vanished, self.unknown), strict=True)
        return always + "".join(form.format(count) for form, count in rare if count)


def told_together(refused: Iterable[Refusal]) -> Iterator[Refusal]:
    """Of the *refused* records of one dump those with the same reason as one, so that a terminal can be read.

    >>> [str(one) for one in told_together([Refusal(Origin("a", line), "no text") for line in (1, 4, 9)])]
    ['a:1: no text; the same of 2 more up to line 9']
    """
    alike: dict[tuple[str, str], list[Refusal]] = {}
    for one in refused:
        alike.setdefault((one.origin.path, one.reason), []).append(one)
    for first, *others in alike.values():
        more = f"; the same of {len(others)} more up to line {others[-1].origin.line}" if others else ""
        yield replace(first, reason=first.reason + more)


def write_report(db: sqlite3.Connection, folder: Path | None, *, written: int, removed: int) -> Report:
    """The report on the ledger's present state, written to *folder* if there is one.

    Raises:
        ArchiveError: the counts do not add up.
    """
    verdicts: dict[str | None, int] = dict(
        db.execute("SELECT verdict, count(*) FROM record WHERE dump IS NOT NULL GROUP BY verdict")
    )
    (records,) = db.execute("SELECT coalesce(sum(records), 0) FROM dump").fetchone()
    counted = {name: verdicts.get(name, 0) for name in ("taken", "duplicate", "refused", "withdrawn")}
    if sum(counted.values()) != records:
        raise ArchiveError(
            f"the dumps hold {records} records, but {counted} are accounted for; "
            "delete the folder of the cache and run again; if that does not help, report it"
        )
    listed = zip(range(MAX_LISTED), refusals(db), strict=False)
    report = Report(
        records, counted["taken"], counted["duplicate"], counted["refused"], counted["withdrawn"], written, removed,
        edited=sum(1 for _ in overtaken(db)), vanished=count_vanished(db),
        unknown=sum(1 for _ in unknown_withdrawals(db)),
        refused=tuple(_refusal(origin, reason) for _, (_, origin, reason) in listed), folder=folder,
    )  # fmt: skip
    if folder is not None:
        _bring_up(db, report, folder)
    return report


def findings(db: sqlite3.Connection) -> Iterator[Finding]:
    """All findings, kind by kind in the order of KINDS."""
    yield from (Finding("refused", origin, reason) for _, origin, reason in refusals(db))
    yield from (Finding("unknown", slug) for slug in unknown_withdrawals(db))
    yield from (Finding("edited", origin, "", slug) for slug, origin in overtaken(db))
    changed = {slug: origin for slug, origin, node in vanished_kin(db) if _lives(db, node)}
    yield from (Finding("changed", origin, "", slug) for slug, origin in changed.items())
    yield from (Finding("vanished", origin, "", slug) for slug, origin in vanished(db) if slug not in changed)
    for kind in ("warning", "derived"):
        yield from (
            Finding(kind, origin, text, slug)
            for origin, text, slug in db.execute(
                "SELECT origin, text, reason FROM note JOIN record ON record.id = note.record"
                " WHERE kind = ? AND verdict = 'taken' ORDER BY path, place", (kind,),
            )
        )  # fmt: skip
    query = "SELECT origin, title, reason FROM record WHERE verdict = 'duplicate' ORDER BY path, place"
    yield from (Finding("duplicate", *row) for row in db.execute(query))
    yield from (Finding("outside", origin, text) for origin, text in notes(db))


def _lives(db: sqlite3.Connection, node: int) -> bool:
    """Whether the dumps hold a record that tells the story of *node*: then what vanished has only changed."""
    nodes = kin(db, node)
    # `+`: the index of nodes is to be used, not that of dumps, which would be read through for each article
    query = f"SELECT 1 FROM record WHERE +dump IS NOT NULL AND node IN ({','.join('?' * len(nodes))})"
    return db.execute(query, nodes).fetchone() is not None


def _refusal(origin: str, reason: str) -> Refusal:
    path, _, line = origin.rpartition(":")
    return Refusal(Origin(path, int(line)), reason) if line.isdecimal() else Refusal(Origin(origin), reason)


def put_aside(folder: Path) -> None:
    """Take the report of the last run away until this one knows that it still holds; a killed run leaves none."""
    (folder / BEFORE).unlink(missing_ok=True)  # of a killed run
    if (folder / PAGE).is_file():
        (folder / PAGE).replace(folder / BEFORE)


def _bring_up(db: sqlite3.Connection, report: Report, folder: Path) -> None:
    """Write the report, or leave the last one if neither its counts nor anything in the ledger has changed."""
    before = folder / BEFORE
    if not db.total_changes and before.is_file() and before.read_text("utf-8").startswith(_head(report)):
        before.replace(folder / PAGE)
        return
    _write(db, report, folder)
    before.unlink(missing_ok=True)


def _head(report: Report) -> str:
    return f"# 导入报告 Import\n\n{report.told('zh')}。\n\n{report}.\n\n{_table(report)}"


def _write(db: sqlite3.Connection, report: Report, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "refused.jsonl").open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        for record, origin, reason in refusals(db):
            _dump([("where", origin), ("reason", reason), ("raw", body_of(db, record))], file)
    with (folder / "report.jsonl").open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as lines:
        page = "".join((_head(report), *sections(_listed(findings(db), lines))))
    (folder / PAGE).write_text(page, encoding="utf-8", errors="replace", newline="\n")


def _listed(found: Iterator[Finding], lines: TextIO) -> Iterator[Finding]:
    """Each finding, after it was written to *lines*: what the page tells of is looked for once."""
    for finding in found:
        _dump([(name, value) for name, value in zip(Finding._fields, finding, strict=True) if value], lines)
        yield finding


def _dump(pairs: Sequence[tuple[str, str]], file: TextIO) -> None:
    """Write *pairs* as one line of JSON, as they are if they can be: half a surrogate pair cannot.

    Put together here, as an encoder of its own for each line takes three times as long.
    """
    line = ", ".join([f'"{name}": {encode_basestring(value)}' for name, value in pairs])
    try:
        line.encode()
    except UnicodeEncodeError:
        line = ", ".join([f'"{name}": {encode_basestring_ascii(value)}' for name, value in pairs])
    file.write(f"{{{line}}}\n")


def _table(report: Report) -> str:
    rows = {
        "原始记录 records in the dumps": report.records, "已发布 published": report.taken,
        "重复 duplicates": report.duplicates, "未收录 refused": report.refused_count,
        "已撤下 withdrawn": report.withdrawn, "本次写入文件 files written by this run": report.written,
        "本次移除文件 files removed by this run": report.removed,
    }  # fmt: skip
    return "| | |\n|---|--:|\n" + "".join(f"| {name} | {count} |\n" for name, count in rows.items())
