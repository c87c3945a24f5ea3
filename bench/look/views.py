"""Pictures of one page of each kind.

Every edition, phone, tablet and desk, light and dark, and the article upright and in print. Says what does not fit the
window.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page

from .browser import opened

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
    "statistics": "statistics/index.html",
    "places": "places/index.html",
    "days": "on-this-day/index.html",
    "about": "about/index.html",
    "missing": "404.html",
}
"""Kind of page -> files of that kind; the largest is taken, because it has most to show."""

WIDTHS = (360, 768, 1280)
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


def file_of(site: Path, kind: str) -> Path:
    """The page of this *kind* that has most to show.

    Raises:
        FileNotFoundError: the site has none.
    """
    found = max(site.glob(KINDS[kind]), key=lambda file: (file.stat().st_size, file), default=None)
    if not found:
        raise FileNotFoundError(f"{site} has no page of the kind {kind}")
    return found


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


def take(site: Path, pictures: Path) -> Iterator[str]:
    """Writes every picture of *site* into *pictures*; a line for each."""
    with opened() as browser:
        yield from look(browser, site, pictures)


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
