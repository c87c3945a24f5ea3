from pathlib import Path

import pytest

from newsarchive.errors import VocabularyError
from newsarchive.tagging import candidates, check, count_words, diff, keywords, learn, like, slugs_of, vector, why
from newsarchive.vocabulary.headings import read_after_ours

FISHERY = ("渔民增收", ["渔民说，今年渔业丰收，渔船满载而归。"])
SCHOOL = ("学校开学", ["学生们走进教室，教师节快到了。"])


def test_our_own_vocabulary_has_nothing_to_look_at() -> None:
    assert check() == ()


def test_a_dead_alias_is_reported(tmp_path: Path) -> None:
    (tmp_path / "tags.toml").write_text('[clock]\nkind = "topic"\nzh-Hans = "时钟"\naliases = ["北京时间"]\n', "utf-8")
    read_after_ours(tmp_path)

    found = check()
    read_after_ours(None)

    assert [line for line in found if "北京时间 is a decoy" in line]


def test_keywords_of_the_title_come_first() -> None:
    frequencies = count_words(["\n".join((title, *story)) for title, story in (FISHERY, SCHOOL)])

    assert keywords(*FISHERY, frequencies)[0] == "渔民"


def test_tags_are_suggested_by_the_articles_that_bear_them() -> None:
    frequencies = count_words(["".join(story) for _, story in (FISHERY, SCHOOL)])
    words = {name: vector(*article, frequencies) for name, article in (("sea", FISHERY), ("school", SCHOOL))}
    profiles = learn([(words["sea"], ["渔业"])] * 3 + [(words["school"], ["教育"])] * 3)

    assert like(words["sea"], profiles)[0][0] == "渔业"


def test_a_name_the_vocabulary_lacks_is_offered_with_contexts() -> None:
    found = {one.name: one for one in candidates(["诸葛亮在烟台。"] * 3)}

    assert "烟台" not in found
    assert found["诸葛亮"].articles == 3
    assert found["诸葛亮"].contexts[0] == "[诸葛亮]在烟台。"


def test_a_diff_names_only_articles_that_change() -> None:
    assert diff({"a": ("5G",)}, {"a": ("5G",)}) == ()
    assert diff({"a": ("5G",)}, {"a": ()})[0].dropped == ("5G",)


def test_why_quotes_the_text() -> None:
    assert why("烟台发展渔业", ["渔民增收。"], "渔业")[1:] == ("烟台发展[渔业] 渔民增收。", "烟台发展渔业 [渔民]增收。")
    assert "not named" in why("烟台", ["文"], "5G")[0]


def test_tags_that_differ_never_share_a_page() -> None:
    assert slugs_of(["市長", "市場"]) == {"市長": "市长", "市場": "市场"}
    assert slugs_of(["C", "C++"]) == {"C": "c", "C++": "c++"}
    with pytest.raises(VocabularyError, match="would share the page"):
        slugs_of(["a b", "a-b"])
    with pytest.raises(VocabularyError, match="would share the page"):
        slugs_of(["yàntái", "Yantai", "ABC", "abc"])
