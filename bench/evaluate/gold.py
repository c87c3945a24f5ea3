"""Gold files -> records a person has read, each with the article the import makes of it.

A line of a gold file names a record (`file` below a folder, `index` of the record in it) and what a reader finds:

    title, title_alternatives   as printed, without residue of the page; others as good
    date, modified              of publication and of a later edition: 2019-11-20, 2019-11-20T17:54:11
    date_partial                where the year is not said: --11-20
    source, place, editor       the outlet; the place of dateline or byline; null: there is none
    source_alternatives         as good, e.g. the name of its site
    reporters, correspondents, photographers, other_contributors (the last two together)
    body_lead20, body_head20    first characters of the story, behind its dateline and with it
    body_tail20, tail_alternatives   last characters; others as good; null: not judged
    boilerplate                 strings of the record that are not story
    body_has                    strings of the story that must not be lost
    place_tags                  places the article is about
    refused                     true: there is no story in it, only a headline perhaps

A field that a line does not name is not judged; `part` names the half of a file a line belongs to.
A file of facts (see `facts`) holds characters by their offsets, so that texts of others need not be published.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from newsarchive.article import Article, Record, Refusal
from newsarchive.catalogue import catalogue
from newsarchive.dumps import read_dump

from .facts import StrangeFileError, is_facts, strings_of

Gold = Mapping[str, Any]


class Reading(NamedTuple):
    """A record as a person reads it, and as the import does."""

    gold: Gold
    article: Article | None
    """None: refused, or there is no such record."""


class Gilded(NamedTuple):
    """A gold file, resolved."""

    readings: list[Reading]
    skipped: list[str]
    """Why lines could not be held against the texts, e.g. `taiwan/a.json is another file than was read`."""


def read_gold(file: Path, folder: Path, part: str = "") -> Gilded:
    """Each line of the gold *file*, or those of a *part* of it, with the article made of its record in *folder*."""
    gilded = Gilded([], [])
    for gold in lines_of(file):
        if part and gold.get("part") != part:
            continue
        try:
            known = strings_of(gold, folder) if is_facts(gold) else gold
        except StrangeFileError as error:
            gilded.skipped.append(f"{gold['id']}: {error}")
        else:
            gilded.readings.append(Reading(known, _article(folder / gold["file"], folder, gold.get("index") or 0)))
    return gilded


def lines_of(file: Path) -> Iterator[Gold]:
    """The lines of a gold file or of a file of facts."""
    return (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())


def _article(path: Path, folder: Path, index: int) -> Article | None:
    record = next(islice(records_of(path, folder), index, None), None)
    result = None if record is None or isinstance(record, Refusal) else catalogue(record)
    return result if isinstance(result, Article) else None


@cache
def records_of(path: Path, folder: Path) -> tuple[Record | Refusal, ...]:
    """What the dump holds; nothing if there is no such file. Kept, as one dump has many gold records."""
    return tuple(read_dump(path, folder)) if path.is_file() else ()
