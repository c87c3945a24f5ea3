"""Whatever happens between two builds, the result is that of a clean build."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pelican import signals
from tests.conftest import TOP, lay_out

from newsarchive.build.turn import Turn
from newsarchive.errors import BusyError
from newsarchive.frontmatter import parse, render
from newsarchive.plugin import make_site

WORDS = "甲乙丙丁戊己庚辛壬癸煙臺山東移動應用發展"


def silent(phase: str, done: int, total: int) -> None:
    """No display in tests."""


def article_text(rng: random.Random, number: int) -> str:
    """A file as a person would write one: day, source, reporter, tags, some paragraphs."""
    day = f"20{rng.randint(15, 19)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    words = "".join(rng.choices(WORDS, k=60))
    return (
        f"Title: 題{words[:8]}{number}\nDate: {day} 08:00:00+08:00\nDate-Precision: minute\n"
        f"Slug: {day[:4]}/{day[5:7]}/{day[8:]}-{number:012x}\nSource: {rng.choice('甲乙丙')}報\n"
        f"Reporters: {rng.choice(['吳天旭', '于莉'])}\nTags: {rng.choice(['5G', '煙臺', '5G; 煙臺', '能源'])}\n"
        f"Lang: zh-Hant\nSHA256: {number:064x}\n\n{words}。\n\n{words[::-1]}。\n"
    )


class Bench:
    """An archive whose files random steps change."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.rng = random.Random(seed)
        self.count = 0
        self.conf = lay_out(folder)
        (folder / "content" / "dumps").mkdir(parents=True)
        self.articles = folder / "content" / "articles"
        self.articles.mkdir()

    def add(self) -> None:
        for _ in range(self.rng.randint(5, 12)):
            self.count += 1
            text = article_text(self.rng, self.count)
            (self.articles / f"{self.count}.md").write_text(text, encoding="utf-8")

    def edit(self) -> None:
        file = self.rng.choice(sorted(self.articles.glob("*.md")))
        file.write_text(file.read_text(encoding="utf-8").replace("題", "改題", 1), encoding="utf-8")

    def retag(self) -> None:
        file = self.rng.choice(sorted(self.articles.glob("*.md")))
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("Tags: ", "Tags: 山東; ", 1), encoding="utf-8")

    def withdraw(self) -> None:
        self.rng.choice(sorted(self.articles.glob("*.md"))).unlink()

    def setting(self) -> None:
        text = self.conf.read_text(encoding="utf-8")
        self.conf.write_text(f"{text}\nNEWS_PER_PAGE = {self.rng.randint(2, 9)}\n", encoding="utf-8")

    def editions(self) -> None:
        chosen = self.rng.choice([["zh-Hans", "zh-Hant"], ["zh-Hant"], ["zh-Hans", "zh-Hant-HK"]])
        text = self.conf.read_text(encoding="utf-8")
        self.conf.write_text(f"{text}\nNEWS_EDITIONS = {chosen!r}\n", encoding="utf-8")

    def template(self) -> None:
        theme = self.folder / "theme"
        if not theme.exists():
            shutil.copytree(TOP / "theme", theme)
            text = self.conf.read_text(encoding="utf-8")
            self.conf.write_text(f"{text}\nTHEME = {str(theme)!r}\n", encoding="utf-8")
        file = self.rng.choice(sorted((theme / "templates").glob("[_a-m]*.html")))
        file.write_text(file.read_text(encoding="utf-8") + "{# changed #}<i></i>\n", encoding="utf-8")

    def vocabulary(self) -> None:
        own = self.folder / "content" / "vocabulary"
        own.mkdir(exist_ok=True)
        name = self.rng.choice(["能源", "动力"])
        table = f'[energy-of-ours]\nkind = "topic"\nzh-Hans = "{name}"\nzh-Hant = "{name}"\naliases = ["能源事"]\n'
        (own / "tags.toml").write_text(table, encoding="utf-8")

    def settings(self, output: str, cache: str, workers: int) -> Path:
        conf = self.folder / f"{output}conf.py"
        own = f"\nNEWS_CACHE = {cache!r}\nNEWS_WORKERS = {workers}\nOUTPUT_PATH = {str(self.folder / output)!r}\n"
        conf.write_text(self.conf.read_text(encoding="utf-8") + own, encoding="utf-8")
        return conf

    def build(self, output: str, cache: str, workers: int = 1) -> dict[str, bytes]:
        """Bytes of every file after a build with what the folder *cache* remembers."""
        make_site(self.settings(output, cache, workers), None, silent)
        return self.files(output)

    def files(self, output: str) -> dict[str, bytes]:
        folder = self.folder / output
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


STEPS = ["add", "edit", "retag", "withdraw", "setting", "editions", "template", "vocabulary"]


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@pytest.mark.parametrize("seed", range(3))
def test_any_sequence_of_changes_gives_the_bytes_of_a_clean_build(tmp_path: Path, seed: int) -> None:
    bench = Bench(tmp_path, seed)
    bench.add()
    for step in bench.rng.sample(STEPS, k=4):
        getattr(bench, step)()
        again = bench.build("output", ".newsarchive")

        for folder in ("clean", ".clean"):
            shutil.rmtree(tmp_path / folder, ignore_errors=True)
        assert (step, differing(again, bench.build("clean", ".clean"))) == (step, [])


def test_full_pages_of_a_list_that_grew_are_those_of_a_clean_build(tmp_path: Path) -> None:
    bench = Bench(tmp_path, 4)
    bench.conf.write_text(bench.conf.read_text(encoding="utf-8") + "\nNEWS_PER_PAGE = 2\n", encoding="utf-8")
    bench.add()
    before = bench.build("output", ".newsarchive")
    for number in (101, 102, 103):
        newest = re.sub(r"\b20\d\d(?=[-/])", "2021", article_text(bench.rng, number))
        (bench.articles / f"{number}.md").write_text(newest, encoding="utf-8")

    again = bench.build("output", ".newsarchive")

    assert any("/page/1/" in name for name in before)
    assert differing(again, bench.build("clean", ".clean")) == []


def test_what_a_stopped_build_changed_is_put_back_when_its_cause_is(tmp_path: Path) -> None:
    bench = Bench(tmp_path, 5)
    bench.add()
    before = bench.build("output", ".newsarchive")
    file = bench.articles / "1.md"
    text = file.read_text(encoding="utf-8")

    def stop(phase: str, done: int, total: int) -> None:
        if phase == "pages" and done == total:
            raise InterruptedError

    file.write_text(text.replace("題", "改題", 1), encoding="utf-8")
    with pytest.raises(InterruptedError):
        make_site(bench.settings("output", ".newsarchive", 1), None, stop)
    assert differing(bench.files("output"), before)
    file.write_text(text, encoding="utf-8")

    assert differing(bench.build("output", ".newsarchive"), before) == []


def test_a_build_of_what_stands_writes_nothing_and_still_counts_it(tmp_path: Path) -> None:
    bench = Bench(tmp_path, 6)
    bench.add()
    first = make_site(bench.settings("output", ".newsarchive", 1), None, silent).outcome

    again = make_site(bench.settings("output", ".newsarchive", 1), None, silent).outcome

    assert first and again
    assert (again.files, again.made, again.removed) == (first.files, 0, 0)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """An archive large enough for workers, built by one process in the folder `serial`."""
    bench = Bench(tmp_path_factory.mktemp("large"), 7)
    while bench.count < 230:
        bench.add()
    bench.build("serial", ".serial")
    return bench


def test_two_processes_write_what_one_writes(large: Bench) -> None:
    assert differing(large.build("parallel", ".parallel", workers=2), large.files("serial")) == []


def test_a_run_killed_at_any_moment_is_repaired_by_the_next(large: Bench) -> None:
    conf = large.settings("killed", ".killed", 2)
    command = [sys.executable, "-m", "newsarchive", "html", "-q", "-s", str(conf)]
    for pages in (1, 150, 500):
        run = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(TOP / "plugins")}, start_new_session=True)
        while run.poll() is None and sum(len(files) for _, _, files in os.walk(large.folder / "killed")) < pages:
            time.sleep(0.01)
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()

    assert differing(large.build("killed", ".killed", workers=2), large.files("serial")) == []


def test_two_runs_at_once_are_told_apart(tmp_path: Path) -> None:
    bench = Bench(tmp_path, 1)
    bench.add()
    other = Turn(tmp_path / ".newsarchive")
    other.take()

    with pytest.raises(BusyError, match=f"process {os.getpid()} is building this archive; wait until it ends"):
        bench.build("output", ".newsarchive")
    assert not (tmp_path / "output").exists()

    other.leave()
    assert "index.html" in bench.build("output", ".newsarchive")


def test_other_plugins_hear_of_every_page(tmp_path: Path) -> None:
    bench = Bench(tmp_path, 1)
    bench.add()
    heard = []

    def listen(path: str, context: dict[str, object]) -> None:
        heard.append((Path(path).relative_to(tmp_path / "output"), context["page"]))

    with signals.content_written.connected_to(listen):
        files = bench.build("output", ".newsarchive", workers=2)

    pages = {name for name in files if name.endswith("index.html")}
    assert pages <= {str(path) for path, _ in heard}


def test_an_article_written_by_us_is_read_back_the_same(tmp_path: Path) -> None:
    text = article_text(random.Random(1), 1)

    assert parse(render(parse(text))) == parse(text)


def test_of_two_runs_that_begin_at_once_one_has_the_archive(tmp_path: Path) -> None:
    for number in range(20):
        turns = [Turn(tmp_path / str(number)) for _ in range(4)]
        with ThreadPoolExecutor(4) as pool:
            taken = [found.exception() is None for found in [pool.submit(turn.take) for turn in turns]]

        assert sum(taken) == 1
