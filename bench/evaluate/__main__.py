"""Hold what is read from records against what a person read, and print precision, recall and misses by field."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .glosses import print_cases, read_cases
from .gold import read_gold
from .score import print_scores, score_all

OURS = Path(__file__).parents[1] / "gold"
EPILOG = """what is judged, of FOLDER and of ours:
  FOLDER/dumps/GOLD.jsonl          what a reader finds in the dumps beside it; your own records, too
  FOLDER/dumps/pinyin_cases.jsonl  texts to be cleaned, kept or reported
  bench/gold/corpus.jsonl          the same of FOLDER/corpus, by offsets: `dev` is looked at when rules are made,
                                   of `locked` only the figures are printed; `seen` was looked at before
  bench/gold/pages                 invented pages in the manner of many outlets

example:
  python -m bench.evaluate content"""


class Part(NamedTuple):
    """Some lines of a gold file."""

    title: str
    file: Path
    folder: Path
    part: str = ""
    is_locked: bool = False


def parts_of(data: Path) -> tuple[Part, ...]:
    """What is judged with the texts in the folder *data*."""
    facts = OURS / "corpus.jsonl"
    return (
        Part("given", data / "dumps" / "GOLD.jsonl", data / "dumps"),
        Part("corpus, seen before rules were made", facts, data / "corpus", "seen"),
        Part("corpus, dev", facts, data / "corpus", "dev"),
        Part("corpus, locked", facts, data / "corpus", "locked", is_locked=True),
        Part("invented pages", OURS / "pages" / "GOLD.jsonl", OURS / "pages"),
        Part(
            "invented pages, written before their rules",
            OURS / "pages" / "SECOND.jsonl",
            OURS / "pages",
        ),
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bench.evaluate", description=__doc__, epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("data", type=Path, nargs="?", default=Path(os.environ.get("NEWSARCHIVE_DATA", "")),
                        metavar="FOLDER", help="that of your texts, or a gold file")  # fmt: skip
    parser.add_argument("dumps", type=Path, nargs="?", help="folder of the dumps a gold file names (its own)")
    parser.add_argument("--locked-misses", action="store_true", help="print them, too; who sees them tunes no more")
    options = parser.parse_args()
    if options.data.is_file():
        judge(Part(options.data.name, options.data, options.dumps or options.data.parent))
        return 0
    if not (gold := options.data / "dumps" / "GOLD.jsonl").is_file():
        print(
            f"there is no file {gold}; name a gold file, or the folder that holds dumps/GOLD.jsonl: "
            "make evaluate DATA=folder (or NEWSARCHIVE_DATA)",
            file=sys.stderr,
        )
        return 2
    for part in parts_of(options.data):
        judge(part, with_misses=options.locked_misses or not part.is_locked)
    for file in _cases(options.data):
        print(f"\n== {file.name}")
        print_cases(list(read_cases(file)))
    return 0


def judge(part: Part, *, with_misses: bool = True) -> None:
    """Print how one part fares, and which of its lines could not be judged."""
    if not part.folder.is_dir():
        print(f"\n== {part.title}: LEFT OUT, there is no folder {part.folder}")
        return
    readings, skipped = read_gold(part.file, part.folder, part.part)
    print(f"\n== {part.title}: {len(readings)} records" + (f", {len(skipped)} SKIPPED" if skipped else ""))
    print("".join(f"SKIPPED {reason}\n" for reason in skipped), end="", flush=True)
    if readings:
        print_scores(score_all(readings), with_misses=with_misses)


def _cases(data: Path) -> Iterator[Path]:
    return (data / "dumps").glob("pinyin_cases*.jsonl")


if __name__ == "__main__":
    sys.exit(main())
