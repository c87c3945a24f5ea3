"""A folder of dumps in which every field of every format holds a hostile text."""

import csv
import html
import json
from collections.abc import Sequence
from pathlib import Path

from payloads import payloads

PER_ARTICLE = 10
FIELDS = ("title", "source", "author", "editor", "photographer", "category", "url", "summary", "dateline", "captured")
STORY = "记者昨天从市政府获悉，今年全市将新建三座图书馆，方便居民就近借书，工程预计明年年底完成，总投资约两亿元。"


def first(number: int) -> str:
    """What stands before payload *number* in a story, and shows that it was not lost."""
    return f"起{number}号"


def last(number: int) -> str:
    return f"止{number}号"


def articles(stride: int = 1) -> list[list[tuple[int, str]]]:
    """The payloads with their numbers, cut into articles; another *stride* mixes them otherwise.

    So articles of two formats share few payloads, and none is taken for a duplicate.
    """
    numbered = sorted(enumerate(payloads()), key=lambda it: it[0] * stride % 1009)
    return [numbered[start : start + PER_ARTICLE] for start in range(0, len(numbered), PER_ARTICLE)]


def lines(chosen: Sequence[tuple[int, str]], kind: str) -> list[str]:
    """The story of an article: each payload at the start of a line of its own, and once within one."""
    found = [f"{kind}第{chosen[0][0]}篇。{STORY}"]
    for number, text in chosen:
        found += [text.replace("\n", " ").replace("\r", " ") + last(number), f"{first(number)}{text}{last(number)}。"]
    return [*found, STORY]


def record(chosen: Sequence[tuple[int, str]], kind: str) -> dict[str, object]:
    """One article as a scraper would write it."""
    values: dict[str, object] = {name: text for name, (_, text) in zip(FIELDS, chosen, strict=False)}
    values |= {"date": f"2019-11-{chosen[0][0] % 28 + 1:02}", "tags": [text for _, text in chosen]}
    values |= {"content": "\n".join(lines(chosen, kind))}
    return values | {text: text for _, text in chosen if text not in values}


def write_dumps(folder: Path) -> None:
    """One JSON Lines file, one CSV file, and for each article a web page, a text and a text with labels."""
    folder.mkdir(parents=True)
    rows = [record(chosen, "行") for chosen in articles(1)]
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with (folder / "b.csv").open("w", encoding="utf-8", newline="") as file:
        names = ("title", "content", "date", "source", "author", "url", "tags", "remark")
        table = csv.DictWriter(file, names, extrasaction="ignore")
        table.writeheader()
        for chosen in articles(17):
            row = record(chosen, "列") | {"remark": chosen[0][1], "tags": ";".join(text for _, text in chosen)}
            table.writerow({name: str(value).replace("\0", "") for name, value in row.items()})
    for number, chosen in enumerate(articles(101)):
        (folder / f"c{number}.html").write_text(_page(chosen), "utf-8")
    for number, chosen in enumerate(articles(211)):
        (folder / f"d{number}.txt").write_text("\n".join(lines(chosen, "文")), "utf-8")
    for number, chosen in enumerate(articles(401)):
        (folder / f"e{number}.txt").write_text(_labelled(chosen), "utf-8")
    _named(folder)


def _page(chosen: Sequence[tuple[int, str]]) -> str:
    """A saved page whose site escaped its texts rightly."""
    values = {name: html.escape(text) for name, (_, text) in zip(FIELDS, chosen, strict=False)}
    story = "".join(f"<p>{html.escape(line)}</p>" for line in lines(chosen, "页"))
    heads = "".join(f'<meta name="{name}" content="{text}">' for name, text in values.items())
    head = f"<head><meta charset=utf-8><title>{values['title']}</title>{heads}</head>"
    return f"<html>{head}<body><h1>{values['title']}</h1><article>{story}</article></body></html>"


def _labelled(chosen: Sequence[tuple[int, str]]) -> str:
    labels = ("标题", "来源", "作者", "编辑", "链接", "关键词")
    heads = [f"{label}：{text.replace(chr(10), ' ')}" for label, (_, text) in zip(labels, chosen, strict=False)]
    return "\n".join([*heads, "日期：2019-11-20", "", *lines(chosen, "签")])


def _named(folder: Path) -> None:
    """Texts whose file or folder bears a payload's name, as far as the file system takes it."""
    for number, text in enumerate(payloads()):
        name = text.replace("/", "∕").replace("\0", "")[:60]
        if number % 7 == 0 and name.strip(". ~$") == name and name:
            (folder / f"{name}.txt").write_text(f"名第{number}篇。{STORY}\n{first(number)}{STORY}", "utf-8")
