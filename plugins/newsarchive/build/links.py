"""What a page links to, noted when it is written, so that dead links are found without reading the site again."""

import html
import re
import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from posixpath import dirname, normpath
from typing import NamedTuple
from urllib.parse import unquote

LINK = re.compile(r"<(?:a|link|script|img|form)\b[^<>]*?\s(?:href|src|action)=(\"[^\"]*\"|[^\s\"'<>]+)")
"""An address in an element. Text never looks like one: in it every `<` is escaped."""

ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|\Z", re.I)
INTRICATE = re.compile(r"[?#&%:]|//|\./|[/.]\Z")
"""What makes an address, behind its `../`, more than the path of a file."""

DOCTYPE = "<!doctype html>"
DIGEST_BYTES = 8


class Links(NamedTuple):
    """What one page, or the same page in several editions, leads to."""

    targets: bytes
    """Digests of the files linked to: half a million pages have ten million links."""

    anchors: tuple[str, ...]
    """Places within files that are linked to, like `about/index.html#derived`; its own only if the page lacks them."""

    is_whole: bool


def links_of(file: str, text: str) -> Links:
    """What the page *text*, which stands at *file*, links to."""
    above = dirname(file)
    ways = _ways(above)
    targets = set()
    anchors = set()
    for address in set(LINK.findall(text)):
        plain = address.strip('"')
        rest = plain.lstrip("./")
        way = ways.get(plain[: len(plain) - len(rest)])
        if digest := way is not None and _digest_if_plain(way + rest):
            targets.add(digest)
        elif not ELSEWHERE.match(plain):
            target, mark, _ = (name := resolve(above, plain)).partition("#")
            targets.add(digest_of(target or file))
            if mark and (target or not has_anchor(text, name)):
                anchors.add(name if target else file + name)
    return Links(b"".join(targets), tuple(sorted(anchors)), text.startswith(DOCTYPE))


@lru_cache(maxsize=64)
def _ways(above: str) -> dict[str, str]:
    """What an address begins with, like `../../` -> the folder that means in pages of *above*."""
    parts = above.split("/") if above else []
    return {"../" * up: "".join(f"{part}/" for part in parts[: len(parts) - up]) for up in range(len(parts) + 1)}


@lru_cache(maxsize=16_000)  # some 3 MB in each worker
def _digest_if_plain(name: str) -> bytes:
    """Digest of the file *name*; nothing if the name has to be worked out."""
    return b"" if not name or INTRICATE.search(name) else digest_of(name)


def addresses(text: str) -> Iterator[str]:
    """Every address in an element of *text* that leads into this site."""
    for address in dict.fromkeys(LINK.findall(text)):
        if not ELSEWHERE.match(plain := address.strip('"')):
            yield plain


def digest_of(file: str) -> bytes:
    """What stands for *file* in `Links`."""
    return blake2b(file.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()


def has_anchor(text: str, anchor: str) -> bool:
    """Whether the page *text* has the place behind the `#` of *anchor*."""
    place = html.escape(anchor.partition("#")[2])
    spelt = (f" id={place} ", f" id={place}>", f' id="{place}"')  # to look for these takes a fifth of a pattern's time
    return not place or any(way in text for way in spelt) or bool(re.search(rf" id={re.escape(place)}\s", text))


@lru_cache(maxsize=1000)
def resolve(above: str, address: str) -> str:
    """The file that *address* names in a page of the folder *above*, and the place in it if it names one.

    >>> resolve("2019/11", "../../tag/5g/"), resolve("", "theme/style.css?v=1"), resolve("", "%E7%94%B2.html#a")
    ('tag/5g/index.html', 'theme/style.css', '甲.html#a')
    """
    whole, mark, place = html.unescape(address).partition("#")
    path = unquote(whole.partition("?")[0])
    if not path and mark:
        return f"#{unquote(place)}"
    if path.startswith("/"):
        above, path = "", path.lstrip("/")
    name = normpath(f"{above}/{path}" if above else path or ".")
    name = "" if name == "." else name
    name = f"{name}/index.html".lstrip("/") if path.endswith(("/", "..", ".")) or not path else name
    return f"{name}#{unquote(place)}" if mark else name


def together(several: Iterable[Links]) -> Links:
    """The links of all *several* pages as one."""
    found = tuple(several)
    return Links(
        b"".join(links.targets for links in found),
        tuple(anchor for links in found for anchor in links.anchors),
        all(links.is_whole for links in found),
    )


class LinkBook:
    """Links of the pages that stand in one output folder, by key (see `output`); a file that is safe to delete."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = str(folder)
        self.db = sqlite3.connect(cache / "links.sqlite", isolation_level=None)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=OFF")
        for table in (
            "link (folder TEXT, key TEXT, targets BLOB, whole INTEGER, PRIMARY KEY (folder, key))",
            "anchor (folder TEXT, key TEXT, name TEXT, PRIMARY KEY (folder, key, name))",
            "fault (folder TEXT, text TEXT, PRIMARY KEY (folder, text))",
        ):
            self.db.execute(f"CREATE TABLE IF NOT EXISTS {table} WITHOUT ROWID")

    def record(self, found: Iterable[tuple[str, Links]]) -> None:
        """Note the links of the pages with these keys, in place of those they had."""
        rows = [(key, links) for key, links in found]
        with self.db:
            self.db.execute("BEGIN")
            self._strike(("anchor",), (key for key, _ in rows))
            pages = ((self.folder, key, links.targets, links.is_whole) for key, links in rows)
            self.db.executemany("INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?)", pages)
            anchors = ((self.folder, key, name) for key, links in rows for name in links.anchors)
            self.db.executemany("INSERT OR IGNORE INTO anchor VALUES (?, ?, ?)", anchors)

    def strike(self, keys: Iterable[str]) -> None:
        """Forget the pages with these *keys*."""
        with self.db:
            self.db.execute("BEGIN")
            self._strike(("link", "anchor"), tuple(keys))

    def _strike(self, tables: Iterable[str], keys: Iterable[str]) -> None:
        rows = [(self.folder, key) for key in keys]
        for table in tables:
            self.db.executemany(f"DELETE FROM {table} WHERE folder = ? AND key = ?", rows)

    def pages(self) -> Iterator[tuple[str, bytes, bool]]:
        """(key, digests of the files linked to, whether they are whole) of all pages."""
        rows = self.db.execute("SELECT key, targets, whole FROM link WHERE folder = ?", (self.folder,))
        return ((key, targets, bool(is_whole)) for key, targets, is_whole in rows)

    def page(self, key: str) -> tuple[str, bytes, bool] | None:
        """The same of one page, if it is noted."""
        query = "SELECT targets, whole FROM link WHERE folder = ? AND key = ?"
        row = self.db.execute(query, (self.folder, key)).fetchone()
        return (key, row[0], bool(row[1])) if row else None

    def anchors(self) -> Iterator[tuple[str, str]]:
        """Each place within a file that is linked to, with the key of one page that does."""
        query = "SELECT name, min(key) FROM anchor WHERE folder = ? GROUP BY name"
        yield from self.db.execute(query, (self.folder,))

    @property
    def faults(self) -> tuple[str, ...]:
        """What was wrong when the site was last looked at."""
        rows = self.db.execute("SELECT text FROM fault WHERE folder = ? ORDER BY text", (self.folder,))
        return tuple(text for (text,) in rows)

    @faults.setter
    def faults(self, texts: tuple[str, ...]) -> None:
        with self.db:
            self.db.execute("BEGIN")
            self.db.execute("DELETE FROM fault WHERE folder = ?", (self.folder,))
            self.db.executemany("INSERT OR IGNORE INTO fault VALUES (?, ?)", ((self.folder, text) for text in texts))

    def close(self) -> None:
        """Close the file."""
        self.db.close()
