"""An index is built, and a browser's code (under node) finds in it what grep finds."""

import json
import random
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.search import Document, IndexStats, cut, fold, write_index

ASK = Path(__file__).parent / "js" / "ask.mjs"
Archive = tuple[Path, list[Document]]
EDITIONS = {"zh-Hans": "", "zh-Hant": "zh-hant/"}
LABELS = {"zh-Hans": {"source": {"齐鲁网": "齐鲁网"}}, "zh-Hant": {"source": {"齐鲁网": "齊魯網"}}}

needs_node = pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")


def paragraphs(number: int) -> tuple[str, ...]:
    """A story of its own for each number, in either script."""
    chance = random.Random(number)
    words = (
        "山东移动",
        "山東移動",
        "煙臺",
        "烟台",
        "5G应用",
        "發展",
        "发展",
        "C919首飛",
        "“一带一路”",
        "弗拉基米尔·普京",
        "10×10桌",
        "，",
        "。",
    )
    return tuple("".join(chance.choices(words, k=12)) for _ in range(3))


def document(number: int, digest: str = "", date: str = "") -> Document:
    day = date or f"20{number % 20:02}-0{number % 9 + 1}-{number % 28 + 1:02}"
    return Document(
        slug=f"{day.replace('-', '/', 1)}-{number:04}",
        date=day,
        digest=digest or str(number),
        title=f"第{number}号 {paragraphs(number)[0][:6]}",
        story=partial(paragraphs, number),
        names=lambda: ("记者 吴天旭",),
        facets=(("source", "齐鲁网" if number % 2 else "大众网"), ("tag", f"tag-{number % 5}")),
    )


def newest_first(documents: Iterable[Document]) -> list[Document]:
    return sorted(documents, key=lambda document: (document.date, document.slug), reverse=True)


def index(documents: Sequence[Document], folder: Path) -> IndexStats:
    return write_index(documents, folder / "search", LABELS, EDITIONS)


def files(folder: Path) -> dict[str, bytes]:
    search = folder / "search"
    return {str(path.relative_to(search)): path.read_bytes() for path in search.rglob("*") if path.is_file()}


def ask(folder: Path, *requests: dict[str, Any]) -> list[Any]:
    """What the browser's code finds for each request of {query, sort, from, to, facets}."""
    command = ["node", str(ASK), f"{folder / 'search'}/"]
    done = subprocess.run(command, input=json.dumps(requests), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def grep(documents: Iterable[Document], *words: str) -> set[str]:
    return {
        each.slug
        for each in documents
        if all(any(fold(word) in fold(text) for text in (each.title, *each.story(), *each.names())) for word in words)
    }


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Document]]:
    """408 articles in two segments: of 400, three were changed, two taken away, ten added."""
    folder = tmp_path_factory.mktemp("archive")
    documents = [document(number) for number in range(400)]
    index(newest_first(documents), folder)
    documents = [*documents[5:], document(0, "changed"), document(1, "changed"), document(2, "changed")]
    documents += [document(number) for number in range(400, 410)]
    index(newest_first(documents), folder)
    assert cut(len(documents)) == [8, 400]
    return folder, newest_first(documents)


@needs_node
@pytest.mark.parametrize(
    "words",
    [
        ["山东移动"], ["山東移動"], ["烟台"], ["台"], ["C919"], ["c919首飞"], ["烟台", "5G"], ["发展"], ["吴天旭"],
        ["吳天旭", "發展"], ["第7号"], ["弗拉基米尔·普京"],
    ],
)  # fmt: skip
def test_every_article_that_holds_the_words_is_a_candidate(archive: Archive, words: list[str]) -> None:
    folder, documents = archive

    (found,) = ask(folder, {"query": " ".join(words)})

    assert grep(documents, *words) <= set(found["slugs"])
    if found["isExact"]:
        assert grep(documents, *words) == set(found["slugs"])


@needs_node
def test_results_by_date_run_through_both_segments(archive: Archive) -> None:
    folder, documents = archive

    (found,) = ask(folder, {"query": "吴天旭", "sort": "date"})

    assert found["slugs"] == [each.slug for each in documents]


@needs_node
def test_an_excluded_word_takes_its_articles_away(archive: Archive) -> None:
    folder, documents = archive

    minus, word = ask(folder, {"query": "烟台 -首飞"}, {"query": "烟台 排除 首飛"})

    assert set(minus["slugs"]) == set(word["slugs"]) == grep(documents, "烟台") - grep(documents, "首飞")


@needs_node
def test_facets_and_dates_narrow_and_are_counted(archive: Archive) -> None:
    folder, documents = archive
    facets = (("source", "齐鲁网"), ("tag", "tag-2"))

    (found,) = ask(folder, {"query": "吴天旭", "from": "2005", "to": "2009-03-04", "facets": facets})

    wanted = [each for each in documents if "2005" <= each.date <= "2009-03-04" and set(facets) <= set(each.facets)]
    assert sorted(found["slugs"]) == sorted(each.slug for each in wanted)
    assert found["sources"] == [["齐鲁网", "齊魯網", len(wanted)]]
    years = sorted({each.date[:4] for each in wanted}, reverse=True)
    assert found["years"] == [[year, sum(each.date.startswith(year) for each in wanted)] for year in years]


@needs_node
def test_titles_come_first_then_what_is_said_often(tmp_path: Path) -> None:
    texts = {"2020/1": ("无关", "烟台"), "2019/2": ("无关", "烟台，烟台，烟台"), "2018/3": ("烟台", "别的")}
    documents = [Document(slug, slug[:4], slug, title, partial(tuple, [body])) for slug, (title, body) in texts.items()]
    index(documents, tmp_path)

    best, newest = ask(tmp_path, {"query": "烟台"}, {"query": "烟台", "sort": "date"})

    assert best["slugs"] == ["2018/3", "2019/2", "2020/1"]
    assert newest["slugs"] == ["2020/1", "2019/2", "2018/3"]


@needs_node
def test_an_empty_archive_finds_nothing(tmp_path: Path) -> None:
    index([], tmp_path)

    (found,) = ask(tmp_path, {"query": "烟台"})

    assert found["slugs"] == []


def test_the_same_documents_give_the_same_bytes(tmp_path: Path) -> None:
    documents = newest_first(document(number) for number in range(300))
    index(documents, tmp_path / "one")
    index(documents, tmp_path / "two")

    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_a_run_without_changes_writes_nothing(tmp_path: Path) -> None:
    documents = newest_first(document(number) for number in range(300))
    index(documents, tmp_path)
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "search").rglob("*")}

    stats = index(documents, tmp_path)

    assert (stats.indexed, stats.rebuilt) == (0, False)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "search").rglob("*")} == times


def test_a_small_archive_without_changes_is_left_alone_too(tmp_path: Path) -> None:
    documents = newest_first(document(number) for number in range(20))
    index(documents, tmp_path)

    assert index(documents, tmp_path).indexed == 0


def test_new_articles_leave_the_base_untouched(tmp_path: Path) -> None:
    documents = newest_first(document(number) for number in range(400))
    index(documents, tmp_path)
    before = files(tmp_path)
    new = [document(number, date="2020-01-01") for number in range(400, 410)]
    stats = index([*newest_first(new), *documents], tmp_path)
    after = files(tmp_path)

    assert (stats.indexed, stats.rebuilt) == (10, False)
    assert {name for name, data in before.items() if after.get(name) != data} <= {"manifest.bin", "fold.bin"}


def test_of_three_segments_new_articles_write_the_newest_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsarchive.search.SMALLEST_BASE", 16)
    monkeypatch.setattr("newsarchive.search.EVEN_BITS", 0)
    documents = newest_first(document(number) for number in range(540))
    index(documents, tmp_path / "grown")
    assert cut(542) == [2, 28, 512]

    new = [document(number, date="2020-01-01") for number in range(540, 542)]
    grown = [*newest_first(new), *documents]
    stats = index(grown, tmp_path / "grown")
    index(grown, tmp_path / "clean")

    assert (stats.indexed, stats.rebuilt) == (2, False)
    assert files(tmp_path / "grown") == files(tmp_path / "clean")


@given(st.lists(st.tuples(st.integers(0, 330), st.sampled_from(["add", "change", "drop"])), max_size=12))
@settings(max_examples=5, deadline=None)
def test_whatever_changes_the_index_has_the_bytes_of_a_clean_one(steps: list[tuple[int, str]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        held = {number: document(number) for number in range(300)}
        index(newest_first(held.values()), folder / "grown")
        for number, step in steps:
            if step == "drop":
                held.pop(number, None)
            else:
                held[number] = document(number, step)
        index(newest_first(held.values()), folder / "grown")
        index(newest_first(held.values()), folder / "clean")

        assert files(folder / "grown") == files(folder / "clean")


def test_a_heading_renamed_is_renamed_in_segments_that_stay(tmp_path: Path) -> None:
    documents = newest_first(document(number) for number in range(300))
    index(documents, tmp_path / "grown")
    labels = {code: {"source": {"齐鲁网": "齊魯網"}} for code in EDITIONS}

    for name in ("grown", "clean"):
        write_index(documents, tmp_path / name / "search", labels, EDITIONS)

    assert files(tmp_path / "grown") == files(tmp_path / "clean")


def test_a_heading_spelled_in_the_other_script_changes_no_article(tmp_path: Path) -> None:
    documents = newest_first(document(number) for number in range(300))
    index(documents, tmp_path)
    labels = {code: {"source": {"齐鲁网": "齊魯網"}} for code in EDITIONS}

    stats = write_index(documents, tmp_path / "search", labels, EDITIONS)

    assert stats.indexed == 0


def test_a_lost_segment_is_made_again(tmp_path: Path) -> None:
    documents = newest_first(document(number) for number in range(300))
    index(documents, tmp_path)
    whole = files(tmp_path)
    shutil.rmtree(tmp_path / "search")

    assert index(documents, tmp_path).rebuilt
    assert files(tmp_path) == whole


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / "search/abc.part/spool").mkdir(parents=True)
    (tmp_path / "search/old").mkdir()
    index([document(1)], tmp_path)

    assert len([path for path in (tmp_path / "search").iterdir() if path.is_dir()]) == 1


def test_articles_must_come_newest_first(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2002"):
        index([document(1), document(2)], tmp_path)
