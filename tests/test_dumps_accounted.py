"""Whatever shape stories are written in and however the file is packed or damaged, all are read, whole and in order."""

import gzip
import io
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from bench.fuzz.targets import accounted, unaccounted
from bench.synthetic.archive import stories
from bench.synthetic.shapes import SHAPES, header
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.dump_reading import STORY, all_read_as, packed_tar, packed_zip, read_as, records_of, refusals_of
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsarchive.article import Note, Origin
from newsarchive.clean import clean
from newsarchive.script import fold


def _web_archive(name: str, data: bytes) -> tuple[str, bytes]:
    """*data* as a crawler keeps what a server sent."""
    packed = io.BytesIO()
    writer = WARCWriter(packed, gzip=True)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/plain")], protocol="HTTP/1.0")
    address = f"http://a.cn/{name}"
    writer.write_record(writer.create_warc_record(address, "response", io.BytesIO(data), http_headers=headers))
    return "a.warc.gz", packed.getvalue()


PACKINGS: dict[str, Callable[[str, bytes], tuple[str, bytes]]] = {
    "bare": lambda name, data: (name, data),
    "gz": lambda name, data: (f"{name}.gz", gzip.compress(data, 1)),
    "zip": lambda name, data: ("a.zip", packed_zip({name: data})),
    "tar.gz": lambda name, data: ("a.tar.gz", packed_tar({name: data}, "w:gz")),
    "warc": _web_archive,
}
ENCODINGS = ("", "utf-8-sig", "utf-16", "gb18030")
STORIES = {
    shape: [story for story in stories(23, 4000) if story.shape == shape and story.kind == "original"][:12]
    for shape in SHAPES
}
SEVERAL = [shape for shape in SHAPES if SHAPES[shape].records_per_file > 1]


def _written(shape: str, count: int, seed: int, encoding: str) -> tuple[list[str], bytes]:
    """(what each story begins with, a dump of them)."""
    rng = Random(seed)
    chosen = rng.sample(STORIES[shape], min(count, SHAPES[shape].records_per_file))
    if SHAPES[shape].suffix == "csv":
        chosen = [story for story in STORIES[shape] if story.outlet == STORIES[shape][0].outlet][:count]
    form = SHAPES[shape]
    texts = [form.render(story, rng).text for story in chosen]
    text = header(shape, chosen[0]) + form.between.join(texts) + form.closing
    leads = [story.paragraphs[0][:12] for story in chosen]
    return leads, text.replace("\n", form.newline).encode(encoding or form.encoding, "replace")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(SEVERAL),
    st.integers(2, 8), st.integers(0, 99), st.sampled_from(ENCODINGS), st.sampled_from(list(PACKINGS)),
)  # fmt: skip
def test_all_stories_are_read_in_order(
    tmp_path: Path, shape: str, count: int, seed: int, encoding: str, packing: str
) -> None:
    leads, data = _written(shape, count, seed, encoding)
    name, packed = PACKINGS[packing](f"a.{SHAPES[shape].suffix}", data)

    found = records_of(read_as(tmp_path, name, packed))

    assert len(found) == len(leads)
    for record, lead in zip(found, leads, strict=True):
        assert lead in clean(record.text).text.replace("\n", "")


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape not in SEVERAL])
def test_a_file_of_one_story_gives_it_however_it_is_packed(tmp_path: Path, shape: str, packing: str) -> None:
    [lead], data = _written(shape, 1, 3, "")
    name, packed = PACKINGS[packing](f"a.{SHAPES[shape].suffix}", data)

    [record] = records_of(read_as(tmp_path, name, packed))

    assert fold(lead) in fold(clean(record.text).text.replace("\n", ""))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(list(SHAPES)), st.integers(1, 6), st.integers(0, 99), st.floats(0.05, 1))
def test_a_dump_cut_off_anywhere_is_accounted_for(
    tmp_path: Path, shape: str, count: int, seed: int, share: float
) -> None:
    _, data = _written(shape, count, seed, "")
    data = data[: int(len(data) * share)]

    accounted(data, all_read_as(tmp_path, f"a.{SHAPES[shape].suffix}", data))


BROKEN_CELLS = (
    "",
    '"',
    '""',
    "\n",
    "\t",
    "，",
    ";",
    "|",
    "\x01",
    "(",
    "')",
    "INSERT INTO `a` VALUES (",
    "CREATE TABLE b (\n",
)
CELL = st.lists(st.sampled_from((*BROKEN_CELLS, "防汛会议", STORY, "<p>", "2019-11-20", "-- 注")), max_size=5).map(
    "".join
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["a.csv", "a.tsv", "a.txt", "a.sql"]), st.sampled_from([",", "\t", ";", "|"]),
    st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=12), st.booleans(), st.booleans(),
)  # fmt: skip
def test_each_character_of_a_table_is_told_however_broken_its_cells_are(
    tmp_path: Path, name: str, delimiter: str, cells: list[list[str]], is_quoted: bool, has_heading: bool
) -> None:
    rows = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' if is_quoted else cell for cell in row] for row in cells]
    heading = delimiter.join(("title", "content")) + "\n"
    data = (heading * has_heading + "\n".join(map(delimiter.join, rows)) + "\n").encode()

    found = all_read_as(tmp_path, name, data)

    accounted(data, found)
    if not any(mark in data for mark in (b"INSERT", b"CREATE")):
        assert unaccounted(data, found) <= 0


@pytest.mark.parametrize("shape", SEVERAL)
def test_nul_bytes_and_windows_line_ends_change_no_count(tmp_path: Path, shape: str) -> None:
    leads, data = _written(shape, 6, 1, "utf-8")
    hostile = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n").replace("，".encode(), "，\0".encode())

    assert len(records_of(read_as(tmp_path, f"a.{SHAPES[shape].suffix}", hostile))) == len(leads)


def test_a_statement_within_a_broken_definition_is_told(tmp_path: Path) -> None:
    found = all_read_as(tmp_path, "a.sql", f"CREATE TABLE b (\n')\",INSERT INTO `a` VALUES ({STORY}\n{STORY}')\n")

    assert "".join(one.raw for one in found).count(STORY) == 2


def test_words_outside_of_records_are_noted_once_after_them(tmp_path: Path) -> None:
    item = f"<item><title>防汛</title><description>{STORY}</description></item>"
    feed = f"<rss><channel><title>清河新闻</title>{item}<x>广告</x>{item}<x>广告</x></channel></rss>"

    *records, note = all_read_as(tmp_path, "a.xml", feed)

    assert len(records_of(records)) == 2
    assert note == Note(Origin("a.xml", 1, "utf-8"), "清河新闻 … 广告", note.raw)
    assert note not in read_as(tmp_path, "a.xml", feed)


def test_broken_yaml_is_refused_however_often_it_comes(tmp_path: Path) -> None:
    found = read_as(tmp_path, "a.yaml", f"- content: {STORY}\n" + f"{STORY}\n- {STORY}\n" * 3)

    assert len(records_of(found)) == 1
    assert "".join(one.raw for one in refusals_of(found)).count(STORY) == 6


def test_a_story_behind_a_statement_on_its_line_is_told(tmp_path: Path) -> None:
    found = all_read_as(tmp_path, "a.sql", f"COPY a FROM stdin; {STORY}\np\n")

    assert any(STORY in one.raw for one in found)
