"""What the documents say is what the program does, in both languages."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from tests.conftest import TOP

from newsarchive.article import GIVEN
from newsarchive.cli import main
from newsarchive.dumps import FORMAT_NAMES
from newsarchive.frontmatter import FIELDS
from newsarchive.hosts import HOSTS
from newsarchive.settings import PREFIX, Settings

DOCS = TOP / "docs"
LANGUAGES = ("", ".zh")
PAGES = (
    "getting-started",
    "look",
    "own-dumps",
    "vocabulary",
    "editions",
    "publishing",
    "takedown",
    "settings",
    "cluster",
)


def read(name: str, language: str) -> str:
    return (DOCS / f"{name}{language}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_stands_in_the_reference_with_its_default_and_no_other(language: str) -> None:
    rows = dict(re.findall(r"^\| `(NEWS_\w+)` \| `(.*?)` \| .", read("settings", language), re.M))

    assert rows == {
        PREFIX + f.name.upper(): repr(list(f.default) if isinstance(f.default, tuple) else f.default)
        for f in fields(Settings)
    }


def test_the_reference_says_what_the_program_says() -> None:
    text = read("settings", "")

    assert [f.name for f in fields(Settings) if f.metadata["doc"] not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_and_field_of_a_dump_is_named(language: str) -> None:
    text = read("own-dumps", language)

    assert [name for name in (*FORMAT_NAMES, *GIVEN) if f"`{name}`" not in text] == []
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.M)) == set(FORMAT_NAMES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_named(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = re.search(r"\{([\w,]+)\}", capsys.readouterr().out)
    assert commands

    text = read("getting-started", language)
    assert [name for name in commands[1].split(",") if f"`newsarchive {name}" not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_host_is_named_with_its_limits(language: str) -> None:
    text = read("publishing", language)

    for host in HOSTS:
        assert host.label.partition(" (")[0] in text
        assert all(f"{most:,}" in text for most in (host.max_files, host.max_entries) if most)


@pytest.mark.parametrize(
    "file", [*sorted(DOCS.glob("*.md")), TOP / "README.md", TOP / "README.zh.md"], ids=lambda f: f.name
)
def test_links_between_documents_lead_somewhere(file: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", file.read_text(encoding="utf-8"))

    assert [link for link in links if "://" not in link and not (file.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_document_stands_in_both_languages(page: str) -> None:
    assert all((DOCS / f"{page}{language}.md").is_file() for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_settings_and_fields_named_anywhere_exist(page: str, language: str) -> None:
    text = read(page, language)
    settings = {PREFIX + f.name.upper() for f in fields(Settings)}

    assert set(re.findall(r"\bNEWS_[A-Z_]+", text)) <= settings
    assert set(re.findall(r"`([A-Z][A-Za-z-]+):", text)) <= set(FIELDS)
