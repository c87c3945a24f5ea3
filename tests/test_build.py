"""Whatever happens between two builds, the result is that of a clean build."""

import random
import shutil
from pathlib import Path

import pytest
from tests.conftest import lay_out

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

    def build(self, output: str, cache: str) -> dict[str, bytes]:
        """Bytes of every file after a build with what the folder *cache* remembers."""
        conf = self.folder / f"{output}conf.py"
        conf.write_text(self.conf.read_text(encoding="utf-8") + f"\nNEWS_CACHE = {cache!r}\n", encoding="utf-8")
        folder = self.folder / output
        make_site(conf, folder, silent)
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("seed", range(3))
def test_any_sequence_of_changes_gives_the_bytes_of_a_clean_build(tmp_path: Path, seed: int) -> None:
    bench = Bench(tmp_path, seed)
    bench.add()
    for step in bench.rng.choices(["add", "edit", "retag", "withdraw", "setting"], k=4):
        getattr(bench, step)()
        again = bench.build("output", ".newsarchive")

        for folder in ("clean", ".clean"):
            shutil.rmtree(tmp_path / folder, ignore_errors=True)
        assert again == bench.build("clean", ".clean"), step


def test_an_article_written_by_us_is_read_back_the_same(tmp_path: Path) -> None:
    text = article_text(random.Random(1), 1)

    assert parse(render(parse(text))) == parse(text)
