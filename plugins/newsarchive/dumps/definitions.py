"""SQL's CREATE TABLE: what its columns are called, and what in it or around it defines nothing."""

import re

from ..vocabulary.fields import field_of
from .stretches import HAN, is_note

DEFINITION = re.compile(r"\s*[`\"\[]?([\w\-]+)[`\"\]]?\s+[\w(\[]")
COMMENT = re.compile(r"\bCOMMENT\s+'([^']*)'", re.I)
PARTS = re.compile(r",\s*+\n|,(?=\s*+[`\"\[]?[\w\-]++[`\"\]]?\s+[\w\[])")
MAX_NAME_CHARS = 20
NO_COLUMN = re.compile(r"^\s*(?:PRIMARY|UNIQUE|KEY|INDEX|CONSTRAINT|FULLTEXT|FOREIGN|CHECK|SPATIAL)\b", re.I)


def columns_made(body: str) -> tuple[tuple[str, ...], str]:
    """(names of the columns that the *body* of CREATE TABLE makes, what in it may be a story).

    >>> columns_made("id int,\\n标题 varchar(9) COMMENT '题名',\\nPRIMARY KEY (id)")
    (('id', '标题'), '')
    """
    parts = PARTS.split(body)
    odd = (part for part in parts if not _is_definition(part))
    return tuple(filter(None, map(_column, parts))), "\n".join(odd)


def _is_definition(part: str) -> bool:
    """Whether *part* defines a column or a key, and says no more than a name and a comment do."""
    named = COMMENT.sub("", part)
    return is_note(part) and len(HAN.findall(named)) <= MAX_NAME_CHARS and bool(_column(part) or NO_COLUMN.match(part))


def bare_name(name: str) -> str:
    """Name of a table or column without quotation marks and schema.

    >>> bare_name(' `db`.`news`'), bare_name('"public"."t"')
    ('news', 't')
    """
    return re.sub(r"[`\"\[\]\s]", "", name).split(".")[-1]


def balanced(text: str) -> str:
    """*text* up to the bracket that closes what was opened before it; nothing if none does."""
    depth = 1
    for found in re.finditer(r"'(?:[^'\\]|\\.|'')*'|[()]", text):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if not depth:
            return text[: found.start()]
    return ""


def _column(definition: str) -> str:
    """Name of the column a *definition* makes, or its comment where only that is a name we know; empty for a key.

    >>> _column("`f2` varchar(9) COMMENT '标题'"), _column("PRIMARY KEY (`id`)")
    ('标题', '')
    """
    found = DEFINITION.match(definition)
    if not found or NO_COLUMN.match(definition):
        return ""
    comment = COMMENT.search(definition)
    return comment[1] if comment and field_of(comment[1]) and not field_of(found[1]) else found[1]
