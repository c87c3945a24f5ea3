"""The pictures of the documentation, as small as can be read: WebP, which Chromium itself makes."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from .browser import opened, served
from .views import file_of

QUALITY = 0.75
TODAY = "2024-11-25"
"""So that 那年今日 on the front page is the same whenever the pictures are taken."""

SHEET = """<style>body{{margin:0;background:#777;display:flex;gap:12px;padding:{edge}px;width:max-content}}
img{{display:block}}</style>{images}"""

TO_WEBP = """async ([png, quality]) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", quality).split(",")[1];
}"""


@dataclass(frozen=True, slots=True)
class Shot:
    """A window on one page."""

    kind: str
    edition: str = ""
    width: int = 1280
    height: int = 800
    scheme: str = "light"
    media: str = "screen"
    flow: str = ""
    query: str = ""


def phone(kind: str, edition: str = "", scheme: str = "light") -> Shot:
    return Shot(kind, edition, 360, 800, scheme)


HANT = "zh-hant"
PICTURES: dict[str, tuple[Shot, ...]] = {
    "cover": (Shot("article", HANT), Shot("front", scheme="dark"), phone("article")),
    "front": (Shot("front"),),
    "article": (Shot("article", HANT, height=900),),
    "year": (Shot("year", HANT),),
    "tag": (Shot("tag"),),
    "search": (Shot("search", HANT, query="?q=醫院"),),
    "phone": (phone("front", HANT), phone("article"), phone("year"), phone("tag", HANT, "dark")),
    "dark": (Shot("article", scheme="dark"),),
    "upright": (Shot("article", HANT, flow="down"),),
    "print": (Shot("article", width=760, height=1075, media="print"),),
}
"""Name of the file -> windows side by side in it."""


def take(site: Path, folder: Path) -> Iterator[str]:
    """Writes every picture of *site* into *folder*; a line for each."""
    with served(site) as address, opened() as browser:
        for name, shots in PICTURES.items():
            png = side_by_side(browser, [window(browser, site, address, shot) for shot in shots])
            data = base64.b64decode(
                browser.new_page().evaluate(TO_WEBP, [base64.b64encode(png).decode(), QUALITY]).encode()
            )
            (folder / f"{name}.webp").write_bytes(data)
            yield f"{folder / name}.webp  {len(data):,} bytes"


def window(browser: Browser, site: Path, address: str, shot: Shot) -> bytes:
    """PNG of one window."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.scheme == "dark" else "light",
    )
    context.add_init_script(f"localStorage.flow = '{shot.flow}'")
    page = context.new_page()
    page.clock.set_fixed_time(TODAY)
    page.emulate_media(media="print" if shot.media == "print" else "screen")
    file = file_of(site, shot.kind).relative_to(site).as_posix()
    page.goto(f"{address}{shot.edition}/{file}{shot.query}", wait_until="networkidle")
    if shot.query:
        page.locator("#results li").first.wait_for()
    page.locator("body").focus()
    png = page.screenshot()
    context.close()
    return png


def side_by_side(browser: Browser, parts: list[bytes]) -> bytes:
    """PNG of *parts* in a row, as high as they are; one alone stands without an edge."""
    images = "".join(f'<img src="data:image/png;base64,{base64.b64encode(part).decode()}">' for part in parts)
    page = browser.new_page(viewport={"width": 3200, "height": 1200})
    page.set_content(SHEET.format(images=images, edge=12 if len(parts) > 1 else 0))
    png = page.locator("body").screenshot()
    page.close()
    return png
