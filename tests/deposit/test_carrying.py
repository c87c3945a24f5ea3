"""Files kept at an address: what changed is carried, both ways, and no person's edit is ever lost."""

import os
import threading
from pathlib import Path

import pytest
from tests.deposit.sides import Sides, counts, is_edited, is_text

from newsarchive.deposit.exchange import Deposit
from newsarchive.deposit.stack import Stack
from newsarchive.errors import DepositError, InstallError, SettingError


def test_what_is_delivered_stands_there_and_is_not_sent_again(sides: Sides) -> None:
    assert sides.texts_there() == {"2019/a.md": "甲", "2019/b.md": "乙"}
    assert counts(sides.deliver()) == {}
    assert counts(sides.bring()) == {}


def test_only_what_changed_travels(sides: Sides) -> None:
    sides.write("2019/a.md", "甲二")
    sides.write("2019/b.md", "乙")  # touched, and the same

    assert counts(sides.deliver()) == {"SEND": 1}
    assert sides.texts_there() == {"2019/a.md": "甲二", "2019/b.md": "乙"}


def test_a_removal_travels_too_in_both_directions(sides: Sides) -> None:
    (sides.here / "2019/a.md").unlink()
    assert counts(sides.deliver()) == {"REMOVE_THERE": 1}
    assert sides.texts_there() == {"2019/b.md": "乙"}

    sides.write("2019/c.md", "丙")
    sides.deliver()
    sides.remove_there("2019/b.md")
    assert counts(sides.bring()) == {"REMOVE_HERE": 1}
    assert sides.texts() == {"2019/c.md": "丙", "2019/notes.txt": "not ours to carry"}


def test_a_person_s_edit_there_is_fetched_and_nothing_is_sent_over_it(sides: Sides) -> None:
    sides.write_there("2019/a.md", "甲 edited there")

    assert counts(sides.deliver()) == {}
    assert counts(sides.bring()) == {"FETCH": 1}
    assert sides.texts()["2019/a.md"] == sides.texts_there()["2019/a.md"] == "甲 edited there"


@pytest.mark.parametrize(
    ("ours", "theirs", "left"),
    [
        ("made anew", "edited there", ("edited there", "edited there")),
        ("edited here", "made anew", ("edited here", "edited here")),
        ("made anew", "made by another version", ("made by another version", "made by another version")),
        ("the same", "the same", ("the same", "the same")),
        ("edited here", "edited there", ("edited here", "edited there")),
    ],
)
def test_of_two_changes_the_person_s_counts_and_of_two_persons_neither_is_touched(
    sides: Sides, ours: str, theirs: str, left: tuple[str, str]
) -> None:
    sides.write("2019/a.md", ours)
    sides.write_there("2019/a.md", theirs)
    sides.bring()
    told = sides.deliver()

    assert (sides.texts()["2019/a.md"], sides.texts_there()["2019/a.md"]) == left
    is_clash = left[0] != left[1]
    assert [problem.partition(": ")[0] for problem in told.problems] == ["2019/a.md"] * is_clash


def test_a_clash_is_settled_by_removing_the_side_that_is_wrong(sides: Sides) -> None:
    sides.write("2019/a.md", "edited here")
    sides.write_there("2019/a.md", "edited there")
    sides.deliver()
    (sides.here / "2019/a.md").unlink()

    assert counts(sides.bring()) == {"FETCH": 1}
    assert sides.texts()["2019/a.md"] == "edited there"


def test_an_edit_outweighs_a_removal(sides: Sides) -> None:
    (sides.here / "2019/a.md").unlink()
    sides.write_there("2019/a.md", "edited there")
    sides.write("2019/b.md", "edited here")
    sides.remove_there("2019/b.md")
    sides.bring()
    sides.deliver()

    expected = {"2019/a.md": "edited there", "2019/b.md": "edited here"}
    assert sides.texts_there() == expected
    assert {path: text for path, text in sides.texts().items() if is_text(path)} == expected


def test_a_new_working_copy_is_filled_and_removes_nothing_there(sides: Sides, tmp_path: Path) -> None:
    fresh = Sides(tmp_path / "another", sides.deposit.address)
    fresh.bring()
    assert fresh.texts() == {"2019/a.md": "甲", "2019/b.md": "乙"}

    for file in sides.here.rglob("*.md"):  # a fresh clone beside a cache that was kept
        file.unlink()
    sides.bring()
    sides.deliver()
    assert sides.texts_there() == {"2019/a.md": "甲", "2019/b.md": "乙"}


def test_a_lost_cache_costs_no_edit(sides: Sides) -> None:
    sides.write_there("2019/a.md", "edited there")
    sides.write("2019/b.md", "edited here")
    for file in sides.cache.iterdir():
        file.unlink()
    sides.bring()
    sides.deliver()

    assert sides.texts_there() == {"2019/a.md": "edited there", "2019/b.md": "edited here"}
    assert sides.texts()["2019/a.md"] == "edited there"


def test_an_address_that_lost_everything_is_named_and_nothing_is_removed_here(sides: Sides) -> None:
    for path in ("2019/a.md", "2019/b.md"):
        sides.remove_there(path)

    with pytest.raises(DepositError, match=r"none of the 2 files that stood there is left; is it another address\?"):
        sides.bring()
    assert sides.texts()["2019/a.md"] == "甲"


def test_a_file_changed_there_while_we_send_is_not_overwritten(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    sides.write("2019/a.md", "made anew")
    stock = Stack.mark
    met = threading.Event()

    def mark(stack: Stack, path: str) -> str:
        if not met.is_set():
            met.set()
            sides.write_there("2019/a.md", "edited there, just now")
        return stock(stack, path)

    monkeypatch.setattr(Stack, "mark", mark)
    sides.deliver()
    assert sides.texts_there()["2019/a.md"] == "edited there, just now"

    sides.bring()
    assert sides.texts()["2019/a.md"] == "edited there, just now"


def test_keys_of_a_store_lead_to_no_place_outside_the_folder(tmp_path: Path) -> None:
    sides = Sides(tmp_path, f"memory://{tmp_path.name}-{os.getpid()}-keys")
    store = sides.files.store
    for key in ("/../../escaped.md", "//escaped.md", "/good.md"):
        sides.write_there("good.md", "good")
        store[f"{sides.base}{key}"] = store[f"{sides.base}/good.md"]
    sides.bring()
    sides.files.rm(sides.base, recursive=True)

    assert sides.texts() == {"good.md": "good"}
    assert not (tmp_path.parent / "escaped.md").exists()


def test_addresses_that_cannot_be_opened_are_named(tmp_path: Path) -> None:
    with pytest.raises(InstallError, match="NEWS_ARTICLES = 's3://nowhere/articles' needs fsspec and its driver"):
        Sides.bring(_at(tmp_path, "s3://nowhere/articles"))
    with pytest.raises(SettingError, match="NEWS_ARTICLES = 'gopher://a'"):
        Sides.bring(_at(tmp_path, "gopher://a"))


def _at(root: Path, address: str) -> Sides:
    made = Sides(root, f"memory://{root.name}")
    made.deposit = Deposit("NEWS_ARTICLES", made.here, address, is_text, is_edited)
    return made
