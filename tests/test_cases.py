"""Golden pairs: cases/NAME.txt is a dump, NAME.md what it must become, headings aside (test_tagging has those).

A bug report becomes a new pair first. After a wanted change: NEWSARCHIVE_REWRITE=1 pytest tests/test_cases.py, then
read the diff.
"""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from newsarchive.article import Article, Record
from newsarchive.catalogue import catalogue
from newsarchive.dumps import read_dump
from newsarchive.frontmatter import render

CASES = Path(__file__).parent / "cases"


def articles(dump: Path) -> list[Article]:
    records = [record for record in read_dump(dump, CASES) if isinstance(record, Record)]
    return [article for article in map(catalogue, records) if isinstance(article, Article)]


@pytest.mark.parametrize("dump", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_dump_becomes_what_stands_beside_it(dump: Path) -> None:
    golden = dump.with_suffix(".md")

    (article,) = articles(dump)

    markdown = render(replace(article, tags_auto=()))
    if os.environ.get("NEWSARCHIVE_REWRITE"):
        golden.write_text(markdown, encoding="utf-8")
    assert markdown == golden.read_text("utf-8")


def test_the_owners_sample_comes_out_as_promised() -> None:
    (article,) = articles(CASES / "seed.txt")

    assert (article.source, str(article.date)) == ("齊魯網", "2019-11-20 17:54:11+08:00")
    assert (article.reporters, article.dateline) == (("吳天旭",), "齊魯網·閃電新聞11月20日訊")
    assert article.title_derived and {"5G", "煙臺"} <= set(article.tags_auto)
    assert ("glosses", 139) in article.cleaning
    assert [notice[:4] for notice in article.boilerplate] == ["想爆料？"]
