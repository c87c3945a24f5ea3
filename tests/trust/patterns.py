# ruff: noqa: C901, E501, RUF059 - a walk over the parsed pattern: one case for each kind of node
"""Every regular expression the program holds, and texts made to keep each of them busy."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import newsarchive

REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}
SAMPLES = {
    codes.CATEGORY_DIGIT: "1", codes.CATEGORY_NOT_DIGIT: "报", codes.CATEGORY_SPACE: " ", codes.CATEGORY_NOT_SPACE: "报",
    codes.CATEGORY_WORD: "报", codes.CATEGORY_NOT_WORD: "，",
}  # fmt: skip
COMMON = "报a1 \n\t，。（)<>&;:/-\\\"'　·　年月日"


def held() -> dict[str, re.Pattern[str]]:
    """Where a pattern is held -> the pattern; those of tables, too, as loaders keep what they read."""
    found: dict[str, re.Pattern[str]] = {}
    for info in pkgutil.walk_packages(newsarchive.__path__, "newsarchive."):
        if not info.name.endswith("__main__"):
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                if callable(value) and hasattr(value, "cache_info") and getattr(value, "__module__", "") == info.name:
                    value = _read(value)
                for number, pattern in enumerate(_within(value, 0)):
                    if isinstance(pattern.pattern, str):
                        found.setdefault(
                            pattern.pattern + str(pattern.flags), (f"{info.name}.{name}.{number}", pattern)
                        )  # type: ignore[arg-type]
    return dict(found.values())  # type: ignore[arg-type]


def anchored() -> frozenset[str]:
    """Names of patterns that are only tried at one place of a text, by `match` and `fullmatch`, never searched."""
    used: dict[str, set[str]] = {}
    for file in Path(newsarchive.__path__[0]).rglob("*.py"):
        for name, method in re.findall(r"\b(_?[A-Z][A-Z_0-9]*)(?:\[\w+\])?\.(\w+)", file.read_text("utf-8")):
            used.setdefault(name, set()).add(method)
    return frozenset(name for name, methods in used.items() if methods <= {"match", "fullmatch", "pattern"})


def _read(loader: Any) -> Any:
    """What a cached loader of a table gives; nothing where it wants arguments."""
    try:
        return loader()
    except TypeError:
        return ()


def _within(value: Any, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, tuple | list | frozenset | set):
        for part in value:
            yield from _within(part, depth + 1)
    elif depth < 4 and isinstance(value, Mapping):
        for part in value.values():
            yield from _within(part, depth + 1)
    elif depth < 4 and type(value).__module__.startswith("newsarchive"):
        slots = getattr(type(value), "__slots__", ()) or vars(value)
        for name in [slots] if isinstance(slots, str) else slots:
            yield from _within(getattr(value, name, None), depth + 1)


def hostile(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """(beginning, what to repeat after it) for each loop of *pattern*: what it loops over, after what leads there."""
    seen = set()
    flags = pattern.flags & ~re.UNICODE & ~re.DEBUG
    for lead, loop in _loops(parser.parse(pattern.pattern, flags)):
        for unit in {loop, loop[:1], loop[-1:], lead[-1:] + loop, lead}:
            for before in {lead, ""}:
                if unit and (before, unit) not in seen:
                    seen.add((before, unit))
                    yield before, unit
    for char in COMMON:
        if ("", char) not in seen:
            yield "", char


def _loops(tree: Any, lead: str = "") -> Iterator[tuple[str, str]]:
    """(a text that leads to the loop, a text it takes once) of every unbounded loop in a parsed pattern."""
    for code, value in tree:
        if code in REPEATS:
            least, most, inner = value
            if most >= 64:
                yield lead, _sample(inner)
            yield from _loops(inner, lead)
        elif code is codes.SUBPATTERN:
            yield from _loops(value[3], lead)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from _loops(branch, lead)
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _loops(value[1], lead)
        elif code is codes.ATOMIC_GROUP:
            yield from _loops(value, lead)
        lead += _sample([(code, value)])


def _sample(tree: Any) -> str:
    """A text that the parsed pattern *tree* takes, roughly."""
    out = ""
    for code, value in tree:
        if code is codes.LITERAL:
            out += chr(value)
        elif code is codes.NOT_LITERAL:
            out += "报" if value != ord("报") else "a"
        elif code is codes.ANY:
            out += "报"
        elif code is codes.IN:
            out += _member(value)
        elif code in REPEATS:
            out += _sample(value[2]) * max(1, value[0])
        elif code is codes.SUBPATTERN:
            out += _sample(value[3])
        elif code is codes.BRANCH:
            out += _sample(value[1][0])
        elif code is codes.ATOMIC_GROUP:
            out += _sample(value)
    return out


def _member(choices: Any) -> str:
    """One character of a set."""
    if choices[0][0] is codes.NEGATE:
        rule = re.compile("".join(_class(one) for one in choices[1:])[1:])
        return next(char for char in "报a1 ，\n\x00ｚ" + COMMON if not rule.match(char))
    code, value = choices[0]
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.RANGE:
        return chr(value[0])
    return SAMPLES.get(value, "报")


def _class(choice: Any) -> str:
    code, value = choice
    if code is codes.LITERAL:
        return f"|{re.escape(chr(value))}"
    if code is codes.RANGE:
        return f"|[{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}]"
    names = {codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_SPACE: r"\s", codes.CATEGORY_WORD: r"\w",
             codes.CATEGORY_NOT_SPACE: r"\S", codes.CATEGORY_NOT_WORD: r"\W", codes.CATEGORY_NOT_DIGIT: r"\D"}  # fmt: skip
    return f"|{names[value]}"
