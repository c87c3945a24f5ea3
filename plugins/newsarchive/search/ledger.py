"""What the base holds, as one key an article in the order of the ids, so that a run indexes only what changed since.

A file of 12 bytes an article; it may be deleted.
"""

from collections.abc import Collection, Iterable
from hashlib import blake2b
from pathlib import Path

from .document import Document, Labels
from .segment import label_texts

FORMAT = 1
"""Of the files and of the fold; raised whenever either changes, so that index and browser never disagree."""

KEY_BYTES = 12
FILE = "search-base.keys"


def key_of(document: Document, labels: Labels) -> bytes:
    """Digest of all that the index keeps of *document*; no two articles have the same."""
    parts = (document.slug, document.date, document.digest, *document.names, *map(":".join, document.facets))
    text = "\x1f".join((*parts, "", *labels, "", *label_texts(document, labels)))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()


def name_of(keys: Iterable[bytes]) -> str:
    """Name of the segment that holds the documents with *keys*, in this order: other content, other addresses."""
    state = blake2b(FORMAT.to_bytes(2), digest_size=6)
    for key in keys:
        state.update(key)
    return state.hexdigest()


def read_keys(state: Path) -> list[bytes]:
    """Keys of the base; none if the folder *state* does not tell."""
    try:
        data = (state / FILE).read_bytes()
    except FileNotFoundError:
        return []
    return [data[at : at + KEY_BYTES] for at in range(0, len(data), KEY_BYTES)]


def write_keys(state: Path, keys: Collection[bytes]) -> None:
    """Let *keys* be those of the base."""
    state.mkdir(parents=True, exist_ok=True)
    part = state / f"{FILE}.part"
    part.write_bytes(b"".join(keys))
    part.replace(state / FILE)
