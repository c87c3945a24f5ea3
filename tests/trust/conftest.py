"""The hostile archive, built once for all tests of this folder."""

from pathlib import Path

import pytest
from hostile import write_dumps
from reader import Reader
from tests.conftest import lay_out, make


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile archive, imported and built."""
    folder = tmp_path_factory.mktemp("hostile")
    write_dumps(folder / "content" / "dumps")
    done = make(lay_out(folder))
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    assert done.returncode in (0, 1), done.stderr[-3000:]
    return folder


@pytest.fixture(scope="session")
def pages(archive: Path) -> dict[str, Reader]:
    """Every page of the site, parsed, by its path."""
    files = sorted(file for file in (archive / "output").rglob("*.html") if file.is_file())
    return {file.relative_to(archive / "output").as_posix(): Reader(file.read_text("utf-8")) for file in files}
