"""The synthetic archive: bench/synthetic."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bench.synthetic.archive import stories, write_articles, write_dumps
from bench.synthetic.glosses import annotate
from bench.synthetic.shapes import SHAPES
from bench.synthetic.story import compose, outlets

from newsarchive.frontmatter import parse

COUNT = 400


def _tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _truth(root: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (root / "truth.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("synthetic")
    write_dumps(out, seed=3, count=COUNT)
    return out


def test_the_same_seed_gives_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    write_dumps(tmp_path, seed=3, count=COUNT)

    assert _tree(tmp_path) == _tree(archive)


def test_another_seed_gives_other_stories() -> None:
    assert compose(1, 7).paragraphs != compose(2, 7).paragraphs


def test_every_record_has_its_truth_and_a_place_of_its_own(archive: Path) -> None:
    truth = _truth(archive)

    assert len(truth) == COUNT
    assert len({(row["file"], row["index"]) for row in truth}) == COUNT
    assert all((archive / "dumps" / str(row["file"])).is_file() for row in truth)


def test_every_shape_and_both_scripts_occur(archive: Path) -> None:
    truth = _truth(archive)

    assert {row["shape"] for row in truth} == set(SHAPES)
    assert {row["lang"] for row in truth} == {"zh-Hans", "zh-Hant"}


def test_stories_fill_every_slot_and_have_substance() -> None:
    for story in stories(seed=5, count=500):
        text = "".join((story.title, *story.printed, story.notice))
        assert not set("{}|*") & set(text), text
        assert 100 < len(text) < 2000


def test_truth_stands_in_the_printed_record(archive: Path) -> None:
    for row in _truth(archive):
        encoding = SHAPES[str(row["shape"])].encoding
        text = (archive / "dumps" / str(row["file"])).read_text(encoding)
        if row["shape"] not in ("gloss", "jsonl", "sogou", "label"):  # glossed, escaped, full-width, wrapped
            assert str(row["ends"]) in text.replace('""', '"')


def test_an_exact_repeat_is_the_same_record(archive: Path) -> None:
    truth = _truth(archive)
    repeats = [row for row in truth if row["kind"] == "exact"]

    first = [truth[int(str(row["repeats"]))] for row in repeats]

    assert len(repeats) > COUNT * 0.04
    assert [(row["ends"], row["date"], row["shape"]) for row in first] == [
        (row["ends"], row["date"], row["shape"]) for row in repeats
    ]


def test_no_outlet_has_a_domain_that_exists() -> None:
    assert all(compose(1, n, outlet).url.split("/")[2].endswith(".example") for n, outlet in enumerate(outlets()))


def test_glosses_stand_behind_changed_characters_only() -> None:
    assert "網(wǎng)" in annotate("我们的网络")
    assert "我(" not in annotate("我们的网络")


def test_articles_can_be_written_without_an_import(tmp_path: Path) -> None:
    write_articles(tmp_path, seed=3, count=50)
    articles = [parse(path.read_text("utf-8")) for path in tmp_path.rglob("*.md")]

    assert 35 < len(articles) <= 50
    assert all((tmp_path / f"{article.slug}.md").is_file() for article in articles)


def test_the_command_line_says_what_it_wrote(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench.synthetic", "--articles", "5", "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=_path())

    assert done.stdout.startswith("5 records written")


def _path() -> dict[str, str]:
    root = Path(__file__).parent.parent
    return {"PYTHONPATH": f"{root / 'plugins'}:{root}"}
