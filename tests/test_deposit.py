"""Files kept at an address: what changed is carried, both ways, and no person's edit is ever lost."""

import os
import threading
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from newsarchive.deposit import inventory
from newsarchive.deposit.carried import Carried
from newsarchive.deposit.decision import BOTH_WAYS, BRINGING, DELIVERING, ONE_WAY, Action, State
from newsarchive.deposit.exchange import Deposit, exchange
from newsarchive.deposit.stack import Stack
from newsarchive.errors import DepositError, InstallError, SettingError

fsspec = pytest.importorskip("fsspec", reason="NO TEST OF ADDRESSES RAN: fsspec is not installed")

EDITED = "edited"
PATHS = st.sampled_from(["a.md", "b.md"])


def is_edited(file: Path) -> bool:
    return EDITED in file.read_text(encoding="utf-8")


def is_text(path: str) -> bool:
    return path.endswith(".md")


class Sides:
    """A folder here, and the same there."""

    def __init__(self, root: Path, address: str, is_both_ways: bool = True) -> None:
        self.here = root / "here"
        self.here.mkdir(parents=True, exist_ok=True)
        self.cache = root / "cache"
        self.deposit = Deposit("NEWS_ARTICLES", self.here, address, is_text, is_edited if is_both_ways else None)
        self.files, self.base = fsspec.core.url_to_fs(address)
        self.clock = 0

    def write(self, path: str, text: str) -> None:
        file = self.here / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self.clock += 1
        os.utime(file, (self.clock, self.clock))  # as later edits are, whatever the system's clock can tell

    def write_there(self, path: str, text: str) -> None:
        self.files.makedirs(f"{self.base}/{path}".rpartition("/")[0], exist_ok=True)
        self.files.pipe_file(f"{self.base}/{path}", text.encode())

    def remove_there(self, path: str) -> None:
        self.files.rm_file(f"{self.base}/{path}")

    def bring(self) -> Carried:
        return exchange(self.deposit, self.cache, BRINGING, lambda done, total: None)

    def deliver(self) -> Carried:
        return exchange(self.deposit, self.cache, DELIVERING, lambda done, total: None)

    def texts(self) -> dict[str, str]:
        return {
            path.relative_to(self.here).as_posix(): path.read_text(encoding="utf-8")
            for path in self.here.rglob("*")
            if path.is_file()
        }

    def texts_there(self) -> dict[str, str]:
        return {
            str(place).removeprefix(self.base).lstrip("/"): self.files.cat_file(place).decode("utf-8", "replace")
            for place in self.files.find(self.base)
            if not place.endswith(inventory.NAME)
        }


@pytest.fixture(params=["memory", "file", "dir"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A store that shows a file when it is whole, and two where it is written aside first."""
    there = tmp_path / "there"
    if request.param == "memory":
        yield f"memory://{tmp_path.name}-{os.getpid()}"
        fsspec.filesystem("memory").rm(f"/{tmp_path.name}-{os.getpid()}", recursive=True)
        return
    there.mkdir()
    yield there.as_uri() if request.param == "file" else f"dir::{there.as_uri()}"


@pytest.fixture
def sides(tmp_path: Path, address: str) -> Sides:
    made = Sides(tmp_path, address)
    made.write("2019/a.md", "甲")
    made.write("2019/b.md", "乙")
    made.write("2019/notes.txt", "not ours to carry")
    made.deliver()
    return made


def counts(carried: Carried) -> dict[str, int]:
    return {action.name: count for action, count in carried.counts.items() if count and action is not Action.AGREE}


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


class Stop(BaseException):
    """The run is killed."""


STEPS: tuple[tuple[str, Callable[..., None]], ...] = (
    ("before", lambda stock, *given: None),
    ("after", lambda stock, *given: stock(*given)),
)


@pytest.mark.parametrize(("moment", "so_far"), STEPS)
@pytest.mark.parametrize("step", ["put", "remove"])
def test_what_a_killed_run_left_is_finished_by_the_next(
    sides: Sides, monkeypatch: pytest.MonkeyPatch, moment: str, so_far: Callable[..., None], step: str
) -> None:
    sides.write("2019/a.md", "edited here")
    sides.write("2019/c.md", "丙")
    (sides.here / "2019/b.md").unlink()
    stock = getattr(Stack, step)

    def stop(*given: object) -> None:
        so_far(stock, *given)
        raise Stop

    with monkeypatch.context() as patched:
        patched.setattr(Stack, step, stop)
        with pytest.raises(Stop):
            sides.deliver()
    told = sides.bring().and_then(sides.deliver())

    assert told.problems == ()
    assert sides.texts_there() == {"2019/a.md": "edited here", "2019/c.md": "丙"}
    assert sides.texts() == {"2019/a.md": "edited here", "2019/c.md": "丙", "2019/notes.txt": "not ours to carry"}


def test_half_a_file_never_bears_its_name_and_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "there").mkdir()
    sides = Sides(tmp_path, (tmp_path / "there").as_uri())
    sides.write("a.md", "甲" * 1000)

    def half(files: object, source: str, target: str) -> None:
        Path(target).write_bytes(Path(source).read_bytes()[:1000])
        raise ConnectionResetError("reset by peer")

    with monkeypatch.context() as patched:
        patched.setattr(type(sides.files), "put_file", half)
        with pytest.raises(DepositError, match=r"file://.*: reset by peer; look after the address"):
            sides.deliver()
    assert list(sides.texts_there()) == [".a.md.unfinished"]

    sides.deliver()
    assert sides.texts_there() == {"a.md": "甲" * 1000}


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


def test_every_pair_of_states_has_a_consequence() -> None:
    pairs = set(product((State.SAME, State.NEW, State.GONE), State)) - {(State.GONE, State.SAME)}

    assert pairs <= BOTH_WAYS.keys() == ONE_WAY.keys()


class Anything(RuleBasedStateMachine):
    """Two working copies and the address, changed and carried in any order."""

    root: Path

    def __init__(self) -> None:
        super().__init__()
        address = f"memory://{uuid4().hex}"
        self.copies = [Sides(self.root / uuid4().hex, address) for _ in range(2)]
        self.alike: list[dict[str, str]] = [{}, {}]
        self.written = 0
        self.write(0, "stays.md", "made")
        self.run(0)

    def text(self, kind: str) -> str:
        self.written += 1
        return f"{kind} {self.written}"

    @rule(copy=st.integers(0, 1), path=PATHS, kind=st.sampled_from(["made", EDITED]))
    def write(self, copy: int, path: str, kind: str) -> None:
        self.copies[copy].write(path, self.text(kind))

    @rule(path=PATHS, kind=st.sampled_from(["made", EDITED]))
    def write_there(self, path: str, kind: str) -> None:
        self.copies[0].write_there(path, self.text(kind))

    @rule(copy=st.integers(0, 1), path=PATHS)
    def remove(self, copy: int, path: str) -> None:
        (self.copies[copy].here / path).unlink(missing_ok=True)

    @rule(path=PATHS)
    def remove_there(self, path: str) -> None:
        if path in self.copies[0].texts_there():
            self.copies[0].remove_there(path)

    @rule(copy=st.integers(0, 1))
    def run(self, copy: int) -> None:
        one, alike = self.copies[copy], self.alike[copy]
        before, before_there = one.texts(), one.texts_there()
        one.bring()
        clashes = one.deliver().clashes
        here, there = one.texts(), one.texts_there()

        assert {path for path in here | there if here.get(path) != there.get(path)} == set(clashes)
        for now, then in ((here, before), (there, before_there)):
            unseen = {path: text for path, text in then.items() if EDITED in text and text != alike.get(path)}
            assert {path: now.get(path) for path in unseen} == unseen
        self.alike[copy] = {path: text for path, text in here.items() if path not in clashes} | {
            path: alike[path] for path in clashes if path in alike
        }


def test_whatever_happens_no_edit_is_lost_and_what_is_no_clash_is_alike(tmp_path: Path) -> None:
    Anything.root = tmp_path
    run_state_machine_as_test(Anything, settings=settings(max_examples=40, stateful_step_count=15, deadline=None))  # type: ignore[no-untyped-call]


def test_addresses_that_cannot_be_opened_are_named(tmp_path: Path) -> None:
    with pytest.raises(InstallError, match="NEWS_ARTICLES = 's3://nowhere/articles' needs fsspec and its driver"):
        Sides.bring(_at(tmp_path, "s3://nowhere/articles"))
    with pytest.raises(SettingError, match="NEWS_ARTICLES = 'gopher://a'"):
        Sides.bring(_at(tmp_path, "gopher://a"))


def _at(root: Path, address: str) -> Sides:
    made = Sides(root, f"memory://{root.name}")
    made.deposit = Deposit("NEWS_ARTICLES", made.here, address, is_text, is_edited)
    return made
