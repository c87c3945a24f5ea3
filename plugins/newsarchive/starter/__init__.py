"""A new archive outside this repository: its settings, folders, Makefile and workflow, and the theme of the package."""

import json
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from ..errors import SettingError

PACKAGE = Path(__file__).parents[1]
TOP = PACKAGE.parents[1]
"""The repository, where the package is used from one."""

THEME = str(next((folder for folder in (PACKAGE / "theme", TOP / "theme") if folder.is_dir()), PACKAGE / "theme"))
"""The theme that came with this package."""

PAGES = next((folder for folder in (PACKAGE / "pages", TOP / "content" / "pages") if folder.is_dir()), TOP)

FILES = (
    ("pelicanconf.py.in", "pelicanconf.py"),
    ("publishconf.py.in", "publishconf.py"),
    ("Makefile.in", "Makefile"),
    ("requirements.txt.in", "requirements.txt"),
    ("withdrawn.txt.in", "content/withdrawn.txt"),
    ("gitignore.in", ".gitignore"),
    ("pages.yml.in", ".github/workflows/pages.yml"),
)
"""File beside this one, and where it goes."""


def start(folder: Path, name: str) -> list[Path]:
    """Write a new archive called *name* into *folder*; return its files.

    Raises:
        SettingError: something stands in *folder* already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SettingError(f"{folder}: something stands there already; name a folder that is new or empty")
    texts = {target: _text(source, name) for source, target in FILES}
    texts |= {f"content/pages/{page.name}": page.read_text(encoding="utf-8") for page in sorted(PAGES.glob("*.md"))}
    for target, text in texts.items():
        file = folder / target
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for empty in ("dumps", "articles"):
        (folder / "content" / empty / ".gitkeep").parent.mkdir()
        (folder / "content" / empty / ".gitkeep").touch()  # or git forgets the folder
    return [folder / target for target in texts]


def _text(source: str, name: str) -> str:
    text = (Path(__file__).parent / "files" / source).read_text(encoding="utf-8")
    return text.replace("@NAME@", json.dumps(name, ensure_ascii=False)).replace("@REQUIREMENT@", requirement())


def requirement() -> str:
    """How pip finds this very version again: the repository it was installed from (PEP 610), else its number."""
    try:
        found = distribution("newsarchive")
    except PackageNotFoundError:
        return "newsarchive"
    origin = json.loads(found.read_text("direct_url.json") or "{}")
    if commit := origin.get("vcs_info", {}).get("commit_id"):
        return f"newsarchive @ git+{origin['url']}@{commit}"
    return f"newsarchive=={found.version}"
