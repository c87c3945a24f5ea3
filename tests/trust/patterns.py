# ruff: noqa: C901, E501, RUF059 - a walk over the parsed pattern: one case for each kind of node
"""Every regular expression the program holds, and texts made to keep each of them busy."""

import ast
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
    found: dict[str, tuple[str, re.Pattern[str]]] = {}
    for info in pkgutil.walk_packages(newsarchive.__path__, "newsarchive."):
        if not info.name.endswith("__main__"):
            module = importlib.import_module(info.name)
            borrowed = _imported(Path(module.__file__ or ""))
            for name, value in vars(module).items():
                if callable(value) and hasattr(value, "cache_info") and getattr(value, "__module__", "") == info.name:
                    value = _read(value)
                for number, pattern in enumerate(_within(value, 0) if name not in borrowed else ()):
                    if isinstance(pattern.pattern, str):
                        key = f"{pattern.pattern}/{pattern.flags}"
                        found.setdefault(key, (f"{info.name}.{name}.{number}", pattern))
    return dict(found.values())


def anchored() -> frozenset[str]:
    """Where patterns are held that are only tried at one place of a text, by `match` and `fullmatch`, never searched.

    A pattern of a table is held by no name of its own, so it counts as searched.
    """
    used: dict[str, set[str]] = {}
    for file in Path(newsarchive.__path__[0]).rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        places = _imported(file)
        module = _dotted(file)
        for name, method in _methods(tree):
            used.setdefault(places.get(name, f"{module}.{name}"), set()).add(method)
    return frozenset(place for place, methods in used.items() if methods <= {"match", "fullmatch", "pattern"})


def _dotted(file: Path) -> str:
    parts = file.relative_to(Path(newsarchive.__path__[0]).parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(file: Path) -> dict[str, str]:
    """Name in *file* -> where it comes from."""
    tree = ast.parse(file.read_text("utf-8"))
    package = _dotted(file).split(".")[: None if file.name == "__init__.py" else -1]
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            top = package[: len(package) - node.level + 1] + ([node.module] if node.module else [])
            found |= {it.asname or it.name: ".".join([*top, it.name]) for it in node.names}
    return found


def _methods(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(name in capitals, what is asked of it); a name that is handed on is asked for anything."""
    loops: dict[str, set[str]] = {}
    plain = set()
    for node in ast.walk(tree):
        match node:
            case ast.For(ast.Name(target), ast.Tuple(parts)) | ast.comprehension(ast.Name(target), ast.Tuple(parts)):
                names = [it for it in parts if isinstance(it, ast.Name)]
                loops.setdefault(target, set()).update(it.id for it in names)
                plain |= set(map(id, names))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            holder = node.value.value if isinstance(node.value, ast.Subscript) else node.value
            if isinstance(holder, ast.Name):
                plain.add(id(holder))
                yield from ((name, node.attr) for name in {holder.id} | loops.get(holder.id, set()))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in plain:
            yield node.id, "handed on"


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
