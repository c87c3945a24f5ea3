"""Asks the search modules and the search page in headless Chromium."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from playwright.sync_api import Page, sync_playwright

from .queries import Query
from .site import Served

ASK = """async ([query, most]) => {
  const load = (name) => import(new URL(`theme/js/search/${name}.js`, location.origin + "/").href);
  const modules = await Promise.all(["archive", "query", "find", "check"].map(load));
  const { openArchive, parse, find, Pages } = Object.assign({}, ...modules);
  globalThis.archive ??= await openArchive("/search/");
  globalThis.pages ??= new Pages("/", "zh-Hans", archive.editions);
  const terms = parse(query, archive.fold);
  const filters = { from: "", to: "", facets: [] };
  await find(archive, terms, filters);
  const start = performance.now();
  const { hits } = await find(archive, terms, filters);
  const milliseconds = performance.now() - start;
  const candidates = [];
  for (const { segment, id } of hits) candidates.push(await segment.slug(id));
  const shown = [], refused = [];
  for (const slug of candidates.slice(0, most)) {
    const isFound = await pages.check(slug, terms, archive.fold);
    (isFound ? shown : refused).push(slug);
  }
  return { candidates, shown, refused, milliseconds };
}"""


Cost = tuple[int, int, int, int]
"""Bytes and requests of the index, bytes and requests of result pages."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came back for one query."""

    candidates: list[str]
    shown: list[str]
    refused: list[str]
    milliseconds: float


class Browser:
    """A Chromium with the search page open."""

    def __init__(self, address: str) -> None:
        self.address = address

    def __enter__(self) -> Self:
        self._playwright = sync_playwright().start()
        path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
        self._chromium = self._playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        self.page = self._chromium.new_page()
        self.page.goto(f"{self.address}search/")
        return self

    def __exit__(self, *error: object) -> None:
        self._chromium.close()
        self._playwright.stop()

    def fresh(self) -> Page:
        """A page with an empty cache."""
        return self._chromium.new_context().new_page()

    def ask(self, query: str, most: int) -> Asked:
        """All candidates for *query*, and which of the first *most* are shown."""
        return Asked(**self.page.evaluate(ASK, [query, most]))


def cost_of_queries(site: Served, browser: Browser, asked: Sequence[Query]) -> dict[str, Any]:
    """Bytes and requests of the first query of a visit, and of a second one."""
    first: list[Cost] = []
    second: list[Cost] = []
    for query, other in zip(asked, [*asked[1:], asked[0]], strict=True):
        page = browser.fresh()
        for text, costs in ((query.text, first), (other.text, second)):
            before = len(site.traffic.sent)
            if costs is first:
                page.goto(f"{site.address}search/")
                page.wait_for_load_state("networkidle")
            page.fill("[name=q]", text)
            page.press("[name=q]", "Enter")
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(250)
            sent = site.traffic.sent[before:]
            index = [size for path, size in sent if "search/" in path and path.endswith((".bin", ".js"))]
            pages = [size for path, size in sent if path.endswith(".html")]
            costs.append((sum(index), len(index), sum(pages), len(pages)))
        page.context.close()
    return {"first": _summary(first), "second": _summary(second)}


def _summary(costs: Sequence[Cost]) -> dict[str, Any]:
    sizes = sorted(cost[0] for cost in costs)
    return {
        "bytes_median": sizes[len(sizes) // 2],
        "bytes_p95": sizes[int(len(sizes) * 0.95)],
        "bytes_max": sizes[-1],
        "requests_max": max(cost[1] for cost in costs),
        "result_pages_bytes_max": max(cost[2] for cost in costs),
    }
