"""Rows -> records: what each column holds, by its heading, the owner's mapping, or the shape of its values."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, zip_longest
from statistics import mean
from typing import NamedTuple

from ..article import Origin, Record, Refusal
from ..vocabulary.fields import TEXT, field_of, plain_key, words
from .dump import MAX_RECORD_CHARS, Dump, refusal
from .markup import one_line
from .stretches import outside
from .taking import take

SAMPLE_ROWS = 60
MOST_SAMPLED = 600
"""Rows, sound or broken, that are held while what a column holds is found out."""

MAX_HEADING_CHARS = 30
MAX_LABEL_CHARS = 10
MAX_TITLE_CHARS = 90
MIN_STORY_CHARS = 15
"""A column without a known name is taken for the story only if its values are this long on average."""

MOST_ABOVE = 6
"""Rows above the heading: the name of the table, who exported it and when."""

LEAST_HEADINGS = 3
"""Columns a heading names that stands below other rows."""

IDENTIFIER = re.compile(r"[A-Za-z_][\w .-]*", re.A)
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
    above = 0 if heading else _rows_above(sample, dump)
    sample = sample[above:]
    names = tuple(heading) or columns_of(sample, dump)
    first = sample[0].cells if sample and not heading and _has_heading(sample, dump) else None
    names = with_story(names, sample[1:] if first else sample)
    for row in chain(begun, rows):
        if isinstance(row, Refusal):
            yield row
        elif above:
            above -= 1
            yield from outside(row.raw, row.origin)
        elif row.cells != first:  # files appended to each other repeat their heading
            cells = fitted(row, names)
            said = {name: cell for name, cell in zip(names, cells, strict=False) if name}
            yield take(said, row.origin, row.raw, dump)


def filed(
    table: str, rows: Iterable[Row | Refusal], dump: Dump, columns: Sequence[str] = ()
) -> Iterator[Record | Refusal]:
    """Records of the *rows* of one *table* of a database; one Refusal if no column of it holds a story."""
    begun, rows = beginning(rows)
    sample = only_rows(begun)
    names = dump.mapping.columns or tuple(columns) or guessed([row.cells for row in sample])
    if sample and not _has_story(with_story(names, sample), sample):
        yield from _left_out(chain(begun, rows), table, sample[0].origin)
    else:
        yield from named(chain(begun, rows), dump, names)


def _left_out(rows: Iterable[Row | Refusal], table: str, origin: Origin) -> Iterator[Refusal]:
    """One refusal of all sound *rows* of a *table*, with as much of them as a refusal keeps."""
    count, size, kept = 0, 0, list[str]()
    for row in rows:
        if isinstance(row, Refusal):
            yield row
            continue
        count += 1
        if size < MAX_RECORD_CHARS:
            kept.append(row.raw)
            size += len(row.raw)
    reason = f"table {table}: no column holds a story; its {count} rows are left out"
    yield refusal(origin, reason, "\n".join(kept))


def _has_story(names: Iterable[str], sample: Sequence[Row]) -> bool:
    """Whether a column is the story's by name, or by prose in it."""
    found = {field_of(name): place for place, name in enumerate(names)}
    if TEXT not in found:
        return "summary" in found
    cells = [row.cells[found[TEXT]] for row in sample if found[TEXT] < len(row.cells)]
    return (
        mean(len(HAN.findall(cell[:500])) for cell in cells or [""]) >= MIN_STORY_CHARS
        or max(map(len, cells), default=0) > 50
    )


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


def _rows_above(sample: Sequence[Row], dump: Dump) -> int:
    """How many rows of *sample* stand above the heading."""
    if dump.mapping.header is not None or dump.mapping.columns or not sample or is_heading(sample[0].cells):
        return 0
    for place, row in enumerate(sample[1:MOST_ABOVE], 1):
        known = sum(bool(field_of(plain_key(cell))) for cell in row.cells)
        if is_heading(row.cells) and known >= LEAST_HEADINGS:
            return place
    return 0


def _has_heading(sample: Sequence[Row], dump: Dump) -> bool:
    said = dump.mapping.header
    return is_heading(sample[0].cells) or _is_opaque(sample) if said is None else said


def _is_opaque(sample: Sequence[Row]) -> bool:
    """Whether the first row of *sample* consists of identifiers, as no other does: names of columns nobody knows."""
    first, *others = [row.cells for row in sample]
    if len(first) < 2 or not others or not all(map(IDENTIFIER.fullmatch, filter(None, first))):
        return False
    return len(set(first)) == len(first) and all(HAN.search("".join(cells)) for cells in others)


def columns_of(sample: Sequence[Row], dump: Dump) -> tuple[str, ...]:
    """Names of the columns by mapping, heading or guess, in this order; empty for one nothing is known of."""
    if dump.mapping.columns:
        return dump.mapping.columns
    if not sample or not _has_heading(sample, dump):
        return guessed([row.cells for row in sample])
    names = tuple(map(one_line, sample[0].cells))
    if len(sample) < 2 or any(field_of(plain_key(name)) or plain_key(name) in dump.mapping.keys for name in names):
        return names
    shapes = guessed([row.cells for row in sample[1:]])
    return tuple(shape or name for shape, name in zip_longest(shapes, names, fillvalue=""))


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
