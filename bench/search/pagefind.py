"""The same queries asked of Pagefind, fed with the same pages."""

import json
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from .browser import Asked, Browser
from .site import Editions, Item

ASK = """async ([query, most]) => {
  const pagefind = await import(location.origin + "/pagefind/pagefind.js");
  await pagefind.search(query);
  const start = performance.now();
  const { results } = await pagefind.search(query);
  const milliseconds = performance.now() - start;
  const slug = (data) => data.raw_url.replace(/^\\/?a\\//, "").replace(/\\.html$/, "");
  const candidates = [];
  for (const result of results.slice(0, most)) candidates.push(slug(await result.data()));
  return { candidates, shown: candidates.slice(0, 40), refused: [], milliseconds };
}"""

MOST = 2000
"""Results whose address is asked for: each takes a request."""


class Pagefind:
    """Pagefind's index of the Simplified pages, asked through its own JavaScript."""

    def __init__(self, python: str, items: Sequence[Item], folder: Path, browser: Browser) -> None:
        """Index *items* with the Pagefind of the environment of *python*; the result goes into the served *folder*."""
        self._browser = browser
        pages = folder / "pagefind-pages"
        editions = Editions(items)
        for item in items:
            path = pages / f"a/{item.slug}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(editions.page(f"{item.slug}.html") or "", "utf-8")
        command = [python, "-m", "pagefind", "--site", str(pages), "--output-path", str(folder / "pagefind")]
        start = time.time()
        subprocess.run(command, check=True, capture_output=True)
        size = sum(file.stat().st_size for file in (folder / "pagefind").rglob("*") if file.is_file())
        print(json.dumps({"pagefind_bytes": size, "pagefind_seconds": round(time.time() - start, 1)}), flush=True)
        shutil.rmtree(pages)

    def ask(self, query: str, most: int) -> Asked:
        """What Pagefind finds for *query*; all it finds counts as shown."""
        return Asked(**self._browser.page.evaluate(ASK, [query, max(most, MOST)]))
