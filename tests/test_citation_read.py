"""Citations as other programs read them, taken from the built pages: parsers of each format, and the rules of
CSL-JSON, schema.org, Highwire, Dublin Core and OpenGraph."""

import json
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.small_archive import build
from tests.test_citation import ARTICLE

from newsarchive.article import Article
from newsarchive.citation import day_of, gbt_7714
from newsarchive.frontmatter import render

ADDRESS = "https://example.org/archive"
HARD = replace(
    ARTICLE,
    title='漲50% & "更多" {A <b> #1 ~ ^ \\ $',
    reporters=("歐陽 修", "O'Neil J."),
    source="甲報_A}",
    tags=("5G", "<i>&"),
    original_url="https://example.com/?a=1&b=2",
    slug="2019/11/20-00000000hard",
    sha256="1" * 64,
)
BARE = replace(
    ARTICLE,
    reporters=(), source="", date=None, date_precision="none", slug="undated/00000000bare", sha256="2" * 64,
)  # fmt: skip
ARTICLES = {"plain": ARTICLE, "hard": HARD, "bare": BARE}
each_article = pytest.mark.parametrize("article", ARTICLES.values(), ids=ARTICLES)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles as a site with a public address, in their own script."""
    folder = tmp_path_factory.mktemp("cited")
    return build(folder, map(render, ARTICLES.values()), f'SITEURL = "{ADDRESS}"\nNEWS_EDITIONS = ["zh-Hant"]')


def url_of(article: Article) -> str:
    return f"{ADDRESS}/{article.slug}.html"


@pytest.fixture(scope="module")
def window(browser: Any) -> Iterator[Any]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def cited(window: Any, output: Path, article: Article) -> dict[str, str]:
    """Style -> the text a reader finds when he opens the fold of citations."""
    window.goto((output / f"{article.slug}.html").as_uri())
    fold = window.locator("details.cite")
    fold.locator("summary").first.click()
    fold.locator("details").last.wait_for(state="attached")
    found = fold.evaluate(
        "fold => [...fold.querySelectorAll('details')].map(it => ["
        "it.firstChild.textContent, it.lastChild.textContent, it.lastChild.dataset.file])"
    )
    assert [file.partition(".")[0] for _, _, file in found] == [article.slug.replace("/", "-")] * len(found)
    return {name: text for name, text, _ in found}


@each_article
def test_a_ris_parser_reads_back_what_was_written(window: Any, output: Path, article: Article) -> None:
    rispy = pytest.importorskip("rispy", reason="rispy is not installed")

    text = cited(window, output, article)["RIS"]
    (entry,) = rispy.loads(text)

    lines = text.split("\r\n")
    assert (lines[0], lines[-2], lines[-1]) == ("TY  - NEWS", "ER  - ", "")
    assert entry["type_of_reference"] == "NEWS"
    assert entry["title"] == article.title
    assert entry.get("authors", []) == list(article.reporters)
    assert entry.get("date", "") == day_of(article).replace("-", "/")
    assert entry.get("keywords", []) == list(article.shown_tags)
    assert entry["urls"] == [url_of(article)]
    assert (entry["id"], entry["language"]) == (article.slug, "zh-Hant")


@each_article
def test_a_bibtex_parser_finds_one_entry_and_no_fault(window: Any, output: Path, article: Article) -> None:
    bibtexparser = pytest.importorskip("bibtexparser", reason="bibtexparser is not installed")
    parse: Any = getattr(bibtexparser, "parse_string", None) or bibtexparser.loads

    library = parse(cited(window, output, article)["BibTeX"])

    assert list(getattr(library, "failed_blocks", ())) == []
    (entry,) = library.entries
    fields = entry.fields_dict if hasattr(entry, "fields_dict") else entry
    values = {name: str(getattr(field, "value", field)) for name, field in fields.items()}
    assert {"title", "url", "note"} <= set(values)
    assert values["url"] == url_of(article)
    assert values["note"] == f"SHA-256 {article.sha256}"


def test_bibtex_escapes_what_tex_would_read(window: Any, output: Path) -> None:
    entry = cited(window, output, HARD)["BibTeX"]

    assert r'title = {{漲50\% \& "更多" \textbraceleft{}A <b> \#1 \textasciitilde{} \textasciicircum{}' in entry
    assert r"\textbackslash{} \$}}" in entry
    assert "author = {{歐陽 修} and {O'Neil J.}}" in entry
    assert r"organization = {甲報\_A\textbraceright{}}" in entry


CSL_DATE = {"date-parts"}
CSL_FIELDS = {"id", "type", "title", "container-title", "author", "issued", "language", "URL"}


@each_article
def test_csl_json_keeps_the_rules_of_its_schema(window: Any, output: Path, article: Article) -> None:
    (item,) = json.loads(cited(window, output, article)["CSL-JSON"])

    assert {"id", "type"} <= set(item) <= CSL_FIELDS
    assert item["type"] == "article-newspaper"
    assert all(isinstance(name, dict) and set(name) == {"literal"} for name in item.get("author", ()))
    assert [name["literal"] for name in item.get("author", ())] == list(article.reporters)
    issued = item.get("issued", {"date-parts": [[1]]})
    assert set(issued) == CSL_DATE
    assert all(isinstance(part, int) and 1 <= len(date) <= 3 for date in issued["date-parts"] for part in date)
    assert ("issued" in item) == bool(day_of(article))


class Marks(NamedTuple):
    """What a page says to programs."""

    names: dict[str, list[str]]
    """By `name`: Highwire, Zotero."""

    terms: dict[str, list[str]]
    """By `property` (RDFa): Dublin Core, OpenGraph. The value is an address, a `content`, or the text."""

    data: list[dict[str, Any]]
    """JSON-LD."""

    citation: str


class Reader(HTMLParser):
    """Reads the marks of a page, as far as RDFa Lite goes."""

    def __init__(self) -> None:
        super().__init__()
        self.marks = Marks({}, {}, [], "")
        self.open: list[tuple[str, dict[str, str | None], str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        value = given.get("content") or given.get("href")
        if tag == "meta" and given.get("name"):
            self.marks.names.setdefault(str(given["name"]), []).append(value or "")
        if value:
            self._mark(given, value)
        self.open.append((tag, given, ""))

    def handle_data(self, data: str) -> None:
        if not self.open:
            return
        tag, given, _ = self.open[-1]
        if tag == "script" and given.get("type") == "application/ld+json":
            self.marks.data.extend(json.loads(data)["@graph"])
        if tag == "pre":
            self.marks = self.marks._replace(citation=self.marks.citation + data)
        if not (given.get("content") or given.get("href")):
            self._mark(given, data)
            self.open[-1] = (tag, {}, "") if tag == "dd" else self.open[-1]

    def _mark(self, given: dict[str, str | None], value: str) -> None:
        for term in (given.get("property") or "").split():
            self.marks.terms.setdefault(term, []).append(value)


def marks_of(output: Path, article: Article) -> Marks:
    reader = Reader()
    reader.feed((output / f"{article.slug}.html").read_text("utf-8"))
    return reader.marks


@each_article
def test_json_ld_has_what_search_engines_ask_of_an_article(output: Path, article: Article) -> None:
    news, trail = marks_of(output, article).data

    assert (news["@type"], news["headline"]) == ("NewsArticle", article.title)
    assert news.get("datePublished", "")[:10] == day_of(article)
    assert [author["name"] for author in news.get("author", ())] == list(article.reporters)
    assert [row["position"] for row in trail["itemListElement"]] == list(range(1, len(trail["itemListElement"]) + 1))
    assert len(trail["itemListElement"]) >= 2
    assert all(row["name"] for row in trail["itemListElement"])
    assert all(row["item"].startswith(ADDRESS) for row in trail["itemListElement"][:-1])
    assert "" not in news.values()


@each_article
def test_a_page_serves_google_scholar_and_zotero(output: Path, article: Article) -> None:
    names = marks_of(output, article).names

    assert names["citation_title"] == [article.title]
    assert names.get("citation_author", []) == list(article.reporters)
    assert names.get("citation_publication_date", [""]) == [day_of(article)]
    assert names.get("citation_journal_title", [""]) == [article.source]
    assert names["z:itemType"] == ["newspaperArticle"]


@each_article
def test_a_page_serves_dublin_core_and_opengraph(output: Path, article: Article) -> None:
    terms = marks_of(output, article).terms

    assert (terms["og:title"], terms["og:type"], terms["og:url"]) == ([article.title], ["article"], [url_of(article)])
    assert terms["dc:title"] == [article.title]
    assert terms.get("dc:creator", []) == list(article.reporters)
    assert terms.get("dc:publisher", [""]) == [article.source]
    assert terms.get("dc:date", [""]) == [day_of(article)]
    assert terms.get("article:published_time", [""]) == [day_of(article)]
    assert terms.get("dc:source", [""]) == [article.original_url]
    assert terms["dc:identifier"] == [article.sha256]


@each_article
def test_a_reader_without_scripts_still_has_gbt_7714(output: Path, article: Article) -> None:
    assert marks_of(output, article).citation == gbt_7714(article, url_of(article))
