"""What the import says of records, in the language of its reader, from vocabulary/reasons.toml."""

import re
from functools import cache

from ..vocabulary import FOLDER, Pattern, read_patterns, read_table

VARYING = re.compile(r"\d+|'[^']*'|\"[^\"]*\"|「[^「」]*」")


TABLE = FOLDER / "reasons.toml"


@cache
def _table() -> tuple[Pattern, ...]:
    return read_patterns(TABLE, "reason", notes=("zh",))


@cache
def _words() -> dict[str, str]:
    return dict(read_table(TABLE)["words"])


def in_chinese(reason: str) -> str:
    """*reason* in Chinese; as it is where the table has no entry for it.

    >>> in_chinese("no text; its 'content' is empty; fetch the page again"), in_chinese("odd")
    ('没有正文：字段「content」是空的；请重新抓取', 'odd')
    """
    for entry in _table():
        if found := entry.regex.search(reason):
            groups = {name: value or "" for name, value in found.groupdict().items()}
            said = {name: in_chinese(text) for name, text in groups.items() if name.startswith("said")}
            return entry.notes["zh"].format_map(groups | said)
    return _words().get(reason, reason)


def kind_of(reason: str) -> str:
    """*reason* without what differs from record to record.

    >>> kind_of("2 undecodable bytes (U+FFFD)") == kind_of("17 undecodable bytes (U+FFFD)")
    True
    """
    return VARYING.sub("…", reason)
