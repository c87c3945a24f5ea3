"""The values of YAML: what stands on the lines of one record, as mappings, lists and texts."""

import re
from collections.abc import Sequence

from . import lenient

KEY = re.compile(
    r"(\s*+)(?:\"(?P<double>[^\"\n]{1,200})\"|'(?P<single>[^'\n]{1,200})'"
    r"|(?P<bare>(?![-?] |[\[{|>#&*!%@`\"'])[^:\n]{1,200}?|\?))"
    r"[ \t]*:(?:[ \t]+(?P<value>\S.*))?[ \t\r]*$"
)
MARK = re.compile(r"(?:[&!][^\s,\[\]{}]*[ \t]*)+")
BLOCK = re.compile(r"([|>])([-+1-9]{0,2})[ \t]*(?:#.*)?")
COMMENT = re.compile(r"[ \t]#.*$")
BREAKS = re.compile(r"\n+")
NOTHING = ("", "~", "null", "Null", "NULL")
MAX_DEPTH = 12


def mapping(lines: Sequence[str]) -> dict[str, object]:
    """The mapping on *lines*; what is none of it is overlooked.

    >>> mapping(["title: 防汛 # a", "tags:", "- 甲", "- 乙", "text: |", "  一。", "  二。", "at: {x: 1}"])
    {'title': '防汛', 'tags': ['甲', '乙'], 'text': '一。\\n二。', 'at': {'x': '1'}}
    """
    text = "\n".join(lines)
    if text.lstrip().startswith("{"):
        found = lenient.parse(text)[0]
        return found if isinstance(found, dict) else {}
    return _Reader(list(lines)).mapping(0, 0)[0]


def indent(line: str) -> int:
    """How many blanks *line* begins with."""
    return len(line) - len(line.lstrip(" "))


class _Reader:
    """One pass over the lines of one record."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def _next(self, at: int) -> int:
        """The next line that says something."""
        while at < len(self.lines) and (not self.lines[at].strip() or self.lines[at].lstrip().startswith("#")):
            at += 1
        return at

    def _within(self, at: int, depth: int) -> int:
        """The first line from *at* that stands no deeper than *depth*, blank ones left out."""
        while at < len(self.lines) and (not self.lines[at].strip() or indent(self.lines[at]) > depth):
            at += 1
        return at

    def mapping(self, at: int, level: int) -> tuple[dict[str, object], int]:
        """(mapping, line after it) of the keys as deep as that on the first line."""
        found: dict[str, object] = {}
        at = self._next(at)
        depth = indent(self.lines[at]) if at < len(self.lines) else 0
        while (at := self._next(at)) < len(self.lines) and indent(self.lines[at]) >= depth:
            key = KEY.match(self.lines[at])
            if not key or indent(self.lines[at]) > depth:
                at += 1
                continue
            name = lenient.unescaped(key["double"] or "") or key["single"] or key["bare"]
            found[str(name).strip()], at = self._value(key["value"] or "", at, depth, level)
        return found, at

    def _value(self, said: str, at: int, depth: int, level: int) -> tuple[object, int]:
        """(value that begins with what is *said* behind its key or dash, line after it)."""
        said = MARK.sub("", said, count=1) if said[:1] in ("&", "!") else said
        end = self._within(at + 1, depth)
        if block := BLOCK.fullmatch(said):
            return _block(self.lines[at + 1 : end], block[1]), end
        if said[:1] in ("'", '"'):
            return _quoted([said, *self.lines[at + 1 : end]]), end
        if said[:1] in ("[", "{"):
            return lenient.parse("\n".join([said, *self.lines[at + 1 : end]]))[0], end
        said = COMMENT.sub("", said).strip() if not said.startswith("#") else ""
        if said:
            said = "" if said in NOTHING else said
            return _folded([said, *self.lines[at + 1 : end]]), end
        return self._below(at, depth, end, level)

    def _below(self, at: int, depth: int, end: int, level: int) -> tuple[object, int]:
        """(value on the lines below a key, line after it)."""
        first = self._next(at + 1)
        line = self.lines[first] if first < len(self.lines) else ""
        if line.lstrip().startswith(("- ", "-\t")) or line.strip() == "-":
            if indent(line) >= depth and level < MAX_DEPTH:
                return self._sequence(first, level + 1)
        elif first < end and KEY.match(line) and level < MAX_DEPTH:
            return self.mapping(first, level + 1)
        return (_folded(self.lines[first:end]), end) if first < end else ("", max(end, at + 1))

    def _sequence(self, at: int, level: int) -> tuple[list[object], int]:
        found: list[object] = []
        depth = indent(self.lines[at])
        while (at := self._next(at)) < len(self.lines) and indent(self.lines[at]) == depth:
            line = self.lines[at]
            if not line.lstrip().startswith("-"):
                break
            rest = line[depth + 1 :].strip()
            value: object
            if KEY.match(rest):
                self.lines[at] = line[:depth] + " " + line[depth + 1 :]
                value, at = self.mapping(at, level)
            else:
                value, at = self._value(rest, at, depth, level)
            found.append(value)
        return found, at


def _block(lines: Sequence[str], kind: str) -> str:
    """A block of text; in a folded one a line break stands for a blank, a blank line for a break.

    >>> _block(["  一。", "", "  二。"], "|"), _block(["  a", "  b", "", "  c"], ">")
    ('一。\\n\\n二。', 'a b\\nc')
    """
    depth = min((indent(line) for line in lines if line.strip()), default=0)
    plain = [line[depth:].rstrip() for line in lines]
    return "\n".join(plain).strip("\n") if kind == "|" else _folded(plain)


def _folded(lines: Sequence[str]) -> str:
    """Lines of one text, joined by blanks; of line breaks in a row all but one are breaks."""
    text = "\n".join(line.strip() for line in lines).strip("\n")
    return BREAKS.sub(lambda run: "\n" * (len(run[0]) - 1) or " ", text)


def _quoted(lines: Sequence[str]) -> str:
    """A text in quotation marks, which may go over several lines."""
    quote = lines[0][0]
    joined = "\n".join([lines[0][1:], *(line.strip() for line in lines[1:])])
    if quote == '"':
        end = re.search(r'(?<!\\)(?:\\\\)*"', joined)
        inner = joined[: end.end() - 1] if end else joined
        return lenient.unescaped(_folded(re.sub(r"\\\n", "", inner).split("\n")))
    end = re.search(r"(?:[^']|'')*+'", joined)
    return _folded((joined[: end.end() - 1] if end else joined).replace("''", "'").split("\n"))
