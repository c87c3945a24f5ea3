"""A story in pieces, as content systems keep it: a list of paragraphs, each an object with spans inside.

Seen so at Arc, Draft.js, Editor.js, Lexical, Notion, ProseMirror, Quill, Sanity and Slate. A piece holds
its text itself or further pieces; spans run on, blocks stand on lines of their own.
"""

from collections.abc import Iterator, Mapping, Sequence

from ..vocabulary.fields import TEXT, field_of, plain_key

MAX_DEPTH = 12
LEAVES = ("insert", "plaintext", "value", "rendered", "cdata", "plain")
"""Keys of a text inside a piece, besides those that a whole story stands under."""

INNER = ("children", "data", "items", "nodes", "richtext", "root", "spans", "leaves", "elements", "blocks", "ops")
"""Keys of further pieces inside one, likewise, and the name of its own type."""

BLOCKS = ("blocks", "nodes")
"""Of these, the keys below which each piece is a paragraph even if it does not say so."""

TYPES = ("type", "_type")
SPANS = ("", "text", "span")
OWN = ("title", "date")
"""Fields that tell a record in a list from a piece of one."""


def are_pieces(key: str, value: object) -> bool:
    """Whether *value*, standing under *key*, is one story in pieces and not a list of stories.

    >>> are_pieces("content_elements", [{"type": "text", "content": "一"}, {"type": "image"}])
    True
    >>> are_pieces("articles", [{"text": "一"}]), are_pieces("content", [{"title": "题", "text": "一"}])
    (False, False)
    """
    if field_of(key) != TEXT or not isinstance(value, list):
        return isinstance(value, Mapping) and _is_document(key, value)
    told = [piece for piece in value if isinstance(piece, Mapping) and _text(piece)]
    return bool(told) and not any(field_of(str(name)) in OWN and part for piece in told for name, part in piece.items())


def _is_document(key: str, value: Mapping[str, object]) -> bool:
    """Whether *value*, standing under *key*, wraps the pieces of one story, as {"type": "doc", "content": […]} does."""
    is_record = any(field_of(str(name)) in OWN and part for name, part in value.items())
    return field_of(key) == TEXT and not is_record and any(True for _ in _inner(value)) and bool(_text(value))


def prose(value: object, depth: int = 0, is_line: bool = False) -> str:
    r"""The text of the pieces in *value*, a line for each block; spans may only stand where *is_line*.

    >>> prose([{"type": "p", "children": [{"text": "她"}, {"text": "说"}]}, {"type": "p", "data": {"text": "好。"}}])
    '她说\n好。'
    """
    if isinstance(value, str) or depth > MAX_DEPTH:
        return value if isinstance(value, str) else ""
    if isinstance(value, Mapping):
        return _text(value, depth)
    if not isinstance(value, list):
        return ""
    return ("" if _run_on(value, is_line) else "\n").join(filter(None, (prose(piece, depth + 1) for piece in value)))


def captions(value: object) -> Iterator[str]:
    """What the pictures among the pieces in *value* say below them."""
    for piece in value if isinstance(value, list) else ():
        if isinstance(piece, Mapping) and not _text(piece):
            yield from (
                part for key, part in piece.items() if plain_key(str(key)) == "caption" and isinstance(part, str)
            )


def _text(piece: Mapping[str, object], depth: int = 0) -> str:
    for key, part in piece.items():
        if isinstance(part, str) and part and (field_of(str(key)) == TEXT or plain_key(str(key)) in LEAVES):
            return part
    return "\n".join(filter(None, (prose(part, depth + 1, name not in BLOCKS) for name, part in _inner(piece))))


def _inner(piece: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """The pieces inside *piece*, with the key of each list."""
    own = next((str(piece[name]) for name in TYPES if name in piece), "")
    for key, part in piece.items():
        name = plain_key(str(key))
        if isinstance(part, list | Mapping) and (name in INNER or key == own or field_of(str(key)) == TEXT):
            yield name, part


def _run_on(pieces: Sequence[object], is_line: bool) -> bool:
    """Whether *pieces* are spans of one line."""
    spans = [piece for piece in pieces if isinstance(piece, Mapping)]
    if not spans or len(spans) < len(pieces):
        return False
    if all("insert" in piece for piece in spans):
        return True
    kinds = (str(next((piece[name] for name in TYPES if name in piece), "")) for piece in spans)
    return is_line and all(kind in SPANS for kind in kinds)
