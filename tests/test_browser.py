"""The sample site in a real browser: read, switch edition, browse, search."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

WIDTHS = {"phone": 360, "desk": 1280}
QUERIES = (
    "烟台", "煙臺", "5G", "山東移動", "山东移动", "张术平", "張術平 5G", "「5G应用」", "10×10", "吳天旭", "市长陈飞",
)  # fmt: skip
HEADINGS = (("tags", "5G"), ("places", "煙臺"), ("sources", "齊魯網"), ("reporters", "吳天旭"))
PATHS = ("", "2019/", "2019/11/", "2019/11/20/", "dates/", "tags/", "tag/5g/", "search/", "about/")


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    """A window that fails the test if a page complains or asks another host for anything."""
    context = browser.new_context(viewport={"width": WIDTHS[request.param], "height": 800})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda it: complaints.append(it.text) if it.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.append(request.url) if not is_local(request.url) else None)
    yield page
    context.close()
    assert complaints == []


def is_local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:"))


def test_a_reader_opens_the_article_and_switches_the_edition(page: Any, address: str) -> None:
    page.goto(address)
    page.locator("main h3 a").first.click()
    assert "烟台" in page.locator("#title").inner_text()

    page.locator("header a[hreflang=zh-Hant]").click()

    assert "煙臺" in page.locator("#title").inner_text()
    assert "/zh-hant/2019/11/20-" in page.url
    assert page.locator("html").get_attribute("lang") == "zh-Hant"


@pytest.mark.parametrize(("index", "name"), HEADINGS)
def test_a_reader_browses_by_heading(page: Any, address: str, index: str, name: str) -> None:
    page.goto(f"{address}zh-hant/{index}/")
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()

    assert page.locator("h1").inner_text() == name
    page.locator("main h3 a").first.click()
    assert "煙臺" in page.locator("#title").inner_text()


def test_a_reader_browses_by_date(page: Any, address: str) -> None:
    page.goto(address + "dates/")
    page.locator("main a[href*='2019/']").first.click()
    page.locator("td a").first.click()

    assert "2019年11月20日" in page.locator("h1").inner_text()
    page.locator("main h3 a").first.click()
    assert "烟台" in page.locator("#title").inner_text()


@pytest.mark.parametrize("edition", ["", "zh-hant/"])
@pytest.mark.parametrize("query", QUERIES)
def test_search_finds_the_article_in_either_script(page: Any, address: str, edition: str, query: str) -> None:
    page.goto(f"{address}{edition}search/")
    page.locator("main input[type=search]").fill(query)
    page.keyboard.press("Enter")

    page.locator("#results a[href*='20-']").first.wait_for(timeout=5000)
    page.locator("#results a[href*='20-']").first.click()
    assert ("煙臺" if edition else "烟台") in page.locator("#title").inner_text()


@pytest.mark.parametrize("query", ["煙臺大學", "熊猫", "台烟", "5G 熊貓"])
def test_search_finds_nothing_that_is_not_there(page: Any, address: str, query: str) -> None:
    page.goto(f"{address}search/?q={query}")

    page.locator("[aria-live]", has_text=re.compile(r"\S")).first.wait_for(state="attached")
    assert page.locator("#results a[href*='20-']").count() == 0


@pytest.mark.parametrize("path", PATHS)
def test_no_page_scrolls_sideways(page: Any, address: str, path: str) -> None:
    page.goto(address + path)

    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
