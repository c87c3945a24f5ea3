"""What fuzzing begins with: invented dumps of every shape, articles, queries, and inputs that once failed."""

import gzip
from functools import cache
from pathlib import Path
from random import Random

from bench.synthetic.archive import article_of, stories
from bench.synthetic.shapes import SHAPES, header
from newsarchive.frontmatter import render

KEPT = Path(__file__).parents[2] / "tests" / "fuzz" / "kept"
"""Inputs that once failed, `TARGET.NAME`."""

RECORDS = 3
NAMES = ("a.txt", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.sql", "a.md", "a.xml", "a.html")
SHORT = (
    "網(wǎng)絡(luò)，基礎(chǔ)教育", "微信(WeChat)，世贸组织(WTO)", "`?；A(chǔ)教育`",
    "\u3000\u3000本报讯 （记者张三）今天……",
    "ï¼Œä¸\xadå›½", "２０１９年１１月２０日", "-{zh-hans:软件;zh-hant:軟體}-头发",
    "<b title='头发'>发&amp;展</b>", "楊杰說：「這」",
    "「智慧 城市」 烟台 -苹果", "烟台 排除 苹果", "2019-11-20 17:54:11", "民國111年5月1日",
    "format = 'table'\n[keys]\n标题 = 'title'\n", "2019/11/20-3f2a9c81d04e wrong person named 2026-11-22\n",
)  # fmt: skip


@cache
def dumps() -> tuple[tuple[str, bytes], ...]:
    """(file name, bytes) of a small dump of each shape."""
    found: list[tuple[str, str, bytes]] = []
    rng = Random(0)
    for story in stories(17, 400):
        name = story.shape
        if any(name == shape for shape, _, _ in found):
            continue
        shape = SHAPES[name]
        parts = [shape.render(story, rng).text for _ in range(min(RECORDS, shape.records_per_file))]
        text = header(name, story) + shape.between.join(parts) + shape.closing
        found.append((name, f"a.{shape.suffix}", text.encode(shape.encoding, "replace")))
    plain = [(name, data) for _, name, data in found]
    return tuple(plain) + tuple((name, gzip.compress(data, 1, mtime=0)) for name, data in plain[:3])


@cache
def texts() -> tuple[bytes, ...]:
    """Prose, and short pieces that are odd in one way each."""
    return (*map(str.encode, SHORT), *("\n".join(story.printed).encode() for story in stories(18, 12)))


@cache
def articles() -> tuple[bytes, ...]:
    """Files as content/articles holds them."""
    return tuple(render(article_of(19, story)).encode() for story in stories(19, 12))


def kept(target: str) -> tuple[bytes, ...]:
    """Inputs that once made *target* fail."""
    return tuple(path.read_bytes() for path in sorted(KEPT.glob(f"{target}.*")))
