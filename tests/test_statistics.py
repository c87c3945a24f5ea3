"""The archive in figures, the days of all years, and the data for programs."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.small_archive import article, build, slug

DAYS = ["2017-03-01", "2018-11-20", "2019-11-20", "2019-11-20", "2020-02-29"]
FORMULA = '=HYPERLINK("http://evil.example")'


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    articles = [article(day, number) for number, day in enumerate(DAYS)]
    articles[0] = article(DAYS[0], 0, FORMULA, extra="Cleaning: glosses 7; punctuation 2\n")
    articles[1] = article(DAYS[1], 1, extra="Cleaning: glosses 5\n")
    return build(tmp_path_factory.mktemp("figures"), articles)


def read(output: Path, path: str) -> str:
    return (output / path / "index.html").read_text(encoding="utf-8")


def rows(page: str) -> list[tuple[str, int]]:
    """(name, count) of every line of every table of figures."""
    found = re.findall(r"<tr><th scope=row>(?:<a [^>]*>)?([^<]*)(?:</a>)?<td class=n>([\d,]+)", page)
    return [(name, int(count.replace(",", ""))) for name, count in found]


def test_figures_count_months_sources_tags_scripts_and_cataloguing(output: Path) -> None:
    found = dict(rows(read(output, "zh-hant/statistics")))

    assert found["2019年11月"] == 2
    assert found["2019年12月"] == 0
    assert found["甲報"] == found["5G"] == found["煙臺"] == found["繁體"] == 5
    assert found["擬題"] == found["日期未詳"] == 0
    assert (found["移除注音"], found["標點改全形"]) == (12, 2)


def test_the_plot_over_time_has_a_bar_for_each_month_with_articles(output: Path) -> None:
    page = read(output, "statistics")
    (plot,) = re.findall(r"<svg class=upright.*?</svg>", page, re.S)

    assert plot.count("<rect") == 4
    assert max(float(height) for height in re.findall(r'height="([\d.]+)%"', plot)) == 100
    assert "style=" not in page, "the Content-Security-Policy forbids style attributes"


def test_each_of_the_366_days_has_a_page_in_each_edition(output: Path) -> None:
    for edition in (output, output / "zh-hant"):
        assert len(list(edition.glob("on-this-day/*/index.html"))) == 366
    assert (output / "on-this-day" / "02-29" / "index.html").is_file()


def test_a_day_lists_its_articles_of_all_years_newest_first(output: Path) -> None:
    page = read(output, "on-this-day/11-20")

    assert re.findall(r'href="../../(20\S+?-0\S+?).html"', page) == [slug(DAYS[n], n) for n in (3, 2, 1)]
    assert read(output, "on-this-day").count("<td class=") == 366


def test_day_pages_and_the_front_page_lead_to_it(output: Path) -> None:
    assert 'href="../../../on-this-day/11-20/index.html"' in read(output, "2019/11/20")
    assert 'href="on-this-day/index.html"' in read(output, "")


def test_json_lines_hold_every_article_of_a_year_in_the_script_of_origin(output: Path) -> None:
    records = [json.loads(line) for line in (output / "data" / "2019-1.jsonl").read_text(encoding="utf-8").splitlines()]

    assert [record["slug"] for record in records] == [slug(DAYS[n], n) for n in (2, 3)]
    assert records[0]["tags"] == ["5G", "煙臺"]
    assert records[0]["text"] == "煙臺市昨日公布第2項計畫。\n“第二段”。"
    assert records[0]["sha256"] == f"{2:064x}"


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(output: Path) -> None:
    data = (output / "data" / "2017-1.csv").read_bytes()
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))

    assert data.startswith(b"\xef\xbb\xbf")
    assert row["title"] == "'" + FORMULA
    assert row["date"] == "2017-03-01"


def test_data_is_there_once_and_linked_from_each_year(output: Path) -> None:
    assert not (output / "zh-hant" / "data" / "2019-1.csv").exists()
    assert 'href="../../data/2019-1.csv"' in read(output, "zh-hant/2019")
    assert 'href="../../data/2019-1.jsonl"' in read(output, "zh-hant/data")
    assert 'href="../data/index.html"' in read(output, "about")


def test_bulk_data_can_be_switched_off(tmp_path: Path) -> None:
    output = build(tmp_path, [article(DAYS[0], 1)], "NEWS_BULK_DATA = False")

    assert not (output / "data").exists()
    assert "data/" not in read(output, "2017") + read(output, "about")


class Parsed(HTMLParser):
    """Fails on what no browser would mend silently: an attribute given twice."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)


@pytest.mark.parametrize("path", ["statistics", "on-this-day", "on-this-day/11-20", "data", "2019", ""])
def test_no_page_has_an_attribute_twice(output: Path, path: str) -> None:
    Parsed().feed(read(output, path))
