"""Inputs that once broke a promise keep it now, and a few new ones are tried in every run."""

from pathlib import Path
from random import Random

import pytest
from bench.fuzz.mutate import mutated
from bench.fuzz.seeds import KEPT
from bench.fuzz.targets import TARGETS

MINE = [path for path in sorted(KEPT.iterdir()) if path.name.partition(".")[0] in TARGETS]


@pytest.mark.parametrize("path", MINE, ids=lambda path: path.name)
def test_what_failed_once_fails_no_more(path: Path) -> None:
    TARGETS[path.name.partition(".")[0]].run(path.read_bytes())


def test_every_input_kept_belongs_to_a_target() -> None:
    assert sorted(KEPT.iterdir()) == MINE


@pytest.mark.parametrize("name", TARGETS)
def test_mutated_inputs_break_no_promise(name: str) -> None:
    rng = Random(f"{name} 1")
    seeds = list(TARGETS[name].seeds())
    for _ in range(12):
        TARGETS[name].run(mutated(rng.choice(seeds), rng, seeds))
