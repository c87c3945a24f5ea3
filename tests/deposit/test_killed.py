"""Runs that were killed while they carried files are finished by the next."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.deposit.sides import Sides

from newsarchive.deposit.stack import Stack
from newsarchive.errors import DepositError


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
