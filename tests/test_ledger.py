"""The ledger's own rooms: store, dumps, kin, articles. Whole imports are tried in test_ingest."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import permutations
from pathlib import Path

import pytest

from newsarchive.article import Article, Origin, Refusal
from newsarchive.errors import BusyError
from newsarchive.frontmatter import render
from newsarchive.ledger import articles, dumps
from newsarchive.ledger.kin import kin, regroup
from newsarchive.ledger.store import open_ledger, transaction

DAY = datetime(2019, 11, 20, 17, 54, tzinfo=timezone(timedelta(hours=8)))
STORY = (
    "濱河市新建的圖書館昨日開放，首日迎來讀者3400人。"
    "館長周立言介紹，館藏圖書共26萬冊，設座位1200個。明年還將建成6座社區書屋。"
)


def article(number: int, text: str = STORY, **fields: object) -> Article:
    digest = f"{number:064x}"
    told = Article(title="新館開放", slug=f"2019/11/20-{digest[:12]}", sha256=digest, paragraphs=(text,), date=DAY)
    return replace(told, date_precision="minute", original_file=f"a.txt:{number}", **fields)  # type: ignore[arg-type]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_ledger(tmp_path / "cache") as opened:
        yield opened


def _groups(db: sqlite3.Connection) -> set[frozenset[str]]:
    origins = dict(db.execute("SELECT node, origin FROM record"))
    return {frozenset(origins[one] for one in kin(db, node)) for node in origins}


def test_groups_do_not_depend_on_the_order_of_records(tmp_path: Path) -> None:
    told = [
        article(1), article(2, STORY + "停車場將啟用。"), article(3, "晨報消息，" + STORY),
        article(4, "另一則新聞：濱河大橋今日通車，全長3公里，設6條車道，總投資18億元。"),
    ]  # fmt: skip
    found = []
    for number, order in enumerate(permutations(told)):
        with open_ledger(tmp_path / str(number)) as db:
            for place, one in enumerate(order):
                dumps.enter(
                    db, dumps.begin(db, f"{place}.txt"), f"{place}.txt", 1, dumps.outcome(one, one.original_file)
                )
            regroup(db)
            found.append(_groups(db))

    assert all(groups == found[0] for groups in found)
    assert found[0] == {frozenset({"a.txt:1", "a.txt:2", "a.txt:3"}), frozenset({"a.txt:4"})}


def test_a_group_falls_apart_when_its_link_is_struck(db: sqlite3.Connection) -> None:
    for number, text in enumerate((STORY, STORY + "停車場將啟用。")):
        name = f"{number}.txt"
        dumps.enter(db, dumps.begin(db, name), name, 1, dumps.outcome(article(number, text), name))
    regroup(db)
    before = _groups(db)

    dumps.forget(db, ["0.txt"])
    regroup(db)

    assert before == {frozenset({"0.txt", "1.txt"})}
    assert _groups(db) == {frozenset({"0.txt"})}
    assert db.execute("SELECT count(*) FROM edge").fetchone() == (0,)


def test_a_dump_that_was_only_touched_counts_as_unchanged(db: sqlite3.Connection, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("一", encoding="utf-8")
    first = dumps.stamp(path, None)
    path.touch()

    touched = dumps.stamp(path, first)
    path.write_text("二", encoding="utf-8")

    assert touched.digest == first.digest
    assert dumps.stamp(path, touched).digest != first.digest


def test_a_refused_record_is_kept_as_it_stood(db: sqlite3.Connection) -> None:
    raw = "half a pair \ud800 and a NUL \0"
    dumps.enter(
        db, dumps.begin(db, "a.txt"), "a.txt", 1, dumps.outcome(Refusal(Origin("a.txt"), "no text", raw), "a.txt:1")
    )

    ((record, origin, reason),) = dumps.refusals(db)

    assert (origin, reason, dumps.body_of(db, record)) == ("a.txt:1", "no text", raw)


def test_the_fuller_record_counts_as_more_complete() -> None:
    assert dumps.completeness(article(1, source="濱河日報")) > dumps.completeness(article(1))
    assert dumps.completeness(article(1, title_derived=True)) < dumps.completeness(article(1))


def test_files_are_known_by_digest_slug_and_seal(db: sqlite3.Connection, tmp_path: Path) -> None:
    shelf = tmp_path / "articles"
    one = article(1)
    articles.write(db, shelf, f"{one.slug}.md", render(one))
    dumps.enter(db, dumps.begin(db, "a.txt"), "a.txt", 1, dumps.outcome(one, "a.txt:1"))

    found = articles.article_of(db, 1)

    assert found is not None
    assert (found.path, found.slug, found.edited) == (f"{one.slug}.md", one.slug, False)
    assert found.seal in render(one)


def test_what_a_killed_run_left_half_written_is_removed(db: sqlite3.Connection, tmp_path: Path) -> None:
    left = tmp_path / "articles" / ".20-3f2a9c81d04e.md.unfinished"
    left.parent.mkdir()
    left.write_text("half", encoding="utf-8")

    articles.refresh(db, left.parent)

    assert not left.exists()
    assert db.execute("SELECT count(*) FROM article").fetchone() == (0,)


def test_a_transaction_is_all_or_nothing(db: sqlite3.Connection) -> None:
    with pytest.raises(KeyboardInterrupt), transaction(db):
        dumps.begin(db, "a.txt")
        raise KeyboardInterrupt

    assert db.execute("SELECT count(*) FROM dump").fetchone() == (0,)


def test_the_ledger_is_open_once_at_a_time(db: sqlite3.Connection, tmp_path: Path) -> None:
    with pytest.raises(BusyError, match="is importing"), open_ledger(tmp_path / "cache"):
        pass
