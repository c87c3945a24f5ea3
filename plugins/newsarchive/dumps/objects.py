"""JSON of every kind: arrays, one object a line, objects one after another, wrapped, by column, broken.

An object that holds a story is a record; one that holds such objects is opened, so a wrapper of any size,
`][` between appended arrays and missing commas need no care. What strict JSON refuses is read leniently.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..article import Origin, Record, Refusal
from . import lenient
from .dump import MAX_RECORD_CHARS, Dump, Window, refusal
from .stories import DAY, by_column, holds_nothing, is_action, is_detail, is_wrapper, named_by, passed_on
from .stretches import BROKEN, outside
from .taking import has_story, take, written_in

NAME = "json"
WRAPPER_CHARS = 1 << 20
"""An object longer than this whose beginning shows records inside is opened, not read whole."""

PEEK_CHARS = 1 << 16
DROP_CHARS = 1 << 14
"""An error of the decoder counts the lines before it, so what stands there is kept short."""

MAX_OPEN = 32
EFFORT = 16
MIN_REACH = 1 << 12
DEEP_CHARS = 1000
"""Python's decoder gives up after so many brackets: what begins within so many characters is as deep."""

NOTE = "its JSON is broken; read as well as could be"
CUT_NOTE = "its JSON is cut off; read as well as could be"
COMMENTS = r"(?:\s|//[^\n]*\n|/\*.*?\*/)*+"
HEAD = re.compile(
    COMMENTS + r"(?:(?:var\s+|let\s+|const\s+)?[A-Za-z_$][\w$.]*\s*(?:=|\()\s*)?"
    r"(?:\"\{\\\"|(?:\[\s*)*\{\s*(?:[\"'}/]|[A-Za-z_]\w*\s*:|\Z)|\[\s*(?:\[\s*)*(?:[\"'\]]|\Z))"
)
PREFIX = re.compile(r"\s*(?:var\s+|let\s+|const\s+)?[A-Za-z_$][\w$.]*\s*(?:=|\()\s*(?=[\[{])")
STRING = r'"[^"\\]*(?:\\.[^"\\]*)*'
TOKEN = re.compile(rf'{STRING}(?:"|(?P<open>\Z))|[\[\]{{}}]', re.S)
NEXT = re.compile(r"\n[^\S\n]*+[\[{]")
GAP = re.compile(r"(?:[\s,:;()\x1e]|true|false|null|-?\d[\d.eE+-]*+|//[^\n]*+|/\*.*?\*/)*+", re.S)
KEY = re.compile(r"\{\s*([\"']?)([^\"'\s:{}\[\]]{1,60})\1\s*:")
DECODER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=lambda _: None)


class Level(NamedTuple):
    """A bracket that was opened."""

    bracket: str
    says: Mapping[str, object]
    """What it says of all records inside it."""


def sniff(name: str, head: str) -> bool:
    """Whether *head* begins as JSON does."""
    return bool(HEAD.match(head)) or (
        name.endswith((".json", ".jsonl", ".ndjson")) and head.lstrip()[:1] in tuple("[{")
    )


def read(dump: Dump) -> Iterator[Record | Refusal]:
    """The records of a JSON *dump*."""
    return _Reader(dump).records()


class _Reader:
    """Walks through a dump from object to object; `at` is where it stands in its window.

    `effort` is how many characters it may still read in vain: it earns EFFORT with each it gets past,
    so that however a dump is broken the time is linear. Without any, objects are read leniently only.
    """

    def __init__(self, dump: Dump) -> None:
        self.dump = dump
        self.window = Window(dump)
        self.levels: list[Level] = []
        self.key = ""
        self.untold: list[Refusal] = []
        """The key that was read last, if it may be a title; told unless a record stands under it."""

        self.effort = EFFORT << 22
        self.passed = 0
        self.too_deep = 0
        prefix = PREFIX.match(self.window.text)
        self.at = prefix.end() if prefix else 0

    def records(self) -> Iterator[Record | Refusal]:
        while token := self._token():
            yield from self._gap(token.start())
            if token[0] == "{" and len(self.levels) < MAX_OPEN:
                yield from self._object()
                yield from self._told()
            elif token[0][0] == '"':
                yield from self._told()
                yield from self._text(token)
            else:
                yield from self._told()
                self._bracket(token[0])
            if self.at > DROP_CHARS:
                self._drop()
        yield from self._told()
        yield from self._gap(len(self.window.text))

    def _told(self) -> Iterator[Refusal]:
        yield from self.untold
        self.untold = []

    def _token(self) -> re.Match[str] | None:
        """The next bracket or whole string."""
        while True:
            token = TOKEN.search(self.window.text, self.at)
            if token and token["open"] is None:
                return token
            if not self._grow():
                return TOKEN.search(self.window.text, token.start() + 1) if token else None

    def _grow(self) -> bool:
        """Take in more text, unless what stands here is longer than any record."""
        self._drop()
        return len(self.window.text) < MAX_RECORD_CHARS and self.window.more()

    def _drop(self) -> None:
        self.passed += self.at
        self.effort += EFFORT * self.at
        self.window.drop(self.at)
        self.at = 0

    def _is_inside_object(self) -> bool:
        return any(level.bracket == "{" for level in self.levels)

    def _gap(self, end: int) -> Iterator[Refusal]:
        """Between records stands punctuation only; inside an opened object anything may stand."""
        gap = self.window.text[self.at : end]
        if GAP.fullmatch(gap):
            pass
        elif self._is_inside_object():
            yield from outside(gap, self.window.origin(self.at))
        else:
            yield refusal(self.window.origin(self.at), f"no JSON: {gap.strip()[:40]!r}; mend or remove it", gap)
        self.at = end

    def _broken(self, origin: Origin, raw: str) -> Refusal:
        return refusal(origin, f"{BROKEN}: {raw.strip()[:40]!r}; mend or remove it", raw)

    def _bracket(self, bracket: str) -> None:
        self.at += 1
        if bracket in "[{" and len(self.levels) < MAX_OPEN:
            self.levels.append(Level(bracket, {"date": self.key} if DAY.fullmatch(self.key) else {}))
        elif bracket in "]}" and self.levels:
            self.levels.pop()

    def _text(self, token: re.Match[str]) -> Iterator[Record | Refusal]:
        """A string is a key or value of an opened object, or in a list of strings a story."""
        self.key = token[0][1:-1]
        origin = self.window.origin(self.at)
        self.at = token.end()
        if self._is_inside_object():
            self.untold = list(outside(self.key, origin))
        else:
            text = lenient.unescaped(self.key)
            written = written_in(text)  # JSON as a string of JSON: what was to be a line was encoded twice
            is_record = isinstance(written, dict) and has_story(written.items(), self.dump.mapping.keys)
            values = written if isinstance(written, dict) and is_record else {"text": text}
            yield take(values, origin, token[0], self.dump)

    def _object(self) -> Iterator[Record | Refusal]:
        """The record that begins here; an object of records is opened."""
        value, end, notes = self._value()
        is_nothing = bool(notes) and holds_nothing(value, self.dump.mapping.keys)
        if end < 0 or (not is_nothing and is_wrapper(value, self.dump.mapping.keys)):
            self.levels.append(Level("{", passed_on(value, self.key)))
            self.at += 1
            return
        raw, origin = self.window.text[self.at : end], self.window.origin(self.at)
        self.at = end
        is_inside = bool(self.levels) and self.levels[-1].bracket == "{"
        if is_action(value) or (is_inside and (is_nothing or is_detail(value, self.dump.mapping.keys))):
            yield from outside(raw, origin)
            return
        if is_nothing:
            yield self._broken(origin, raw)
            return
        said = {key: part for level in self.levels for key, part in level.says.items()}
        rows: Sequence[Mapping[str, object]] = by_column(value, self.dump.mapping.keys) or [value]
        if is_inside and (named := named_by(lenient.unescaped(self.key), value)):
            said |= named
            self.untold = []
        for row in rows:
            record = take({**said, **row}, origin, raw if row is value else str(row), self.dump)
            if notes:
                record = self._doubted(record, notes)
            yield record

    def _doubted(self, record: Record | Refusal, notes: tuple[str, ...]) -> Record | Refusal:
        """A *record* of broken JSON; one that was refused is told as the broken stretch it is."""
        if isinstance(record, Refusal):
            return self._broken(record.origin, record.raw)
        return replace(record, warnings=record.warnings + notes)

    def _value(self) -> tuple[Mapping[str, object], int, tuple[str, ...]]:
        """(value, end, warnings) of the object here; end is -1 for one too long to be a record."""
        while self.effort > 0 and self.passed + self.at >= self.too_deep:
            try:
                value, end = DECODER.raw_decode(self.window.text, self.at)
            except json.JSONDecodeError as error:
                self.effort -= error.pos - self.at
                if not _is_cut(error, len(self.window.text)):
                    break
                if self._is_long_wrapper():
                    return {}, -1, ()
                if not self._grow():
                    break
            except (ValueError, RecursionError):
                self.too_deep = self.passed + self.at + DEEP_CHARS
            else:
                return value, end, ()
        return self._mended()

    def _empty_heads(self) -> int:
        """Where the last of several heads in a row begins, as in `{"a":{"a":{"a":`; here if there is but one."""
        key, text, at = KEY.match(self.window.text, self.at), self.window.text, self.at
        if not key:
            return at
        head = key[0]
        while text.startswith(head, at + len(head)):
            at += len(head)
        return at

    def _next_alike(self) -> int:
        """Where the next object with the same key begins, or how far is looked for it."""
        text, key = self.window.text, KEY.match(self.window.text, self.at)
        reach = min(len(text), self.at + (MAX_RECORD_CHARS if self.effort > 0 else MIN_REACH))
        if key is None:
            found = NEXT.search(text, self.at + 1, reach)
        else:
            others = KEY.finditer(text, self.at + 1, reach)
            found = next((other for other in others if other[2] == key[2]), None)
        return found.start() if found else reach

    def _is_long_wrapper(self) -> bool:
        if len(self.window.text) - self.at < WRAPPER_CHARS:
            return False
        value, _, _ = lenient.parse(self.window.text[self.at : self.at + PEEK_CHARS])
        return isinstance(value, dict) and is_wrapper(value, self.dump.mapping.keys)

    def _mended(self) -> tuple[Mapping[str, object], int, tuple[str, ...]]:
        """The broken object here, read leniently up to where the next one begins with the same key."""
        if len(self.window.text) - self.at < WRAPPER_CHARS and not self.window.is_whole:
            self._grow()
        if (empty := self._empty_heads()) > self.at:
            return {}, empty, (NOTE,)
        end = self._next_alike()
        value, length, is_cut = lenient.parse(self.window.text[self.at : end])
        self.effort -= end - self.at - length
        if not isinstance(value, dict):
            return {}, end, ()
        return value, max(self.at + length, self.at + 1), (CUT_NOTE if is_cut else NOTE,)


def _is_cut(error: json.JSONDecodeError, length: int) -> bool:
    """Whether the text may just not be whole yet."""
    return error.pos + 20 > length or error.msg.startswith("Unterminated string")
