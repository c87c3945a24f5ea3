"""The small site `bench.search` asks: a corpus as articles, their pages in two editions, the search page, a server."""

import gzip
import hashlib
import json
import random
import re
import shutil
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

from jinja2 import Environment, FileSystemLoader

from newsarchive.script import converter, detect
from newsarchive.search import Document, IndexStats, write_index
from newsarchive.words import read_words

ROOT = Path(__file__).parents[2]
EDITIONS = {"zh-Hans": "", "zh-Hant": "zh-hant/"}
MARKUP = re.compile(r"<[^>]+>")
BREAKS = re.compile(r"\n+|</p>\s*<p>|<br ?/?>")


@dataclass(frozen=True, slots=True)
class Item:
    """One article of the corpus."""

    slug: str
    date: str
    title: str
    source: str
    paragraphs: tuple[str, ...]
    lang: str

    @property
    def texts(self) -> tuple[str, ...]:
        """All that the index is told of it."""
        return (self.title, *self.paragraphs, self.source)

    @property
    def raw_bytes(self) -> int:
        return len("\n".join(self.texts).encode())


def _item(number: int, date: str, title: str, source: str, paragraphs: Sequence[str]) -> Item:
    clean = tuple(filter(None, (" ".join(MARKUP.sub("", text).split()) for text in paragraphs)))
    title = " ".join(MARKUP.sub("", title).split())
    key = hashlib.sha256(f"{number} {title}".encode()).hexdigest()[:12]
    return Item(f"{date[:4]}/{date[5:7]}/{date[8:]}-{key}", date, title, source, clean, detect("".join(clean)))


def read_corpus(folder: Path) -> list[Item]:
    """Articles of *folder*: Markdown of a day with a `###` heading for each article, and JSON lists of objects."""
    found: list[Item] = []
    for date, title, source, paragraphs in (*_days(folder), *_objects(folder)):
        if paragraphs and re.fullmatch(r"\d{4}-\d\d-\d\d", date):
            found.append(_item(len(found), date, title, source, paragraphs))
    return sorted((item for item in found if item.paragraphs), key=lambda item: (item.date, item.slug), reverse=True)


def _days(folder: Path) -> Iterator[tuple[str, str, str, list[str]]]:
    for path in sorted(folder.rglob("*.md")):
        date = f"{path.stem[:4]}-{path.stem[4:6]}-{path.stem[6:8]}"
        for part in re.split(r"^### ", path.read_text("utf-8"), flags=re.M)[1:]:
            title, _, body = part.partition("\n")
            yield date, title, path.parent.name, BREAKS.split(body)


def _objects(folder: Path) -> Iterator[tuple[str, str, str, list[str]]]:
    """Objects of JSON files; several lists may follow each other in one file."""
    decoder = json.JSONDecoder()
    for path in sorted(folder.rglob("*.json")):
        text = path.read_text("utf-8")
        at = 0
        while start := re.compile(r"[\s,\[\]]*(?=\{)").match(text, at):
            record, at = decoder.raw_decode(text, start.end())
            yield (
                str(record.get("date"))[:10],
                record["title"],
                record.get("website", ""),
                BREAKS.split(record["content"]),
            )


def recombined(items: Sequence[Item], count: int) -> list[Item]:
    """*count* articles: those of the corpus, then others made of its titles and paragraphs, the same each time."""
    if count <= len(items):
        return sorted(random.Random(1).sample(items, count), key=lambda item: (item.date, item.slug), reverse=True)
    chance = random.Random(1)
    found = list(items)
    pools: dict[str, list[str]] = defaultdict(list)
    for item in items:
        pools[item.lang] += item.paragraphs
    while len(found) < count:
        model = chance.choice(items)
        date = f"{chance.randint(2005, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        paragraphs = chance.choices(pools[model.lang], k=len(model.paragraphs))
        title = paragraphs[0][:4] + model.title
        found.append(_item(len(found), date, title, model.source, paragraphs))
    return sorted(found, key=lambda item: (item.date, item.slug), reverse=True)


def document(item: Item) -> Document:
    return Document(
        item.slug, item.date, item.slug, item.title, lambda: item.paragraphs, lambda: (item.source,),
        (("source", item.source),),
    )  # fmt: skip


class Editions:
    """Writes pages in each edition on demand, so that a large site takes no time to set up."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = {item.slug: item for item in items}

    def page(self, path: str) -> str | None:
        """The article page at *path* below the root of the site."""
        edition = next((code for code, folder in reversed(EDITIONS.items()) if path.startswith(folder)), "zh-Hans")
        item = self.items.get(path.removeprefix(EDITIONS[edition]).removesuffix(".html"))
        if item is None or not path.endswith(".html"):
            return None
        convert = converter(item.lang, edition)
        story = "".join(f"<p>{escape(convert(text))}" for text in item.paragraphs)
        source = escape(convert(item.source))
        return (
            f"<!doctype html><html lang={edition}><meta charset=utf-8><title>{escape(convert(item.title))}</title>"
            f"<article data-pagefind-body><h1 id=title>{escape(convert(item.title))}</h1>"
            f"<p class=kick><a class=from>{source}</a><time datetime={item.date}>{item.date}</time></p>"
            f"<div id=story>{story}</div></article>"
        )


def write_site(items: Sequence[Item], folder: Path) -> IndexStats:
    """Search page, scripts and index of *items* under *folder*."""
    labels = {
        code: {"source": {source: converter("zh", code)(source) for source in {item.source for item in items}}}
        for code in EDITIONS
    }
    stats = write_index([document(item) for item in items], folder / "search", labels, EDITIONS)
    shutil.copytree(ROOT / "theme/static", folder / "theme", dirs_exist_ok=True)
    environment = Environment(loader=FileSystemLoader(ROOT / "theme/templates"), trim_blocks=True, lstrip_blocks=True)
    for code, below in EDITIONS.items():
        path = folder / below / "search/index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_search_page(environment, code, "../../" if below else "../"), "utf-8")
    return stats


def _search_page(environment: Environment, code: str, site: str) -> str:
    words = read_words(ROOT / "theme", code)
    page = SimpleNamespace(title=words.search, canonical="", alternates=(), kind="search", path="search/")
    context: dict[str, Any] = {
        "SITENAME": "bench", "root": "../", "site": site, "ix": "", "words": words, "page": page,
        "edition": SimpleNamespace(code=code),
    }  # fmt: skip
    return environment.get_template("search.html").render(context)


@dataclass(slots=True)
class Traffic:
    """What the server sent since it was last asked."""

    sent: list[tuple[str, int]] = field(default_factory=list)


class _Handler(SimpleHTTPRequestHandler):
    """Files as a host sends them: text in gzip, pages of articles made on demand."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *rest: Any, editions: Editions, traffic: Traffic, **names: Any) -> None:
        self.editions, self.traffic = editions, traffic
        super().__init__(*rest, **names)

    def do_GET(self) -> None:
        path = self.path.partition("?")[0].lstrip("/")
        page = self.editions.page(path)
        file = Path(self.translate_path(self.path.partition("?")[0]))
        file = file / "index.html" if file.is_dir() else file
        if page is None and not file.is_file():
            self.send_error(404)
            return
        data = page.encode() if page is not None else file.read_bytes()
        kind = "text/html; charset=utf-8" if page is not None else self.guess_type(str(file))
        self.send_response(200)
        if not kind.startswith("application/octet"):
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):  # the browser has gone on to another page
            self.wfile.write(data)
        self.traffic.sent.append((path, len(data)))

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """A browser may hang up whenever it likes."""


class Served:
    """`with Served(folder, items) as site:` serves on 127.0.0.1 until the block ends."""

    def __init__(self, folder: Path, items: Sequence[Item]) -> None:
        self.traffic = Traffic()
        handler = partial(_Handler, directory=str(folder), editions=Editions(items), traffic=self.traffic)
        self._server = _Server(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
