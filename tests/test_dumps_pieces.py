"""A story that a content system keeps as a list of paragraphs is one record, with the fields beside it."""

import json
from pathlib import Path

import pytest

from newsarchive.article import Record
from newsarchive.dumps import read_dump

FIRST, SECOND = "她昨天到煙臺。", "居民王玉說：「水來得很快。」"
STORY = f"{FIRST}\n{SECOND}"
SPANS = [{"type": "text", "text": "她"}, {"type": "text", "marks": [{"type": "bold"}], "text": "昨天到煙臺。"}]
BODIES = {
    "Arc": {"content_elements": [{"_id": "A", "type": "text", "content": FIRST}, {"type": "text", "content": SECOND}]},
    "Draft.js": {"content": {"blocks": [{"key": "a", "text": FIRST}, {"key": "b", "text": SECOND}], "entityMap": {}}},
    "Editor.js, as a string": {
        "content": json.dumps([{"type": "paragraph", "data": {"text": text}} for text in (FIRST, SECOND)])
    },
    "Lexical": {
        "content": {"root": {"children": [{"type": "paragraph", "children": SPANS}, {"children": [{"text": SECOND}]}]}}
    },
    "Notion": {
        "content": [
            {"type": "paragraph", "paragraph": {"rich_text": [{"type": "text", "text": {"content": "她"}}, SPANS[1]]}},
            {"type": "quote", "quote": {"rich_text": [{"type": "text", "plain_text": SECOND}]}},
        ]
    },
    "ProseMirror": {
        "body": {
            "type": "doc",
            "content": [
                {"type": "paragraph", "content": SPANS},
                {"type": "paragraph", "content": [{"type": "text", "text": SECOND}]},
            ],
        }
    },
    "Quill": {
        "content": {"ops": [{"insert": "她"}, {"insert": "昨天到煙臺。\n", "attributes": {}}, {"insert": SECOND}]}
    },
    "Sanity": {
        "body": [
            {
                "_type": "block",
                "children": [{"_type": "span", "text": "她昨天"}, {"_type": "span", "text": "到煙臺。"}],
            },
            {"_type": "block", "children": [{"_type": "span", "text": SECOND}]},
        ]
    },
    "Slate": {"body": [{"type": "p", "children": [{"text": "她"}, SPANS[1]]}, {"children": [{"text": SECOND}]}]},
    "strings": {"paragraphs": [FIRST, SECOND]},
}
TITLE = {"title": "大埔防汛", "date": "2020-08-08"}


def _read(tmp_path: Path, value: object) -> list[Record]:
    path = tmp_path / "dump.json"
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    records = list(read_dump(path, path.name))
    assert all(isinstance(record, Record) for record in records)
    return [record for record in records if isinstance(record, Record)]


@pytest.mark.parametrize("system", BODIES)
@pytest.mark.parametrize("number", [1, 3])
def test_pieces_are_one_story_with_its_title(tmp_path: Path, system: str, number: int) -> None:
    records = _read(tmp_path, {"results": [TITLE | BODIES[system]] * number})

    assert [(record.text.replace("\n\n", "\n"), record.given["title"]) for record in records] == [
        (STORY, "大埔防汛")
    ] * number


def test_what_stands_beside_the_story_is_nearer_than_what_a_picture_or_relation_says(tmp_path: Path) -> None:
    picture = {"type": "image", "caption": "巡堤員。", "source": {"more": {"editor": "photo center"}}}
    other = {"headlines": {"basic": "另一則"}, "content_elements": [{"type": "text", "content": "別的。"}]}
    story = {
        "promo_items": {"basic": picture},
        "headlines": {"basic": "大埔防汛"},
        "display_date": "2020-08-07T18:20:00Z",
        "credits": {"by": [{"type": "author", "name": "李小文"}]},
        "related_content": {"basic": [other, other]},
        "content_elements": [{"type": "text", "content": FIRST}, picture, {"type": "text", "content": SECOND}],
    }

    (record,) = _read(tmp_path, {"content_elements": [story]})

    assert record.text.replace("\n\n", "\n") == STORY
    given = {name: record.given.get(name) for name in ("title", "date", "author", "captions", "editor")}
    assert given == {
        "title": "大埔防汛",
        "date": "2020-08-07T18:20:00Z",
        "author": "李小文",
        "captions": "巡堤員。",
        "editor": None,
    }


def test_posts_with_dates_of_their_own_are_no_pieces(tmp_path: Path) -> None:
    posts = [{"text": FIRST, "time": "2024-01-06"}, {"text": SECOND, "time": "2024-01-07"}]

    assert [record.text for record in _read(tmp_path, {"channel": "要聞", "items": posts})] == [FIRST, SECOND]
