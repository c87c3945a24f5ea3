"""Pages of places and moved headings, built as an owner builds them."""

import re
from pathlib import Path

import pytest
from tests.conftest import lay_out, make

STORY = "Title: {title}\nDate: 2019-11-2{n} 08:00:00+08:00\nDate-Precision: minute\nSlug: 2019/11/2{n}-00000000000{n}\n"
STORY += "Tags: {tags}\nLang: zh-Hant\nSHA256: {n:064x}\n\n漁船滿載而歸，漁民喜開顏。\n"
OWN = '[yantai-old-harbour]\nkind = "place"\nzh-Hans = "烟台旧港"\nparent = "yantai"\nwas = ["old-harbour"]\n'


def article(folder: Path, n: int, title: str, tags: str) -> None:
    target = folder / "content" / "articles" / f"{n}.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(STORY.format(title=title, n=n, tags=tags), encoding="utf-8")


def archive(folder: Path) -> Path:
    (folder / "content" / "dumps").mkdir(parents=True)
    (folder / "content" / "vocabulary").mkdir()
    (folder / "content" / "vocabulary" / "tags.toml").write_text(OWN, encoding="utf-8")
    return lay_out(folder)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("places")
    conf = archive(folder)
    article(folder, 1, "舊港開埠", "煙臺舊港")
    article(folder, 2, "泉城開會", "濟南; 5G")
    article(folder, 3, "東京開會", "東京")
    done = make(conf)
    assert done.returncode == 0, done.stderr
    return folder / "output"


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())


@pytest.mark.parametrize(
    ("edition", "line"),
    [("", "中国 2 山东 2 济南 1 烟台 1 烟台旧港 1"), ("zh-hant/", "中國 2 山東 2 濟南 1 煙臺 1 煙臺舊港 1")],
)
def test_places_are_listed_below_each_other(built: Path, edition: str, line: str) -> None:
    page = text_of((built / edition / "places" / "index.html").read_text(encoding="utf-8"))

    assert line in page
    assert "5G" not in page


def test_a_place_holds_the_articles_of_the_places_below_it(built: Path) -> None:
    page = (built / "zh-hant" / "tag" / "shandong" / "index.html").read_text(encoding="utf-8")

    assert "舊港 開埠" in text_of(page)
    assert "泉城 開會" in text_of(page)
    assert {"china", "jinan", "yantai"} <= set(re.findall(r'href="\.\./\.\./tag/([^/]+)/', page))


def test_a_place_shows_what_stands_above_it(built: Path) -> None:
    page = (built / "zh-hant" / "tag" / "yantai-old-harbour" / "index.html").read_text(encoding="utf-8")

    crumbs = re.search(r"<nav class=crumb.*?</nav>", page, re.S)
    assert crumbs is not None
    assert re.findall(r">([^<>\s]+)</a>", crumbs[0]) == ["地點", "中國", "山東", "煙臺"]


@pytest.mark.parametrize("edition", ["", "zh-hant/"])
def test_the_address_a_heading_had_leads_to_the_new_one(built: Path, edition: str) -> None:
    page = (built / edition / "tag" / "old-harbour" / "index.html").read_text(encoding="utf-8")

    target = "../yantai-old-harbour/index.html"
    assert f'<meta http-equiv=refresh content="0;url={target}">' in page
    assert f'<link rel=canonical href="{target}">' in page
    assert "<script" not in page
    assert (built / edition / "tag" / "old-harbour" / target).is_file()


def test_two_tags_of_one_address_stop_the_build(tmp_path: Path) -> None:
    conf = archive(tmp_path)
    article(tmp_path, 1, "舊港開埠", "ABC")
    article(tmp_path, 2, "泉城開會", "abc")

    done = make(conf)

    assert done.returncode == 2
    assert "tags 'ABC' and 'abc' would share the page tag/abc/" in done.stderr
    assert "1.md, 2.md" in done.stderr
    assert not (tmp_path / "output" / "index.html").exists()


def test_a_new_heading_tags_what_was_imported_before(tmp_path: Path) -> None:
    conf = archive(tmp_path)
    (tmp_path / "content" / "dumps" / "a.txt").write_text(
        "漁燈節開幕\n\n漁燈節今天在海邊開幕，人山人海，十分熱鬧。\n", "utf-8"
    )
    make(conf)
    own = tmp_path / "content" / "vocabulary" / "tags.toml"
    own.write_text(OWN + '[lantern-festival-of-fishers]\nkind = "topic"\nzh-Hans = "渔灯节"\n', encoding="utf-8")

    done = make(conf)

    assert "1 written" in done.stdout
    (file,) = (tmp_path / "content" / "articles").rglob("*.md")
    assert re.search(r"^Tags-Auto: .*漁燈節", file.read_text(encoding="utf-8"), re.M)
