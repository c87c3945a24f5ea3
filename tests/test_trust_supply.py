"""What is installed is pinned, hashed and named with its licence."""

import re
import tomllib
from importlib.metadata import requires, version

from bench.sbom import bill
from tests.conftest import TOP

LOCK = (TOP / "requirements.txt").read_text("utf-8")
PINS = dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", LOCK, re.M))


def name_of(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower().replace("_", "-")


def test_the_lock_holds_what_the_project_asks_for_in_the_same_versions() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]

    asked = dict(line.split("==") for line in project["dependencies"])

    assert {name.lower().replace("_", "-"): version for name, version in asked.items()}.items() <= PINS.items()


def test_the_lock_holds_what_those_ask_for_too() -> None:
    needed = {name_of(line) for name in PINS for line in requires(name) or () if ";" not in line}

    assert needed <= PINS.keys()


def test_every_pin_carries_digests_and_no_host() -> None:
    entries = LOCK.replace("\\\n", "").split("\n")

    assert all("--hash=sha256:" in line for line in entries if "==" in line)
    assert "://" not in LOCK


def test_every_pinned_package_stands_with_its_licence() -> None:
    rows = (TOP / "docs" / "licences.md").read_text("utf-8").splitlines()
    named = {cells[1].strip().lower().replace("_", "-"): cells for row in rows if len(cells := row.split("|")) == 5}

    assert PINS.keys() <= named.keys()
    assert all(named[name][2].strip() == version and named[name][3].strip() for name, version in PINS.items())


def test_the_bill_of_materials_names_what_is_pinned_as_it_is_installed() -> None:
    components = {it["name"]: it for it in bill(LOCK)["components"]}

    assert {name: it["version"] for name, it in components.items()} == PINS
    assert {name: version(name) for name in components} == PINS
    assert all(it["licenses"] and it["properties"] for it in components.values())


def test_the_bill_of_materials_says_who_asks_for_whom() -> None:
    whole = bill(LOCK)
    needs = {it["ref"]: set(it["dependsOn"]) for it in whole["dependencies"]}
    known = {it["bom-ref"] for it in (whole["metadata"]["component"], *whole["components"])}

    reached = {whole["metadata"]["component"]["bom-ref"]}
    for _ in needs:
        reached |= {ref for one in reached for ref in needs[one]}

    assert needs.keys() == known
    assert reached == known
