"""What the last whole build was made from: a build that would be made from the same has nothing to plan."""

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from ..shelf import Entry
from .site import Site

STATE_BYTES = 16


class Stamp:
    """A file beside the catalogues that stands while, and only while, the output folder is as a build left it.

    It is taken away before a build changes anything, so that one that is killed leaves none.
    """

    def __init__(self, site: Site, base: bytes, entries: Iterable[Entry]) -> None:
        """*base* is the digest of all that every page depends on."""
        self.file: Path = site.cache / "site.stamp"
        self.state = _state(site, base, entries)

    def files(self) -> int | None:
        """How many files the last build left, if it was made from the same; else None."""
        try:
            kept = self.file.read_bytes()
        except FileNotFoundError:
            return None
        return int.from_bytes(kept[STATE_BYTES:]) if kept[:STATE_BYTES] == self.state else None

    def lift(self) -> None:
        """Something is about to change."""
        self.file.unlink(missing_ok=True)

    def put(self, files: int) -> None:
        """All *files* stand."""
        self.file.write_bytes(self.state + files.to_bytes(8))


def _state(site: Site, base: bytes, entries: Iterable[Entry]) -> bytes:
    """Digest of all that files are planned from."""
    dumps = [(name, dump.size, dump.sha256) for name, dump in site.dumps.items()]
    choices = (site.republish, site.has_tag_feeds, site.has_bulk_data, site.is_kept_offline)
    of_site = (base, str(site.output), site.pages, site.withdrawn, dumps, choices)
    state = blake2b(repr(of_site).encode("utf-8", "surrogatepass"), digest_size=STATE_BYTES)
    for entry in entries:
        state.update(f"{entry.slug}\0{entry.digest}\0".encode("utf-8", "surrogatepass"))
    return state.digest()
