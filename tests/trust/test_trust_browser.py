"""Nothing of the hostile archive runs in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import serve

from newsarchive.frontmatter import parse


class Watch:
    """A window without the page's own policy, so that only the markup protects; notes everything that runs."""

    def __init__(self, browser: Any, address: str) -> None:
        self.events: list[str] = []
        self.context = browser.new_context(bypass_csp=True)
        self.context.add_init_script("window.zq = () => console.error('RAN')")
        self.page = self.context.new_page()
        self.page.on("dialog", lambda it: (self.events.append("dialog"), it.dismiss()))
        self.page.on("console", lambda it: self.events.append(it.text) if it.type == "error" else None)
        self.page.on("pageerror", lambda it: self.events.append(str(it)))
        self.page.on("request", lambda it: None if it.url.startswith(address) else self.events.append(it.url))


@pytest.fixture(scope="module")
def watch(archive: Path, browser: Any) -> Iterator[tuple[Watch, str]]:
    for address in serve(archive / "output"):
        window = Watch(browser, address)
        yield window, address
        window.context.close()


def test_nothing_runs_in_a_browser_even_without_the_policy(watch: tuple[Watch, str], archive: Path) -> None:
    window, address = watch
    found = [parse(file.read_text("utf-8")) for file in (archive / "content" / "articles").rglob("*.md")]
    # the articles of this dump hold every payload, and in every field
    slugs = sorted(f"{article.slug}.html" for article in found if article.original_file.startswith("a.jsonl"))
    assert len(slugs) > 40
    for path in (
        "",
        "tags/",
        "sources/",
        "reporters/",
        "dates/",
        "2019/11/",
        "zh-hant/tags/",
        *slugs,
        f"zh-hant/{slugs[0]}",
    ):
        window.page.goto(address + path)
        window.page.evaluate(
            "document.querySelectorAll('details').forEach(it => { it.open = true });"  # scripts fill them with texts
            "document.querySelectorAll('main *').forEach(it => { for (const kind of"
            " ['mouseover', 'focus', 'pointerenter', 'toggle']) it.dispatchEvent(new Event(kind)) })"
        )
        assert window.page.locator("details img, details script, details iframe, details [onerror]").count() == 0, path
        assert window.events == [], path


@pytest.mark.parametrize(
    "query",
    ["<img src=x onerror=zq(1)>", "script", '"><svg onload=zq(1)>', "alert", "javascript:zq(1)", "图书馆", "onerror"],
)
def test_search_shows_hostile_queries_and_results_as_text(watch: tuple[Watch, str], query: str) -> None:
    window, address = watch
    window.page.goto(address + "search/")
    window.page.locator("main input[type=search]").fill(query)
    window.page.keyboard.press("Enter")

    window.page.locator("[aria-live]", has_text=re.compile(r"\S")).first.wait_for(state="attached")
    window.page.wait_for_timeout(200)
    assert window.events == []
    assert window.page.locator("#results img, #results svg[onload], #results script, #results iframe").count() == 0
