"""The import report as a page to work through: findings of one reason together, each with its first places."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from .reasons import in_chinese, kind_of

MAX_LINES = 200
"""Findings of a kind that are listed one by one; report.jsonl lists all."""

MAX_EXAMPLES = 5
MAX_REASONS = 300
"""Reasons told apart; what comes after them is counted under OTHERS."""

OTHERS = "其他 others"
KINDS = {
    "refused": (
        "未收录 Refused",
        "没有收入的记录，全文在 refused.jsonl；请修好原始文件再运行，或不予理会。\n\n"
        "Not taken. The records stand in refused.jsonl; mend the dump, or leave them.",
    ),
    "unknown": (
        "列为撤下而查无此篇 Withdrawn, but unknown",
        "撤下名单里的这些编号不属于任何文章或记录，什么也没有撤下；请照文章页上的编号改正。"
        "若原始文件已不在而 .newsarchive 又删过，则无妨。\n\n"
        "These numbers on the list of withdrawn articles belong to no article and no record: nothing was taken down. "
        "Copy them from the articles' pages. Nothing is wrong where the dump is gone and .newsarchive was deleted.",
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
    "outside": (
        "记录之外的文字 Outside of records",
        "太短，不成报道，如频道名称；若是报道的一部分，请修好原始文件的格式。\n\n"
        "Too few words for a story, such as the name of a feed; if they belong to one, mend the dump.",
    ),
}
"""Kind of finding -> its heading and what to do, in the order of the report."""

BY_REASON = ("refused", "warning")
"""Kinds whose findings say why; those of the other kinds differ in the article alone."""


class Finding(NamedTuple):
    """Something a person may want to look at."""

    kind: str
    where: str
    """Dump file and line."""

    text: str = ""
    slug: str = ""
    """Article it concerns."""


@dataclass(slots=True)
class _Group:
    """Findings of one reason."""

    text: str
    """Reason of the first."""

    count: int = 0
    first: list[Finding] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        self.count += 1
        if len(self.first) < MAX_EXAMPLES:
            self.first.append(finding)


def sections(findings: Iterable[Finding]) -> Iterator[str]:
    """The parts of the page on *findings*, which come kind by kind; memory is bounded whatever their number."""
    for kind, found in groupby(findings, key=attrgetter("kind")):
        yield "\n## {}\n\n{}\n\n".format(*KINDS[kind])
        tell = _by_reason if kind in BY_REASON else partial(_listed, kind)
        yield from tell(found)


def _by_reason(findings: Iterable[Finding]) -> Iterator[str]:
    groups: dict[str, _Group] = {}
    for finding in findings:
        kind = kind_of(finding.text)
        if kind not in groups and len(groups) >= MAX_REASONS:
            kind = OTHERS
        groups.setdefault(kind, _Group(finding.text if kind != OTHERS else OTHERS)).add(finding)
    for group in sorted(groups.values(), key=lambda group: -group.count):
        yield f"### {group.count} × {_line(in_chinese(group.text))}\n\n{_line(group.text)}\n\n"
        yield from map(_item, group.first)
        if group.count > len(group.first):
            yield f"- … 另有 {group.count - len(group.first)} 条，见 report.jsonl; the others stand in report.jsonl\n"
        yield "\n"


def _listed(kind: str, findings: Iterable[Finding]) -> Iterator[str]:
    count = 0
    for count, finding in enumerate(findings, 1):
        if count <= MAX_LINES:
            yield _item(finding)
    if count > MAX_LINES:
        yield f"- … 另有 {count - MAX_LINES} 条，见 report.jsonl 的 `{kind}`; the others stand there under `{kind}`\n"


def _item(finding: Finding) -> str:
    slug = f" → {finding.slug}" if finding.slug else ""
    return f"- `{finding.where}`{slug}{f': {_line(finding.text)}' if finding.text else ''}\n"


def _line(text: str) -> str:
    return " ".join(text.split()).replace("<", "&lt;")
