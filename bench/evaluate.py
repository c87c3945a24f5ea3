"""How much of what a person reads in a record the import reads: `python -m bench.evaluate GOLD.jsonl DUMPS`.

A line of the gold file names a record (`file` below DUMPS, `index` of the record in it) and what a reader finds:
`title` (others as good in `title_alternatives`), `date`, `date_partial` (`--11-20`), `source`, `reporters`,
`other_contributors`, `place`, `editor`, first and last characters of the story (`body_head20` with the dateline,
`body_lead20` without, `body_tail20`), strings that are not story (`boilerplate`), and `place_tags`. null: there is
none; a line without `place_tags` leaves them unjudged. Prints precision and recall field by field, and each miss. It
asserts nothing.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from newsarchive.article import Article, Refusal
from newsarchive.catalogue import catalogue
from newsarchive.dumps import read_dump
from newsarchive.script import fold
from newsarchive.vocabulary.headings import headings

Gold = dict[str, Any]
Words = tuple[str, ...]

PARTIAL = re.compile(r"-{1,2}\d\d(-\d\d)?|\d{4}(-\d\d)?")
CHARS = {"second": 19, "minute": 16, "day": 10, "month": 7, "year": 4, "none": 0}
DAY_CHARS = 10


class Answer(NamedTuple):
    """What a reader wants in a field, and what was found there."""

    wanted: Words
    found: Words


class Score(NamedTuple):
    """A field over all records."""

    right: int
    wanted: int
    found: int
    misses: list[str]


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bench.evaluate", description="Hold what is read from records against what a person read.",
        epilog="example:\n  python -m bench.evaluate gold.jsonl content/dumps",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    data = os.environ.get("NEWSARCHIVE_DATA", "")
    parser.add_argument("gold", type=Path, nargs="?", default=Path(data, "dumps", "GOLD.jsonl"))
    parser.add_argument("dumps", type=Path, nargs="?", help="folder of the dumps it names (that of GOLD)")
    options = parser.parse_args()
    if not options.gold.is_file():
        print(
            f"there is no file {options.gold}; name one, or the folder that holds dumps/GOLD.jsonl: "
            "make evaluate DATA=folder (or NEWSARCHIVE_DATA)",
            file=sys.stderr,
        )
        return 2
    read = list(read_gold(options.gold, options.dumps or options.gold.parent))
    lost = [gold["id"] for gold, article in read if article is None]
    print(f"{len(read)} records, {len(lost)} not taken {' '.join(lost)}")
    print_scores({name: score(answer, read) for name, answer in FIELDS.items()})
    return 0


def read_gold(file: Path, dumps: Path) -> Iterator[tuple[Gold, Article | None]]:
    """Each line of the gold *file* with the article made of its record; None if there is none."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            gold: Gold = json.loads(line)
            records = read_dump(dumps / gold["file"], dumps) if (dumps / gold["file"]).is_file() else iter(())
            record = next(islice(records, gold.get("index") or 0, None), None)
            result = None if record is None or isinstance(record, Refusal) else catalogue(record)
            yield gold, result if isinstance(result, Article) else None


def _several(value: Any) -> Words:
    return tuple(value) if isinstance(value, list) else (value,) if value else ()


def _title(gold: Gold, article: Article) -> Answer:
    found = () if article.title_derived else (article.title,)
    as_good = {_bare(title) for title in gold.get("title_alternatives") or ()}
    return Answer(found if as_good & set(map(_bare, found)) else _several(gold.get("title")), found)


def _moment(article: Article) -> str:
    return article.date.isoformat()[: CHARS[article.date_precision]] if article.date else ""


def _day(gold: Gold, article: Article) -> Answer:
    found = _moment(article)[:DAY_CHARS]
    return Answer(_several((gold.get("date") or "")[:DAY_CHARS]), _several(found if len(found) == DAY_CHARS else ""))


def _clock(gold: Gold, article: Article) -> Answer:
    """Hour and minute, and the second where the gold has it."""
    wanted, found = (gold.get("date") or "")[DAY_CHARS + 1 : CHARS["second"]], _moment(article)[DAY_CHARS + 1 :]
    return Answer(_several(wanted), _several(found[: len(wanted)] if wanted else found))


def _partial(gold: Gold, article: Article) -> Answer:
    wanted = gold.get("date_partial") or ""
    return Answer(_several(wanted if PARTIAL.fullmatch(wanted) else ""), _several(article.date_printed))


def _same(key: str, found_in: Callable[[Article], Iterable[str]]) -> Callable[[Gold, Article], Answer]:
    return lambda gold, article: Answer(_several(gold.get(key)), tuple(found_in(article)))


def _place(gold: Gold, article: Article) -> Answer:
    """A dateline may name the country as well as the town."""
    wanted = _several(gold.get("place"))
    return Answer(wanted, tuple(place for place in article.places if place in wanted) or article.places[:1])


def _begins(gold: Gold, article: Article) -> Answer:
    """A story may begin with its dateline, or behind it."""
    starts = [start for key in ("body_lead20", "body_head20") if (start := gold.get(key))]
    begun = article.paragraphs[0]
    right = [start for start in starts if _bare(begun).startswith(_bare(start))]
    return Answer(tuple((right or starts)[:1]), tuple(right[:1]) or (begun[:20],))


def _ends(gold: Gold, article: Article) -> Answer:
    wanted, ended = _several(gold.get("body_tail20")), article.paragraphs[-1]
    right = wanted and _bare(ended).endswith(_bare(wanted[0]))
    return Answer(wanted, wanted if right else (ended[-20:],) if wanted else ())


def _notices(gold: Gold, article: Article) -> Answer:
    """Strings to be kept out of the story; none is found too often."""
    wanted, story = _several(gold.get("boilerplate")), _bare("".join(article.paragraphs))
    return Answer(wanted, tuple(notice for notice in wanted if not _bare(notice) or _bare(notice) not in story))


def _place_tags(gold: Gold, article: Article) -> Answer:
    """A heading stands for those above it: who asks for 山東 finds what is filed under 煙臺."""
    if "place_tags" not in gold:
        return Answer((), ())
    entries = [entry for tag in article.tags_auto if (entry := headings().heading_of(tag)) and entry.kind == "place"]
    above = {slug for entry in entries for slug in headings().ancestors(entry.slug)}
    wanted = _several(gold.get("place_tags"))
    asked = {tag: entry.slug for tag in wanted if (entry := headings().heading_of(tag))}
    spelt = {slug: tag for tag, slug in asked.items()}
    found = [spelt.get(entry.slug, entry.label("zh-Hans")) for entry in entries]
    return Answer(wanted, (*found, *(tag for tag, slug in asked.items() if slug in above and tag not in found)))


FIELDS: dict[str, Callable[[Gold, Article], Answer]] = {
    "title": _title,
    "date: day": _day,
    "date: time": _clock,
    "date: partial": _partial,
    "source": _same("source", lambda article: _several(article.source)),
    "reporters": _same("reporters", lambda article: article.reporters),
    "other people": _same("other_contributors", lambda article: article.correspondents + article.photographers),
    "editor": _same("editor", lambda article: article.editors),
    "place": _place,
    "story begins": _begins,
    "story ends": _ends,
    "notices out": _notices,
    "place tags": _place_tags,
}
"""Field -> what is wanted and found of one record."""


def _bare(text: str) -> str:
    """*text* without signs and without the difference of scripts."""
    return fold("".join(char for char in text if char.isalnum()))


def score(answer: Callable[[Gold, Article], Answer], read: Iterable[tuple[Gold, Article | None]]) -> Score:
    """One field over all records; a record that was not taken is one miss in each."""
    right = wanted_in_all = found_in_all = 0
    misses = []
    for gold, article in read:
        wanted, found = answer(gold, article) if article else (("a record",), ())
        ours, theirs = {_bare(word): word for word in found}, {_bare(word): word for word in wanted}
        right += len(ours.keys() & theirs.keys())
        wanted_in_all += len(theirs)
        found_in_all += len(ours)
        if ours.keys() != theirs.keys():
            signs = [f"-{theirs[word]}" for word in theirs if word not in ours]
            misses.append("  ".join((gold["id"], *signs, *(f"+{ours[word]}" for word in ours if word not in theirs))))
    return Score(right, wanted_in_all, found_in_all, misses)


def print_scores(scores: dict[str, Score]) -> None:
    """A row for each field, then the misses: - wanted and not found, + found and not wanted."""
    print(f"\n{'field':16}{'wanted':>8}{'found':>8}{'right':>8}{'precision':>11}{'recall':>8}")
    for name, (right, wanted, found, _) in scores.items():
        shares = [f"{right / of:.0%}" if of else "–" for of in (found, wanted)]
        print(f"{name:16}{wanted:8}{found:8}{right:8}{shares[0]:>11}{shares[1]:>8}")
    for name, one in scores.items():
        if one.misses:
            print("\n".join(("", name, *(f"  {miss}" for miss in one.misses))))


if __name__ == "__main__":
    sys.exit(main())
