import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.tagging import explain, places_of, tags_of
from newsarchive.vocabulary.headings import heading_of

SEED = Path(__file__).parents[1] / "content/dumps/seed.txt"


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("从江苏南通过江", ["jiangsu", "nantong"]),
        ("南京市长江大桥", ["nanjing"]),
        ("中山大学研究发现", []),
        ("北京时间8点", []),
        ("北海路128号", []),
        ("在黃石公園遊覽", []),
        ("长治久安", []),
        ("广东佛山和贵州从江", ["guangdong", "foshan", "guizhou", "congjiang"]),
        ("台北市中山區", ["taipei", "zhongshan-taipei"]),
        ("阿里巴巴集團宣布", []),
        ("打造科技创新平台基地", []),
        ("弘扬中华体育精神", []),
        ("澜沧江—湄公河合作", []),
        ("非洲中国合作与发展协会", ["africa"]),
        ("习近平在中南海会见香港特别行政区行政长官", ["hong-kong"]),
        ("中国太平保险与人和投资达成合作", []),
        ("中国侨联召开全国代表大会", []),
        ("朝阳产业迎来投资热潮", []),
        ("南京鼓楼医院完成高难度手术", ["nanjing"]),
        ("湖南卫视跨年晚会阵容公布", []),
        ("曼联客场战平利物浦", []),
        ("皇家马德里夺得欧冠冠军", []),
        ("元朗西鐵站外發生交通意外", ["yuen-long"]),
        ("东方明珠塔亮灯", []),
        ("伦敦金属交易所铜价上涨", []),
        ("美国国务卿访问以色列", ["united-states", "israel"]),
        ("不過是還有漢堡吃", []),
        ("德国首都柏林", ["germany", "berlin"]),
        ("在深圳机场口岸", ["shenzhen"]),
        ("河南和甘南", ["henan", "gannan"]),
        ("天津、河北、山西", ["tianjin", "hebei", "shanxi"]),
        ("吃德州撲克和漢堡包", []),
        ("美國德克薩斯州達拉斯", ["united-states", "texas", "dallas"]),
        ("首爾、紐西蘭與寮國", ["seoul", "new-zealand", "laos"]),
    ],
)
def test_a_place_is_read_only_where_the_text_means_it(text: str, slugs: list[str]) -> None:
    assert [entry.slug for entry in places_of(text)] == slugs


@pytest.mark.parametrize("text", ["內存15GB", "5GHz頻段", "2.5G網絡", "A5G"])
def test_a_latin_tag_is_never_part_of_a_longer_word(text: str) -> None:
    assert tags_of("", [text]) == ()


def test_an_organisation_comes_before_the_place_in_its_name() -> None:
    assert tags_of("", ["山东移动表示将继续努力。"]) == ("山东移动",)


def test_both_scripts_give_the_same_headings_in_their_own_spelling() -> None:
    assert tags_of("煙臺發展5G", ["煙臺發展5G。"]) == ("煙臺", "5G")
    assert tags_of("烟台发展5G", ["烟台发展5G。"]) == ("烟台", "5G")


def test_a_place_in_the_dateline_counts() -> None:
    assert "金奈" in tags_of("", ["两国领导人举行会晤。"], ["金奈"])


def test_a_namesake_is_told_by_the_place_above() -> None:
    assert [entry.slug for entry in places_of("南京市民在鼓楼区集会")] == ["nanjing", "gulou"]
    assert [entry.slug for entry in places_of("福州鼓楼区")] == ["fuzhou", "gulou-fuzhou"]
    assert places_of("在鼓楼区举行") == ()


def test_a_person_needs_the_office_where_the_name_is_common() -> None:
    assert "李强" in tags_of("国务院总理李强出席", ["国务院总理李强出席会议。"])
    assert "李强" not in tags_of("工人李强获奖", ["工人李强获奖。"])


def test_a_tag_never_comes_with_the_broader_topic() -> None:
    tags = tags_of("男子酒驾撞车", ["男子酒后驾车，发生交通事故，警方查获其酒驾。"])

    assert "酒驾" in tags
    assert "交通事故" not in tags


@given(st.text(alphabet="烟台市5G中国移动从江苏南通过北京时间长大学，。·\n", max_size=60))
def test_any_text_is_tagged_within_bounds(text: str) -> None:
    assert len(tags_of(text, [text])) <= 6
    assert all(heading_of(tag) for tag in tags_of("", [text]))


def test_the_sample_is_tagged_by_general_rules() -> None:
    story = re.sub(r"\([a-zü-ǿà-ü]+\)", "", SEED.read_text("utf-8")).splitlines()[2:-1]

    tags = tags_of("", story)

    assert {"5G", "煙臺", "山東移動"} <= set(tags)
    assert len(tags) <= 6


def test_a_tag_can_be_explained() -> None:
    evidence = explain("烟台发展5G", ["烟台发展5G。"], "煙臺")

    assert evidence is not None
    assert evidence.is_enough
    assert [(reading.start, reading.end) for reading in evidence.readings] == [(0, 2), (7, 9)]


with (Path(__file__).parent / "cases" / "place_traps.csv").open(encoding="utf-8", newline="") as file:
    TRAPS = [(row["text"], row["places"].split()) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("text", "places"), TRAPS)
def test_no_trap_catches_the_reader_of_places(text: str, places: list[str]) -> None:
    assert [entry.slug for entry in places_of(text)] == places
