"""Raw dumps for download, links to report, and reading without a network."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import TOP, lay_out, make, serve
from tests.small_archive import article, build

from newsarchive.build.address import dump_file
from newsarchive.build.raw import gather
from newsarchive.contact import contact_link
from newsarchive.shelf import dump_of


def test_a_reader_downloads_the_very_bytes_the_article_came_from(sample: Path) -> None:
    seed = (TOP / "content" / "dumps" / "seed.txt").read_bytes()
    (page,) = (sample / "output" / "zh-hant").glob("2019/11/20-*.html")
    text = page.read_text(encoding="utf-8")

    assert (sample / "output" / "dumps" / "seed.txt").read_bytes() == seed
    assert 'href="../../../dumps/seed.txt"' in text
    assert sha256(seed).hexdigest() in text


@pytest.mark.parametrize("settings", ["NEWS_PUBLISH_DUMPS = False", "NEWS_PUBLISH_DUMPS_MAX_KB = 0"])
def test_dumps_stay_at_home_if_the_owner_wants(tmp_path: Path, settings: str) -> None:
    conf = lay_out(tmp_path, TOP / "content" / "dumps" / "seed.txt", settings=settings)

    assert make(conf).returncode == 0
    assert not (tmp_path / "output" / "dumps").exists()
    (page,) = (tmp_path / "output").glob("2019/11/20-*.html")
    assert "seed.txt:1" in page.read_text(encoding="utf-8")
    assert "dumps/seed.txt" not in page.read_text(encoding="utf-8")


def test_what_is_withheld_too_large_or_gone_is_not_given_out(tmp_path: Path) -> None:
    for name, text in (("a.txt", "12"), ("b.txt", "12"), ("big.txt", "1234")):
        (tmp_path / name).write_text(text, encoding="utf-8")

    assert list(gather(tmp_path, {"a.txt", "b.txt", "big.txt", "gone.txt", ""}, {"b.txt"}, 3)) == ["a.txt"]


KEPT = "caches.open('newsarchive-1').then(c => c.keys()).then(k => k.some(r => r.url.includes('01-0000')))"


@pytest.mark.parametrize("name", ["page.html", "a.svg", "x.xml", "page.HTM", "noending", "a.js"])
def test_no_dump_can_run_in_the_browser_of_a_reader(name: str) -> None:
    assert dump_file(name) == f"dumps/{name}.txt"


@pytest.mark.parametrize(
    ("printed", "file"),
    [("seed.txt:1", "seed.txt"), ("a/b.zip!/c/d.txt:7", "a/b.zip"), ("12:30.txt:4", "12:30.txt"), ("", "")],
)
def test_an_original_file_names_its_dump(printed: str, file: str) -> None:
    assert dump_of(printed) == file


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,a@b", ""),
        ("a@example.org", "mailto:a@example.org?subject=E錯%202019/1"),
        ("mailto:a@example.org", "mailto:a@example.org?subject=E錯%202019/1"),
        ("https://example.org/form", "https://example.org/form?article=2019%2F1"),
        ("https://example.org/?a=b", "https://example.org/?a=b&article=2019%2F1"),
        ("https://example.org/?t={title}&u={url}", "https://example.org/?t=%E9%A1%8C&u=https%3A%2F%2Fexample.org%2F1"),
    ],
)  # fmt: skip
def test_a_contact_becomes_a_link_with_the_article_filled_in(contact: str, link: str) -> None:
    assert contact_link(contact, "E錯", "2019/1", "題", "https://example.org/1") == link


def test_an_article_leads_to_the_owner_or_to_the_rules(tmp_path: Path, sample: Path) -> None:
    output = build(tmp_path, [article("2019-10-01", 1)], 'NEWS_CONTACT = "a@example.org"')
    (page,) = output.glob("2019/10/01-*.html")
    (other,) = (sample / "output").glob("2019/11/20-*.html")

    assert page.read_text(encoding="utf-8").count('href="mailto:a@example.org?subject=') == 2
    assert 'about/index.html#corrections"' in other.read_text(encoding="utf-8")


def test_there_is_no_service_worker_unless_asked_for(sample: Path) -> None:
    assert not (sample / "output" / "sw.js").exists()
    assert "offline.js" not in (sample / "output" / "index.html").read_text(encoding="utf-8")


# Promises, not wait_for_function: that polls with eval(), which the pages' Content-Security-Policy forbids.
CONTROLLED = """new Promise(done => {
    if (navigator.serviceWorker.controller) done(true);
    navigator.serviceWorker.addEventListener('controllerchange', () => done(true));
})"""
KEPT = """(async () => {
    const kept = async () => (await (await caches.open('newsarchive-1')).keys()).some(it => it.url.includes('01-0000'));
    while (!(await kept())) await new Promise(again => setTimeout(again, 50));
})()"""


def test_what_was_read_can_be_read_again_without_a_network(tmp_path: Path, browser: Any) -> None:
    output = build(tmp_path, [article("2019-10-01", 1), article("2019-10-02", 2)], "NEWS_OFFLINE = True")
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for address in serve(output):
        page.goto(address)
        page.evaluate(CONTROLLED)
        page.goto(f"{address}2019/10/01-000000000001.html")
        page.evaluate(KEPT)
        page.goto(address)
        context.set_offline(True)

        page.goto(f"{address}2019/10/01-000000000001.html")

        assert "第1则消息" in page.locator("#title").inner_text()
        assert page.evaluate("document.styleSheets[0].cssRules.length") > 0
        assert complaints == []
    context.close()
