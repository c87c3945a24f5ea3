"""The site reads and browses without JavaScript; only the search needs it, and says so."""

from collections.abc import Iterator
from typing import Any

import pytest
from kinds import Site


@pytest.fixture
def still(browser: Any) -> Iterator[Any]:
    """A window in which no script runs."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    yield context.new_page()
    context.close()


def follow(page: Any, selector: str) -> str:
    """Click the first link that is *selector*; the heading of the page it leads to."""
    page.locator(selector).first.click()
    return str(page.locator("h1").inner_text())


def test_a_reader_without_scripts_goes_by_date_to_an_article_and_on(still: Any, site: Site) -> None:
    still.goto(site.address)

    assert follow(still, "header nav a[href*='dates/']") == "日期"
    year = follow(still, "main dt a")
    month = follow(still, "main caption a")
    day = follow(still, "main h2 a")
    assert year in month
    assert month in day
    title = still.locator("main h3 a").first.inner_text()
    assert follow(still, "main h3 a") == title
    tag = still.locator("a[rel=tag]").first.inner_text()
    assert follow(still, "a[rel=tag]") == tag


def test_a_reader_without_scripts_turns_the_pages_of_a_list(still: Any, site: Site) -> None:
    still.goto(site.url("tag"))
    newest = still.locator("main h3 a").first.inner_text()

    follow(still, "nav.pager a[rel=prev]")
    assert "/page/" in still.url
    assert still.locator("main h3 a").first.inner_text() != newest

    while "/page/" in still.url:
        follow(still, "nav.pager a[rel=next]")
    assert still.locator("main h3 a").first.inner_text() == newest


@pytest.mark.parametrize("kind", ["front", "article", "year", "tag", "older page of a tag", "tombstone"])
def test_a_reader_without_scripts_switches_the_script_and_back(still: Any, site: Site, kind: str) -> None:
    still.goto(site.url(kind))
    heading = still.locator("h1").inner_text()

    follow(still, "header a[hreflang=zh-Hant]")
    assert still.url == site.url(kind, "zh-hant/")
    assert follow(still, "header a[hreflang=zh-Hans]") == heading
    assert still.url == site.url(kind)


def test_the_search_page_without_scripts_shows_other_ways(still: Any, site: Site) -> None:
    still.goto(site.url("search"))

    assert "JavaScript" in still.locator("main").inner_text()
    assert follow(still, "main noscript a[href*='tags/']") == "主题"


def test_nothing_that_needs_a_script_is_shown_without_one(still: Any, site: Site) -> None:
    still.goto(site.url("article"))

    assert still.locator(".js:visible, button:visible").count() == 0
