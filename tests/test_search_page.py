"""The search page in a real browser: filters, address, keys, quotations, saving, and what may go wrong."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bench.search.site import Item, Served, write_site


def item(number: int, date: str, title: str, *paragraphs: str, source: str = "齐鲁网") -> Item:
    return Item(f"{date[:4]}/{date[5:7]}/{date[8:]}-{number:012x}", date, title, source, paragraphs, "zh-Hans")


ITEMS = [
    item(1, "2021-05-01", "济南的会", "山东移动在济南开会。", source="大众网"),
    item(2, "2020-03-02", "东边移动", "从山东，移动到河南。"),
    item(3, "2019-11-20", "山东移动与烟台签约", "烟台市政府与山东移动签署协议。", "各方将推进5G应用。"),
    item(4, "2018-01-01", "别的", "没有关系的话。"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("search-page")
    write_site(ITEMS, folder / "site")
    with Served(folder / "site", ITEMS) as served:
        yield served.address, folder


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def titles(page: Any) -> list[str]:
    page.locator("#results[aria-busy=false]").wait_for(state="attached")
    return page.locator("#results h3").all_inner_texts()  # type: ignore[no-any-return]


def test_only_pages_that_hold_the_phrase_are_shown_title_first(page: Any, site: tuple[str, Path]) -> None:
    page.goto(f"{site[0]}search/?q=山東移動")

    assert titles(page) == ["山东移动与烟台签约", "济南的会"]
    assert page.locator("#search-status").inner_text() == "2 篇"


def test_what_was_asked_is_marked_in_the_script_of_the_edition(page: Any, site: tuple[str, Path]) -> None:
    page.goto(f"{site[0]}zh-hant/search/?q=签署协议 5g")

    assert titles(page) == ["山東移動與煙臺簽約"]
    assert page.locator("#results mark").all_inner_texts() == ["簽署協議"]
    assert page.locator("#results a").get_attribute("href") == "../../zh-hant/2019/11/20-000000000003.html"


def test_a_filter_changes_the_address_and_the_way_back_undoes_it(page: Any, site: tuple[str, Path]) -> None:
    page.goto(f"{site[0]}search/?q=移动")
    assert len(titles(page)) == 3
    page.locator("[data-kind=source] summary").click()
    page.locator("[data-kind=source] a", has_text="大众网").click()

    assert titles(page) == ["济南的会"]
    assert "source=" in page.url
    page.go_back()
    assert len(titles(page)) == 3


def test_a_chosen_value_can_be_let_go(page: Any, site: tuple[str, Path]) -> None:
    page.goto(f"{site[0]}search/?q=移动&year=2020")
    assert titles(page) == ["东边移动"]

    page.locator("#search-chosen button").click()

    assert len(titles(page)) == 3


def test_dates_and_order(page: Any, site: tuple[str, Path]) -> None:
    page.goto(f"{site[0]}search/?q=移动&sort=date&from=2019-11-20&to=2020-12-31")

    assert titles(page) == ["东边移动", "山东移动与烟台签约"]


def test_arrows_move_between_the_field_and_the_results(page: Any, site: tuple[str, Path]) -> None:
    page.goto(f"{site[0]}search/?q=移动")
    first, second, _ = titles(page)
    page.locator("[name=q]").focus()

    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == first
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == second
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == "q"


@pytest.mark.parametrize(
    ("kind", "holds"), [("csv", '"山东移动与烟台签约","2019-11-20","齐鲁网"'), ("ris", "TI  - 济南的会")]
)
def test_results_are_saved(page: Any, site: tuple[str, Path], kind: str, holds: str) -> None:
    page.goto(f"{site[0]}search/?q=山东移动")
    titles(page)

    with page.expect_download() as waiting:
        page.locator(f"#search-save [value={kind}]").click()

    assert waiting.value.suggested_filename == f"山东移动.{kind}"
    assert holds in Path(waiting.value.path()).read_text("utf-8")


def test_nothing_found_offers_help(page: Any, site: tuple[str, Path]) -> None:
    page.goto(f"{site[0]}search/?q=移山")

    assert titles(page) == []
    assert page.locator("#search-help").is_visible()
    assert not page.locator("#search-tools").is_visible()


def test_a_page_opened_before_the_site_was_published_anew_finds_what_is_new(
    page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsarchive.search.shards.SHARD_BYTES", 64)  # many files, as a large archive has
    write_site(ITEMS, tmp_path / "site")
    new = [item(5, "2022-02-02", "新来的", "泰山日出。"), *ITEMS]
    with Served(tmp_path / "site", new) as served:
        page.goto(f"{served.address}search/?q=移动")
        assert len(titles(page)) == 3

        write_site(new, tmp_path / "site")
        page.fill("[name=q]", "泰山")
        page.keyboard.press("Enter")

        page.locator("#results mark", has_text="泰山").first.wait_for()


def test_a_page_opened_from_disk_says_why_it_cannot_search(page: Any, site: tuple[str, Path], tmp_path: Path) -> None:
    shutil.copytree(site[1] / "site", tmp_path / "site")
    page.goto((tmp_path / "site/search/index.html").as_uri())

    page.locator("#search-stuck").wait_for(state="visible")
    assert "make serve" in page.locator("#search-stuck").inner_text()


def test_without_scripts_the_page_names_other_ways(browser: Any, site: tuple[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site[0]}search/")

    assert "JavaScript" in page.locator("noscript").inner_text()
    context.close()
