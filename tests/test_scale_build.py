"""A build through a Dask cluster writes what a local one writes, whoever is lost on the way."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bench.scale.cluster import Cluster, cluster
from tests.conftest import lay_out
from tests.small_archive import article

from newsarchive.cli.crews import crew_of
from newsarchive.cluster.identity import identity
from newsarchive.errors import ClusterError
from newsarchive.plugin import make_site, open_archive

pytest.importorskip("distributed", reason="NO CLUSTER TEST RAN: distributed is not installed")

ARTICLES = 150

Progress = Callable[[str, int, int], None]


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Cluster]:
    identity.cache_clear()  # whoever edits the program while tests run has not other versions
    with cluster(tmp_path) as made:
        yield made


@pytest.fixture
def conf(tmp_path: Path) -> Path:
    made = lay_out(tmp_path, settings="NEWS_WORKERS = 2")
    (tmp_path / "content" / "dumps").mkdir(parents=True)
    shelf = tmp_path / "content" / "articles"
    shelf.mkdir()
    for number in range(ARTICLES):
        (shelf / f"{number}.md").write_text(article(f"2019-11-{number % 28 + 1:02}", number), encoding="utf-8")
    return made


def build(conf: Path, output: str, scheduler: str = "", progress: Progress = lambda phase, done, total: None) -> Path:
    given = {"NEWS_CACHE": f".{output}", "NEWS_SCHEDULER": scheduler}
    archive = open_archive(conf, given)
    with crew_of(archive, conf) as crew_for:
        made = make_site(conf, conf.parent / output, progress, given, crew=crew_for(given))
    assert made.problems == ()
    return made.output


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_cluster_that_loses_a_worker_midway_builds_the_bytes_of_a_local_build(
    conf: Path, dask: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsarchive.afar.CHUNK", 10)
    lost = []

    def lose(phase: str, done: int, total: int) -> None:
        if phase == "pages" and done > total / 3 and not lost:
            dask.workers[0].kill()
            lost.append(dask.workers[0].wait())

    far = files(build(conf, "far", dask.address, lose))
    near = files(build(conf, "near"))

    assert lost == [-9]
    assert sorted(far) == sorted(near)
    assert [name for name in near if far[name] != near[name]] == []


def test_after_a_lost_scheduler_the_next_build_makes_what_is_missing(
    conf: Path, dask: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsarchive.cluster.office.RETURN_SECONDS", 2)
    monkeypatch.setattr("newsarchive.afar.CHUNK", 10)
    monkeypatch.setattr("newsarchive.build.RECORD_EVERY", 20)

    def lose(phase: str, done: int, total: int) -> None:
        if phase == "pages" and done > total / 2:
            dask.scheduler.kill()
            dask.scheduler.wait()

    with pytest.raises(
        ClusterError, match=r"scheduler was lost.*; \d+ of \d+ pages are made, run again for the others"
    ):
        build(conf, "far", dask.address, lose)
    steps: list[int] = []
    far = files(
        build(conf, "far", progress=lambda phase, done, total: steps.append(total) if phase == "pages" else None)
    )
    near = files(build(conf, "near"))

    assert 0 < steps[-1] < len(near) * 2 / 3
    assert [name for name in near if far.get(name) != near[name]] == []


def test_a_worker_that_sees_another_theme_is_refused(
    conf: Path, dask: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its folder is not ours: here, because the settings name another theme on each machine."""
    theme = tmp_path / "theme"
    shutil.copytree(Path(__file__).parents[1] / "theme", theme)
    other = tmp_path / "other"
    shutil.copytree(theme, other)
    (other / "templates" / "base.html").write_text("not ours", encoding="utf-8")
    text = conf.read_text(encoding="utf-8")
    conf.write_text(
        f"{text}\nimport os\nTHEME = {str(theme)!r} if not os.environ.get('ELSEWHERE') else {str(other)!r}\n",
        encoding="utf-8",
    )
    for worker in dask.workers:
        worker.kill()
        worker.wait()
    monkeypatch.setenv("ELSEWHERE", "1")
    dask.hire()
    monkeypatch.delenv("ELSEWHERE")

    with pytest.raises(ClusterError, match="sees another theme, table or setting"):
        build(conf, "far", dask.address)
