"""What pages lead to is noted as they are written, and what leads nowhere is told, of unchanged pages too."""

from pathlib import Path
from posixpath import dirname

from hypothesis import example, given
from hypothesis import strategies as st
from tests.conftest import lay_out
from tests.small_archive import article, slug
from tests.test_build import silent

from newsarchive.build.links import DIGEST_BYTES, Links, addresses, digest_of, links_of, resolve, together
from newsarchive.plugin import make_site

PARTS = st.sampled_from(["a", "b.html", "..", ".", "", "甲", "%E7%94%B2", "c.d", "x?v=1", "e&amp;f"])
PATHS = st.lists(PARTS, min_size=1, max_size=6).map("/".join)
FOLDERS = st.lists(st.sampled_from(["2019", "11", "tag"]), max_size=3).map("/".join)


def digests(links: Links) -> set[bytes]:
    starts = range(0, len(links.targets), DIGEST_BYTES)
    return {links.targets[start : start + DIGEST_BYTES] for start in starts}


@given(FOLDERS, st.lists(PATHS, max_size=4))
@example("2019", [".//a"])
def test_what_is_noted_is_where_every_address_leads(folder: str, paths: list[str]) -> None:
    text = "<!doctype html>" + "".join(f'<p><a class=x href="{path}">{path}</a>' for path in paths)
    file = f"{folder}/index.html".lstrip("/")

    links = links_of(file, text)

    assert digests(links) == {digest_of(resolve(dirname(file), address)) for address in addresses(text)}


def test_addresses_elsewhere_and_in_text_are_no_links() -> None:
    text = '<!doctype html><a href="https://a.example/b">href=c</a> &lt;a href=d> <a href="mailto:e@f.example">'

    assert links_of("index.html", text) == Links(b"", (), True)


def test_places_the_page_has_itself_are_not_asked_for_again() -> None:
    text = '<!doctype html><a href="#here"><p id=here><a href="#gone"><a href="about/#who">'

    assert links_of("x/index.html", text).anchors == ("x/about/index.html#who", "x/index.html#gone")


def test_half_a_page_in_one_edition_is_half_a_page() -> None:
    whole, half = links_of("a.html", "<!doctype html>"), links_of("zh-hant/a.html", "")

    assert together([whole, half]) == Links(b"", (), False)


def archive(folder: Path) -> Path:
    conf = lay_out(folder)
    (folder / "content" / "dumps").mkdir(parents=True)
    (folder / "content" / "articles").mkdir()
    for number in range(2):
        file = folder / "content" / "articles" / f"{number}.md"
        file.write_text(article("2019-11-20", number), encoding="utf-8")
    page = f"Title: 選\nSlug: chosen\n\n[一則](../{slug('2019-11-20', 1)}.html) [節](../about/index.html#corrections)\n"
    (folder / "content" / "pages" / "chosen.md").write_text(page, encoding="utf-8")
    return conf


def test_an_unchanged_page_that_leads_to_a_removed_one_is_told_until_it_is_mended(tmp_path: Path) -> None:
    conf = archive(tmp_path)
    assert make_site(conf, None, silent).problems == ()

    (tmp_path / "content" / "articles" / "1.md").unlink()

    wanted = f"chosen/index.html: a link leads to '{slug('2019-11-20', 1)}.html', where nothing is"
    assert wanted in make_site(conf, None, silent).problems
    assert wanted in make_site(conf, None, silent).problems  # nothing was made, and still
    (tmp_path / "content" / "pages" / "chosen.md").unlink()
    assert make_site(conf, None, silent).problems == ()


def test_an_unchanged_page_that_leads_to_a_place_now_gone_is_told(tmp_path: Path) -> None:
    conf = archive(tmp_path)
    make_site(conf, None, silent)
    about = tmp_path / "content" / "pages" / "about.md"

    about.write_text("Title: 關於\nSlug: about\n\n無。\n", encoding="utf-8")

    told = "\n".join(make_site(conf, None, silent).problems)
    assert "about/index.html#corrections', a place that page does not have" in told
