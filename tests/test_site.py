"""The sample archive, built as a user builds it, read by a program."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from tests.conftest import TOP, lay_out, make

from newsarchive.frontmatter import parse

FILES = ("404.html", "zh-hant/404.html", "feed.atom", "zh-hant/feed.atom", "sitemap.xml", "robots.txt")


def the_article(sample: Path) -> Path:
    (found,) = (sample / "content" / "articles").rglob("*.md")
    return found


def test_the_sample_is_catalogued_right(sample: Path) -> None:
    article = parse(the_article(sample).read_text(encoding="utf-8"))

    assert article.source == "齊魯網"
    assert article.date is not None
    assert article.date.isoformat() == "2019-11-20T17:54:11+08:00"
    assert article.date_precision == "second"
    assert article.reporters == ("吳天旭",)
    assert article.dateline == "齊魯網·閃電新聞11月20日訊"
    assert article.title_derived
    assert "煙臺" in article.title
    assert {"5G", "煙臺"} <= set(article.shown_tags)
    assert dict(article.cleaning)["glosses"] == 139
    assert len(article.paragraphs) == 6
    assert article.paragraphs[0].startswith("11月20日上午，煙臺市政府與山東移動、")
    assert article.paragraphs[-1].endswith("為我省經濟高質量發展做出更大貢獻。")


def test_the_damaged_span_is_mended_and_said_so(sample: Path) -> None:
    article = parse(the_article(sample).read_text(encoding="utf-8"))
    text = "".join(article.paragraphs)

    assert "運輸?shù)戎攸c場所" not in text
    assert "運輸等重點場所" in text
    assert article.repairs == ("輸?shù)戎攸c → 輸等重點",)


def test_nothing_of_the_tip_line_is_lost(sample: Path) -> None:
    article = parse(the_article(sample).read_text(encoding="utf-8"))

    assert "想爆料" not in "".join(article.paragraphs)
    kept = "".join(article.boilerplate)
    assert all(part in kept for part in ("想爆料", "minsheng.iqilu.com", "0531-66661234", "0531-81695052"))


def test_punctuation_is_full_width_and_no_gloss_is_left(sample: Path) -> None:
    text = "".join(parse(the_article(sample).read_text(encoding="utf-8")).paragraphs)

    assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", text)
    assert not re.search(r"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]", text)


PAGES = [
    "", "2019/", "2019/11/", "2019/11/20/", "dates/", "tags/", "sources/", "reporters/", "search/", "about/",
    "tag/5g/", "source/齐鲁网/", "reporter/吴天旭/",
]  # fmt: skip


@pytest.mark.parametrize("edition", ["", "zh-hant/"])
@pytest.mark.parametrize("page", PAGES)
def test_every_kind_of_page_stands_in_both_editions(sample: Path, edition: str, page: str) -> None:
    text = (sample / "output" / edition / page / "index.html").read_text(encoding="utf-8")

    assert f'<html lang="{"zh-Hant" if edition else "zh-Hans"}"' in text


@pytest.mark.parametrize("file", FILES)
def test_files_for_programs_stand_too(sample: Path, file: str) -> None:
    assert (sample / "output" / file).stat().st_size > 0


def test_both_scripts_are_right_names_included(sample: Path) -> None:
    file = the_article(sample).relative_to(sample / "content" / "articles").with_suffix(".html")
    simplified = (sample / "output" / file).read_text(encoding="utf-8")
    traditional = (sample / "output" / "zh-hant" / file).read_text(encoding="utf-8")

    assert all(word in simplified for word in ("齐鲁网", "吴天旭", "烟台市政府与山东移动", "杨杰", "示范企业", "“"))
    assert all(
        word in traditional for word in ("齊魯網", "吳天旭", "煙臺市政府與山東移動", "智能製造", "示範企業", "「")
    )


class Links(HTMLParser):
    """Addresses a page refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action") and value and tag != "meta":
                self.found.append(value)


def test_no_link_inside_the_site_is_dead(sample: Path) -> None:
    output = sample / "output"
    dead = []
    for page in output.rglob("*.html"):
        if page.name == "404.html":
            continue  # its links start at the domain
        links = Links()
        links.feed(page.read_text(encoding="utf-8"))
        for link in links.found:
            target = urljoin(page.as_uri(), link)
            if target.startswith("file:") and not Path(unquote(urlsplit(target).path)).exists():
                dead.append((str(page.relative_to(output)), link))

    assert dead == []


def test_feed_and_sitemap_are_well_formed(sample: Path) -> None:
    for file in (sample / "output").rglob("*.[ax][tm][ol]*"):
        ElementTree.parse(file)


def test_a_second_run_changes_nothing(sample: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (sample / "output").rglob("*.html")}

    done = make(sample / "siteconf.py")

    assert done.returncode == 0
    assert "0 of" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in (sample / "output").rglob("*.html")} == before


def test_pelicans_own_command_builds_the_same_site(sample: Path, tmp_path: Path) -> None:
    conf = lay_out(tmp_path, TOP / "content" / "dumps" / "seed.txt")
    done = subprocess.run(
        [sys.executable, "-m", "pelican", str(tmp_path / "content"), "-s", str(conf), "--fatal", "errors"],
        capture_output=True, text=True, check=False, timeout=300,
        env={**os.environ, "PYTHONPATH": str(TOP / "plugins")},
    )  # fmt: skip

    assert done.returncode == 0, done.stderr + done.stdout
    ours = {path.relative_to(tmp_path / "output"): path.read_bytes() for path in (tmp_path / "output").rglob("*.html")}
    theirs = {path.relative_to(sample / "output"): path.read_bytes() for path in (sample / "output").rglob("*.html")}
    assert ours == theirs


def test_bad_input_is_named_and_everything_else_is_built(tmp_path: Path) -> None:
    conf = lay_out(tmp_path, TOP / "content" / "dumps" / "seed.txt")
    dumps = tmp_path / "content" / "dumps"
    (dumps / "leer.jsonl").write_text('{"title": "甲", "content": ""}\n', encoding="utf-8")
    (dumps / "nichts.txt").write_bytes(b"")
    broken = tmp_path / "content" / "articles" / "broken.md"
    broken.parent.mkdir(parents=True)
    broken.write_text("Title no colon\n\ntext\n", encoding="utf-8")

    done = make(conf)

    assert done.returncode == 1
    assert "leer.jsonl:1" in done.stderr
    assert "nichts.txt" in done.stderr
    assert "broken.md:1: 'Title no colon' is no field" in done.stderr
    assert (tmp_path / "output" / "tag" / "5g" / "index.html").exists()


def test_an_unknown_setting_stops_the_run_before_anything_is_written(tmp_path: Path) -> None:
    conf = lay_out(tmp_path, TOP / "content" / "dumps" / "seed.txt", settings='NEWS_EDITION = "zh-Hant"')

    done = make(conf)

    assert done.returncode == 2
    assert "unknown setting NEWS_EDITION; did you mean NEWS_EDITIONS?" in done.stderr
    assert not (tmp_path / "output").exists()
    assert not (tmp_path / "content" / "articles").exists()


def test_a_site_can_be_built_while_it_is_served(tmp_path: Path) -> None:
    conf = lay_out(tmp_path, TOP / "content" / "dumps" / "seed.txt")
    serving = subprocess.Popen(
        [sys.executable, "-m", "pelican", "-l", "-s", str(conf), "-b", "127.0.0.1", "-p", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "PYTHONPATH": str(TOP / "plugins"), "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        assert serving.stdout is not None
        assert any("Serving site" in line for line in serving.stdout)

        done = make(conf, "-o", str(tmp_path / "output"))

        assert done.returncode == 0, done.stderr
        assert serving.poll() is None
    finally:
        serving.terminate()
        serving.wait()
