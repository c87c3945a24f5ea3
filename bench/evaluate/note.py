"""A gold file -> facts that may be published: `python -m bench.evaluate.note GOLD.jsonl FOLDER PART >> FACTS.jsonl`."""

import argparse
import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from .facts import facts_of
from .gold import lines_of, records_of


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.evaluate.note", description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("folder", type=Path, help="that of the files it names, all in UTF-8")
    parser.add_argument("part", help="the half these lines belong to, e.g. dev")
    options = parser.parse_args()
    print("\n".join(noted(options.gold, options.folder, options.part)))
    return 0


def noted(gold_file: Path, folder: Path, part: str) -> Iterator[str]:
    """Each line of the gold file without the characters of the record it names.

    Raises:
        ValueError: a line holds words that its record does not.
    """
    for gold in lines_of(gold_file):
        path = folder / gold["file"]
        dump = path.read_bytes()
        text = dump.decode("utf-8")
        raw = records_of(path, folder)[gold.get("index") or 0].raw or text
        start = text.index(raw)
        facts = facts_of(gold, text, start, start + len(raw))
        yield json.dumps({**facts, "part": part, "file_sha256": sha256(dump).hexdigest()}, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
