"""Pages made here and kept at an address stand there beside what is the owner's."""

from pathlib import Path

import pytest
from tests.deposit.sides import Sides, counts


class TestPagesMadeHere:
    @pytest.fixture
    def pages(self, tmp_path: Path, address: str) -> Sides:
        made = Sides(tmp_path, address, is_both_ways=False)
        made.write("index.md", "front")
        made.write("old.md", "old")
        made.write_there("owner.md", "put there by the owner")
        made.deliver()
        return made

    def test_stand_there_beside_what_is_the_owner_s(self, pages: Sides) -> None:
        assert pages.texts_there() == {"index.md": "front", "old.md": "old", "owner.md": "put there by the owner"}
        assert counts(pages.deliver()) == {}

    def test_go_there_when_they_go_here(self, pages: Sides) -> None:
        (pages.here / "old.md").unlink()

        assert counts(pages.deliver()) == {"REMOVE_THERE": 1}
        assert sorted(pages.texts_there()) == ["index.md", "owner.md"]

    def test_go_there_too_when_another_machine_builds_the_site(self, pages: Sides, tmp_path: Path) -> None:
        other = Sides(tmp_path / "other", pages.deposit.address, is_both_ways=False)
        other.write("index.md", "front")

        assert counts(other.deliver())["REMOVE_THERE"] == 1
        assert other.texts_there() == {"index.md": "front", "owner.md": "put there by the owner"}

    def test_are_put_back_when_they_are_lost_there(self, pages: Sides) -> None:
        pages.remove_there("old.md")

        assert counts(pages.deliver()) == {"SEND": 1}

    def test_changed_there_by_another_hand_stay_until_they_are_made_anew_and_then_are_named(self, pages: Sides) -> None:
        pages.write_there("index.md", "front, by another hand")
        assert (counts(pages.deliver()), pages.texts_there()["index.md"]) == ({}, "front, by another hand")

        pages.write("index.md", "front, made anew")
        told = pages.deliver()
        assert pages.texts_there()["index.md"] == "front, made anew"
        assert told.told("en").endswith("; 1 that another hand had changed there are replaced: index.md")
