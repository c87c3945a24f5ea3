"""Where an archive is cut into sites, and how large they get: planned before anything is built."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import lay_out, make
from tests.small_archive import article

from newsarchive.cli import main
from newsarchive.cli.sharded import build_sites
from newsarchive.errors import SettingError
from newsarchive.hosts import HOSTS, MB, Host, measure
from newsarchive.shards.cut import Cut, by_size, extended, read_cuts, write_cuts


def test_days_stay_in_their_site_when_the_archive_grows_anywhere() -> None:
    shares = st.dictionaries(
        st.dates(date(2019, 1, 1), date(2019, 3, 1)).map(date.isoformat), st.floats(0.01, 0.5), min_size=1
    )

    @settings(deadline=None)
    @given(shares, shares)
    def stays(first: dict[str, float], later: dict[str, float]) -> None:
        cuts = extended((), first)
        before = {day: next(shard.name for shard in by_size(cuts) if shard.holds(day)) for day in first}
        grown = by_size(extended(cuts, {**later, **first}))

        assert {day: next(shard.name for shard in grown if shard.holds(day)) for day in first} == before
        assert all(sum(shard.holds(day) for shard in grown) == 1 for day in ("", "2018", *first, *later))

    stays()


def test_a_site_is_filled_to_its_measure_and_no_further() -> None:
    cuts = extended((), {f"2019-01-{day:02}": 0.1 for day in range(1, 32)})

    assert [cut.first for cut in cuts] == ["", "2019-01-08", "2019-01-15", "2019-01-22", "2019-01-29"]


def test_cuts_are_read_as_they_were_written(tmp_path: Path) -> None:
    cuts = (Cut("1", "", "2019-01-07"), Cut("2", "2019-01-08", "2019-01-14"))
    write_cuts(tmp_path / "shards.txt", cuts)

    assert read_cuts(tmp_path / "shards.txt") == cuts
    (tmp_path / "shards.txt").write_text("1 - 2019\n2\n", encoding="utf-8")
    with pytest.raises(SettingError, match=r"shards.txt: '2'; expected a name"):
        read_cuts(tmp_path / "shards.txt")


def test_by_size_an_archive_is_cut_where_its_host_would_be_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = Host("tiny", "Tiny", max_files=2500)
    monkeypatch.setattr("newsarchive.cli.sharded.HOSTS", (*HOSTS, host))
    conf = lay_out(tmp_path, settings="NEWS_SHARD = 'size'\nNEWS_SHARD_HOST = 'tiny'")
    (tmp_path / "content" / "dumps").mkdir(parents=True)
    shelf = tmp_path / "content" / "articles"
    shelf.mkdir()
    for number in range(900):
        day = f"2019-{number // 270 + 1:02}-{number // 10 % 27 + 1:02}"
        (shelf / f"{number}.md").write_text(article(day, number), encoding="utf-8")

    sites = build_sites(conf, None, lambda phase, done, total: None, {})

    *shards, (front, _, _) = sites.parts
    assert (len(shards) > 1, front) == (True, "front")
    assert sum(built.articles for _, built, _ in shards) == 900
    assert [size.files <= host.max_files for _, _, size in shards] == [True] * len(shards)
    assert max(size.files for _, _, size in shards) > host.max_files / 3
    assert (tmp_path / "content" / "shards.txt").is_file()
    door = (tmp_path / "output" / "front" / "index.html").read_text(encoding="utf-8")
    dates = (tmp_path / "output" / "front" / "dates" / "index.html").read_text(encoding="utf-8")
    assert 'href="../2019/"' in dates
    year = (tmp_path / "output" / "front" / "2019" / "index.html").read_text(encoding="utf-8")
    assert ("900 篇" in year, len(re.findall(r"<li><a href=\"[^\"]*/\d/2019/\">", year))) == (True, len(shards))
    assert re.search(r">2019-01–2019-0\d</a> <span class=n>", door), "a part of a year is named by its months"


def test_sizes_are_told_before_anything_is_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    conf = lay_out(tmp_path)
    (tmp_path / "content" / "dumps").mkdir(parents=True)
    shelf = tmp_path / "content" / "articles"
    shelf.mkdir()
    for number in range(600):
        text = article(f"{2018 + number // 300}-{number // 25 % 12 + 1:02}-{number % 25 + 1:02}", number)
        (shelf / f"{number}.md").write_text(text, encoding="utf-8")

    assert main(["size", "--plan", "-s", str(conf), "--host", "cloudflare"]) == 0
    told = capsys.readouterr().out
    planned = re.search(r"one site: +600 articles, about +([\d,]+) files, +([\d.]+) MB", told)
    assert planned
    assert not (tmp_path / "output").exists()
    assert re.search(r"NEWS_SHARD = 'year': 2 sites\n +2019 +300 articles.*\n +2018 +300 articles", told)

    make(conf)
    size = measure(tmp_path / "output")
    assert int(planned[1].replace(",", "")) == pytest.approx(size.files, rel=0.2)
    assert float(planned[2]) == pytest.approx(size.bytes / MB, rel=0.2)
