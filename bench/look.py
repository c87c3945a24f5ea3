"""Pictures of a built site, one of each kind of page: `python -m bench.look output --pictures pictures`.

Every edition, phone and desk, light and dark, and the article upright and in print. Says what does not fit the window.
"""

import argparse
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

KINDS = {
    "front": "index.html",
    "article": "[12]*/[01]*/*-*.html",
    "undated": "undated/index.html",
    "dates": "dates/index.html",
    "year": "[12]*/index.html",
    "month": "[12]*/[01]*/index.html",
    "day": "[12]*/[01]*/[0-3]*/index.html",
    "tags": "tags/index.html",
    "tag": "tag/*/index.html",
    "source": "source/*/index.html",
    "reporter": "reporter/*/index.html",
    "search": "search/index.html",
    "about": "about/index.html",
}
"""Kind of page -> files of that kind; the largest is taken, because it has most to show."""

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class View:
    """How a page is looked at."""

    width: int
    scheme: str = "light"
    media: str = "screen"
    flow: str = ""
    """`down` for upright text."""

    @property
    def name(self) -> str:
        return "-".join(filter(None, (str(self.width), self.scheme, self.media.replace("screen", ""), self.flow)))


VIEWS = tuple(View(width, scheme) for width, scheme in product(WIDTHS, SCHEMES))
ARTICLE_VIEWS = (View(360, flow="down"), View(1280, flow="down"), View(660, media="print"))


def pages(site: Path) -> Iterator[tuple[str, Path]]:
    """(kind, file) of one page of each kind, in every edition."""
    for edition in (site, *(site / file.parent.name for file in site.glob("zh-*/index.html"))):
        for kind, pattern in KINDS.items():
            found = max(edition.glob(pattern), key=lambda file: file.stat().st_size, default=None)
            if found:
                yield kind if edition == site else f"{kind}-{edition.name}", found


def shoot(page: Page, file: Path, view: View, picture: Path) -> int:
    """Writes *picture*; returns by how many pixels the page is wider than the window."""
    page.emulate_media(media="print" if view.media == "print" else "screen")
    page.goto(file.resolve().as_uri())
    page.evaluate("flow => { localStorage.flow = flow }", view.flow)
    page.reload()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=picture, full_page=True)
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def look(browser: Browser, site: Path, pictures: Path) -> Iterator[str]:
    """One line for each picture taken."""
    found = list(pages(site))
    for view in VIEWS + ARTICLE_VIEWS:
        context = browser.new_context(
            viewport={"width": view.width, "height": 800},
            color_scheme="dark" if view.scheme == "dark" else "light",
        )
        page = context.new_page()
        for kind, file in found:
            if view in VIEWS or kind.startswith("article"):
                picture = pictures / f"{kind}-{view.name}.png"
                excess = shoot(page, file, view, picture)
                yield f"{picture}" + (f"  {excess} px too wide" if excess > 0 else "")
        context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path, help="folder of the built site")
    parser.add_argument("--pictures", type=Path, default=Path("pictures"))
    options = parser.parse_args()
    options.pictures.mkdir(parents=True, exist_ok=True)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for line in look(browser, options.site, options.pictures):
            print(line)
        browser.close()


if __name__ == "__main__":
    main()
