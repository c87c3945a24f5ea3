"""Markdown: front matter, one article a file or one a section, HTML inside; the day may stand in name or heading."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from ..article import Record, Refusal
from ..vocabulary.fields import TEXT, field_of
from .dump import MAX_RECORD_CHARS, Dump, Line, refusal
from .layout import is_head_line, is_opening
from .markup import paragraphs
from .taking import take

NAME = "markdown"
NAMES = (".md", ".markdown", ".mdown", ".mkd")
HEADING = re.compile(r"(#{1,6})[ \t\u3000]*+(?!#)(\S.*)\s*")
TABLE = re.compile(r"\s*\|[^\n]*\|[ \t]*\r?\n\s*\|[-: |]+\|[ \t]*\r?\n\s*\|")
FENCE = re.compile(r"(---|\+\+\+|;;;)\s*")
META = re.compile(r"([\w\u4e00-\u9fff][\w \-.\u4e00-\u9fff]{0,30}?)\s*[:=：]\s*(.*)")
ITEM = re.compile(r"\s*[-*]\s+(.*)")
DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-_/.年]?(0[1-9]|1[0-2]|[1-9](?=[-_/.月]))[-_/.月]?(0[1-9]|[12]\d|3[01]|[1-9](?!\d))(?!\d)"
)
LISTED = re.compile(r"\s*(?:[-*+•]|[(（]?\d{1,3}[.．、)）])\s*\S.{0,120}")
MIN_STORY_CHARS = 40
MAX_HEADING_CHARS = 400
INLINE = (
    (re.compile(r"!\[[^\]]{0,300}\]\((?:[^()]|\([^()]{0,300}\)){0,2000}+\)"), ""),
    (re.compile(r"\[([^\[\]]{1,300})\]\((?:[^()]|\([^()]{0,300}\)){0,2000}+\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![A-Za-z0-9*])\*(?=\S)([^*\n]{1,500})(?<=\S)\*(?![A-Za-z0-9*])"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"^[ \t]*(?:>[ \t]?)+", re.M), ""),
    (re.compile(r"^#{1,6}[ \t]*|(?<![ \t#])[ \t]+#+$", re.M), ""),
    (re.compile(r"^[ \t]*[*+-][ \t]+(?=\S)", re.M), ""),
    (re.compile(r"^[ \t]*(?:[-*_][ \t]?){3,}$|^[ \t]*(?:```|~~~).*$|^={3,}$", re.M), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~|])"), r"\1"),
)


class _Piece(NamedTuple):
    """A stretch of lines under one heading."""

    level: int
    title: str
    lines: list[Line]


def sniff(name: str, head: str) -> bool:
    """Whether the file is named as Markdown and no table, or begins with front matter."""
    if TABLE.match(head):
        return False
    return name.endswith(NAMES) or (bool(FENCE.match(head)) and bool(_front_matter(head.split("\n"))[0]))


def read(dump: Dump) -> Iterator[Record | Refusal]:
    """The records of a Markdown *dump*."""
    head = dump.head.split("\n")
    meta, length = _front_matter(head)
    level = _section_level(head[length:], dump.name)
    lines = dump.lines()
    day = day_in(dump.name)
    said: dict[str, object] = {"date": day} if day else {}
    kept = list(islice(lines, length))
    for piece in _pieces(lines, level):
        if level and piece.level != level:
            kept += piece.lines
            day = day_in(piece.title)
            said = {**said, "date": day} if day else said
        else:
            yield _record(piece, {**said, **meta}, kept, dump)
            kept = []
    if any(line.text.strip() for line in kept):
        yield refusal(
            dump.origin(kept[0].number, kept[0].encoding), "no article below this", "".join(line.text for line in kept)
        )


def _record(piece: _Piece, said: dict[str, object], above: Sequence[Line], dump: Dump) -> Record | Refusal:
    """The record on the lines of *piece*; what stood *above* it and in no record is kept in its raw text."""
    raw = "".join(line.text for line in (*above, *piece.lines))
    first = (piece.lines or above)[0]
    body = "".join(line.text for line in piece.lines[bool(piece.title) :])
    values: dict[str, object] = {"title": plain(piece.title)} if piece.title else {}
    return take(
        {**said, **values, TEXT: plain(body)} if body.strip() else values,
        dump.origin(first.number, first.encoding),
        raw,
        dump,
    )


def plain(text: str) -> str:
    """*text* of Markdown without marks.

    >>> plain("**央视网消息**：[链接](http://a.cn)<p>气温*骤降*</p>\\n\\n> 引文")
    '央视网消息：链接\\n气温骤降\\n引文'
    """
    for pattern, replacement in INLINE:
        text = pattern.sub(replacement, text)
    return paragraphs(text)


def day_in(text: str) -> str:
    """A full date in *text*, such as a file name, as ISO 8601; empty if there is none.

    >>> day_in("20220926.md"), day_in("《新闻联播》 (2022年9月6日)"), day_in("5g-2022.md")
    ('2022-09-26', '2022-09-06', '')
    """
    found = DAY.search(text)
    return f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}" if found else ""


class _Heading(NamedTuple):
    """A line of Markdown that heads a section."""

    level: int
    words: str


def heading_of(line: str) -> _Heading | None:
    """The heading *line* is; marks that close it are no words.

    >>> heading_of("## 防汛 ##"), heading_of("#防汛"), heading_of("防汛")
    (_Heading(level=2, words='防汛'), _Heading(level=1, words='防汛'), None)
    """
    found = HEADING.fullmatch(line) if line.startswith("#") and len(line) <= MAX_HEADING_CHARS else None
    return _Heading(len(found[1]), found[2].rstrip().rstrip("#").rstrip(" \t")) if found else None


def _front_matter(lines: Sequence[str]) -> tuple[dict[str, object], int]:
    """(fields, number of lines) of the front matter: fenced, or Pelican's `Name: value` lines."""
    first = lines[0].strip().removeprefix("\ufeff") if lines else ""
    if FENCE.fullmatch(first):
        end = next((at for at, line in enumerate(lines[1:200], 1) if line.strip() in (first, "...")), 0)
        return (_fields(lines[1:end]), end + 1) if end else ({}, 0)
    end = next(
        (
            at
            for at, line in enumerate(lines[:60])
            if not META.fullmatch(line.rstrip("\r")) and not line.startswith("    ")
        ),
        0,
    )
    fields = _fields(lines[:end])
    return (
        (fields, end)
        if sum(bool(field_of(key)) for key in fields) > 1 and "title" in map(field_of, fields)
        else ({}, 0)
    )


def _fields(lines: Sequence[str]) -> dict[str, object]:
    """Fields of YAML's or TOML's simple kind: a value, or a list of values, a key."""
    found: dict[str, object] = {}
    key = ""
    for line in lines:
        item = ITEM.fullmatch(line)
        if item and key:
            old = found.get(key)
            found[key] = [*(old if isinstance(old, list) else []), _unquoted(item[1])]
        elif meta := META.fullmatch(line.strip()):
            key, value = meta[1], meta[2].strip()
            if value.startswith("[") and value.endswith("]"):
                found[key] = [_unquoted(part) for part in value[1:-1].split(",")]
            else:
                found[key] = _unquoted(value)
    return found


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _section_level(lines: Sequence[str], name: str) -> int:
    """Level of the headings that part articles; 0 if the file is one article."""
    found: dict[int, list[str]] = {}
    bodies: dict[int, list[str]] = {}
    level, title = 0, ""
    for line in lines:
        if heading := heading_of(line):
            level = heading.level
            found.setdefault(level, []).append(heading.words)
            bodies.setdefault(level, []).append("")
            title = title or heading.words
        elif level:
            bodies[level][-1] += line.strip() + "\n"
    storied = [level for level in sorted(found) if _are_stories(bodies[level])]
    if not storied:
        return 0
    is_day_file = bool(day_in(title) or day_in(name))
    for level in storied:
        is_top = level == min(found) and len(found[level]) > 1
        opened = sum(map(_opens, bodies[level])) * 2 > len(bodies[level])
        deepest_of_day = is_day_file and level == _most(bodies, storied)
        if (is_top and not is_day_file) or deepest_of_day or (opened and len(found[level]) > 1):
            return level
    return 0


def _are_stories(bodies: Sequence[str]) -> bool:
    """Whether most of *bodies* are prose."""
    return sum(len(body) >= MIN_STORY_CHARS for body in bodies) * 2 > len(bodies)


def _most(bodies: dict[int, list[str]], levels: Sequence[int]) -> int:
    """The level that holds most text, contents lists left out."""
    return max(levels, key=lambda level: sum(len(body) for body in bodies[level] if not _is_list(body)))


def _is_list(body: str) -> bool:
    """Whether *body* is a list, as of the day's headlines."""
    lines = [line for line in body.split("\n") if line.strip()]
    return sum(bool(LISTED.fullmatch(line)) for line in lines) * 2 > len(lines)


def _opens(body: str) -> bool:
    """Whether *body* begins as a story of its own does."""
    lines = [line for line in paragraphs(body[:600]).split("\n") if line.strip()][:3]
    return any(is_opening(line) or is_head_line(line) for line in lines)


def _pieces(lines: Iterator[Line], level: int) -> Iterator[_Piece]:
    """*lines* cut before each heading of *level* or above; all of them where *level* is 0, without a first heading."""
    piece = _Piece(0, "", [])
    size, is_code = 0, False
    for line in lines:
        is_code ^= line.text.startswith(("```", "~~~"))
        heading = None if is_code else heading_of(line.text)
        is_first = not level and heading and not any(part.text.strip() for part in piece.lines)
        if (level and heading and heading.level <= level) or is_first or size >= MAX_RECORD_CHARS:
            if any(part.text.strip() for part in piece.lines):
                yield piece
            piece = _Piece(heading.level, heading.words, []) if heading else _Piece(level, "", [])
            size = 0
        piece.lines.append(line)
        size += line.cost
    if any(part.text.strip() for part in piece.lines):
        yield piece
