"""Names of segments: digests of all they hold, so that other content has other addresses."""

from collections.abc import Iterable
from hashlib import blake2b

from .document import Document, Labels
from .segment import label_texts

FORMAT = 2
"""Of the files and of the fold; raised whenever either changes, so that index and browser never disagree."""

KEY_BYTES = 12


def key_of(document: Document, labels: Labels) -> bytes:
    """Digest that tells *document*, with its facets by their folded names, from all others and from its older self.

    What it says stands for by its own digest, and is not read for this.
    """
    parts = (document.slug, document.date, document.digest, *map(":".join, document.facets))
    text = "\x1f".join((*parts, "", *labels, "", *label_texts(document, labels)))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()


def name_of(keys: Iterable[bytes]) -> str:
    """Name of the segment that holds the documents with *keys*, in this order."""
    return blake2b(FORMAT.to_bytes(2) + b"".join(keys), digest_size=6).hexdigest()
