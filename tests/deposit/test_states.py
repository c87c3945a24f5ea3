"""Whatever is changed on either side and carried in whatever order, both agree and no edit is lost."""

from itertools import product
from pathlib import Path
from uuid import uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from tests.deposit.sides import EDITED, Sides

from newsarchive.deposit.decision import BOTH_WAYS, ONE_WAY, State

PATHS = st.sampled_from(["a.md", "b.md"])


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
