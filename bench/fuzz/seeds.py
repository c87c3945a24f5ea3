"""What fuzzing begins with: invented dumps of every shape, articles, queries, and inputs that once failed."""

import gzip
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from random import Random

from bench.synthetic.archive import article_of, stories
from bench.synthetic.shapes import SHAPES, header
from newsarchive.frontmatter import render

KEPT = Path(__file__).parents[2] / "tests" / "fuzz" / "kept"
"""Inputs that once failed, `TARGET.NAME`."""

RECORDS = 3
NAMES = ("a.txt", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.sql", "a.md", "a.xml", "a.html", "a.yaml", "a.srt")
STORY = "市政府昨日召开会议，研究部署防汛工作，要求各部门落实责任，确保群众生命财产安全。"
DAY = "2019-11-20 17:54:11"
TEMPLATES = (
    "- title: 防汛\n  date: {day}\n  content: |\n    {story}\n    {story}\n  tags: [甲, '乙']\n",
    '---\ntitle: "防汛"\ncontent: >-\n  {story}\n\n  {story}\n...\n',
    "防汛{day}:\n  content: {story}\n  meta: {{a: 1}}\n",
    "发信人: lan (兰), 信区: News\n标  题: 防汛\n发信站: 水清站 (Sat May  3 09:12:30 2014), 站内\n\n"
    "{story}\n--\n※ 来源:·水清站\n\n",
    "1\n00:00:01,000 --> 00:00:02,500\n{story}\n\n",
    "<table><tr><th>标题<th>日期<th>内容</tr><tr><td>防汛<td>{day}<td>{story}{story}</tr></table>",
    '<Row><Cell><Data>标题</Data></Cell><Cell ss:Index="3"><Data>内容</Data></Cell></Row>'
    '<Row><Cell><Data>防汛</Data></Cell><Cell ss:Index="3"><Data>{story}{story}</Data></Cell></Row>',
    "导出,,\ntitle^date^content\n防汛^{day}^{story}\n",
    '"防汛";"{day}";"{story}\n"\n',
    "http://a.cn/1.html\t防汛\t{story}\r",
)
"""Shapes that the synthetic archive does not write."""

OFFICE = (
    '<w:document><w:body><w:p><w:r><w:t xml:space="preserve">防汛</w:t></w:r><w:r><w:br/><w:tab/></w:r></w:p>'
    "<w:p><w:r><w:t>{story}</w:t></w:r><mc:Fallback><w:t>x</w:t></mc:Fallback></w:p></w:body></w:document>",
    '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>标题</t></is></c></row>'
    '<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="1"><v>41762.5</v></c>'
    '<c r="C3" t="str"><v>{story}</v></c></row></sheetData></worksheet>',
    "<office:document-content><table:table><table:table-row><table:table-cell><text:p>标题</text:p></table:table-cell>"
    '<table:table-cell table:number-columns-repeated="2"/><table:table-cell office:date-value="2019-11-20"/>'
    "</table:table-row></table:table><text:h>防汛</text:h><text:p>{story}<text:s/></text:p></office:document-content>",
)
"""XML inside office files."""

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
def written(templates: tuple[str, ...]) -> tuple[bytes, ...]:
    """*templates* with a story, each three times in a row where they are no XML."""
    return tuple(
        template.format(day=DAY, story=STORY).encode() * (1 if template.startswith("<") else RECORDS)
        for template in templates
    )


@cache
def databases() -> tuple[bytes, ...]:
    """A small SQLite file."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE news (id INTEGER PRIMARY KEY, title TEXT, content TEXT, picture BLOB)")
        connection.executemany("INSERT INTO news VALUES (?, '防汛', ?, x'00ff')", [(n, STORY * 3) for n in range(40)])
        connection.commit()
        return (connection.serialize(),)


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
