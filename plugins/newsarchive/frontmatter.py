"""Article <-> Markdown with front matter. `parse(render(a))` gives *a* back.

The head is Pelican's own: `Name: value` lines, further values indented by four spaces,
then a blank line. FIELDS is the whole list. The body is prose: what Markdown would read
as markup is escaped, so it reads as it was written and nothing in a dump becomes markup.
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from hashlib import blake2b
from typing import Any, NamedTuple

from .article import Article
from .errors import FrontMatterError

HEAD_LINE = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9_-]*)\s*:[ \t]*(?P<value>.*)")
WHOLE_FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9_-]*):[ \t]*(.*(?:\n    .*)*)(?:\n|\Z)", re.M)
"""A field with all its lines. A head that consists of such, as `render` writes it, is read at once: half the time."""

SEAL = re.compile(r"^Generated: ([0-9a-f]{16})\n", re.M)
SPECIAL = re.compile(r"[\\`*_{}\[\]]")
LINE_START = re.compile(r"^([#>+=~:-]|\d+(?=[.)]))", re.M)
ESCAPED = re.compile(r"\\([\\`*_{}\[\]])|&(amp|lt|#\d+);")
NOT_PLAIN = re.compile(r"[\\`*_{}\[\]&<]|^[#>+=~:-]|^\d+[.)]", re.M)
"""Where a body may hold markup or something escaped; most hold none."""

ENTITIES = {"amp": "&", "lt": "<"}


class Kind(NamedTuple):
    """How one sort of value is written and read."""

    write: Callable[[Any], Iterable[str]]
    """Value -> lines; no line for an empty value."""

    read: Callable[[list[str]], Any]
    """Lines -> value. Raises ValueError with what was expected."""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _write_list(names: tuple[str, ...]) -> list[str]:
    """Join by semicolons, as Pelican does; a lone name with a comma keeps a semicolon behind it."""
    joined = "; ".join(_one_line(name).replace(";", "；") for name in names)
    return [joined + ";" if len(names) == 1 and re.search("[,，、；]", joined) else joined]


def _read_list(lines: list[str]) -> tuple[str, ...]:
    text = ";".join(lines)
    separator = ";" if ";" in text else "[;；,，、]"
    return tuple(filter(None, (name.strip() for name in re.split(separator, text))))


def _read_date(lines: list[str]) -> datetime:
    try:
        date = datetime.fromisoformat(lines[0].strip())
    except ValueError:
        date = None  # a person may have written anything here
    if date is None or date.tzinfo is None:
        raise ValueError("a date with its zone, like 2019-11-20 17:54:11+08:00")
    return date


def _read_yes(lines: list[str]) -> bool:
    if lines[0].strip().lower() not in ("yes", "no"):
        raise ValueError("yes or no")
    return lines[0].strip().lower() == "yes"


def _read_off(lines: list[str]) -> bool:
    if lines[0].strip().lower() not in ("on", "off"):
        raise ValueError("off, or no such line")
    return lines[0].strip().lower() == "off"


def _read_map(lines: list[str]) -> tuple[tuple[str, str], ...]:
    pairs = [tuple(part.strip() for part in entry.split("=")) for entry in _read_list(lines)]
    if not all(len(pair) == 2 and all(pair) for pair in pairs):
        raise ValueError("words and what they become, like 杨杰=楊傑; 里昂=里昂")
    return tuple((found, wanted) for found, wanted in pairs)


def _read_counts(lines: list[str]) -> tuple[tuple[str, int], ...]:
    pairs = [part.rpartition(" ") for part in _read_list(lines)]
    if not all(count.isdecimal() for _, _, count in pairs):
        raise ValueError("rules with counts, like glosses 139; punctuation 61")
    return tuple((name, int(count)) for name, _, count in pairs)


TEXT = Kind(lambda v: [_one_line(v)], lambda lines: _one_line(" ".join(lines)))
LIST = Kind(_write_list, _read_list)
LINES = Kind(lambda v: map(_one_line, v), lambda lines: tuple(line.strip() for line in lines))
DATE = Kind(lambda v: [v.isoformat(sep=" ")], _read_date)
YES = Kind(lambda v: ["yes"], _read_yes)
OFF = Kind(lambda v: ["off"], _read_off)
MAP = Kind(lambda v: _write_list(tuple(f"{found}={wanted}" for found, wanted in v)), _read_map)
COUNTS = Kind(lambda v: ["; ".join(f"{name} {count}" for name, count in v)], _read_counts)
PAIRS = Kind(
    lambda v: (f"{_one_line(name)}: {_one_line(value)}" for name, value in v),
    lambda lines: tuple((name.strip(), value.strip()) for name, _, value in (line.partition(": ") for line in lines)),
)

FIELDS: dict[str, tuple[str, Kind]] = {
    "Title": ("title", TEXT),
    "Title-Derived": ("title_derived", YES),
    "Date": ("date", DATE),
    "Date-Precision": ("date_precision", TEXT),
    "Date-Printed": ("date_printed", TEXT),
    "Modified": ("modified", DATE),
    "Slug": ("slug", TEXT),
    "Source": ("source", TEXT),
    "Reprint-From": ("reprint_from", LIST),
    "Reporters": ("reporters", LIST),
    "Correspondents": ("correspondents", LIST),
    "Photographers": ("photographers", LIST),
    "Editors": ("editors", LIST),
    "Dateline": ("dateline", TEXT),
    "Places": ("places", LIST),
    "Tags": ("tags", LIST),
    "Tags-Auto": ("tags_auto", LIST),
    "Tags-Not": ("tags_not", LIST),
    "Category": ("category", TEXT),
    "Lang": ("lang", TEXT),
    "Machine-Traditional": ("machine_traditional", YES),
    "Convert": ("convert_off", OFF),
    "Convert-Keep": ("convert_keep", LIST),
    "Convert-Map": ("convert_map", MAP),
    "Original-URL": ("original_url", TEXT),
    "Original-File": ("original_file", TEXT),
    "Original-Encoding": ("original_encoding", TEXT),
    "SHA256": ("sha256", TEXT),
    "Captured": ("captured", TEXT),
    "Other-Sources": ("other_sources", LINES),
    "Cleaning": ("cleaning", COUNTS),
    "Repairs": ("repairs", LINES),
    "Import-Warnings": ("warnings", LINES),
    "Boilerplate": ("boilerplate", LINES),
    "Fields": ("fields", PAIRS),
}
"""Name in the file -> attribute of Article and how its value is written, in the order of the file."""

BY_NAME = {name.lower().replace("-", "_"): (name, *entry) for name, entry in FIELDS.items()}


def render(article: Article) -> str:
    """Markdown file of *article*, ready for Pelican; its `Generated` line seals the rest."""
    lines = []
    for name, (attribute, kind) in FIELDS.items():
        if value := getattr(article, attribute):
            lines.append(f"{name}: " + "\n    ".join(kind.write(value)) + "\n")
    head = "".join(lines)
    body = article.markup or "\n\n".join(map(escape, article.paragraphs))
    text = f"{head}\n{body}\n"
    return f"{head}Generated: {_digest(text)}\n\n{body}\n"


def is_edited(markdown: str) -> bool:
    """Whether a person has changed a file since `render` wrote it."""
    seal = SEAL.search(markdown)
    return seal is None or seal[1] != _digest(markdown[: seal.start()] + markdown[seal.end() :])


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def parse(markdown: str, where: str = "article") -> Article:
    """Inverse of `render`; *where* names the file in errors.

    Raises:
        FrontMatterError: a line is no field, a value cannot be read, a needed field is missing.
    """
    head, body = _parted(markdown)
    values: dict[str, Any] = {}
    for number, name, lines in _fields_at_once(head) or _head_fields(head, where):
        if (entry := _known(name)) and any(lines):
            try:
                values[entry[1]] = entry[2].read(lines)
            except ValueError as error:
                raise FrontMatterError(
                    f"{where}:{number}: {entry[0]} is {lines[0][:40]!r}; expected {error}; mend the line and run again"
                ) from error
    return _article(values, body, where)


def _parted(markdown: str) -> tuple[str, str]:
    """Head and body."""
    lines = markdown.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    head, _, body = lines.partition("\n\n")
    return head, body.strip("\n")


def paragraphs_of(markdown: str) -> tuple[str, ...]:
    """The paragraphs `parse` would find, its head left unread."""
    return _paragraphs(_parted(markdown)[1])[0]


@cache
def _known(name: str) -> tuple[str, str, Kind] | None:
    """Entry of BY_NAME for a *name* as a file writes it."""
    return BY_NAME.get(name.lower().replace("-", "_"))


def _fields_at_once(head: str) -> list[tuple[int, str, list[str]]]:
    """What `_head_fields` finds, or nothing if there is anything else in *head*."""
    found = []
    number, end = 1, 0
    for match in WHOLE_FIELD.finditer(head):
        if match.start() != end:
            return []
        lines = match[2].split("\n")
        found.append((number, match[1], [line.strip() for line in lines]))
        number, end = number + len(lines), match.end()
    return found if end == len(head) else []


def _head_fields(head: str, where: str) -> Iterable[tuple[int, str, list[str]]]:
    """(line number, name, value lines) of each field in *head*."""
    found: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(head.split("\n"), 1):
        if line.startswith("    ") and found:
            found[-1][2].append(line.strip())
        elif match := HEAD_LINE.fullmatch(line):
            found.append((number, match["name"], [match["value"].strip()]))
        elif line.strip() not in ("", "---"):
            raise FrontMatterError(
                f"{where}:{number}: {line[:40]!r} is no field; expected `Name: value`, "
                "or four spaces before a further value; mend the line and run again"
            )
    return found


def _article(values: dict[str, Any], body: str, where: str) -> Article:
    for name in ("title", "slug", "sha256"):
        if not values.get(name):
            raise FrontMatterError(
                f"{where}: the field {name.title()} is missing; put it back, or delete the file and run again"
            )
    paragraphs, is_prose = _paragraphs(body)
    if not paragraphs:
        raise FrontMatterError(f"{where}: no text below the head; expected a blank line, then the story")
    return Article(**values, paragraphs=paragraphs, markup="" if is_prose else body)


def _paragraphs(body: str) -> tuple[tuple[str, ...], bool]:
    """The paragraphs of *body*, and whether they are all there is to it: prose as `render` writes it."""
    if not NOT_PLAIN.search(body):
        plain = tuple(body.split("\n\n"))
        if not any("\n" in text or not text or text.isspace() for text in plain):
            return plain, True
    blocks = [block.strip("\n") for block in re.split(r"\n\s*\n", body) if block.strip()]
    words = tuple(unescape(block) for block in blocks)
    is_prose = all(escape(text) == block and "\n" not in text for text, block in zip(words, blocks, strict=True))
    return (words if is_prose else tuple(_one_line(text) for text in words)), is_prose


def escape(paragraph: str) -> str:
    r"""Protect what Markdown would read as markup.

    >>> print(escape("1. 5G* [a] <b> & c"))
    &#49;. 5G\* \[a\] &lt;b> &amp; c
    """
    text = SPECIAL.sub(r"\\\g<0>", paragraph.replace("&", "&amp;").replace("<", "&lt;"))
    return LINE_START.sub(lambda m: f"&#{ord(m[1][0])};{m[1][1:]}", text)


def unescape(text: str) -> str:
    """Inverse of `escape`."""
    return ESCAPED.sub(lambda m: m[1] or ENTITIES.get(m[2]) or chr(int(m[2][1:])), text)
