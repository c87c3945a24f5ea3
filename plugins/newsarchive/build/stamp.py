"""What the last whole build was made from: a build that would be made from the same has nothing to plan."""

from hashlib import blake2b
from pathlib import Path

from .site import Site

STATE_BYTES = 16


class Stamp:
    """A file beside the catalogues that stands while, and only while, the output folder is as a build left it.

    It is taken away before a build changes anything, so that one that is killed leaves none.
    """

    def __init__(self, site: Site, base: bytes) -> None:
        """*base* is the digest of all that every page depends on."""
        self.file: Path = site.cache / "site.stamp"
        dumps = [(name, dump.size, dump.sha256) for name, dump in site.dumps.items()]
        choices = (site.republish, site.has_tag_feeds, site.has_bulk_data, site.is_kept_offline)
        self.site = (base, str(site.output), site.pages, site.withdrawn, dumps, choices)

    def tells(self, articles: int) -> bool:
        """Whether the last build was made from *articles*, their digest, and what else is as now."""
        try:
            return self.file.read_text("ascii", "replace") == self.state(articles)
        except FileNotFoundError:
            return False

    def lift(self) -> None:
        """Something is about to change."""
        self.file.unlink(missing_ok=True)

    def put(self, articles: int) -> None:
        """All files stand."""
        self.file.write_text(self.state(articles), "ascii")

    def state(self, articles: int) -> str:
        """What stands for a site made from *articles*, their digest, and what else is as now."""
        text = repr((self.site, articles))
        return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=STATE_BYTES).hexdigest()
