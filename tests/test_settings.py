"""NEWS_* settings are read once, with an error that helps where one is wrong."""

import pytest

from newsarchive.errors import SettingError
from newsarchive.settings import Settings, read_settings


def test_without_settings_the_defaults_hold() -> None:
    assert read_settings({"SITENAME": "x"}) == Settings()


def test_a_list_serves_where_a_tuple_is_wanted() -> None:
    assert read_settings({"NEWS_EDITIONS": ["zh-Hant"]}).editions == ("zh-Hant",)


def test_an_unknown_setting_is_named_with_the_one_it_resembles() -> None:
    with pytest.raises(SettingError, match="NEWS_EDITION; did you mean NEWS_EDITIONS"):
        read_settings({"NEWS_EDITION": ["zh-Hant"]})


@pytest.mark.parametrize(
    ("name", "value"),
    [("NEWS_PER_PAGE", "50"), ("NEWS_PER_PAGE", True), ("NEWS_EDITIONS", "zh-Hant"), ("NEWS_EDITIONS", [1])],
)
def test_a_value_of_another_type_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(SettingError, match=f"{name} is .*; expected"):
        read_settings({name: value})


@pytest.mark.parametrize(("name", "value"), [("NEWS_PER_PAGE", 0), ("NEWS_WORKERS", -1)])
def test_a_number_too_small_is_refused_with_the_least_that_serves(name: str, value: int) -> None:
    with pytest.raises(SettingError, match=f"{name} is {value}; expected {value + 1} or more"):
        read_settings({name: value})
