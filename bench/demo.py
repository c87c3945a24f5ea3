"""An invented archive in a folder of its own, ready to build: `python -m bench.demo --articles 500 --folder demo`."""

import argparse
import shutil
from pathlib import Path

from bench.synthetic.archive import write_dumps

CONF = '''"""Settings of the invented archive; everything not said here is as in pelicanconf.py."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
TOP = Path({top!r})
sys.path.insert(0, str(TOP))
from pelicanconf import *  # noqa: E402, F403

SITENAME = "新聞館示例"
PATH = str(HERE / "content")
OUTPUT_PATH = str(HERE / "output")
THEME = str(TOP / "theme")
PLUGIN_PATHS = [str(TOP / "plugins")]
'''

TOP = Path(__file__).parents[1]


def make_demo(folder: Path, articles: int, seed: int) -> Path:
    """Write dumps, pages and settings of an invented archive into *folder*; return its settings file."""
    shutil.rmtree(folder / "content", ignore_errors=True)
    write_dumps(folder / "content", seed, articles)
    shutil.copytree(TOP / "content" / "pages", folder / "content" / "pages", dirs_exist_ok=True)
    settings = folder / "democonf.py"
    settings.write_text(CONF.format(top=str(TOP)), encoding="utf-8")
    return settings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path("demo"))
    options = parser.parse_args()
    settings = make_demo(options.folder, options.articles, options.seed)
    print(f"{options.articles} invented articles in {settings.parent / 'content' / 'dumps'}")


if __name__ == "__main__":
    main()
