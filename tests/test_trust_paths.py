"""Dumps with hostile names, links, sizes and packings."""

import gzip
import io
import os
import resource
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

import pytest
from tests.conftest import TOP, lay_out, make

from newsarchive.article import Record, Refusal
from newsarchive.dumps import find_dumps, read_dump

STORY = "记者昨天从市政府获悉，今年全市将新建三座图书馆，方便居民就近借书，工程预计明年年底完成。"
NAMES = (
    "../../evil.txt",
    "/etc/evil.txt",
    "C:\\evil.txt",
    "..\\evil.txt",
    "CON.txt",
    "a/../../b.txt",
    "nul",
    "x" * 250 + ".txt",
)


def dumps(folder: Path) -> Path:
    root = folder / "content" / "dumps"
    root.mkdir(parents=True)
    return root


def read(root: Path) -> list[Record | Refusal]:
    return [found for path in find_dumps(root) for found in read_dump(path, root)]


def test_members_of_archives_stay_below_their_archive(tmp_path: Path) -> None:
    root = dumps(tmp_path)
    with zipfile.ZipFile(root / "a.zip", "w") as archive:
        for number, name in enumerate(NAMES):
            archive.writestr(name, f"第{number}条。{STORY}")
    with tarfile.open(root / "b.tar", "w") as tar:
        for name in NAMES[:2]:
            info = tarfile.TarInfo(name)
            info.size = len(STORY.encode())
            tar.addfile(info, io.BytesIO(STORY.encode()))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)

    found = read(root)

    assert len(found) == len(NAMES) + 2
    assert all(isinstance(one, Record) for one in found)
    assert not any(".." in one.origin.path or "!//" in one.origin.path for one in found)
    assert not any("root:" in getattr(one, "text", "") for one in found)


def test_links_out_of_the_folder_and_circles_give_nothing_away(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(f"机密。{STORY}", "utf-8")
    root = dumps(tmp_path)
    (root / "good.txt").write_text(STORY, "utf-8")
    (root / "out.txt").symlink_to(secret)
    (root / "up").symlink_to(tmp_path)
    (root / "round").symlink_to(root)
    conf = lay_out(tmp_path)

    make(conf)

    texts = [file.read_bytes() for part in ("content/articles", "output") for file in (tmp_path / part).rglob("*")
             if file.is_file()]  # fmt: skip
    assert any("图书馆".encode() in text for text in texts)
    assert not any("机密".encode() in text for text in texts)


def test_names_of_any_bytes_are_taken(tmp_path: Path) -> None:
    root = dumps(tmp_path)
    names = [
        b"\xff\xfe.txt",
        "報.txt".encode("big5"),
        b"a\nb.txt",
        b"CON.txt",
        b"x" * 250 + b".txt",
        b"A.txt",
        b"a.txt",
    ]
    for number, name in enumerate(names):
        with open(os.fsencode(root) + b"/" + name, "wb") as file:  # noqa: PTH123
            file.write(f"第{number}条独有的消息{'甲乙丙丁戊己庚'[number] * 40}。{STORY}".encode())

    done = make(lay_out(tmp_path))

    assert "Traceback" not in done.stderr, done.stderr[-2000:]
    assert done.returncode in (0, 1)
    assert len(list((tmp_path / "content" / "articles").rglob("*.md"))) == len(names)


@pytest.mark.parametrize("depth", [1, 2, 9])
def test_bombs_are_refused(tmp_path: Path, depth: int) -> None:
    data = b"\0" * (1 << 26)
    for _ in range(depth):
        data = gzip.compress(data, 9)
    root = dumps(tmp_path)
    (root / "bomb.gz").write_bytes(data)
    begun = time.monotonic()

    found = read(root)

    assert [type(one) for one in found] == [Refusal]
    assert time.monotonic() - begun < 20


MEASURE = """
import resource, sys
sys.path.insert(0, {plugins!r})
from pathlib import Path
from newsarchive.dumps import find_dumps, read_dump
root = Path({root!r})
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count = sum(1 for path in find_dumps(root) for _ in read_dump(path, root))
print(count, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize("unit", ["甲乙丙丁", "<p>", "a,"])
def test_one_endless_line_is_read_in_bounded_memory(tmp_path: Path, unit: str) -> None:
    root = dumps(tmp_path)
    with (root / "line.txt").open("w", encoding="utf-8") as file:
        for _ in range(60):
            file.write(unit * (1_000_000 // len(unit.encode())))

    code = MEASURE.format(plugins=str(TOP / "plugins"), root=str(root))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)

    count, megabytes = map(int, done.stdout.split())
    assert count >= 1
    assert megabytes < 400


def test_many_tiny_files_keep_few_open(tmp_path: Path) -> None:
    root = dumps(tmp_path)
    for number in range(2000):
        (root / f"{number}.txt").write_text(f"第{number}号。{STORY}", "utf-8")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = max(int(entry.name) for entry in Path("/dev/fd").iterdir()) + 40  # this process may hold many already
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    try:
        found = read(root)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    assert len(found) == 2000


def test_a_pipe_and_a_circle_among_the_dumps_are_passed_by(tmp_path: Path) -> None:
    root = dumps(tmp_path)
    (root / "good.txt").write_text(STORY, "utf-8")
    os.mkfifo(root / "pipe.txt")
    (root / "below").mkdir()
    (root / "below" / "up").symlink_to(root)

    assert [path.name for path in find_dumps(root)] == ["good.txt"]


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root reads what it may not")
def test_a_folder_that_may_not_be_read_stops_the_run_before_its_articles_seem_gone(tmp_path: Path) -> None:
    root = dumps(tmp_path)
    (root / "good.txt").write_text(STORY, "utf-8")
    (root / "shut").mkdir(mode=0)

    done = make(lay_out(tmp_path))

    assert done.returncode == 2
    assert str(root / "shut") in done.stderr
    assert "Traceback" not in done.stderr
