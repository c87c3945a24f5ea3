"""Which dumps must not be given out, because a record in them was withdrawn."""

import sqlite3


def withheld(db: sqlite3.Connection) -> frozenset[str]:
    """Dumps that hold a withdrawn record or a duplicate of one; paths in the dump folder."""
    query = "SELECT DISTINCT dump.path FROM record JOIN dump ON record.dump = dump.id WHERE verdict = 'withdrawn'"
    return frozenset(path for (path,) in db.execute(query))
