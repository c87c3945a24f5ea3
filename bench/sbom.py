"""`python -m bench.sbom > sbom.json`: what newsarchive runs on, as a CycloneDX 1.6 bill of materials.

All of it comes from requirements.txt and from what is installed; the network is not asked. As the same lock gives the
same bytes, it bears neither a time nor a number of its own.
"""

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements.txt"
NAME = re.compile(r"[A-Za-z0-9._-]+")


def main() -> int:
    print(json.dumps(bill(LOCK.read_text("utf-8")), ensure_ascii=False, indent=2))
    return 0


def bill(lock: str) -> dict[str, Any]:
    """The bill of the packages that *lock* pins, each with what it asks for and the digests pip may take."""
    entries = [line for line in lock.replace("\\\n", "").splitlines() if "==" in line and not line.startswith("#")]
    pins = dict(entry.split()[0].split("==") for entry in entries)
    digests = {entry.split("==")[0]: sorted(re.findall(r"sha256:([0-9a-f]{64})", entry)) for entry in entries}
    ours = distribution("newsarchive")
    own = _component("newsarchive", ours.version) | {"type": "application", "licenses": _licence("newsarchive")}
    libraries = [
        _component(name, version)
        | {"type": "library", "licenses": _licence(name)}
        | {"properties": [{"name": "newsarchive:file:sha256", "value": digest} for digest in digests[name]]}
        for name, version in pins.items()
    ]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": libraries,
        "dependencies": [_needs(name, pins | {"newsarchive": ours.version}) for name in ("newsarchive", *pins)],
    }


def _component(name: str, version: str) -> dict[str, Any]:
    address = f"pkg:pypi/{name}@{version}"
    return {"bom-ref": address, "name": name, "version": version, "purl": address}


def _licence(name: str) -> list[dict[str, Any]]:
    """As the package states it; none where it is not installed, as on a system it is not for."""
    try:
        told = distribution(name).metadata
    except PackageNotFoundError:
        return []
    stated = [told.get("License-Expression", ""), *(it for it in told.get_all("Classifier", ()) if "License ::" in it)]
    named = [it.rpartition(" :: ")[2] for it in stated if it] or [told.get("License", "").partition("\n")[0]]
    return [{"license": {"name": it}} for it in named if it]


def _needs(name: str, versions: dict[str, str]) -> dict[str, Any]:
    try:
        asked = distribution(name).requires or ()
    except PackageNotFoundError:
        asked = ()
    names = {_plain(line) for line in asked if "extra ==" not in line} & versions.keys()
    refs = [_component(it, versions[it])["bom-ref"] for it in sorted(names)]
    return {"ref": _component(name, versions[name])["bom-ref"], "dependsOn": refs}


def _plain(requirement: str) -> str:
    """Name of what is asked for, as the lock spells it."""
    found = NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""


if __name__ == "__main__":
    raise SystemExit(main())
