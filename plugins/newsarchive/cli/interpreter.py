"""Lines of English said in Chinese, by the tables; loaded where the terminal is Chinese only."""

import io
from functools import cache
from typing import TextIO

from ..ingest.reasons import in_chinese
from ..vocabulary import FOLDER, Pattern, read_patterns


@cache
def _table() -> tuple[Pattern, ...]:
    return read_patterns(FOLDER / "terminal.toml", "line", notes=("zh",))


def said_in_chinese(line: str) -> str:
    """A *line* a command printed, in Chinese as far as the tables go.

    >>> said_in_chinese("site: 9 articles; no pages; 3.1 s"), said_in_chinese("import: 写入 3 篇")
    ('网站：9 篇文章；没有生成网页；用时 3.1 秒', '导入：写入 3 篇')
    >>> said_in_chinese("newsarchive: a.txt:1: an empty file; fetch it again or remove it")
    'newsarchive：a.txt:1: 空文件；请重新抓取或删去'
    """
    for entry in _table():
        if found := entry.regex.search(line):
            groups = {name: text or "" for name, text in found.groupdict().items()}
            said = {name: said_in_chinese(text) for name, text in groups.items() if name.startswith("said")}
            return entry.notes["zh"].format_map(groups | said)
    where, mark, reason = line.partition(": ")
    return where + mark + in_chinese(reason)


class Interpreter(io.TextIOBase):
    """A stream that says whole lines in Chinese on another, and passes on what moves within a line."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.begun = ""

    def write(self, text: str, /) -> int:
        *lines, self.begun = (self.begun + text).split("\n")
        for line in lines:
            self.stream.write(said_in_chinese(line) + "\n")
        if "\r" in self.begun:
            self.flush()
        return len(text)

    def flush(self) -> None:
        self.stream.write(self.begun)
        self.begun = ""
        self.stream.flush()

    def isatty(self) -> bool:
        return self.stream.isatty()
