"""Pins every package the program runs on, with the digests of all files pip may take: `python -m bench.lock`."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

TOP = Path(__file__).parents[1]
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = (
    ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"),
    ("macosx_11_0_arm64", "macosx_10_9_universal2", "macosx_11_0_universal2"),
    ("macosx_10_13_x86_64", "macosx_10_12_x86_64", "macosx_10_9_x86_64", "macosx_10_9_universal2"),
    ("win_amd64",),
)
HEAD = """# Every package newsarchive runs on, pinned, with the SHA-256 of each file pip may take, for
# CPython 3.11 to 3.14 on Linux, macOS and Windows. Made by `python -m bench.lock`.
"""


def main() -> int:
    wanted = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    found: dict[str, set[str]] = {}
    for version in VERSIONS:
        for system in SYSTEMS:
            for pin, digest in resolved(wanted, version, system):
                found.setdefault(pin, set()).add(digest)
    lines = [" \\\n    ".join([pin, *(f"--hash=sha256:{one}" for one in sorted(found[pin]))]) for pin in sorted(found)]
    (TOP / "requirements.txt").write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    print(f"{len(found)} packages, {sum(map(len, found.values()))} files")
    return 0


def resolved(wanted: list[str], version: str, system: tuple[str, ...]) -> list[tuple[str, str]]:
    """(`name==version`, SHA-256 of the file) of all that pip would install there."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--report", "-",
               "--target", "nowhere", "--only-binary", ":all:", "--python-version", version]  # fmt: skip
    command += [part for name in system for part in ("--platform", name)] + wanted
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{version} {system[0]}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return []
    items = json.loads(done.stdout)["install"]
    return [
        (f"{item['metadata']['name'].lower().replace('_', '-')}=={item['metadata']['version']}",
         item["download_info"]["archive_info"]["hashes"]["sha256"])
        for item in items
    ]  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
