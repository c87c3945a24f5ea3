"""The list of withdrawn articles: withdrawn.py."""

from datetime import date
from pathlib import Path

import pytest

from newsarchive.errors import WithdrawalError
from newsarchive.withdrawn import Withdrawal, read


def _listed(tmp_path: Path, text: str) -> tuple[Withdrawal, ...]:
    path = tmp_path / "withdrawn.txt"
    path.write_text(text, encoding="utf-8")
    return read(path)


def test_without_a_list_nothing_is_withdrawn(tmp_path: Path) -> None:
    assert read(tmp_path / "withdrawn.txt") == ()


def test_a_line_is_slug_reason_and_day(tmp_path: Path) -> None:
    text = "# taken down\n\n2019/11/20-3f2a9c81d04e 當事人 要求 2026-11-22\n"

    assert _listed(tmp_path, text) == (Withdrawal("2019/11/20-3f2a9c81d04e", "當事人 要求", date(2026, 11, 22)),)


def test_a_slug_may_be_copied_from_the_address_bar_or_the_file(tmp_path: Path) -> None:
    listed = _listed(tmp_path, "/2019/11/20-3f2a9c81d04e.html x 2026-11-22\nundated/3f2a9c81d04f.md x 2026-11-22\n")

    assert [one.slug for one in listed] == ["2019/11/20-3f2a9c81d04e", "undated/3f2a9c81d04f"]
    assert listed[0].key == "3f2a9c81d04e"


@pytest.mark.parametrize(
    "line", ["2019/11/20-3f2a9c81d04e", "2019/11/20-3f2a9c81d04e 2026-11-22", "slug reason 22.11.2026"]
)
def test_a_broken_line_is_named_with_what_is_expected(tmp_path: Path, line: str) -> None:
    with pytest.raises(WithdrawalError, match=r"withdrawn\.txt:2: found .* expected slug, reason and day"):
        _listed(tmp_path, f"# list\n{line}\n")


def test_a_slug_listed_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WithdrawalError, match="listed twice"):
        _listed(tmp_path, "a b 2026-11-22\na c 2026-11-23\n")
