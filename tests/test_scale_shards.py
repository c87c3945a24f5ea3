"""An archive in several sites: each an ordinary one, one front door, a search that asks all of them."""

import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import lay_out, make
from tests.small_archive import article, slug

from newsarchive.cli import main
from newsarchive.cli.sharded import Sites, build_sites

DAYS = ("2018-03-01", "2018-11-20", "2019-11-20", "2019-11-21", "2019-12-01")


def lay(folder: Path, settings: str) -> Path:
    conf = lay_out(folder, settings=settings)
    (folder / "content" / "dumps").mkdir(parents=True)
    shelf = folder / "content" / "articles"
    shelf.mkdir()
    for number, day in enumerate(DAYS):
        extra = "Places: 北京\n" if day < "2019" else ""
        (shelf / f"{number}.md").write_text(article(day, number, extra=extra), encoding="utf-8")
    return conf


def build(conf: Path) -> Sites:
    return build_sites(conf, None, lambda phase, done, total: None, {})


@pytest.fixture(scope="module")
def servers() -> Iterator[list[Any]]:
    """Three web servers of this machine, as three hosts: they answer pages of other addresses, as GitHub Pages does."""

    class Host(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Access-Control-Allow-Origin", "*")
            super().end_headers()

        def translate_path(self, path: str) -> str:
            self.directory = self.server.folder  # type: ignore[attr-defined]
            return super().translate_path(path)

        def log_message(self, *args: object) -> None:
            """No access log among the test results."""

    made = [ThreadingHTTPServer(("127.0.0.1", 0), Host) for _ in range(3)]
    for server in made:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    for server in made:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, servers: list[Any]) -> tuple[Path, Sites, list[str]]:
    """An archive of two years, each year and the front door on a host of its own."""
    folder = tmp_path_factory.mktemp("shards")
    door, newer, older = (f"http://127.0.0.1:{server.server_port}" for server in servers)
    urls = [f"{newer}/{{shard}}/", f"2018={older}/old"]
    conf = lay(folder, f"NEWS_SHARD = 'year'\nSITEURL = '{door}'\nNEWS_SHARD_URLS = {urls!r}")
    sites = build(conf)
    hosts = folder / "hosts"
    for host, parts in (("door", {"": "front"}), ("newer", {"2019": "2019"}), ("older", {"old": "2018"})):
        for place, name in parts.items():
            shutil.copytree(folder / "output" / name, hosts / host / place)
    for server, host in zip(servers, ("door", "newer", "older"), strict=True):
        server.folder = str(hosts / host)
    return folder, sites, [door, newer, older]


def text(folder: Path, name: str) -> str:
    return (folder / "output" / name).read_text(encoding="utf-8")


def test_each_article_stands_in_the_site_of_its_year_and_nowhere_else(built: tuple[Path, Sites, list[str]]) -> None:
    folder, sites, _ = built
    pages = {
        f"{day}": [
            part.name for part in (folder / "output").iterdir() if (part / f"{slug(day, number)}.html").is_file()
        ]
        for number, day in enumerate(DAYS)
    }

    assert pages == {day: [day[:4]] for day in DAYS}
    assert sites.problems == []


def test_the_front_door_counts_and_names_what_all_sites_hold(built: tuple[Path, Sites, list[str]]) -> None:
    folder, _, (_, newer, older) = built
    front = text(folder, "front/index.html")

    assert "5 篇" in front
    assert f'href="{newer}/2019/2019/"' in front
    assert f'href="{older}/old/2018/"' in front
    assert f'href="{newer}/2019/2019/11/21-000000000003.html"' in front
    assert "\x1a" not in front


def test_its_dates_lead_to_the_months_of_the_site_that_has_them(built: tuple[Path, Sites, list[str]]) -> None:
    folder, _, (_, newer, older) = built
    dates = text(folder, "front/zh-hant/dates/index.html")

    assert f'href="{newer}/2019/zh-hant/2019/11/"' in dates
    assert f'href="{older}/old/zh-hant/2018/03/"' in dates
    assert "on-this-day" not in dates


def test_a_heading_of_two_sites_has_a_page_that_leads_to_both(built: tuple[Path, Sites, list[str]]) -> None:
    folder, _, (_, newer, older) = built
    page = text(folder, "front/tag/5g/index.html")

    assert f'href="{newer}/2019/tag/5g/"' in page
    assert f'href="{older}/old/tag/5g/"' in page


def test_pages_of_a_site_lead_to_the_front_door_and_to_the_same_heading_there(
    built: tuple[Path, Sites, list[str]],
) -> None:
    folder, _, (door, *_) = built

    assert f'href="{door}/"' in text(folder, f"2019/{slug('2019-11-20', 2)}.html")
    assert f'href="{door}/zh-hant/tag/5g/"' in text(folder, "2019/zh-hant/tag/5g/index.html")
    assert f'<a href="{door}/"' not in text(folder, "front/index.html")


def test_links_within_the_front_door_lead_somewhere(built: tuple[Path, Sites, list[str]]) -> None:
    from newsarchive.build.links import addresses, resolve

    folder, _, _ = built
    front = folder / "output" / "front"
    dead = {
        f"{page.relative_to(front)} -> {address}"
        for page in front.rglob("*.html")
        if page.name != "404.html"
        for address in addresses(page.read_text(encoding="utf-8"))
        if not address.startswith("#")
        and not (
            front / resolve(page.relative_to(front).parent.as_posix().strip("."), address).partition("#")[0]
        ).is_file()
    }

    assert dead == set()


def test_each_site_can_be_checked_by_itself(
    built: tuple[Path, Sites, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, _, _ = built
    command = ["check", "-s", str(folder / "siteconf.py"), "-o"]

    assert (main([*command, str(folder / "output" / "2018")]), capsys.readouterr().out) == (0, "no fault\n")
    assert main([*command, str(folder / "output" / "front")]) == 2


def test_a_second_build_writes_nothing_anew_and_a_new_article_touches_its_own_site_only(tmp_path: Path) -> None:
    conf = lay(tmp_path, "NEWS_SHARD = 'year'")
    build(conf)
    (tmp_path / "content" / "articles" / "new.md").write_text(article("2019-12-02", 99), encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "output" / "2018").rglob("*") if path.is_file()}

    sites = build(conf)
    made = {name: built.outcome.made for name, built, _ in sites.parts if built.outcome}

    assert made["2018"] == 0
    assert made["2019"] > 0
    assert {path: path.stat().st_mtime_ns for path in before if "theme" not in path.parts} == {
        path: when for path, when in before.items() if "theme" not in path.parts
    }
    assert "6 篇" in text(tmp_path, "front/index.html")


def test_the_command_builds_shards_and_says_how_large_they_are(tmp_path: Path) -> None:
    done = make(lay(tmp_path, "NEWS_SHARD = 'year'"))

    assert (done.returncode, done.stderr) == (0, "")
    assert "2 shards and the front door" in done.stdout


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("NEWS_SHARD = 'decade'", "NEWS_SHARD is 'decade'; expected year or size"),
        ("NEWS_SHARD = 'year'; NEWS_SHARD_HOST = 'x'", "NEWS_SHARD_HOST is 'x'; expected one of github"),
        ("NEWS_SHARD = 'year'; NEWS_SHARD_URLS = ['a']", "NEWS_SHARD_URLS: 'a'; expected https://"),
    ],
)
def test_wrong_settings_are_named(tmp_path: Path, settings: str, message: str) -> None:
    done = make(lay(tmp_path, settings))

    assert done.returncode == 2
    assert message in done.stderr


class TestSearch:
    @pytest.fixture
    def page(self, browser: Any) -> Iterator[Any]:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.set_default_timeout(10_000)
        yield context.new_page()
        context.close()

    def hits(self, page: Any) -> list[str]:
        page.locator("#results[aria-busy=false]").wait_for(state="attached")
        return page.locator("#results h3 a").evaluate_all("links => links.map(link => link.href)")  # type: ignore[no-any-return]

    def test_asks_every_site_and_lists_the_newest_first(self, page: Any, built: tuple[Path, Sites, list[str]]) -> None:
        _, _, (door, newer, older) = built
        page.goto(f"{door}/search/?q=公布&sort=date")

        wanted = [
            (newer + "/2019" if day >= "2019" else older + "/old", day, number) for number, day in enumerate(DAYS)
        ]
        assert self.hits(page) == [f"{host}/{slug(day, number)}.html" for host, day, number in reversed(wanted)]
        assert page.locator("#search-status").inner_text() == "5 篇"

    def test_adds_up_the_facets_of_all_sites(self, page: Any, built: tuple[Path, Sites, list[str]]) -> None:
        _, _, (door, *_) = built
        page.goto(f"{door}/zh-hant/search/?q=公布")
        self.hits(page)
        page.locator("[data-kind=source] summary").click()

        assert page.locator("[data-kind=source] li").first.inner_text().split() == ["甲報", "5"]

    def test_says_when_a_site_does_not_answer(self, page: Any, built: tuple[Path, Sites, list[str]]) -> None:
        _, _, (door, newer, older) = built
        page.route(f"{older}/**", lambda route: route.abort())
        page.goto(f"{door}/search/?q=公布")

        assert [link.startswith(newer) for link in self.hits(page)] == [True, True, True]
        assert "1 个分站没有应答" in page.locator("#search-status").inner_text()
