"""Posts of bulletin boards, as their archives keep them: three lines of head above each, a signature below.

发信人: lan (兰), 信区: News          作者  lan (蘭)  看板  News
标  题: …                             標題  …
发信站: 水清站 (Sat May  3 09:12:30 2014), 站内      時間  Sat May  3 09:12:30 2014
"""

import re
from collections.abc import Iterator

from ..article import Record, Refusal
from .dump import MAX_RECORD_CHARS, Dump, Line
from .taking import take

NAME = "posts"
POSTER = re.compile(
    r"(?:发信人|發信人|寄信人|作者)(?:\s*+[:：])?+\s++(?P<poster>\S.{0,60}?)"
    r"[,，]?\s+(?:信区|信區|看板|版面|讨论区|討論區)(?:\s*+[:：])?+\s*+(?P<board>\S.{0,40})"
)
TITLE = re.compile(r"(?:标|標)\s{0,4}(?:题|題)(?:\s*+[:：])?+\s++(?P<title>\S.*)")
STATION = re.compile(
    r"(?:发信站|發信站|时\s{0,4}间|時\s{0,4}間|日\s{0,4}期)(?:\s*+[:：])?+\s++(?P<station>(?:[^(（\s][^(（]{0,40}?)??)\s*"
    r"[(（]?"
    r"(?P<date>[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}"
    r"|\d{4}\D\d{1,2}\D\d{1,2}[^)）]{0,30}?)[)）]?(?:[,，].*)?"
)
HEAD = (POSTER, TITLE, STATION)
SIGNATURE = re.compile(r"--\s*")
FOOT = re.compile(r"\s*(?:※|◆|推 |嘘 |噓 |→ ).*")


def sniff(name: str, head: str) -> bool:
    """Whether *head* begins with the head of a post."""
    return _is_head(head.lstrip("\r\n \u3000").split("\n", len(HEAD))[: len(HEAD)])


def _is_head(lines: list[str]) -> bool:
    return len(lines) == len(HEAD) and all(form.fullmatch(line.strip()) for form, line in zip(HEAD, lines, strict=True))


def read(dump: Dump) -> Iterator[Record | Refusal]:
    """The posts of a *dump*; one begins with each head."""
    piece: list[Line] = []
    size = 0
    for line in dump.lines():
        piece.append(line)
        size += line.cost
        is_new = len(piece) > len(HEAD) and _is_head([one.text for one in piece[-len(HEAD) :]])
        if is_new or size >= MAX_RECORD_CHARS:
            cut = len(piece) - len(HEAD) * is_new
            yield from _posts(piece[:cut], dump)
            piece = piece[cut:]
            size = sum(one.cost for one in piece)
    yield from _posts(piece, dump)


def _posts(piece: list[Line], dump: Dump) -> Iterator[Record | Refusal]:
    """The post on the lines of *piece*, if they are no blanks."""
    first = next((at for at, line in enumerate(piece) if line.text.strip()), -1)
    if first < 0:
        return
    lines = [line.text.rstrip("\r\n") for line in piece[first:]]
    values: dict[str, object] = {}
    if _is_head(lines[: len(HEAD)]):
        for form, line in zip(HEAD, lines, strict=False):
            found = form.fullmatch(line.strip())
            values |= {key: text for key, text in (found.groupdict() if found else {}).items() if text}
        lines = lines[len(HEAD) :]
    body, foot = _parted(lines)
    values |= {"text": "\n".join(body)} | ({"signature": "\n".join(foot)} if foot else {})
    if station := values.pop("station", ""):
        values["source"] = station
    origin = dump.origin(piece[first].number, piece[first].encoding)
    yield take(values, origin, "".join(line.text for line in piece), dump)


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """(the post, its signature with what the board wrote below it); a `--` within a post parts nothing."""
    ends = [at for at, line in enumerate(lines) if SIGNATURE.fullmatch(line)]
    marked = next((at for at, line in enumerate(lines) if FOOT.fullmatch(line)), len(lines))
    cut = next((at for at in reversed(ends) if at < marked), marked)
    return (lines[:cut], lines[cut:]) if any(line.strip() for line in lines[:cut]) else (lines, [])
