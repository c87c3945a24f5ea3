"""An owner says how a dump is to be read."""

import json
from pathlib import Path

import pytest
from tests.dump_reading import STORY, read_as, records_of

from newsarchive.dumps import FORMAT_NAMES, find_dumps
from newsarchive.dumps.reading import FORMATS
from newsarchive.errors import MappingError


def test_every_format_can_be_named_in_a_mapping() -> None:
    assert tuple(shape.name for shape in FORMATS) == FORMAT_NAMES


def test_an_owner_can_name_columns_delimiter_and_source(tmp_path: Path) -> None:
    mapping = (
        'format = "table"\ndelimiter = "~"\nheader = false\ncolumns = ["", "title", "text"]\n[given]\nsource = "甲报"\n'
    )
    (tmp_path / "a.dat.toml").write_text(mapping, "utf-8")

    [record] = records_of(read_as(tmp_path, "a.dat", f"7~防汛~{STORY}\n"))

    assert (record.given, record.text) == ({"source": "甲报", "title": "防汛"}, STORY)


def test_a_mapping_of_a_folder_names_keys(tmp_path: Path) -> None:
    (tmp_path / "_mapping.toml").write_text('[keys]\nbiaoti = "title"\nwen = "text"\n', "utf-8")

    [record] = records_of(read_as(tmp_path, "sub/a.json", json.dumps({"biaoti": "防汛", "wen": STORY})))

    assert (record.given, record.text) == ({"title": "防汛"}, STORY)


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ('form = "csv"', "unknown entry 'form'"),
        ('format = "excel"', "expected one of arrays, json"),
        ('encoding = "gb19"', "an encoding Python knows"),
        ('columns = ["titel"]', "columns = ['titel']"),
        ("[keys]\na = 1", "a table of the dump's keys"),
        ("x = ", "not a TOML table"),
    ],
)
def test_a_wrong_mapping_stops_the_run_and_names_its_entry(tmp_path: Path, mapping: str, said: str) -> None:
    (tmp_path / "2019" / "b").mkdir(parents=True)
    (tmp_path / "2019" / "b" / "a.csv").write_text("x", "utf-8")
    (tmp_path / "2019" / "_mapping.toml").write_text(mapping, "utf-8")

    with pytest.raises(MappingError) as error:
        find_dumps(tmp_path)

    assert str(error.value).startswith("2019/_mapping.toml: ")
    assert said in str(error.value)
