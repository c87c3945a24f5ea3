"""What the last account was of: a later one need not look again at what has not changed since."""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

FILE = "accounted.json"


@dataclass(slots=True)
class Known:
    """Kept beside the catalogues; safe to delete."""

    state: str = ""
    """Of the site that was accounted for (see `build.Outcome`)."""

    segments: dict[str, str] = field(default_factory=dict)
    """Segment of the search index -> digest of the slugs it was seen to hold."""


def read(cache: Path) -> Known:
    """What is known; nothing if the file cannot be read."""
    with suppress(OSError, ValueError, TypeError):
        return Known(**json.loads((cache / FILE).read_text("utf-8")))
    return Known()


def write(cache: Path, known: Known) -> None:
    """Keep what is *known*."""
    (cache / FILE).write_text(json.dumps({"state": known.state, "segments": known.segments}) + "\n", "utf-8")
