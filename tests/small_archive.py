"""A small archive of invented articles, built without dumps, for tests of its pages and files."""

from collections.abc import Iterable
from pathlib import Path

from tests.conftest import lay_out

from newsarchive.plugin import make_site


def article(day: str, number: int, title: str = "", extra: str = "") -> str:
    """A file of content/articles; *extra* are further lines of its head."""
    return (
        f"Title: {title or f'第{number}則消息'}\nDate: {day} 08:00:00+08:00\nDate-Precision: minute\n"
        f"Slug: {slug(day, number)}\nSource: 甲報\nReporters: 吳天旭\nTags: 5G; 煙臺\nLang: zh-Hant\n"
        f"SHA256: {number:064x}\n{extra}\n煙臺市昨日公布第{number}項計畫。\n\n“第二段”。\n"
    )


def slug(day: str, number: int) -> str:
    """Address of an article."""
    return f"{day[:4]}/{day[5:7]}/{day[8:]}-{number:012x}"


def build(folder: Path, articles: Iterable[str], settings: str = "", withdrawn: str = "") -> Path:
    """Output folder of an archive in *folder* with these *articles*."""
    conf = lay_out(folder, settings=settings)
    (folder / "content" / "dumps").mkdir(parents=True, exist_ok=True)
    shelf = folder / "content" / "articles"
    shelf.mkdir(exist_ok=True)
    for number, text in enumerate(articles):
        (shelf / f"{number}.md").write_text(text, encoding="utf-8")
    (folder / "content" / "withdrawn.txt").write_text(withdrawn, encoding="utf-8")
    make_site(conf, folder / "output", lambda phase, done, total: None)
    return folder / "output"
