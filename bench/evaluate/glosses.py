"""Cases of text that is to be cleaned, kept or reported -> whether each is."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from newsarchive.clean import clean
from newsarchive.clean.change import Context
from newsarchive.clean.glosses import strip_glosses


class Case(NamedTuple):
    note: str
    expect: str
    """strip, keep or flag."""

    wanted: str
    found: str
    is_mended: bool = False
    """Whether what was to be reported was mended as well."""

    @property
    def is_right(self) -> bool:
        return self.wanted == self.found


def read_cases(file: Path) -> Iterator[Case]:
    """Each case of a file of lines {"expect": "strip", "text": "網(wǎng)", "result": "網", "note": "…"}.

    A case to flag is right when a repair or a warning says so; the others are those of the glosses alone.
    """
    for line in file.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["expect"] == "flag":
            cleaned = clean(case["text"])
            found = "reported" if cleaned.repairs or cleaned.warnings else "silent"
            is_mended = normalize("NFKC", cleaned.text).endswith(normalize("NFKC", case["result"].removeprefix("…")))
            yield Case(case["note"], "flag", "reported", found, is_mended)
        else:
            yield Case(case["note"], case["expect"], case["result"], strip_glosses(case["text"], Context()).text)


def print_cases(cases: list[Case]) -> None:
    """A line for each case, and both texts where it is wrong."""
    print(f"\n{sum(case.is_right for case in cases)} of {len(cases)} cases right")
    for case in cases:
        outcome = ("right" if case.is_right else "WRONG") + ", mended" * case.is_mended
        print(f"  {outcome:15}{case.expect:6}{case.note}")
        if not case.is_right:
            print(f"         -{case.wanted}\n         +{case.found}")
