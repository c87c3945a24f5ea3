"""Rows -> records: what each column holds, by its heading, the owner's mapping, or the shape of its values."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from statistics import mean
from typing import NamedTuple

from ..article import Origin, Record, Refusal
from ..vocabulary.fields import TEXT, field_of, plain_key, words
from .dump import Dump
from .markup import one_line
from .taking import take

SAMPLE_ROWS = 60
MOST_SAMPLED = 600
"""Rows, sound or broken, that are held while what a column holds is found out."""

MAX_HEADING_CHARS = 30
MAX_LABEL_CHARS = 10
MAX_TITLE_CHARS = 90
MIN_STORY_CHARS = 15
"""A column without a known name is taken for the story only if its values are this long on average."""

URL = re.compile(r"(?:https?:)?//\S+|www\.\S+")
NUMBER = re.compile(r"[-+]?[\d.,%]+|0x[0-9a-fA-F]+|[0-9a-fA-F-]{24,36}|")
DATE = re.compile(
    r"\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?(?:[ T　]*\d{1,2}[:：时]\d{1,2}.{0,16})?"
    r"|(?:19|20)\d{6}(?:\d{6})?|1[0-7]\d{8}(?:\d{3})?"
)
HAN = re.compile("[\u3400-\u9fff]")


class Row(NamedTuple):
    """One row as it stands in the dump."""

    cells: Sequence[str]
    origin: Origin
    raw: str
    joint: str = ","
    """What stood between the cells."""


def named(rows: Iterable[Row | Refusal], dump: Dump, heading: Sequence[str] = ()) -> Iterator[Record | Refusal]:
    """Records of *rows*; *heading* are the names of the columns where the dump tells them elsewhere."""
    begun, rows = beginning(rows)
    sample = only_rows(begun)
    names = tuple(heading) or columns_of(sample, dump)
    first = sample[0].cells if sample and not heading and _has_heading(sample, dump) else None
    names = with_story(names, sample[1:] if first else sample)
    for row in chain(begun, rows):
        if isinstance(row, Refusal):
            yield row
        elif row.cells != first:  # files appended to each other repeat their heading
            cells = fitted(row, names)
            said = {name: cell for name, cell in zip(names, cells, strict=False) if name}
            yield take(said, row.origin, row.raw, dump)


def beginning(rows: Iterable[Row | Refusal]) -> tuple[list[Row | Refusal], Iterator[Row | Refusal]]:
    """(the first of *rows* up to SAMPLE_ROWS that are sound, what follows)."""
    rows, begun, sound = iter(rows), list[Row | Refusal](), 0
    for row in islice(rows, MOST_SAMPLED):
        begun.append(row)
        sound += isinstance(row, Row)
        if sound == SAMPLE_ROWS:
            break
    return begun, rows


def only_rows(items: Iterable[Row | Refusal]) -> list[Row]:
    """Those of *items* that are sound."""
    return [item for item in items if isinstance(item, Row)]


def _has_heading(sample: Sequence[Row], dump: Dump) -> bool:
    said = dump.mapping.header
    return is_heading(sample[0].cells) if said is None else said


def columns_of(sample: Sequence[Row], dump: Dump) -> tuple[str, ...]:
    """Names of the columns by mapping, heading or guess, in this order; empty for one nothing is known of."""
    if dump.mapping.columns:
        return dump.mapping.columns
    if sample and _has_heading(sample, dump):
        return tuple(map(one_line, sample[0].cells))
    return guessed([row.cells for row in sample])


def is_heading(cells: Sequence[str]) -> bool:
    """Whether *cells* name columns: short words, two of them known, or all.

    >>> is_heading(["label", "text"]), is_heading(["娱乐", "本报讯（记者张三）"])
    (True, False)
    """
    if any(len(cell) > MAX_HEADING_CHARS or (cell and NUMBER.fullmatch(cell)) for cell in cells):
        return False
    filled = [cell for cell in cells if cell.strip()]
    known = sum(bool(field_of(plain_key(cell))) for cell in filled)
    return known > 1 or 0 < known == len(filled)


def fitted(row: Row, names: Sequence[str]) -> Sequence[str]:
    """The cells of *row*, those too many joined again: a delimiter stood in the story."""
    extra = len(row.cells) - len(names)
    story = next((place for place, name in enumerate(names) if field_of(name) == TEXT), -1)
    if extra <= 0 or story < 0:
        return row.cells
    return [*row.cells[:story], row.joint.join(row.cells[story : story + extra + 1]), *row.cells[story + extra + 1 :]]


def with_story(names: Sequence[str], sample: Sequence[Row]) -> tuple[str, ...]:
    """*names*, and if none is the story's, the unknown column with the longest prose is."""
    if any(field_of(name) in (TEXT, "summary") for name in names):
        return tuple(names)
    lengths = {
        place: mean([len(HAN.findall(row.cells[place])) if place < len(row.cells) else 0 for row in sample] or [0])
        for place, name in enumerate(names)
        if not field_of(name)
    }
    best = max(lengths, key=lambda place: lengths[place], default=-1)
    if best < 0 or lengths[best] < MIN_STORY_CHARS:
        return tuple(names)
    return (*names[:best], TEXT, *names[best + 1 :])


def guessed(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Names for columns without any, by the shape of their values.

    >>> guessed([["30", "春节期间最高可达25度", "大洋网-广州日报", "1390982355", "本报讯春节期间广东天气比较理想" * 9]])
    ('', 'title', 'source', 'date', 'text')
    """
    width = max(map(len, rows), default=0)
    columns = [[row[place].strip() for row in rows if place < len(row)] for place in range(width)]
    names = dict[int, str]()
    prose = [place for place in range(width) if not _all_like(columns[place], URL, NUMBER)]
    story = max(prose, key=lambda place: mean(map(len, columns[place])), default=0)
    names[story] = TEXT
    for name, test in _SHAPES:
        fit = [place for place in range(width) if place not in names and test(columns[place])]
        if fit:
            best = max(fit, key=lambda place: mean(map(len, columns[place]))) if name == "title" else fit[0]
            names[best] = name
    return tuple(names.get(place, "") for place in range(width))


def _all_like(values: Sequence[str], *patterns: re.Pattern[str]) -> bool:
    """Whether nine tenths of *values* are like one of *patterns*."""
    filled = [value for value in values if value]
    return sum(any(p.fullmatch(value) for p in patterns) for value in filled) * 10 >= len(filled) * 9


def _is_date(values: Sequence[str]) -> bool:
    return any(values) and _all_like(values, DATE)


def _is_url(values: Sequence[str]) -> bool:
    return any(values) and _all_like(values, URL)


def _is_outlet(values: Sequence[str]) -> bool:
    """Whether most *values* end like the name of an outlet and none is as long as a headline."""
    ends = words("outlets")
    filled = [value for value in values if value]
    return bool(filled) and max(map(len, filled)) <= 20 and sum(v.endswith(ends) for v in filled) * 2 > len(filled)


def _is_label(values: Sequence[str]) -> bool:
    """Whether *values* are a few words used again and again."""
    filled = [value for value in values if value]
    is_short = bool(filled) and max(map(len, filled)) <= MAX_LABEL_CHARS
    is_few = is_short and (mean(map(len, filled)) <= 5 or len(set(filled)) * 2 <= len(filled))
    return is_few and bool(HAN.search("".join(filled))) and not _is_outlet(values)


def _is_title(values: Sequence[str]) -> bool:
    filled = [value for value in values if value]
    return bool(filled) and 4 <= mean(map(len, filled)) <= MAX_TITLE_CHARS and bool(HAN.search("".join(filled)))


_SHAPES = (("url", _is_url), ("date", _is_date), ("source", _is_outlet), ("category", _is_label), ("title", _is_title))
