"""The picture at the head of the README: `python -m bench.cover output docs/picture.png` (a built sample site)."""

import argparse
import base64
import shutil
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

SHOTS = (("zh-hant", 1180, 760, "light"), ("", 1180, 760, "dark"), ("", 360, 760, "light"))
"""Edition, width, height and colours of each part, from left to right."""

SHEET = """<style>body{{margin:0;background:#777;display:flex;gap:10px;padding:10px;width:max-content}}
img{{display:block;height:520px}}</style>{images}"""


def part(browser: Browser, article: Path, width: int, height: int, scheme: str) -> str:
    """One window as an <img>."""
    size = {"width": width, "height": height}
    page = browser.new_page(viewport=size, color_scheme=scheme, device_scale_factor=1)
    page.goto(article.as_uri())
    data = base64.b64encode(page.screenshot()).decode()
    page.close()
    return f'<img src="data:image/png;base64,{data}">'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("picture", type=Path)
    options = parser.parse_args()
    article = max(options.site.glob("[12]*/[01]*/*-*.html")).relative_to(options.site)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        sizes = ((options.site.resolve() / edition / article, *view) for edition, *view in SHOTS)
        images = "".join(part(browser, *size) for size in sizes)
        sheet = browser.new_page(viewport={"width": 2000, "height": 540})
        sheet.set_content(SHEET.format(images=images))
        options.picture.parent.mkdir(parents=True, exist_ok=True)
        sheet.locator("body").screenshot(path=options.picture)
        browser.close()


if __name__ == "__main__":
    main()
