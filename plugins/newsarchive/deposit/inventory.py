"""The names of what we put at an address, kept there: so another machine knows what is ours, and takes it away in time.

Without it a page withdrawn here would stay there for good if the site was first sent by a machine that is no more.
"""

import gzip
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from .book import Book, Kept
from .stack import Stack

NAME = ".newsarchive-files.gz"


def enter(stack: Stack, book: Book, scratch: Path) -> None:
    """Tell *book*, which knows nothing yet, of files there that are ours and no longer here."""
    file = scratch / NAME
    if not stack.mark(NAME):
        return
    stack.fetch(NAME, file)
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        ours = (line.rstrip("\n") for line in lines)
        book.enter((path, Kept(None, None, b"", mark)) for path in ours if (mark := book.only_there(path)))


def put(stack: Stack, book: Book, scratch: Path) -> None:
    """Put the names of all that is ours there, if they are others than the last time; before any is sent."""
    file, digest = scratch / NAME, blake2b(digest_size=16)
    with file.open("wb") as raw, gzip.GzipFile("", "wb", mtime=0, fileobj=raw) as packed:
        for line in _lines(book):
            digest.update(line)
            packed.write(line)
    if digest.digest() != book.inventory:
        stack.put(NAME, file)
        book.inventory = digest.digest()


def _lines(book: Book) -> Iterator[bytes]:
    return (f"{path}\n".encode() for path in book.ours() if "\n" not in path)
