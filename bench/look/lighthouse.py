"""Lighthouse on one page of each kind that weighs differently, on a phone and on a desk."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

from .browser import chromium, served
from .views import file_of

VERSION = "lighthouse@12.8.2"
KINDS = ("front", "article", "tag", "year", "search")
FORMS = {"phone": (), "desk": ("--preset=desktop",)}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
CHROME = "--chrome-flags=--headless --no-sandbox"


def scores(site: Path) -> Iterator[str]:
    """A line for each page: its four scores, and what was found wanting."""
    npx = shutil.which("npx")
    if not npx:
        yield "left out: npx was not found (it comes with Node.js)"
        return
    with served(site) as address:
        for kind, (form, options) in product(KINDS, FORMS.items()):
            url = address + file_of(site, kind).relative_to(site).as_posix()
            command = [npx, "--yes", VERSION, url, "--quiet", "--output=json", CHROME, *options]
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, env={**os.environ, "CHROME_PATH": chromium()}
            )
            yield f"{kind:8} {form:5} " + (line(json.loads(done.stdout)) if done.stdout else done.stderr.strip()[-200:])


def line(report: dict[str, Any]) -> str:
    """Scores of a *report* in the order of CATEGORIES, and the names of the failed checks that count."""
    found = [round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES]
    weighty = {it["id"] for name in CATEGORIES for it in report["categories"][name]["auditRefs"] if it["weight"]}
    failed = sorted(name for name in weighty if (report["audits"][name]["score"] or 1) < 0.9 or is_zero(report, name))
    return " ".join([*(f"{score:4}" for score in found), *failed])


def is_zero(report: dict[str, Any], name: str) -> bool:
    """Whether the check *name* failed outright; one that does not apply has no score."""
    return bool(report["audits"][name]["score"] == 0)
