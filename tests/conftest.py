"""The sample site, built once as a user builds it, and a browser to look at it."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]


def lay_out(folder: Path, *dumps: Path, settings: str = "") -> Path:
    """An archive of its own in *folder* with *dumps*; returns its settings file."""
    for dump in dumps:
        target = folder / "content" / "dumps" / dump.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(dump, target)
    shutil.copytree(TOP / "content" / "pages", folder / "content" / "pages", dirs_exist_ok=True)
    conf = folder / "siteconf.py"
    conf.write_text(
        f"import sys\nsys.path.insert(0, {str(TOP)!r})\nfrom pelicanconf import *\n"
        f"PATH = {str(folder / 'content')!r}\nOUTPUT_PATH = {str(folder / 'output')!r}\n"
        f"THEME = {str(TOP / 'theme')!r}\nPLUGIN_PATHS = [{str(TOP / 'plugins')!r}]\n{settings}\n",
        encoding="utf-8",
    )
    return conf


def make(conf: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Build the archive of *conf* in a process of its own, as the command line does."""
    command = [sys.executable, "-m", "newsarchive", "html", "-s", str(conf), *options]
    environment = {**os.environ, "PYTHONPATH": str(TOP / "plugins")}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=300)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the built sample archive, with content/ and output/."""
    folder = tmp_path_factory.mktemp("sample")
    done = make(lay_out(folder, TOP / "content" / "dumps" / "seed.txt"))
    assert done.returncode == 0, done.stderr
    return folder


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """No access log among the test results."""


def serve(folder: Path) -> Iterator[str]:
    """Address of *folder* on this machine, while the generator lives."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def address(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample site under a path of its own, as on GitHub Pages."""
    root = tmp_path_factory.mktemp("host")
    (root / "archive").symlink_to(sample / "output")
    for url in serve(root):
        yield url + "archive/"


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Headless Chromium of this machine."""
    playwright = pytest.importorskip("playwright.sync_api", reason="NO BROWSER TEST RAN: playwright is not installed")
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not found:
        pytest.skip("NO BROWSER TEST RAN: no Chromium on this machine (Debian: apt install chromium)")
    with playwright.sync_playwright() as play:
        spoken = {**os.environ, "LC_ALL": "C.UTF-8"}  # in a locale without Chinese no file saved has a Chinese name
        chromium = play.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"], env=spoken)
        yield chromium
        chromium.close()
