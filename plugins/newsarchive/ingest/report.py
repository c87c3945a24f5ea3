"""What an import did: counts for the terminal, a report to read, and one for programs."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TextIO

from ..article import Origin, Refusal
from ..errors import ArchiveError
from ..ledger.articles import overtaken, vanished
from ..ledger.dumps import body_of, refusals
from ..ledger.kin import kin

MAX_LISTED = 1000
"""Refusals a Report holds; the files of the import report list all."""

MAX_LINES = 500
"""Findings of one kind that report.md shows; report.jsonl lists all."""

KINDS = {
    "refused": (
        "未收录 Refused",
        "没有收入的记录，全文在 refused.jsonl；请修好原始文件再运行，或不予理会。\n\n"
        "Not taken. The records stand in refused.jsonl; mend the dump, or leave them.",
    ),
    "edited": (
        "人工改过的文章 Edited by hand",
        "按现在的原始记录会生成不同的文本；您改的版本保留不动，删去该文件即采用新的。\n\n"
        "The record would now give another text. Your version stays; delete the file to take the new one.",
    ),
    "changed": (
        "原始记录已变 Changed in the dumps",
        "文章保持原样，新的记录列在 Other-Sources；删去该文件即采用新的。\n\n"
        "The article stays as it was; the new record is named in Other-Sources. Delete the file to take it.",
    ),
    "vanished": (
        "原始记录已不在 Vanished from the dumps",
        "原始文件里已找不到这条记录；文章保留，直到您把它撤下。\n\n"
        "No dump holds the record now. The article stays until it is withdrawn.",
    ),
    "warning": ("请过目 To look at", "已收录，但有疑问。\n\nTaken, with a doubt."),
    "derived": (
        "由程序拟定的标题 Headlines made by us",
        "原始记录没有标题；如知道原题，请写进文章文件。\n\n"
        "The dump had none; write one into the file if you know better.",
    ),
    "duplicate": (
        "重复 Duplicates",
        "列在所发布那一篇的 Other-Sources 里。\n\nNamed in Other-Sources of the article that is published.",
    ),
}
"""Kind of finding -> its heading and what to do, in the order of the report."""


class Finding(NamedTuple):
    """Something a person may want to look at."""

    kind: str
    where: str
    """Dump file and line."""

    text: str = ""
    slug: str = ""
    """Article it concerns."""


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

    refused: tuple[Refusal, ...]
    """The first MAX_LISTED; without the record itself, which stands in refused.jsonl."""

    folder: Path | None
    """Where the import report was written."""

    @property
    def unchanged(self) -> int:
        """Articles that stood on the shelf as they should."""
        return max(self.taken - self.written, 0)

    def __str__(self) -> str:
        counts = (
            f"{self.written} written, {self.unchanged} unchanged, "
            f"{self.duplicates} duplicate, {self.refused_count} refused"
        )  # fmt: skip
        rare = {
            "withdrawn": self.withdrawn,
            "edited by hand and now different": self.edited,
            "vanished from the dumps": self.vanished,
        }
        return counts + "".join(f", {count} {name}" for name, count in rare.items() if count)


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
        edited=sum(1 for _ in overtaken(db)), vanished=sum(1 for _ in vanished(db)),
        refused=tuple(_refusal(origin, reason) for _, (_, origin, reason) in listed), folder=folder,
    )  # fmt: skip
    if folder is not None:
        _write(db, report, folder)
    return report


def findings(db: sqlite3.Connection) -> Iterator[Finding]:
    """All findings, kind by kind in the order of KINDS."""
    yield from (Finding("refused", origin, reason) for _, origin, reason in refusals(db))
    yield from (Finding("edited", origin, "", slug) for slug, origin in overtaken(db))
    gone = [Finding(_vanished_kind(db, slug), origin, "", slug) for slug, origin in vanished(db)]
    yield from sorted(gone)
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


def _vanished_kind(db: sqlite3.Connection, slug: str) -> str:
    """Whether another record tells the story of the vanished article *slug*: then it has changed."""
    row = db.execute("SELECT node.id FROM node JOIN article USING (sha) WHERE slug = ?", (slug,)).fetchone()
    nodes = kin(db, row[0]) if row else []
    # `+`: the index of nodes is to be used, not that of dumps, which would be read through for each article
    query = f"SELECT 1 FROM record WHERE +dump IS NOT NULL AND node IN ({','.join('?' * len(nodes))})"
    return "changed" if db.execute(query, nodes).fetchone() else "vanished"


def _refusal(origin: str, reason: str) -> Refusal:
    path, _, line = origin.rpartition(":")
    return Refusal(Origin(path, int(line)), reason) if line.isdecimal() else Refusal(Origin(origin), reason)


def _write(db: sqlite3.Connection, report: Report, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "refused.jsonl").open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        for record, origin, reason in refusals(db):
            _dump({"where": origin, "reason": reason, "raw": body_of(db, record)}, file)
    with (
        (folder / "report.jsonl").open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as lines,
        (folder / "report.md").open("w", encoding="utf-8", errors="replace", newline="\n") as page,
    ):
        page.write(f"# 导入报告 Import\n\n{report}.\n\n{_table(report)}")
        kind, shown = "", 0
        for finding in findings(db):
            _dump({name: value for name, value in finding._asdict().items() if value}, lines)
            if finding.kind != kind:
                kind, shown = finding.kind, 0
                page.write("\n## {}\n\n{}\n\n".format(*KINDS[kind]))
            shown += 1
            if shown <= MAX_LINES:
                page.write(_item(finding))
            elif shown == MAX_LINES + 1:
                page.write(f"- … 其余见 report.jsonl 的 `{kind}` the rest stands in report.jsonl, under `{kind}`\n")


def _dump(value: dict[str, str], file: TextIO) -> None:
    file.write(json.dumps(value, ensure_ascii=not _is_text(value)) + "\n")


def _is_text(value: dict[str, str]) -> bool:
    """Whether *value* can be written as it is; half a surrogate pair cannot."""
    return not any("\ud800" <= char <= "\udfff" for text in value.values() for char in text)


def _table(report: Report) -> str:
    rows = {
        "原始记录 records in the dumps": report.records, "已发布 published": report.taken,
        "重复 duplicates": report.duplicates, "未收录 refused": report.refused_count,
        "已撤下 withdrawn": report.withdrawn, "本次写入文件 files written by this run": report.written,
        "本次移除文件 files removed by this run": report.removed,
    }  # fmt: skip
    return "| | |\n|---|--:|\n" + "".join(f"| {name} | {count} |\n" for name, count in rows.items())


def _item(finding: Finding) -> str:
    text = " ".join(finding.text.split()).replace("<", "&lt;")
    return f"- `{finding.where}`{f' → {finding.slug}' if finding.slug else ''}{f': {text}' if text else ''}\n"
