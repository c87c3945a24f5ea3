"""Where shards and the front door stand on the web."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..build.address import LOCAL
from ..errors import SettingError

FRONT = "front"
"""Folder of the front door in the output folder."""

HOLE = "{shard}"


@dataclass(frozen=True, slots=True)
class Places:
    """Addresses, each with a slash at the end."""

    front: str
    pattern: str
    named: dict[str, str]
    """Of shards that stand elsewhere than the pattern says."""

    def of(self, shard: str) -> str:
        return self.named.get(shard) or self.pattern.replace(HOLE, shard)


def places(siteurl: str, urls: Sequence[str]) -> Places:
    """From SITEURL, the front door's, and NEWS_SHARD_URLS: a pattern with {shard}, and `NAME=address` for others.

    Raises:
        SettingError: something is neither.

    >>> places("https://a.org", ["https://a.org/archive-{shard}/", "2003=https://b.org"]).of("2003")
    'https://b.org/'
    >>> places("", []).of("2019"), places("https://a.org", []).of("2019"), places("", []).front
    ('http://127.0.0.1:8000/2019/', 'https://a.org/2019/', 'http://127.0.0.1:8000/front/')
    """
    site = siteurl.rstrip("/")
    pattern, named = f"{site or LOCAL}/{HOLE}", {}
    for url in urls:
        name, sign, address = url.partition("=")
        if HOLE in url:
            pattern = url
        elif sign and "://" in address:
            named[name] = f"{address.rstrip('/')}/"
        else:
            raise SettingError(f"NEWS_SHARD_URLS: {url!r}; expected https://…{HOLE}… or NAME=https://…")
    return Places(f"{site or f'{LOCAL}/{FRONT}'}/", f"{pattern.rstrip('/')}/", named)
