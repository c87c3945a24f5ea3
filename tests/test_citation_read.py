"""Citations as other programs read them: parsers of each format, and the rules of CSL-JSON and schema.org."""

import json
from dataclasses import replace
from typing import Any

import pytest
from tests.test_citation import ARTICLE, URL

from newsarchive.article import Article
from newsarchive.citation import bibtex, csl_json, json_ld, meta, ris

HARD = replace(
    ARTICLE, title='漲50% & "更多" {A <b> #1 ~ ^ \\ $', reporters=("歐陽 修", "O'Neil, J."), source="甲報_A}"
)
BARE = replace(ARTICLE, reporters=(), source="", date=None, date_precision="none")
ARTICLES = {"plain": ARTICLE, "hard": HARD, "bare": BARE}
each_article = pytest.mark.parametrize("article", ARTICLES.values(), ids=ARTICLES)


@each_article
def test_a_ris_parser_reads_back_what_was_written(article: Article) -> None:
    rispy = pytest.importorskip("rispy", reason="rispy is not installed")

    (entry,) = rispy.loads(ris(article, URL))

    assert entry["type_of_reference"] == "NEWS"
    assert entry["title"] == article.title
    assert entry.get("authors", []) == list(article.reporters)
    assert entry["urls"] == [URL]


@each_article
def test_a_bibtex_parser_finds_one_entry_and_no_fault(article: Article) -> None:
    bibtexparser = pytest.importorskip("bibtexparser", reason="bibtexparser is not installed")
    parse: Any = getattr(bibtexparser, "parse_string", None) or bibtexparser.loads

    library = parse(bibtex(article, URL))

    assert list(getattr(library, "failed_blocks", ())) == []
    (entry,) = library.entries
    fields = entry.fields_dict if hasattr(entry, "fields_dict") else entry
    assert {"title", "url", "note"} <= set(fields)
    assert str(getattr(fields["url"], "value", fields["url"])) == URL


CSL_DATE = {"date-parts"}
CSL_FIELDS = {"id", "type", "title", "container-title", "author", "issued", "language", "URL"}


@each_article
def test_csl_json_keeps_the_rules_of_its_schema(article: Article) -> None:
    (item,) = json.loads(csl_json(article, URL))

    assert {"id", "type"} <= set(item) <= CSL_FIELDS
    assert item["type"] == "article-newspaper"
    assert all(isinstance(name, dict) and set(name) == {"literal"} for name in item.get("author", ()))
    issued = item.get("issued", {"date-parts": [[1]]})
    assert set(issued) == CSL_DATE
    assert all(isinstance(part, int) and 1 <= len(date) <= 3 for date in issued["date-parts"] for part in date)


@each_article
def test_json_ld_has_what_search_engines_ask_of_an_article(article: Article) -> None:
    crumbs = (("館", "https://example.org/"), ("2019", "https://example.org/2019/"), (article.title, URL))

    graph = json.loads(json_ld(article, URL, "館", crumbs))
    news, trail = graph["@graph"]

    assert graph["@context"] == "https://schema.org"
    assert (news["@type"], news["headline"], news["url"]) == ("NewsArticle", article.title, URL)
    assert [row["position"] for row in trail["itemListElement"]] == [1, 2, 3]
    assert all(row["name"] for row in trail["itemListElement"])
    assert "" not in news.values()


@each_article
def test_meta_names_serve_google_scholar_zotero_and_opengraph(article: Article) -> None:
    names = {name for names, _ in meta(article, URL) for name in names.split()}

    assert {
        "citation_title",
        "citation_public_url",
        "DC.title",
        "DC.identifier",
        "z:itemType",
        "og:title",
        "og:type",
        "og:url",
    } <= names
