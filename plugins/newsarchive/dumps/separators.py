"""Marks that part the articles of a plain text: form feeds, underlined titles, rules, numbers, lines that come again.

A mark alone is no evidence, for single articles hold rules and numbered lists too: what stands between
the marks must begin as articles do, with a title and a source, a day or a dateline.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter

from .dump import MAX_RECORD_CHARS, Line
from .layout import CLOCK, DAY, DAY_LINE, is_head_line, is_opening, is_title_line

STORY_CHARS = 60
"""A line this long is prose; shorter ones may be titles, captions, signatures."""

MAX_MARK_CHARS = 24
MAX_CANDIDATES = 5
START_LINES = 5
SHORT_RULE = re.compile(r"\s*([^\w\s.。…!！?？,，、]{1,3}?)(?:[ \t]?\1){2,}\s*")
UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|＝{2,}|－{2,}|—{2,}|~{3,})\s*")
COUNTED = r"(?P<{name}>[0-9０-９]{{1,4}}|[一二三四五六七八九十百]{{1,5}})"
NUMBER = re.compile(
    rf"\s*(?:第{COUNTED.format(name='nth')}[篇條条則则][:：.、．]?"
    rf"|(?P<open>[【〔\[（(]?){COUNTED.format(name='number')}(?P<close>[】〕\]）)]|[.．、]))\s*(?P<rest>.*)"
)
HEAD_DAY = re.compile(rf"{DAY_LINE.pattern}|\s*(?:{DAY})(?:{CLOCK})?[\s|·]+[^\s。，,]{{2,12}}\s*")
"""A day at the head of an article, alone or with the outlet behind it."""

ENDS = "。！？!?…”」』）)"
NUMERALS = {char: value for value, char in enumerate("一二三四五六七八九", 1)} | {"十": 10, "百": 100}

Parting = Callable[[Iterable[Line]], Iterator[list[Line]]]
"""The lines of a dump -> its articles."""

Mark = Callable[[str], str]
"""A line -> what it does: "" nothing, or one of the following."""

FIRST, LAST, BETWEEN = "first", "last", "between"


def separated(lines: Sequence[str]) -> Parting | None:
    """How *lines*, the beginning of a dump, are parted by marks that leave no doubt; None if they are not."""
    filled = [line for line in lines if line.strip()][:2]
    if len(filled) == 2 and _is_underlined(*filled) and _parts(_by_underlines, lines, _is_titled):
        return _by_underlines
    if _parts(_by_pages, lines, _is_titled):
        return _by_pages
    numbered = (_by_marks(_counting(style)) for style in _numbered(lines))
    return _best((*numbered, _by_marks(_rule)), lines)


def repeated(lines: Sequence[str]) -> Parting | None:
    """How *lines* are parted by a short line that comes again and again, such as `（完）`; None if by none."""
    filled = Counter(_shape(line) for line in lines if _may_part(line))
    shapes = [shape for shape, count in filled.most_common(MAX_CANDIDATES) if count > 1]
    return _best((_by_marks(_like(shape, role)) for shape in shapes for role in (LAST, FIRST)), lines)


def dated(lines: Sequence[str]) -> Parting | None:
    """How *lines* are parted by titles with a day below; None if they are not."""
    return _by_days if _parts(_by_days, lines, is_article) else None


def _best(candidates: Iterable[Parting], lines: Sequence[str]) -> Parting | None:
    """The one of *candidates* that parts *lines* into most articles."""
    counted = ((_parts(parting, lines, is_article), parting) for parting in candidates)
    count, best = max(counted, key=itemgetter(0), default=(0, None))
    return best if count else None


def _parts(parting: Parting, lines: Sequence[str], is_begun: Callable[[Sequence[str]], bool]) -> int:
    """Into how many pieces *parting* cuts *lines*, if nearly all begin as articles do; the last may be cut off."""
    pieces = parting(Line(number, line + "\n", "") for number, line in enumerate(lines, 1))
    texts = [[line.text.strip() for line in piece if line.text.strip()] for piece in pieces]
    texts = [text for text in texts if text]
    if len(texts) < 2 or len({text[0] for text in texts}) < len(texts) * 0.8:
        return 0  # one piece, or pages that all begin with the same line
    whole = texts[:-1] if len(texts) > 2 and not is_begun(texts[-1]) else texts
    is_sure = is_begun(texts[0]) and sum(map(is_begun, whole)) * 10 >= len(whole) * 9
    return len(texts) if is_sure else 0


def is_article(lines: Sequence[str]) -> bool:
    """Whether the filled *lines* begin with a title and a head, or open as a story, and tell one.

    >>> is_article(["防汛会议召开", "2019-11-20", "市政府昨日开会，" * 9]), is_article(["二、领导", "各部门要" * 20])
    (True, False)
    """
    if sum(map(len, lines)) < STORY_CHARS:
        return False
    for line in islice(lines, START_LINES):
        text = _unnumbered(line)
        if is_head_line(text) or HEAD_DAY.fullmatch(text) or is_opening(text):
            return True
        if not is_title_line(line):
            return False
    return False


def _is_titled(lines: Sequence[str]) -> bool:
    """Whether *lines* are an article, or at least a title and a sentence; enough where a mark is plain."""
    if is_article(lines):
        return True
    prose = next((line for line in lines[1:START_LINES] if len(line) >= STORY_CHARS // 2), "")
    return is_title_line(lines[0]) and lines[0][-1] not in ENDS and prose.endswith(tuple(ENDS))


def _unnumbered(line: str) -> str:
    found = NUMBER.fullmatch(line)
    return found["rest"] if found and found["rest"] else line


def _by_pages(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Pieces that begin after form feeds."""
    piece: list[Line] = []
    for line in _bounded(lines):
        before, *pages = line.text.split("\f") if line else [""]
        if line is None or pages:
            yield [*piece, line._replace(text=before)] if line and before.strip() else piece
            piece = []
        if line is None:
            continue
        for page in pages[:-1]:
            yield [line._replace(text=page)]
        rest = pages[-1] if pages else line.text
        piece += [line._replace(text=rest)] if rest else []
    yield piece


def _bounded(lines: Iterable[Line]) -> Iterator[Line | None]:
    """*lines*, with None where the lines since the last one are too long for one record."""
    size = 0
    for line in lines:
        size = 0 if "\f" in line.text else size + line.cost
        if size >= MAX_RECORD_CHARS:
            yield None
            size = 0
        yield line


def _by_second_lines(is_head: Callable[[str, str], bool], keeps: bool) -> Parting:
    """Parting before each line that *is_head* knows with the one below it, which the piece *keeps* or not."""

    def parted(lines: Iterable[Line]) -> Iterator[list[Line]]:
        piece: list[Line] = []
        size = 0
        for line in lines:
            if piece and is_head(piece[-1].text.strip(), line.text.strip()):
                if piece[:-1]:
                    yield piece[:-1]
                piece, size = piece[-1:], 0
                if not keeps:
                    continue
            if size >= MAX_RECORD_CHARS:
                yield piece
                piece, size = [], 0
            piece.append(line)
            size += line.cost
        yield piece

    return parted


def _is_underlined(title: str, below: str) -> bool:
    return bool(UNDERLINE.fullmatch(below)) and is_title_line(title) and not UNDERLINE.fullmatch(title)


def _is_dated(title: str, below: str) -> bool:
    return bool(HEAD_DAY.fullmatch(below)) and is_title_line(title)


_by_underlines = _by_second_lines(_is_underlined, keeps=False)
_by_days = _by_second_lines(_is_dated, keeps=True)


def _by_marks(made: Callable[[], Mark]) -> Parting:
    """Parting by lines to which a mark, *made* anew for each reading, gives a role."""

    def parted(lines: Iterable[Line]) -> Iterator[list[Line]]:
        role_of = made()
        piece: list[Line] = []
        size = 0
        for line in lines:
            role = role_of(line.text.strip())
            if piece and (role in (FIRST, BETWEEN) or size >= MAX_RECORD_CHARS):
                yield piece
                piece, size = [], 0
            if role != BETWEEN:
                piece.append(line)
                size += line.cost
            if role == LAST:
                yield piece
                piece, size = [], 0
        yield piece

    return parted


def _rule() -> Mark:
    return lambda line: BETWEEN if SHORT_RULE.fullmatch(line) else ""


def _like(shape: str, role: str) -> Callable[[], Mark]:
    """A mark that gives *role* to every line of *shape*."""
    return lambda: lambda line: role if _shape(line) == shape else ""


def _may_part(line: str) -> bool:
    text = line.strip()
    return 1 < len(text) <= MAX_MARK_CHARS and not is_head_line(text) and not DAY_LINE.fullmatch(text)


def _shape(line: str) -> str:
    """*line* without what counts on: `=== 第3篇 ===` and `=== 第12篇 ===` are one."""
    return re.sub(r"[\d一二三四五六七八九十百]+", "0", line.strip()) if len(line) <= 2 * MAX_MARK_CHARS else ""


def _numbered(lines: Sequence[str]) -> list[str]:
    """Styles of the numbers that begin lines, such as `0.` or `【0】`, which count 1, 2."""
    styles = dict.fromkeys(_style(found) for line in lines if (found := NUMBER.fullmatch(line)) and _value(found) == 1)
    return list(islice(styles, MAX_CANDIDATES))


def _counting(style: str) -> Callable[[], Mark]:
    """A mark for lines numbered in *style*, each by one more than the last."""

    def made() -> Mark:
        expected = 1

        def role_of(line: str) -> str:
            nonlocal expected
            found = NUMBER.fullmatch(line)
            if not found or _style(found) != style or _value(found) != expected:
                return ""
            expected += 1
            return FIRST

        return role_of

    return made


def _style(found: re.Match[str]) -> str:
    kind = "一" if (found["nth"] or found["number"])[0] in NUMERALS else "0"
    return "第" + kind if found["nth"] else found["open"] + kind + found["close"]


def _value(found: re.Match[str]) -> int:
    """What the numeral of a numbered line says.

    >>> [_value(NUMBER.fullmatch(line)) for line in ("十二、甲", "（二十）乙", "第百篇", "１２.丙")]
    [12, 20, 100, 12]
    """
    numeral = found["nth"] or found["number"]
    if numeral[0] not in NUMERALS:
        return int(unicodedata.normalize("NFKC", numeral))
    value, digit = 0, 0
    for char in numeral:
        if NUMERALS[char] < 10:
            digit = NUMERALS[char]
        else:
            value, digit = value + (digit or 1) * NUMERALS[char], 0
    return value + digit
