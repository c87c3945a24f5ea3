from collections.abc import Iterator
from pathlib import Path

import pytest

from newsarchive.errors import VocabularyError
from newsarchive.vocabulary.headings import (
    ancestors,
    children,
    entry_of_slug,
    heading_of,
    headings,
    label,
    read_after_ours,
)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    """The owner's folder, read anew when the vocabulary is next asked for."""
    read_after_ours(tmp_path)
    yield tmp_path
    read_after_ours(None)


@pytest.mark.parametrize("spelling", ["烟台", "煙臺", "煙台", "烟台市", " 煙臺市 ", "Yantai"])
def test_every_spelling_leads_to_one_heading(spelling: str) -> None:
    found = heading_of(spelling)

    assert found is not None
    assert found.slug == "yantai"


def test_every_label_leads_back_to_its_heading() -> None:
    entries = headings().entries.values()

    lost = [(entry.slug, code) for entry in entries for code in ("zh-Hans", "zh-Hant")
            if heading_of(entry.label(code)) is not entry]  # fmt: skip

    assert lost == []


def test_a_place_stands_below_others() -> None:
    assert ancestors("yantai") == ("china", "shandong")
    assert "yantai" in children("shandong")


def test_places_of_one_name_are_told_apart_by_the_place_above() -> None:
    assert heading_of("鼓楼区") is None
    assert label("suzhou", "zh-Hans") == "苏州"
    assert label("suzhou-anhui", "zh-Hant") == "宿州"


def test_an_owner_adds_and_replaces_headings(own: Path) -> None:
    (own / "tags.toml").write_text(
        '[lantern]\nkind = "topic"\nzh-Hans = "花灯"\naliases = ["彩灯"]\n[5g]\nkind = "topic"\nzh-Hans = "五代"\n',
        "utf-8",
    )

    found = heading_of("彩燈")

    assert found is not None
    assert found.label("zh-Hant") == "花燈"
    assert label("5g", "zh-Hans") == "五代"


def test_an_owner_adds_places(own: Path) -> None:
    rows = "slug,level,hans,hant,en,parent,ids,spellings\nxiaozhuang,area,小莊村,小莊村,Xiaozhuang,yantai,,小庄|~庄"
    (own / "places-villages.csv").write_text(rows, "utf-8")

    assert ancestors("xiaozhuang") == ("china", "shandong", "yantai")


def test_what_an_owner_adds_is_forgotten_with_the_folder(own: Path) -> None:
    (own / "tags.toml").write_text('[lantern]\nkind = "topic"\nzh-Hans = "花灯"\n', "utf-8")
    assert entry_of_slug("lantern")

    read_after_ours(None)

    assert entry_of_slug("lantern") is None


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('[a]\nkind = "thing"\nzh-Hans = "甲"', r"tags.toml: \[a\]: kind is 'thing'"),
        ('[a]\nkind = "topic"', r"tags.toml: \[a\]: no name"),
        ('[a]\nkind = "topic"\nzh-Hans = "甲"\nalias = ["乙"]', r"unknown key 'alias'"),
        ('[a]\nkind = "topic"\nzh-Hans = "甲"\naliases = "乙"', r"aliases is '乙'"),
        ('["a/b"]\nkind = "topic"\nzh-Hans = "甲"', r"'a/b' cannot be part of an address"),
        ('[a]\nkind = "topic"\nzh-Hans = "甲"\nparent = "nowhere"', r"\[a\] has the parent 'nowhere'"),
        ('[a]\nkind = "topic"\nzh-Hans = "甲"\nparent = "a"', r"\[a\] stands above itself"),
    ],
)
def test_a_wrong_entry_is_refused_by_its_name(own: Path, table: str, message: str) -> None:
    (own / "tags.toml").write_text(table, "utf-8")

    with pytest.raises(VocabularyError, match=message):
        headings()
