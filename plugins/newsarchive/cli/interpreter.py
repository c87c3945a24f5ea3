"""Lines of English said in Chinese, by the tables; loaded where the terminal is Chinese only."""

import argparse
import io
import re
from functools import cache
from typing import TextIO

from ..ingest.reasons import in_chinese
from ..vocabulary import FOLDER, Pattern, read_patterns, read_table

TABLE = FOLDER / "terminal.toml"
EXAMPLE = re.compile(r"(  newsarchive .*?\S {2,}|exit status: )(\S.*)")
"""A line of examples, with what it does behind it, or the last line, with what each status means."""


@cache
def _table() -> tuple[Pattern, ...]:
    return read_patterns(TABLE, "line", notes=("zh",))


@cache
def _help() -> dict[str, str]:
    return dict(read_table(TABLE)["help"])


def interpret(parser: argparse.ArgumentParser) -> None:
    """Let *parser*, and those of its commands, explain themselves in Chinese."""
    parser.description = _explained(parser.description)
    parser.epilog = _explained(parser.epilog)
    for action in parser._actions:
        action.help = action.help and _explained(action.help)
        if isinstance(action, argparse._SubParsersAction):
            for choice in action._choices_actions:
                choice.help = _explained(choice.help)
            for inner in action.choices.values():
                interpret(inner)


def _explained(text: str | None) -> str | None:
    """*text* of a help page in Chinese, line by line, as far as the table goes; examples stay what one types."""
    if not text:
        return text
    said = _help()
    lines = (
        found[1].replace("exit status: ", "返回值：") + said.get(found[2], found[2])
        if (found := EXAMPLE.fullmatch(line))
        else said.get(line, line)
        for line in text.split("\n")
    )
    return "\n".join(lines)


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
