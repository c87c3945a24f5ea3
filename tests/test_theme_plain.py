"""The theme without the plugin, and the plugin without the theme: both build a site."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import TOP, lay_out, make

from newsarchive.frontmatter import parse, render

ARTICLE = parse(
    "Title: 甲市簽署5G協議\nDate: 2019-11-20 08:00:00+08:00\nDate-Precision: minute\n"
    "Slug: 2019/11/20-000000000001\nSource: 甲報\nTags: 5G; 煙臺\nLang: zh-Hant\nSHA256: "
    + 64 * "0" + "\n\n1 < 2。\n\n第二段。\n"
)  # fmt: skip


def pelican(conf: Path, content: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pelican", str(content), "-s", str(conf), "--fatal", "errors"]
    environment = {**os.environ, "PYTHONPATH": str(TOP / "plugins")}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=120)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Output of Pelican itself with our theme and no plugin."""
    folder = tmp_path_factory.mktemp("plain")
    content = folder / "content"
    for number in range(12):
        text = render(ARTICLE).replace("20-000000000001", f"20-{number:012x}").replace("甲市", f"第{number}市")
        file = content / f"{number}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (content / "pages").mkdir()
    (content / "pages" / "about.md").write_text("Title: 說明\nSlug: about\n\n一頁。\n", encoding="utf-8")
    conf = folder / "conf.py"
    settings = {
        "SITENAME": "館", "SITEURL": "http://127.0.0.1:8000", "PATH": str(content),
        "OUTPUT_PATH": str(folder / "output"),
        "THEME": str(TOP / "theme"), "TIMEZONE": "Asia/Shanghai", "DEFAULT_LANG": "zh-Hant", "DEFAULT_PAGINATION": 5,
        "PLUGINS": [], "YEAR_ARCHIVE_SAVE_AS": "years/{date:%Y}/index.html", "AUTHOR": "編者",
    }  # fmt: skip
    conf.write_text("".join(f"{name} = {value!r}\n" for name, value in settings.items()), encoding="utf-8")
    done = pelican(conf, content)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "output"


@pytest.mark.parametrize(
    "pattern",
    [
        "index.html", "index2.html", "archives.html", "tags.html", "categories.html", "authors.html", "tag/*.html",
        "category/*.html", "author/*.html", "years/2019/index.html", "pages/about.html", "2019/11/*.html",
    ],
)  # fmt: skip
def test_every_template_of_pelican_renders_without_the_plugin(plain: Path, pattern: str) -> None:
    found = sorted(plain.glob(pattern))

    text = found[0].read_text(encoding="utf-8")
    assert "theme/css/style.css" in text
    assert "<h1>" in text


def test_an_article_keeps_its_story_and_its_tags(plain: Path) -> None:
    (file,) = plain.rglob("*000000000003*.html")
    text = file.read_text(encoding="utf-8")

    assert "<p>1 &lt; 2。</p>" in text
    assert "煙臺</a>" in text


def test_lists_lead_to_articles(plain: Path) -> None:
    for name in ("index.html", "archives.html", "tag/5g.html", "years/2019/index.html"):
        pages = plain.glob(name.replace(".html", "*.html"))
        assert "000000000003" in "".join(page.read_text(encoding="utf-8") for page in pages), name


def test_another_theme_is_built_by_pelican_itself(tmp_path: Path) -> None:
    conf = lay_out(tmp_path, TOP / "content" / "dumps" / "seed.txt", settings="THEME = 'simple'")

    done = make(conf)

    assert done.returncode == 0, done.stderr
    output = tmp_path / "output"
    (article,) = output.glob("2019/11/20-*.html")
    text = article.read_text(encoding="utf-8")
    assert "煙臺" in text
    assert "<p>" in text, "the story is markup, not text"
    assert list((output / "pages").glob("about*.html"))
    assert (output / "index.html").exists()
