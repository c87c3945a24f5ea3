"""What `newsarchive check` finds, and that a site as it is built has none of it."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import TOP, lay_out, make

from newsarchive.accounting import audit, built
from newsarchive.shelf import Shelf

EDITIONS = ("", "zh-hant/")


@pytest.fixture
def site(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample archive that a test may damage."""
    for name in ("content", "output", ".newsarchive"):
        shutil.copytree(sample / name, tmp_path / name)
    return tmp_path


def faults(site: Path) -> tuple[str, ...]:
    entries = Shelf(site / "content" / "articles", site / ".newsarchive").entries()
    return audit(built(site / "output", EDITIONS, entries), 1)


def article(site: Path) -> Path:
    return next((site / "output" / "2019" / "11").glob("20-*.html"))


def test_a_site_as_it_is_built_has_no_fault(site: Path) -> None:
    entries = Shelf(site / "content" / "articles", site / ".newsarchive").entries()
    whole = built(site / "output", EDITIONS, entries)

    assert audit(whole) == ()


def _drop(pattern: str) -> Callable[[Path], None]:
    def damage(site: Path) -> None:
        for file in (site / "output").rglob(pattern):
            shutil.rmtree(file) if file.is_dir() else file.unlink()

    return damage


def _edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def damage(site: Path) -> None:
        file = article(site) if name == "article" else site / "output" / name
        text = file.read_text("utf-8")
        assert re.search(old, text)
        file.write_text(re.sub(old, new, text), "utf-8")

    return damage


def _write(name: str) -> Callable[[Path], None]:
    return lambda site: ((site / "output" / name).write_text("x", "utf-8"), None)[1]


def _forget(site: Path) -> None:
    """Let the search index hold no segment."""
    file = site / "output" / "search" / "manifest.bin"
    manifest = json.loads(gzip.decompress(file.read_bytes()))
    file.write_bytes(gzip.compress(json.dumps({**manifest, "segments": []}).encode()))


DAMAGES = {
    "an article's page is gone": (_drop("20-*.html"), "the page of this article is missing"),
    "a linked page is gone": (_drop("dates"), "a link leads to 'dates/index.h"),
    "a style sheet is gone": (_drop("style.css"), "a link leads to 'theme/css/style.css'"),
    "a script's import is gone": (_drop("fold.js"), "theme/js/search/archive.js asks for ./fold.js"),
    "no list names an article": (_edit("2019/11/20/index.html", r"20-[0-9a-f]{12}", "index"), "no list of its day"),
    "a page is cut": (_edit("article", r"(?s)\A.*", ""), "not a whole page"),
    "the sitemap misses an article": (_edit("sitemap-2019-1.xml", r"(?s)<url>.*?</url>\n", ""), "sitemap: the article"),
    "the sitemap names a stranger": (_edit("sitemap-2019-1.xml", r"20-[0-9a-f]{12}", "20-0"), "is no article"),
    "the feed names a stranger": (_edit("feed.atom", r"<entry><id>[^<]*", "<entry><id>http://a/b"), "no article"),
    "a feed misses an article": (_edit("feed.atom", r"(?s)<entry>.*?</entry>", ""), "feed.atom: 2019/11/20-.* missing"),
    "a feed in JSON misses it": (_edit("zh-hant/feed.json", r"20-[0-9a-f]{12}", "20-0"), "zh-hant/feed.json: .* miss"),
    "a feed cannot be read": (_edit("feed.json", r"\]", ""), "feed.json: 2019/11/20-.* missing"),
    "a feed is gone": (_drop("feed.atom"), "feed.atom: 2019/11/20-.* missing"),
    "a table misses a row": (_edit("data/2019-1.csv", r"(?s)\n2019/11/20-.*", "\n"), r"data/\*.csv: the article"),
    "a line of the bulk data is cut": (_edit("data/2019-1.jsonl", r"\}\n", ""), r"data/\*.jsonl: the article 2019"),
    "a table is gone": (_drop("2019-1.csv"), r"data/\*.csv: the article 2019/11/20-.* is missing"),
    "a row stands twice": (_edit("data/2019-1.jsonl", r"(?s)(.*)", r"\1\1"), "1 articles stand twice"),
    "the sitemap repeats a page": (_edit("sitemap-2019-1.xml", r"(?s)(<url>.*?</url>)", r"\1\1"), "stands twice in"),
    "no index names a sitemap": (_edit("sitemap.xml", "sitemap-2019-1", "sitemap-x"), "does not name sitemap-2019-1"),
    "a page of old is left": (_write("2019/11/19-0123456789ab.html"), "belongs to nothing in this archive"),
    "search has lost an article": (_forget, "search: the article 2019/11/20-"),
    "search is gone": (_drop("manifest.bin"), "search: the article 2019/11/20-"),
    "a place within a page is gone": (_edit("about/index.html", r" id=\"?corrections\"?", ""), "about/index.html#corr"),
    "two files differ in case only": (_write("Index.html"), "are one on some systems"),
    "a killed run left a part": (_write("x.part"), "left by a run"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_each_fault_is_found_and_said(site: Path, name: str) -> None:
    damage, words = DAMAGES[name]
    damage(site)

    found = "\n".join(faults(site))

    assert re.search(words, found), found


def test_the_command_says_what_is_wrong_and_exits_1(tmp_path: Path) -> None:
    conf = lay_out(tmp_path, TOP / "content" / "dumps" / "seed.txt")
    assert check(conf).returncode == 2  # no site yet
    assert make(conf).returncode == 0
    assert (check(conf).returncode, check(conf).stdout) == (0, "no fault\n")

    article(tmp_path).unlink()

    assert check(conf).returncode == 1
    assert "the page of this article is missing" in check(conf).stdout


def test_a_notice_of_a_withdrawn_article_that_is_gone_is_named(tmp_path: Path) -> None:
    conf = lay_out(tmp_path, TOP / "content" / "dumps" / "seed.txt")
    assert make(conf).returncode == 0
    slug = article(tmp_path).relative_to(tmp_path / "output").with_suffix("").as_posix()
    (tmp_path / "content" / "withdrawn.txt").write_text(f"{slug} 當事人要求 2026-11-22\n", "utf-8")
    assert make(conf).returncode == 0
    assert check(conf).stdout == "no fault\n"

    article(tmp_path).unlink()

    assert f"{slug}.html: the notice of this withdrawn article is missing" in check(conf).stdout


def check(conf: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "newsarchive", "check", "-s", str(conf)]
    environment = {**os.environ, "PYTHONPATH": str(TOP / "plugins")}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=60)
