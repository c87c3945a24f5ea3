"""What a page asks the network for."""

from typing import Any

import pytest
from kinds import KINDS, Site

ARTICLE_REQUESTS = 3
"""The page, its style and its script. The icon is not among them: a browser asks for it once a site."""

IDLE = "new Promise(done => requestIdleCallback(done))"


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_its_own_host_only_and_an_article_three_times(site: Site, window: Any, kind: str) -> None:
    asked: list[str] = []
    window.on("request", note := lambda request: asked.append(request.url))
    window.goto(site.url(kind))
    window.evaluate(IDLE)
    window.remove_listener("request", note)

    assert [url for url in asked if not url.startswith(site.address)] == []
    pages = [url for url in asked if not url.endswith("icon.svg")]
    assert len(pages) <= ARTICLE_REQUESTS or "article" not in kind, pages
