"""What `newsarchive check` finds, and that a site as it is built has none of it."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import TOP, lay_out, make

from newsarchive.accounting import Built, audit, built
from newsarchive.accounting.changes import changes
from newsarchive.accounting.known import Known
from newsarchive.accounting.lists import search
from newsarchive.build import Outcome
from newsarchive.build.links import LinkBook, links_of, together
from newsarchive.plugin import make_site
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


UNTOUCHED = {
    "a script's import is gone", "a table misses a row", "a line of the bulk data is cut", "a table is gone",
    "a row stands twice", "a page of old is left",
}  # fmt: skip
"""Faults that only `newsarchive check` finds: a build accounts for pages, lists, search, sitemaps and feeds."""


@pytest.mark.parametrize("name", sorted(DAMAGES.keys() - UNTOUCHED))
def test_each_fault_of_what_a_build_made_is_found_by_looking_at_that_alone(site: Path, name: str) -> None:
    outcome, words = _outcome(site), DAMAGES[name][1]
    book = LinkBook(site / "output", site / ".newsarchive")
    _note(site, book, (key for key in outcome.keys if key.endswith(".html")))
    assert changes(_built(site), book, outcome, Known()) == ()

    DAMAGES[name][0](site)
    if name == "no list names an article":  # what was noted as the list was written
        _note(site, book, ["2019/11/20/index.html"])

    found = "\n".join(changes(_built(site), book, outcome, Known()))
    assert re.search(words.replace("the page of this article", "this page"), found), found


def _note(site: Path, book: LinkBook, keys: Iterable[str]) -> None:
    """Note where the pages with these *keys* lead, as a build does."""
    for key in keys:
        files = [f"{edition}{key}" for edition in EDITIONS]
        links = [links_of(file, (site / "output" / file).read_text("utf-8")) for file in files]
        book.record([(key, together(links))])


def _built(site: Path) -> Built:
    return built(site / "output", EDITIONS, Shelf(site / "content" / "articles", site / ".newsarchive").entries())


def _outcome(site: Path) -> Outcome:
    """As if all pages and sitemaps had just been made."""
    top = site / "output"
    keys = [page.relative_to(top).as_posix() for page in top.rglob("*.html")]
    own = [key for key in keys if not key.startswith(("zh-hant/", "theme/"))]
    parts = [f"/{part.name}" for part in top.glob("sitemap*.xml")]
    return Outcome(len(keys), len(keys), 0, "now", "before", (*own, *parts), (), tuple(_built(site).entries))


def test_pages_that_lead_to_what_a_build_removed_are_found(site: Path) -> None:
    book = LinkBook(site / "output", site / ".newsarchive")
    _note(site, book, ["2019/11/20/index.html"])
    gone = article(site).relative_to(site / "output").as_posix()
    for edition in EDITIONS:
        (site / "output" / edition / gone).unlink()

    found = changes(_built(site), book, replace(_outcome(site), keys=(), gone=(gone,), articles=()), Known())

    assert f"2019/11/20/index.html: a link leads to {gone!r}, where nothing is" in found


def test_segments_of_the_index_are_read_once_and_again_when_they_are_others(site: Path) -> None:
    known = Known()
    assert list(search(_built(site), known)) == []
    shutil.rmtree(next((site / "output" / "search").glob("*/d")))

    assert list(search(_built(site), known)) == []
    assert "missing" in "".join(search(_built(site), Known()))
    _forget(site)
    assert "missing" in "".join(search(_built(site), known))


def test_a_build_accounts_for_what_it_made_and_one_whose_account_failed_for_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    conf = lay_out(tmp_path, TOP / "content" / "dumps" / "seed.txt")
    (tmp_path / "output" / "own").mkdir(parents=True)
    (tmp_path / "output" / "own" / "x.part").touch()
    assert make_site(conf, None, _silent).faults == ("own/x.part: left by a run that was ended",)  # all was made
    shutil.rmtree(tmp_path / "output" / "own")
    assert make_site(conf, None, _silent).faults == ()
    for name in ("about", "dates"):
        (tmp_path / "output" / name / "x.part").touch()
    assert make_site(conf, None, _silent).faults == ()  # nothing was made
    _correct(tmp_path, "甲")
    found = make_site(conf, None, _silent).faults
    assert found == ("dates/x.part: left by a run that was ended",)  # the folder was written to
    assert len(make_site(conf, None, _silent).faults) == 2  # after a fault all is looked at, until it is mended
    for name in ("about", "dates"):
        (tmp_path / "output" / name / "x.part").unlink()
    assert make_site(conf, None, _silent).faults == ()

    (tmp_path / "output" / "about" / "x.part").touch()
    _correct(tmp_path, "乙")
    with monkeypatch.context() as patch, pytest.raises(InterruptedError):
        patch.setattr("newsarchive.run.accounting.after", _stop)
        make_site(conf, None, _silent)

    assert make_site(conf, None, _silent).faults == ("about/x.part: left by a run that was ended",)


def _stop(*_: object) -> None:
    raise InterruptedError


def _silent(phase: str, done: int, total: int) -> None:
    """No display in tests."""


def _correct(folder: Path, word: str) -> None:
    """Add *word* to the oldest article, and a year to the archive's days."""
    file = min((folder / "content" / "articles").rglob("*.md"))
    text = file.read_text("utf-8")
    year = "2018" if word == "甲" else "2017"
    file.write_text(re.sub(r"(?m)^Date: \d{4}", f"Date: {year}", text) + f"\n{word}。\n", "utf-8")


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
