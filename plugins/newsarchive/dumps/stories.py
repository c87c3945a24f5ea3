"""What a JSON value is: a story, a wrapper of stories, or a table turned on its side."""

import re
from collections.abc import Iterator, Mapping

from ..vocabulary.fields import TEXT, field_of, plain_key
from .pieces import are_pieces
from .taking import STANDS_FOR_TEXT, has_story, unfolded

MAX_DEPTH = 8
MIN_STORY_CHARS = 60
STORY = (TEXT, *STANDS_FOR_TEXT)
PASSED_ON = ("date", "source", "category", "captured")
"""What a wrapper says of all records in it, e.g. the day of a day's list."""

MIN_TITLE_CHARS, MAX_TITLE_CHARS = 6, 80
ADDRESS = re.compile(r"(?:https?:)?//\S+")
HAN = re.compile("[\u3400-\u9fff]")
DAY = re.compile(r"\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?")


def is_wrapper(value: Mapping[str, object], keys: Mapping[str, str]) -> bool:
    """Whether *value* is no story itself but has some inside.

    >>> is_wrapper({"code": 0, "data": [{"title": "t", "content": "c"}]}, {})
    True
    >>> is_wrapper({"_id": 1, "_source": {"title": "t", "content": "c"}}, {})
    False
    """
    parts = (part for key, part in value.items() if isinstance(part, list | dict) and not are_pieces(key, part))
    inside = [story for part in parts for story in _stories(part, keys, 0)]
    if has_story(_scalars(value), keys):
        return not _has_title(value) and any(_has_title(story) for story in inside) and len(inside) > 1
    in_lists = any(isinstance(part, list) for part in value.values())
    if len(inside) == 1:
        return not has_story(unfolded(value), keys)
    return len(inside) > 1 or (in_lists and not _has_title(value) and _briefs(value, 0) > 1)


def _briefs(value: object, depth: int) -> int:
    """How many mappings inside *value* have a title and what serves for a story, as lists of articles do."""
    own = isinstance(value, dict) and _has_title(value) and any(field_of(str(key)) in STANDS_FOR_TEXT for key in value)
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    inner = (part for part in parts if isinstance(part, list | dict)) if depth < MAX_DEPTH else ()
    return int(own) + sum(_briefs(part, depth + 1) for part in inner)


def _scalars(value: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """What *value* holds of texts; lists count when they are lists of texts."""
    for key, part in value.items():
        if (
            isinstance(part, str)
            or are_pieces(key, part)
            or (isinstance(part, list) and not any(isinstance(p, dict) and _has_title(p) for p in part))
        ):
            yield str(key), part


def _has_title(value: Mapping[str, object]) -> bool:
    return any(isinstance(part, str | dict) and field_of(str(key)) == "title" for key, part in value.items())


def _stories(value: object, keys: Mapping[str, str], depth: int) -> Iterator[Mapping[str, object]]:
    """Mappings inside *value* that hold a story."""
    if isinstance(value, dict) and has_story(_scalars(value), keys):
        yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts if depth < MAX_DEPTH else ():
        if isinstance(part, list | dict):
            yield from _stories(part, keys, depth + 1)


def is_detail(value: Mapping[str, object], keys: Mapping[str, str]) -> bool:
    """Whether *value*, found in a wrapper, tells of the list, such as `{"total": 3}`, and is no record of it."""
    return not _has_title(value) and not has_story(unfolded(value), keys)


def holds_nothing(value: Mapping[str, object], keys: Mapping[str, str]) -> bool:
    """Whether the flat *value* surely holds no story: rubbish comes by the hundred thousand and must be told quickly.

    >>> holds_nothing({"a": "x"}, {}), holds_nothing({"a": "{}"}, {}), holds_nothing({"content": "防汛"}, {})
    (True, False, False)
    """
    return not any(
        part and (not isinstance(part, str) or part[0] == "{" or keys.get(plain_key(key), field_of(key)) in STORY)
        for key, part in value.items()
    )


def is_action(value: Mapping[str, object]) -> bool:
    """Whether *value* tells a search engine what to do with the next line, as Elasticsearch's bulk format has it.

    >>> is_action({"index": {"_index": "news", "_id": "1"}}), is_action({"_source": {"title": "t"}})
    (True, False)
    """
    inner = next(iter(value.values())) if len(value) == 1 else None
    return isinstance(inner, dict) and bool(inner) and all(str(key).startswith("_") for key in inner)


def by_column(value: Mapping[str, object], keys: Mapping[str, str]) -> list[dict[str, object]]:
    """The rows of a table written column by column, as pandas does, or as title and story; none if *value* is no table.

    >>> by_column({"title": {"0": "a", "1": "b"}, "content": {"0": "c", "1": "d"}}, {})
    [{'title': 'a', 'content': 'c'}, {'title': 'b', 'content': 'd'}]
    """
    if _is_titles(value):
        return [{"url" if ADDRESS.fullmatch(key) else "title": key, TEXT: part} for key, part in value.items()]
    story = next((part for key, part in value.items() if keys.get(plain_key(key), field_of(key)) == TEXT), None)
    columns = {key: part for key, part in value.items() if isinstance(part, list | dict)}
    if (
        not isinstance(story, list | dict)
        or len(columns) != len(value)
        or len({len(part) for part in columns.values()}) != 1
    ):
        return []
    if isinstance(story, dict):
        rows = list(story)
        return [{key: _cell(part, row) for key, part in columns.items()} for row in rows]
    if len(columns) < 2:
        return []
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _is_titles(value: Mapping[str, object]) -> bool:
    """Whether the keys of *value* are headlines, each with its story."""
    texts = [part for part in value.values() if isinstance(part, str)]
    is_prose = len(texts) == len(value) > 1 and min(map(len, texts)) >= MIN_STORY_CHARS
    return is_prose and not any(field_of(key) for key in value)


def _cell(part: object, row: str) -> object:
    return part.get(row) if isinstance(part, dict) else None


def named_by(key: str, value: Mapping[str, object]) -> dict[str, object]:
    """What the *key* that a record stands under says of it: its address, or its title if *value* has none.

    >>> named_by("http://a.cn/1", {}), named_by("市政府部署防汛", {"text": "…"}), named_by("要闻", {})
    ({'url': 'http://a.cn/1'}, {'title': '市政府部署防汛'}, {})
    """
    if ADDRESS.fullmatch(key):
        return {"url": key}
    is_title = len(key) <= MAX_TITLE_CHARS and len(HAN.findall(key)) >= MIN_TITLE_CHARS and not _has_title(value)
    return {"title": key} if is_title else {}


def passed_on(value: Mapping[str, object], key: str) -> dict[str, object]:
    """What a wrapper says of all its records: its own date or source, or a day as the *key* it stands under.

    >>> passed_on({"date": "2019-11-20", "count": 3}, ""), passed_on({}, "2019-11-20")
    ({'date': '2019-11-20'}, {'date': '2019-11-20'})
    """
    said: dict[str, object] = {"date": key} if DAY.fullmatch(key) else {}
    return said | {name: part for name, part in value.items() if isinstance(part, str) and field_of(name) in PASSED_ON}
