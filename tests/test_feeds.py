"""Feeds and sitemaps: valid by their standards' rules, complete, and rewritten only when they change."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.small_archive import article, build, slug

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SETTINGS = 'SITEURL = "https://example.org/archive"\nSITENAME = "新聞館"'
DAYS = [f"2019-{month:02}-{day:02}" for month in (10, 11) for day in range(1, 21)]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    articles = [article(day, number) for number, day in enumerate(DAYS)]
    articles[3] = article(DAYS[3], 3, "A < B & “C”", "Modified: 2024-05-06 07:08:09+08:00\n")
    return build(tmp_path_factory.mktemp("feeds"), articles, SETTINGS)


def xml(file: Path) -> ElementTree.Element:
    return ElementTree.parse(file).getroot()  # our own file


FEEDS = ["", "tag/5g/", "tag/yantai/", "zh-hant/", "zh-hant/tag/5g/"]


@pytest.mark.parametrize("path", FEEDS)
def test_atom_has_what_rfc_4287_requires(output: Path, path: str) -> None:
    feed = xml(output / path / "feed.atom")

    assert [len(feed.findall(ATOM + name)) for name in ("id", "title", "updated", "author")] == [1, 1, 1, 1]
    links = {link.get("rel", "alternate"): link.get("href") for link in feed.findall(ATOM + "link")}
    assert links == {
        "alternate": f"https://example.org/archive/{path}",
        "self": f"https://example.org/archive/{path}feed.atom",
    }
    entries = feed.findall(ATOM + "entry")
    ids = [entry.findtext(ATOM + "id") for entry in entries]
    assert len(set(ids)) == len(ids) == (30 if "tag" in path else 40)
    for entry in entries:
        for name in ("published", "updated"):
            assert datetime.fromisoformat(entry.findtext(ATOM + name) or "").tzinfo
        assert entry.findtext(ATOM + "title")
        assert entry.findtext(ATOM + "summary")


@pytest.mark.parametrize("path", FEEDS)
def test_json_feed_has_what_version_1_1_requires(output: Path, path: str) -> None:
    feed: dict[str, Any] = json.loads((output / path / "feed.json").read_text(encoding="utf-8"))

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"https://example.org/archive/{path}feed.json"
    assert feed["language"] == ("zh-Hant" if path.startswith("zh-hant") else "zh-Hans")
    for item in feed["items"]:
        assert item["id"] == item["url"]
        assert item["content_text"]
        assert datetime.fromisoformat(item["date_published"]).tzinfo
        assert item["authors"] == [{"name": "甲報" if "zh-hant" in path else "甲报"}]


def test_both_formats_tell_the_same_articles_newest_first(output: Path) -> None:
    atom = [entry.findtext(ATOM + "id") for entry in xml(output / "feed.atom").findall(ATOM + "entry")]
    feed = json.loads((output / "feed.json").read_text(encoding="utf-8"))

    assert atom == [item["id"] for item in feed["items"]]
    assert atom[0] == f"https://example.org/archive/{slug(DAYS[-1], 39)}.html"


def test_a_correction_is_an_update_and_not_a_new_publication(output: Path) -> None:
    (entry,) = (
        e for e in xml(output / "feed.atom").findall(ATOM + "entry") if "2024" in (e.findtext(ATOM + "updated") or "")
    )

    assert entry.findtext(ATOM + "title") == "A < B & “C”"
    assert (entry.findtext(ATOM + "published") or "").startswith(DAYS[3])


def test_the_sitemap_states_when_a_page_was_last_changed(output: Path) -> None:
    index = {row.findtext(MAP + "loc"): row.findtext(MAP + "lastmod") for row in xml(output / "sitemap.xml")}
    assert index["https://example.org/archive/sitemap-2019-1.xml"] == "2024-05-06T07:08:09+08:00"

    pages = {row.findtext(MAP + "loc"): row for row in xml(output / "sitemap-2019-1.xml")}
    first = pages[f"https://example.org/archive/{slug(DAYS[0], 0)}.html"]
    assert first.findtext(MAP + "lastmod") == DAYS[0]
    assert [link.get("hreflang") for link in first.findall(XHTML + "link")] == ["zh-Hans", "zh-Hant", "x-default"]
    assert len(pages) == 2 * len(DAYS)


def test_every_sitemap_named_in_the_index_and_every_page_in_it_is_there(output: Path) -> None:
    for row in xml(output / "sitemap.xml"):
        file = output / str(row.findtext(MAP + "loc")).removeprefix("https://example.org/archive/")
        for page in xml(file):
            path = str(page.findtext(MAP + "loc")).removeprefix("https://example.org/archive/")
            assert (output / path / "index.html" if path.endswith("/") or not path else output / path).is_file()


def test_the_page_of_a_tag_leads_to_its_feeds(output: Path) -> None:
    text = (output / "tag" / "5g" / "index.html").read_text(encoding="utf-8")

    assert 'type=application/atom+xml href="../../tag/5g/feed.atom"' in text
    assert 'type=application/feed+json href="../../tag/5g/feed.json"' in text


def test_an_article_of_another_tag_leaves_the_feed_of_a_tag_alone(tmp_path: Path) -> None:
    articles = [article("2019-10-01", 1), article("2019-10-02", 2)]
    output = build(tmp_path, articles)
    before = (output / "tag" / "5g" / "feed.atom").stat().st_mtime_ns

    build(tmp_path, [*articles, article("2019-10-03", 3).replace("Tags: 5G; 煙臺", "Tags: 能源")])

    assert (output / "tag" / "5g" / "feed.atom").stat().st_mtime_ns == before


def test_feeds_of_tags_can_be_switched_off(tmp_path: Path) -> None:
    output = build(tmp_path, [article("2019-10-01", 1)], "NEWS_TAG_FEEDS = False")

    assert list(output.rglob("tag/*/feed.*")) == []
    assert (
        "feed.atom"
        not in (output / "tag" / "5g" / "index.html")
        .read_text(encoding="utf-8")
        .partition("<h1>")[2]
        .partition("</main>")[0]
    )
    assert (output / "feed.json").is_file()
