"""An invented archive as it is published, with at least one page of every kind, built once for all tests here."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bench.demo import make_demo
from kinds import TOMBSTONE, Site
from tests.conftest import make, serve
from tests.small_archive import article

ARTICLES = 40
SETTINGS = """
SITEURL = {address!r}
NEWS_PER_PAGE = 5
NEWS_CONTACT = "archive@example.org"
"""
LONG_TITLE = (
    "關於進一步加強沿海地區重點水域漁業資源增殖放流與生態環境聯合修復工作情況的第三次全面調查報告（徵求意見稿）"
)
LONG_SOURCE = "沿海七省市漁業資源與海洋生態環境保護聯席會議辦公室新聞中心聯合通訊社"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The archive, served under a path of its own, as on GitHub Pages."""
    root = tmp_path_factory.mktemp("published")
    host = root / "host"
    host.mkdir()
    for address in serve(host):
        output = build(root / "demo", address + "archive")
        (host / "archive").symlink_to(output)
        yield Site(output, address + "archive/")


def build(folder: Path, address: str) -> Path:
    """Output folder of the archive in *folder*, published at *address*."""
    conf = make_demo(folder, ARTICLES, seed=1)
    with conf.open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS.format(address=address))
    shelf = folder / "content" / "articles"
    shelf.mkdir()
    long = article("2019-11-20", 1, LONG_TITLE).replace("甲報", LONG_SOURCE)
    (shelf / "long.md").write_text(long, encoding="utf-8")
    (shelf / "gone.md").write_text(article("2019-11-21", 2), encoding="utf-8")
    (folder / "content" / "withdrawn.txt").write_text(f"{TOMBSTONE} 應當事人要求 2026-01-02\n", encoding="utf-8")
    done = make(conf)
    assert done.returncode == 0, done.stderr
    return folder / "output"


@pytest.fixture(scope="session")
def window(browser: Any) -> Iterator[Any]:
    """One window for all tests: opening one takes longer than looking at a page."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, as its package brings it."""
    package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return (Path(sys.modules[package.__name__].__file__ or "").parent / "axe.min.js").read_text("utf-8")
