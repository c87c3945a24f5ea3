"""Two sides with a few files, at each kind of address."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.deposit.sides import Sides, fsspec


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
