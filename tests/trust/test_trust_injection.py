"""Whatever a dump holds, readers see it as text: nothing runs, nothing breaks out, nothing is evaluated."""

import re
from pathlib import Path

import pytest
from hostile import articles, first, last
from payloads import payloads
from reader import Reader
from tests.conftest import TOP

from newsarchive.frontmatter import parse

SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|(?![a-z][a-z0-9+.-]*:)(?!//))", re.I)


def known_elements() -> set[tuple[str, str]]:
    """Elements and attributes that the theme, the program's own marks and the owner's page hold."""
    known = {("span", "class"), ("span", "title"), ("span", ""), ("p", ""), ("wbr", "")}
    for file in (TOP / "theme" / "templates").glob("*.html"):
        text = re.sub(r"{#.*?#}", "", file.read_text("utf-8"), flags=re.S)
        text = re.sub(r"{%.*?%}", " ", text, flags=re.S)
        known |= Reader(re.sub(r"{{.*?}}", "name", text, flags=re.S)).elements
    known |= {
        ("meta", "property"),
        ("meta", "name"),
        ("dd", "id"),
        ("dd", "property"),
        ("a", "property"),
    }  # of facts and of what programs read
    prose = (
        "h2",
        "h3",
        "ul",
        "li",
        "ol",
        "code",
        "pre",
        "strong",
        "em",
        "a",
        "table",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "blockquote",
    )
    known |= {(tag, name) for tag in prose for name in ("", "id", "href")}  # content/pages
    return known


def test_no_page_holds_an_element_or_attribute_that_the_theme_does_not_write(pages: dict[str, Reader]) -> None:
    known = known_elements()

    strange = {(path, *it) for path, page in pages.items() for it in page.elements - known}

    assert strange == set()


def test_marks_for_programs_bear_names_of_ours(pages: dict[str, Reader]) -> None:
    name = r"(?:og|dc|article):[a-z_]+"

    given = {value for page in pages.values() for _, kind, value in page.attributes if kind == "property"}

    assert given
    assert [value for value in given if not re.fullmatch(f"{name}(?: {name})*", value)] == []


def test_no_address_in_a_page_can_run_anything(pages: dict[str, Reader]) -> None:
    kinds = ("href", "src", "action")

    bad = [
        (path, tag, value)
        for path, page in pages.items()
        for tag, name, value in page.attributes
        if name in kinds and not SAFE_ADDRESS.match(re.sub(r"[\x00-\x20]", "", value))
    ]

    assert bad == []


def test_every_page_forbids_foreign_and_inline_code(pages: dict[str, Reader]) -> None:
    for path, page in pages.items():
        contents = [value for tag, name, value in page.attributes if tag == "meta" and name == "content"]
        policies = [value for value in contents if "default-src" in value]
        assert len(policies) == 1, path
        assert policies[0].startswith("default-src 'none';"), path
        assert "unsafe" not in policies[0], path
        assert "*" not in policies[0], path
        assert "same-origin" in contents, path  # the referrer policy


def test_a_link_out_gives_the_other_site_no_hold_on_this_one(pages: dict[str, Reader], archive: Path) -> None:
    seen = 0
    for path in pages:
        for link in re.findall(r"<a [^>]*href=\"https?://[^>]*>", (archive / "output" / path).read_text("utf-8")):
            seen += 1
            rel = re.search(r"rel=(?:\"([^\"]*)\"|(\S+?)[ >])", link)
            assert rel, link
            assert {"external", "noopener", "nofollow"} <= set((rel[1] or rel[2]).split()), link
    assert seen


def test_a_story_reads_as_its_file_says_letter_by_letter(pages: dict[str, Reader], archive: Path) -> None:
    count = 0
    for file in sorted((archive / "content" / "articles").rglob("*.md")):
        article = parse(file.read_text("utf-8"))
        assert not article.markup, file
        if article.lang == "zh-Hans":
            shown = pages[f"{article.slug}.html"].story
            pairs = zip(shown, article.paragraphs, strict=True)
            # MediaWiki's -{ }- is honoured: it says how a text reads in each edition
            assert [(a, b) for a, b in pairs if a.strip() != b and "-{" not in b] == [], file
            count += 1
    assert count > 100


def test_no_payload_without_markup_is_lost(archive: Path) -> None:
    """Letter by letter between its marks, in a dump of text; what cleaning mends (signs, glosses) is left aside.

    Only a <style> or <!-- that never ends takes the rest of its own story with it, as in a browser.
    """
    plain = _all_text(archive, re.compile(r"d\d+\.txt:"))
    letters = re.compile(r"[0-9A-Za-z{}\[\]*_#\\]")

    def stands(number: int, payload: str) -> bool:
        start = plain.find(first(number))
        end = plain.find(last(number), start)
        between = plain[start:end].removeprefix(first(number))
        return start >= 0 and end > start and letters.findall(between) == letters.findall(payload)

    texts = [
        it for chosen in articles() for it in chosen if not re.search(r"[<>&\x00-\x1f\x7f-\xff]|[^\x00-\u9fff]", it[1])
    ]
    assert len(texts) > 150
    assert sum(not stands(*it) for it in texts) <= 0.04 * len(texts)


@pytest.mark.parametrize("kind", [r"a\.jsonl", r"b\.csv", r"c\d+\.html", r"d\d+\.txt", r"e\d+\.txt"])
def test_what_stands_around_a_payload_is_kept_in_every_format(archive: Path, kind: str) -> None:
    """Of markup the reader of a fragment may drop the rest of that story, as a browser would, and no other."""
    text = _all_text(archive, re.compile(kind + ":"))

    kept = [number for number in range(len(payloads())) if first(number) in text and last(number) in text]

    assert len(kept) > 0.93 * len(payloads())


def _all_text(archive: Path, names: re.Pattern[str]) -> str:
    found = []
    for file in (archive / "content" / "articles").rglob("*.md"):
        article = parse(file.read_text("utf-8"))
        if names.match(article.original_file):
            found += [*article.paragraphs, *article.boilerplate, article.title]
    return "\n".join(found)


def test_no_template_is_evaluated(archive: Path) -> None:
    for file in (archive / "output").rglob("*.html"):
        assert not file.is_file() or not re.search(r"号(?:49|7777777)止", file.read_text("utf-8")), file
