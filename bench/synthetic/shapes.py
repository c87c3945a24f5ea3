"""The shapes dumps come in: one row of SHAPES each, from a Story to what a scraper left of it."""

import csv
import html
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from .glosses import annotate
from .story import Story

LABEL_WIDTH = 36
"""Characters a line holds in labelled text, which was made for terminals."""

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@dataclass(frozen=True, slots=True)
class Printed:
    """One record of a dump, and what of the story it prints."""

    text: str
    title: str = ""
    """The headline as printed; empty where the record has none."""

    date: str = ""
    """ISO 8601, no finer than printed; empty where no date is printed."""

    source: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    suffix: str
    render: Callable[[Story, Random], Printed]
    encoding: str = "utf-8"
    records_per_file: int = 1
    opening: str = ""
    between: str = ""
    closing: str = "\n"
    newline: str = "\n"
    breaks: tuple[str, ...] = field(default=())
    """What a careless program writes between two records, now and then."""


def _stamp(story: Story, rng: Random) -> tuple[str, str]:
    """A time stamp as outlets print it, and the same in ISO 8601."""
    forms = STAMPS[story.outlet.region]
    printed, iso = rng.choice(forms)
    roc = story.date.year - 1911
    return story.date.strftime(printed.replace("ROC", str(roc))), story.date.strftime(iso)


SECOND, MINUTE, DAY = "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d"
STAMPS = {
    "cn": (
        ("%Y-%m-%d %H:%M:%S", SECOND), ("%Y-%m-%d %H:%M", MINUTE), ("%Y年%m月%d日%H:%M", MINUTE),
        ("%Y年%m月%d日 %H:%M:%S", SECOND), ("%Y-%m-%d", DAY), ("%Y/%m/%d %H:%M", MINUTE),
    ),
    "tw": (("%Y-%m-%d %H:%M", MINUTE), ("%Y/%m/%d %H:%M", MINUTE), ("%Y-%m-%d", DAY), ("民國ROC年%m月%d日", DAY)),
    "hk": (("%Y-%m-%d %H:%M", MINUTE), ("%Y年%m月%d日", DAY), ("%Y-%m-%d %H:%M:%S", SECOND)),
}  # fmt: skip


def plain(story: Story, rng: Random) -> Printed:
    """Headline (one in eight is lost), a line with source and time, the story, the notice."""
    title = "" if rng.random() < 0.125 else story.title
    stamp, iso = _stamp(story, rng)
    word = "来源" if story.lang == "zh-Hans" else "來源"
    heads = (
        [f"{word}:{story.outlet.name}", stamp],
        [f"{stamp} {word}：{story.outlet.name}"],
        [f"{story.outlet.name} {stamp}"],
    )
    indent = rng.choice(("", "　　"))
    lines = [title, *rng.choice(heads), *(indent + text for text in story.printed), story.notice]
    return Printed("\n".join(filter(None, lines)), title, iso, story.outlet.name)


def glossed(story: Story, rng: Random) -> Printed:
    """`plain` after a careless conversion to Traditional that left the pinyin behind."""
    printed = plain(story, rng)
    return Printed(
        annotate(printed.text), annotate(printed.title, glosses=False), printed.date, annotate(printed.source, False)
    )


def line(story: Story, rng: Random) -> Printed:
    """Section, tab, headline and story on one line: corpora for text classification."""
    return Printed(f"{story.section}\t{story.title}　　{'　　'.join(story.printed)}", story.title)


KEYS = (
    {"title": "title", "body": "content", "date": "date", "source": "website", "url": "url", "section": "category"},
    {"title": "title", "body": "text", "date": "publish_time", "source": "source", "url": "link", "section": "channel"},
    {
        "title": "news_title",
        "body": "news_content",
        "date": "pub_date",
        "source": "media",
        "url": "news_url",
        "section": "tag",
    },
    {"title": "标题", "body": "正文", "date": "发布时间", "source": "来源", "url": "链接", "section": "栏目"},
)
"""Names under which scrapers keep the fields; each outlet is scraped by one of them."""


def _fields(story: Story, rng: Random) -> tuple[dict[str, str], Printed]:
    names = KEYS[sum(map(ord, story.outlet.site)) % len(KEYS)]
    stamp, iso = _stamp(story, rng)
    body = rng.choice(("\n", "\n", "\n\n", " ")).join(filter(None, (*story.printed, story.notice)))
    values = {
        "title": story.title,
        "body": body,
        "date": stamp,
        "source": story.outlet.name,
        "url": story.url,
        "section": story.section,
    }
    return {names[name]: values[name] for name in names}, Printed("", story.title, iso, story.outlet.name)


def json_line(story: Story, rng: Random) -> Printed:
    fields, printed = _fields(story, rng)
    return Printed(json.dumps(fields, ensure_ascii=rng.random() < 0.1), printed.title, printed.date, printed.source)


def json_object(story: Story, rng: Random) -> Printed:
    fields, printed = _fields(story, rng)
    return Printed(json.dumps(fields, ensure_ascii=False, indent=2), printed.title, printed.date, printed.source)


def csv_row(story: Story, rng: Random) -> Printed:
    fields, printed = _fields(story, rng)
    return Printed(_csv(fields.values()), printed.title, printed.date, printed.source)


def _csv(values: object) -> str:
    row = io.StringIO()
    csv.writer(row, lineterminator="\n").writerow(values)  # type: ignore[arg-type]  # any iterable of strings
    return row.getvalue().removesuffix("\n")


def sogou(story: Story, rng: Random) -> Printed:
    """<doc> after the Sogou corpora: full-width ASCII, U+E40C for paragraphs, nothing escaped."""
    body = "\ue40c".join(f"　　{text}" for text in (*story.printed, story.notice) if text).translate(FULL_WIDTH)
    number = f"{story.number:016x}-{story.number * 2654435761 % 2**64:016x}"
    text = (
        f"<doc>\n<url>{story.url}</url>\n<docno>{number}</docno>\n"
        f"<contenttitle>{story.title.translate(FULL_WIDTH)}</contenttitle>\n<content>{body}</content>\n</doc>"
    )
    return Printed(text, story.title, story.date.strftime(DAY))


def labelled(story: Story, rng: Random) -> Printed:
    """【标 题】 and its like, the story wrapped at LABEL_WIDTH."""
    wrapped = "\n".join(
        f"　　{text}"[start : start + LABEL_WIDTH]
        for text in (*story.printed, story.notice) if text
        for start in range(0, len(text) + 2, LABEL_WIDTH)
    )  # fmt: skip
    labels = (
        ("文献号", str(story.number)), ("原文出处", story.outlet.name), ("日  期", f"{story.date:%Y%m%d}"),
        ("分 类 名", story.section), ("标  题", story.title), ("正  文", "\n" + wrapped),
    )  # fmt: skip
    return Printed(
        "\n".join(f"【{name}】{value}" for name, value in labels),
        story.title,
        story.date.strftime(DAY),
        story.outlet.name,
    )


def day_section(story: Story, rng: Random) -> Printed:
    """A section of the Markdown file of one day; the file's name holds the date."""
    body = "".join(f"<p>{html.escape(text, quote=False)}</p>" for text in (*story.printed, story.notice) if text)
    return Printed(f"### {story.title}\n\n{body}", story.title, story.date.strftime(DAY))


def front_matter(story: Story, rng: Random) -> Printed:
    quoted = json.dumps(story.title, ensure_ascii=False)
    head = f"title: {quoted}\ndate: {story.date:%Y-%m-%d %H:%M:%S}\nsource: {story.outlet.name}\nurl: {story.url}"
    body = "\n\n".join(filter(None, (*story.printed, story.notice)))
    return Printed(f"---\n{head}\n---\n\n{body}", story.title, story.date.strftime(SECOND), story.outlet.name)


def page(story: Story, rng: Random) -> Printed:
    """A saved web page with navigation, side column and footer; the declared charset may lie."""
    stamp, iso = _stamp(story, rng)
    simplified = story.lang == "zh-Hans"
    home, source, more = ("首页", "来源", "热门推荐") if simplified else ("首頁", "來源", "熱門推薦")
    links = "".join(f'<li><a href="/{n}.html">{home}{n}</a></li>' for n in range(1, 9))
    body = "\n".join(f"<p>　　{html.escape(text)}</p>" for text in story.printed)
    notice = f'<div class="tip">{html.escape(story.notice)}</div>' if story.notice else ""
    charset = "gb2312" if rng.random() < 0.05 else "utf-8"
    text = (
        f'<!DOCTYPE html>\n<html lang="{story.lang}"><head><meta charset="{charset}">\n'
        f"<title>{html.escape(story.title)}_{story.section}_{story.outlet.name}</title>\n"
        f'<link rel="canonical" href="{story.url}"></head>\n<body><div class="nav"><ul>{links}</ul></div>\n'
        f'<div class="article"><h1>{html.escape(story.title)}</h1>\n'
        f'<div class="info"><span>{stamp}</span> <span>{source}：{story.outlet.name}</span></div>\n'
        f'<div class="content">\n{body}\n</div>{notice}</div>\n'
        f'<div class="side"><h3>{more}</h3><ul>{links}</ul></div>\n'
        f'<div class="footer">Copyright © {story.outlet.name} All Rights Reserved</div></body></html>'
    )
    return Printed(text, story.title, iso, story.outlet.name)


def sql_row(story: Story, rng: Random) -> Printed:
    body = "\\r\\n".join(f"<p>{html.escape(text, quote=False)}</p>" for text in (*story.printed, story.notice) if text)
    values = (
        str(story.number),
        _sql(story.title),
        _sql(story.outlet.name),
        _sql(story.section),
        str(int(story.date.timestamp())),
    )
    text = f"INSERT INTO `news` VALUES ({','.join(values)},{_sql(body, escaped=True)});"
    return Printed(text, story.title, story.date.strftime(SECOND), story.outlet.name)


def _sql(text: str, escaped: bool = False) -> str:
    quoted = text if escaped else text.replace("\\", "\\\\")
    return "'" + quoted.replace("'", "\\'") + "'"


SHAPES = {
    "one": Shape("txt", plain),
    "gloss": Shape("txt", glossed),
    "many": Shape("txt", plain, "gb18030", 50, between="\n\n" + "=" * 30 + "\n\n", newline="\r\n"),
    "big5": Shape("txt", plain, "big5hkscs", 50, between="\n\n" + "-" * 30 + "\n\n"),
    "line": Shape("txt", line, records_per_file=500, between="\n"),
    "jsonl": Shape("jsonl", json_line, records_per_file=500, between="\n"),
    "broken": Shape("json", json_object, "utf-8", 200, "[", ",\n", "]", breaks=("\n][\n", "\n")),
    "csv": Shape("csv", csv_row, records_per_file=500, between="\n"),
    "sogou": Shape("txt", sogou, "gb18030", 200, between="\n"),
    "label": Shape("txt", labelled, "gb18030", 20, between="\n\n"),
    "day": Shape("md", day_section, records_per_file=40, between="\n\n"),
    "front": Shape("md", front_matter),
    "html": Shape("html", page),
    "sql": Shape("sql", sql_row, records_per_file=200, between="\n"),
}  # fmt: skip
"""Name -> how its files are written. csv and day open with a line of their own (see archive)."""


def header(shape: str, story: Story) -> str:
    """What a file of *shape* that begins with *story* opens with."""
    if shape == "csv":
        return _csv(_fields(story, Random(0))[0]) + "\n"
    if shape == "day":
        return f"# {story.outlet.name} ({story.date:%Y%m%d})\n\n## 详细新闻\n\n"
    return SHAPES[shape].opening
