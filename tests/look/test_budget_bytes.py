"""What the theme weighs on the wire, and what an article's page weighs besides its story."""

import gzip
import re
from collections.abc import Iterable
from pathlib import Path
from statistics import median

import pytest
from kinds import EDITIONS, Site
from tests.conftest import TOP

STATIC = TOP / "theme" / "static"
KB = 1024

STORY = re.compile(r"<div id=story[^>]*>(.*?)</div>", re.S)
BEYOND_STORY_AIM_BYTES = 3000
BEYOND_STORY_BYTES = 5000
"""NOT YET THE AIM: measured 4,934 and 4,965 (median by edition) with a public address and a contact. A third is what a
reader sees of other pages (related, neighbours, tags, nav), a third what the head says to programs (addresses of all
editions 420, JSON-LD 460, Highwire and its kin 420), the rest the catalogue entry, citation and reports. Lower it with
every saving, never raise it."""


def packed(files: Iterable[Path]) -> int:
    """Bytes of *files*, each gzipped by itself as a host sends it."""
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def test_the_style_of_every_page_is_one_file_of_at_most_12_kb_or_4_packed() -> None:
    style = STATIC / "css" / "style.css"

    assert style.stat().st_size <= 12_000
    assert packed([style]) <= 4_000


def test_what_no_article_needs_is_at_most_3_kb_packed() -> None:
    assert packed(STATIC / "css" / name for name in ("index.css", "search.css")) <= 3_000


def test_the_script_of_every_page_is_at_most_2_kb_packed() -> None:
    assert packed([STATIC / "js" / "theme.js"]) <= 2 * KB


def test_all_scripts_but_the_search_are_at_most_6_kb_packed() -> None:
    assert packed((STATIC / "js").glob("*.js")) <= 6 * KB


def test_the_scripts_of_the_search_are_at_most_15_kb_packed() -> None:
    """All of them, even the one that is loaded when results are saved as a file."""
    assert packed((STATIC / "js" / "search").glob("*.js")) <= 15_000


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_article_weighs_5_kb_besides_its_story_where_3_are_aimed_at(site: Site, edition: str) -> None:
    pages = (file.read_text("utf-8") for file in (site.output / edition).glob("[12]*/[01]*/*-*.html"))

    beyond = [len(page.encode()) - len(story[1].encode()) for page in pages if (story := STORY.search(page))]

    assert len(beyond) > 20
    assert BEYOND_STORY_AIM_BYTES <= median(beyond) <= BEYOND_STORY_BYTES, "lower the budget to what was reached"
