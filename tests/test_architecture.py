"""The house rules that a tool can check: who may import whom, and how long a file may grow."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "plugins" / "newsarchive"

ROAD = (
    "errors", "tree", "settings", "workers", "progress", "decode", "article", "clean", "script", "vocabulary",
    "timestamp", "head", "headline", "tagging", "cluster", "catalogue", "dumps", "frontmatter", "deposit", "withdrawn",
    "duplicates", "ledger", "ingest", "shelf", "view", "words", "edition", "citation", "search", "rows", "browse",
    "entering", "lists", "review", "contact", "present", "build", "hosts", "shards", "starter", "curation",
    "accounting", "run", "plugin", "afar", "cli",
)  # fmt: skip
"""Rooms in the order the data meets them. A module may import only those before its own room."""

SHELF = ROAD.index("shelf")
INGEST_HALF = {"decode", "clean", "dumps", "duplicates", "ledger", "ingest", "catalogue"}
"""The site half knows none of these: the two halves meet in content/ and in `article`."""

DOORS = {"pelican": "plugin.py"}

FILES = [
    path for path in sorted(PACKAGE.rglob("*.py")) if path.name != "__main__.py" and path != PACKAGE / "__init__.py"
]


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Every room that *path* imports, and outside packages behind a slash."""
    depth = len(path.relative_to(PACKAGE).parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == depth:  # reaches the package root
            yield from [node.module.split(".")[0]] if node.module else [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield "/" + node.module.split(".")[0]
        elif isinstance(node, ast.Import):
            yield from ("/" + alias.name.split(".")[0] for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    own = ROAD.index(room(path))

    backwards = [name for name in imports(path) if not name.startswith("/") and ROAD.index(name) > own]

    assert backwards == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_site_half_knows_nothing_of_the_ingest_half(path: Path) -> None:
    if room(path) in ROAD[SHELF : ROAD.index("run")]:
        assert INGEST_HALF.isdisjoint(imports(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_pelican_enters_by_one_door(path: Path) -> None:
    assert ("/pelican" in imports(path)) == (path.name == DOORS["pelican"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 50
    ]

    assert len(text.splitlines()) <= 300
    assert long == []
