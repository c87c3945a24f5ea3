"""Every shape real dumps come in gives the same stories."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from newsarchive.article import Record
from newsarchive.dumps import read_dump

STORIES = (
    "市政府昨日召开会议，研究部署防汛工作，要求各部门落实责任，确保群众生命财产安全。会议指出，今年雨量偏多，形势不容乐观。",
    "中新社台北四月二日电（记者 李四）海峡两岸企业家三日在此间举行座谈，就扩大合作交换意见，与会者认为前景广阔。",
    "〔記者王小明／高雄報導〕捷運環狀線今日通車，首日湧入三萬人次，市長到場致意，並宣布首月免費搭乘的優惠措施。",
)
TITLES = ("市政府部署防汛工作", "两岸企业家台北座谈", "捷運環狀線今通車")
DAYS = ("2019-11-20 17:54:11", "2019-11-21 08:00:00", "2019-11-22 09:30:00")
ARTICLES = [
    {"title": title, "content": story, "date": day, "url": f"http://a.cn/{number}.html", "source": "甲市日报"}
    for number, (title, story, day) in enumerate(zip(TITLES, STORIES, DAYS, strict=True))
]
WHOLE = [(title, story) for title, story in zip(TITLES, STORIES, strict=True)]
UNTITLED = [("", story) for story in STORIES]


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _each(template: str, joint: str = "", articles: list[dict[str, str]] = ARTICLES) -> str:
    """*template* filled with each article: @t title, @c story, @d day, @u address, @n number."""
    marks: dict[str, Callable[[dict[str, str], int], str]] = {
        "@t": lambda a, n: a["title"],
        "@c": lambda a, n: a["content"],
        "@d": lambda a, n: a["date"],
        "@u": lambda a, n: a["url"],
        "@n": lambda a, n: str(n),
    }
    parts = []
    for number, article in enumerate(articles):
        text = template
        for mark, value in marks.items():
            text = text.replace(mark, value(article, number))
        parts.append(text)
    return joint.join(parts)


LINES = [_json(article) for article in ARTICLES]
COLUMNS = list(ARTICLES[0])
ROWS = [list(article.values()) for article in ARTICLES]

JSON_SHAPES = {
    "array.json": "[\n" + ",\n".join(LINES) + "\n]",
    "escaped.json": json.dumps(ARTICLES, indent=4),
    "lines.jsonl": "\r\n".join(LINES) + "\r\n",
    "concatenated.json": "".join(LINES),
    "appended.json": f"[{LINES[0]}][{LINES[1]}]\n[{LINES[2]}]",
    "no_commas.json": "[" + "\n".join(_json(article, 2) for article in ARTICLES) + "]",
    "trailing_comma.json": "[" + ",".join(LINES) + ",]",
    "comments.json": "// saved by hand\n[\n" + ",\n".join(f"  {line} // ok" for line in LINES) + "\n]",
    "wrapped.json": _json({"code": 0, "msg": "ok", "data": {"total": 3, "list": ARTICLES}}, 1),
    "elastic.json": _json(
        {"took": 3, "hits": {"total": {"value": 3}, "hits": [{"_id": "1", "_source": a} for a in ARTICLES]}}
    ),
    "graphql.json": _json({"data": {"news": {"edges": [{"node": a} for a in ARTICLES], "pageInfo": {"next": False}}}}),
    "queue.jsonl": "\n".join(_json({"offset": n, "topic": "news", "value": line}) for n, line in enumerate(LINES)),
    "mongo.json": _each(
        '{"_id":{"$oid":"5dd5"},"title":"@t","content":"@c","pubtime":{"$date":"2019-11-20T09:54:11Z"}}\n'
    ),
    "mongo_shell.json": _each('{ "_id" : ObjectId("5d"), "title" : "@t", "content" : "@c", "n" : NumberLong(5) }\n'),
    "python.txt": "\n".join(map(repr, ARTICLES)),
    "pandas_columns.json": _json({key: {str(n): a[key] for n, a in enumerate(ARTICLES)} for key in COLUMNS}),
    "pandas_index.json": _json({str(n): article for n, article in enumerate(ARTICLES)}),
    "pandas_split.json": _json({"columns": COLUMNS, "index": [0, 1, 2], "data": ROWS}),
    "pandas_table.json": _json({"schema": {"fields": [{"name": "title", "type": "string"}]}, "data": ARTICLES}),
    "pandas_list.json": _json({key: [article[key] for article in ARTICLES] for key in COLUMNS}),
    "row_a_line.jsonl": "\n".join(map(_json, [COLUMNS, *ROWS])),
    "named_rows.json": _json({"fields": [{"name": name} for name in COLUMNS], "rows": ROWS}),
    "page_a_line.jsonl": "\n".join(
        _json({"code": 0, "result": {"page": n, "data": [a]}}) for n, a in enumerate(ARTICLES)
    ),
    "rows.json": _json([COLUMNS, *ROWS]),
    "twice.jsonl": "\n".join(map(_json, LINES)),
    "bulk.ndjson": "".join(f'{{"index":{{"_index":"news","_id":"{n}"}}}}\n{line}\n' for n, line in enumerate(LINES)),
    "by_title.json": _json({t: {"date": DAYS[0], "content": s} for t, s in WHOLE}),
    "json5.json": "[\n" + _each("{title: '@t', // ok\n date: '@d', content: '@c',},\n") + "]",
    "callback.js": f"callback({_json({'list': ARTICLES})});",
    "variable.js": f"var news = {_json(ARTICLES)};",
    "by_address.json": _json({a["url"]: {"title": a["title"], "text": a["content"]} for a in ARTICLES}),
    "newspaper.json": _json({"2019-11-20": {"要闻": [{"标题": t, "正文": s, "记者": "张三"} for t, s in WHOLE]}}),
    "wordpress.json": _json([{"title": {"rendered": t}, "content": {"rendered": f"<p>{s}</p>"}} for t, s in WHOLE]),
    "news_api.json": _json(
        {
            "status": "ok",
            "articles": [
                {"source": {"name": "新华网"}, "title": t, "description": "摘要", "content": s} for t, s in WHOLE
            ],
        }
    ),
}
TABLE_SHAPES = {
    "excel.csv": ("标题,内容,时间\r\n" + _each('@t,"@c",@d\r\n')).encode("gb18030"),
    "semicolons.csv": "\ufeffid;title;content\n" + _each('@n;@t;"@c"\n'),
    "index.csv": ",title,content\n" + _each("@n,@t,@c\n"),
    "no_heading.csv": _each('@n,@t,@d,@u,"@c"\n'),
    "no_heading.tsv": _each("@u\t@t\t@d\t新华网\t@c\n"),
    "wide.csv": ("\ufeff标题\t正文\t日期\r\n" + _each("@t\t@c\t2019/11/20\r\n")).encode("utf-16-le"),
    "hive.txt": _each("@t\x01@d\x01@c\n"),
    "pipes.txt": "title|date|content\n" + _each("@t|@d|@c\n"),
    "above.csv": "某报导出,,\n导出时间：2020-01-01,,\ntitle,date,content\n" + _each('@t,@d,"@c"\n'),
    "lines.csv": _each('@t,@d,甲市日报,"@c\n"\n'),
    "quoted.txt": _each('"@t";"@d";"@c\n"\n'),
    "framed.txt": "+---+---+\n| title | content |\n+---+---+\n" + _each("| @t | @c |\n") + "+---+---+\n3 rows in set\n",
    "framed.md": "| 标题 | 正文 |\n|---|---|\n" + _each("| @t | @c |\n"),
    "psql.txt": " title | content \n-------+---------\n" + _each(" @t | @c\n") + "(3 rows)\n",
    "vertical.txt": _each("******* @n. row *******\n  title: @t\ncontent: @c\n"),
    "single.csv": "'title','content'\n" + _each("'@t','@c\n'\n"),
    "carets.csv": "title^date^content\n" + _each("@t^@d^@c\n"),
    "opaque.csv": "f1,f2,f3\n" + _each('@t,@d,"@c"\n'),
    "repeated_heading.csv": "title,content\n" + _each("@t,@c\n", "title,content\n"),
}
ELEMENT_SHAPES = {
    "sogou.dat": _each("<doc>\n<url>@u</url>\n<contenttitle>@t</contenttitle>\n<content>@c</content>\n</doc>\n").encode(
        "gb18030"
    ),
    "rss.xml": "<rss><channel><title>频道</title><description>说明</description>"
    + _each("<item><title><![CDATA[@t]]></title><link>@u</link><description>&lt;p&gt;@c&lt;/p&gt;</description></item>")
    + "</channel></rss>",
    "atom.xml": '<?xml version="1.0"?><feed><title>频道</title><link href="http://a.cn" rel="self"/>'
    + _each('<entry><title>@t</title><link href="@u"/><content type="html"><![CDATA[<p>@c</p>]]></content></entry>')
    + "</feed>",
    "wordpress.xml": "<rss><channel><title>站</title>"
    + _each(
        "<item><title>@t</title><description></description>"
        "<content:encoded><![CDATA[<!-- wp:p --><p>@c</p>]]></content:encoded>"
        "<wp:post_date>@d</wp:post_date></item>"
    )
    + "</channel></rss>",
    "mediawiki.xml": "<mediawiki><siteinfo><sitename>维基新闻</sitename></siteinfo>"
    + _each('<page><title>@t</title><revision><id>9</id><text xml:space="preserve">@c</text></revision></page>')
    + "</mediawiki>",
    "solr.xml": "<add>" + _each('<doc><field name="title">@t</field><field name="content">@c</field></doc>') + "</add>",
    "mysqldump.xml": "<mysqldump>"
    + _each('<row><field name="title">@t</field><field name="body">@c</field></row>')
    + "</mysqldump>",
    "chinese_tags.xml": "<新闻列表>" + _each("<新闻><标题>@t</标题><正文>@c</正文></新闻>") + "</新闻列表>",
    "attributes.xml": "<rows>" + _each('<row Id="@n" Title="@t" Body="&lt;p&gt;@c&lt;/p&gt;" />') + "</rows>",
    "source.xml": "<feed>"
    + _each("<entry><title>@t</title><source><title>甲报</title></source><content>@c</content></entry>")
    + "</feed>",
    "initials.xml": "<root>" + _each("<row><bt>@t</bt><nr>@c</nr></row>") + "</root>",
    "unclosed.sgm": _each("<DOC>\n<TITLE>@t</TITLE>\n<TEXT>\n@c\n</TEXT>\n"),
}
LABEL_SHAPES = {
    "boxed.txt": _each("【标 题】@t\n【作  者】张三\n【正 文】\n    @c\n"),
    "square.txt": _each("[标题]@t\n[时间]2019-11-20\n[正文]\n@c\n\n"),
    "angle.txt": _each("<标题>@t\n<日期>2019-11-20\n<正文>@c\n"),
    "colons.txt": _each("标题：@t\n时间：@d\n来源：甲报\n正文：\n@c\n", "\n"),
    "equals.txt": _each("title=@t\ndate=@d\ncontent=@c\n", "\n"),
    "english.txt": _each("Title: @t\nDate: @d\nURL: @u\n\n@c\n", "\n----------\n"),
}
SQL_SHAPES = {
    "mysql.sql": "CREATE TABLE `news` (\n `id` int,\n `title` varchar(255),\n `content` longtext,\n"
    " PRIMARY KEY (`id`)\n) ENGINE=InnoDB;\n"
    + "INSERT INTO `news` VALUES "
    + _each("(@n,'@t','<p>@c</p>')", ",")
    + ";\n",
    "commented.sql": "CREATE TABLE `t` (\n `f1` int,\n `f2` varchar(9) COMMENT '标题',\n"
    " `f3` text COMMENT '正文'\n) ENGINE=x;\n" + _each("INSERT INTO `t` VALUES (@n,'@t','@c');\n"),
    "listed.sql": _each("INSERT INTO wp_posts (ID, post_content, post_title) VALUES (@n, '@c', '@t');\n"),
    "nameless.sql": "INSERT INTO news VALUES\n" + _each("('@n', '@t', '@c', '@d', '@u', NULL)", ",\n") + ";",
    "postgres.sql": "--\n-- PostgreSQL database dump\n--\nCOPY public.news (id, title, content) FROM stdin;\n"
    + _each("@n\t@t\t@c\n")
    + "\\.\n",
    "server.sql": _each(
        "INSERT [dbo].[News] ([Id], [Title], [Content], [T]) VALUES (@n, N'@t', N'@c', CAST(N'@d' AS DateTime))\nGO\n"
    ),
}
MARKDOWN_SHAPES = {
    "day/2019-11-20.md": "# 人民日报 2019年11月20日\n\n" + _each("## @t\n\n@c\n\n"),
    "many.md": _each("# @t\n\n@c\n\n"),
    "2019年11月20日.md": _each("## @t\n\n<p>@c</p>\n\n"),
}
YAML_SHAPES = {
    "list.yaml": "# export\n---\n" + _each("- title: @t\n  content: |\n    @c\n  tags: [甲, 乙]\n"),
    "list.txt": _each("- {title: @t}\n", articles=[]) + _each('- title: "@t"\n  content: >-\n    @c\n'),
    "below.yml": "version: 1\narticles:\n" + _each("  - content: '@c'\n    title: '@t'\n"),
    "flow.yaml": _each("- {title: '@t', content: '@c'}\n"),
    "documents.yaml": _each("---\ntitle: @t\ncontent: |-\n  @c\n...\n"),
    "named.yaml": _each("@t:\n  date: @d\n  content: @c\n"),
}
CELLS = _each("<tr><td>@t</td><td>@d</td><td><p>@c</p></td></tr>")
CELL_SHAPES = {
    "excel.xls": f"<html xmlns:x='urn:x'><body><table><tr><th>标题<th>日期<th>内容</tr>{CELLS}</table></body></html>",
    "page.html": f"<!doctype html><title>导出</title><table><tr><th>标题<th>日期<th>内容</tr>{CELLS}</table>",
    "book.xml": '<?xml version="1.0"?><Workbook><Worksheet ss:Name="S"><Table>'
    '<Row><Cell><Data ss:Type="String">标题</Data></Cell>'
    '<Cell ss:Index="3"><Data ss:Type="String">内容</Data></Cell></Row>'
    + _each('<Row><Cell><Data>@t</Data></Cell><Cell ss:Index="3"><ss:Data>@c</ss:Data></Cell></Row>')
    + "</Table></Worksheet></Workbook>",
}
POST_SHAPES = {
    "board.txt": _each(
        "发信人: lan (兰), 信区: News\n标  题: @t\n发信站: 水清站 (Sat May  3 09:12:30 2014), 站内\n\n"
        "@c\n\n--\n※ 来源:·水清站\n\n"
    ),
    "board_tw.txt": _each("作者  lan (蘭)  看板  News\n標題  @t\n時間  Sat May  3 09:12:30 2014\n\n@c\n--\n推 a: 好\n"),
}
SHAPES: dict[str, str | bytes] = (
    JSON_SHAPES | TABLE_SHAPES | ELEMENT_SHAPES | LABEL_SHAPES | SQL_SHAPES | MARKDOWN_SHAPES | YAML_SHAPES
    | CELL_SHAPES | POST_SHAPES
)  # fmt: skip


def _read(folder: Path, name: str, data: str | bytes) -> list[tuple[str, str]]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    found = list(read_dump(path, folder))
    assert [item for item in found if not isinstance(item, Record)] == []
    return [(item.given.get("title", ""), item.text.strip()) for item in found if isinstance(item, Record)]


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_gives_titles_and_stories(tmp_path: Path, name: str) -> None:
    assert _read(tmp_path, name, SHAPES[name]) == WHOLE


STORY_SHAPES = {
    "strings.json": _json(list(STORIES)),
    "posts.jsonl": _each('{"user":{"screen_name":"新闻"},"text":"@c","pics":[{"url":"x"}]}\n'),
    "reviews.csv": "label,review\n" + _each("1,@c\n"),
    "labels.txt": _each("体育\t@c\n"),
}


@pytest.mark.parametrize("name", STORY_SHAPES)
def test_shapes_without_titles_give_stories(tmp_path: Path, name: str) -> None:
    assert _read(tmp_path, name, STORY_SHAPES[name]) == UNTITLED


PLAIN_ARTICLES = [f"{t}\n2019-11-20 17:54:11  来源：甲报\n{s}\n{s}" for t, s in WHOLE]
HEADED_ARTICLES = [f"來源:甲報\n2019-11-20 17:54:11\n{s}\n{s}" for s in STORIES]
BARE_ARTICLES = [f"{t}\n{s}\n\n{s}" for t, s in WHOLE]
OPENED_LINES = [
    f"新华社北京1月1日电（记者张三）{STORIES[0]}",
    f"本报讯（记者李四）{STORIES[0]}",
    STORIES[2],
    f"中新网广州3月4日电 {STORIES[0]}",
]
PLAIN_SHAPES = {
    "rules.txt": ("\n==========\n", PLAIN_ARTICLES),
    "stars.txt": ("\n* * * * *\n", BARE_ARTICLES),
    "titled_heads.txt": ("\n\n", PLAIN_ARTICLES),
    "heads.txt": ("\n", HEADED_ARTICLES),
    "outlet_heads.txt": ("\n\n", [f"{t}\n\n人民日报\t1995-01-01\n\n{s}\n{s}" for t, s in WHOLE]),
    "blank_lines.txt": ("\n\n\n\n", BARE_ARTICLES),
    "one_a_line.txt": ("\n", OPENED_LINES),
}


@pytest.mark.parametrize("name", PLAIN_SHAPES)
def test_plain_text_is_parted_where_articles_begin(tmp_path: Path, name: str) -> None:
    joint, articles = PLAIN_SHAPES[name]

    assert _read(tmp_path, name, joint.join(articles)) == [("", article) for article in articles]


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLES[0]}\n\n2019年11月20日 17:54　来源：甲报\n\n　　{STORIES[0]}\n\n"
        f"　　{STORIES[1]}\n\n（责任编辑：王五）\n",
        f"{TITLES[0]}\n　　{STORIES[0]}\n　　{STORIES[1]}\n　　{STORIES[0]}\n来源：新华网\n",
        f"大事记\n2019年1月1日\n{STORIES[0]}\n2019年1月2日\n{STORIES[0]}\n2019年1月3日\n{STORIES[1]}\n",
        f"{TITLES[0]}\n{STORIES[0]}\n{STORIES[1]}\n----------\n责任编辑：王五\n",
    ],
)
def test_one_article_is_not_torn_apart(tmp_path: Path, text: str) -> None:
    assert _read(tmp_path, "one.txt", text) == [("", text.strip())]


def test_a_story_of_markdown_keeps_its_sections(tmp_path: Path) -> None:
    text = f'---\ntitle: "{TITLES[0]}"\ndate: 2019-11-20\ntags:\n  - 防汛\n  - 会议\n---\n\n'
    text += f"{STORIES[0]}\n\n## 背景\n\n{STORIES[1]}\n"

    assert _read(tmp_path, "a.md", text) == [(TITLES[0], f"{STORIES[0]}\n背景\n{STORIES[1]}")]


def test_titles_that_name_files_head_their_stories(tmp_path: Path) -> None:
    name = f"2019-11-20_{TITLES[0]}.txt"

    assert _read(tmp_path, name, STORIES[0]) == [(TITLES[0], STORIES[0])]
    assert _read(tmp_path, name, f"另有标题\n{STORIES[0]}") == [("", f"另有标题\n{STORIES[0]}")]
