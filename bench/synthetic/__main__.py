"""Command line: see the package."""

import argparse
import sys
from pathlib import Path

from .archive import write_articles, write_dumps


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bench.synthetic", description="Write a synthetic news archive.",
        epilog="example: python -m bench.synthetic --articles 500 --seed 1 --out demo",
    )  # fmt: skip
    parser.add_argument("--articles", type=int, default=500, metavar="N", help="how many records (default 500)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed, another archive (default 1)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where dumps/ and truth.jsonl go")
    parser.add_argument("--markdown", action="store_true", help="write articles as Markdown into DIR instead of dumps")
    options = parser.parse_args()
    write = write_articles if options.markdown else write_dumps
    write(options.out, options.seed, options.articles)
    print(f"{options.articles} records written below {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
