"""Many stories, told again by some, written as dumps with their truth or straight as articles."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, TextIO

from newsarchive.article import Article
from newsarchive.frontmatter import render

from .glosses import annotate
from .shapes import SHAPES, Printed, header
from .story import ROLES, Story, carry_on, compose, outlets, sign

SHARES = {"exact": 0.08, "edition": 0.04, "reprint": 0.04, "sequel": 0.02}
"""How often a story repeats an earlier one, and how (see Story.kind); a sequel is no duplicate."""

EDGE_CHARS = 20
FILES_PER_FOLDER = 500
PASSAGES = {"zh-Hans": "记者随后再次致电核实，对方未有补充。", "zh-Hant": "記者稍後再次致電查證，對方未有補充。"}
UPDATES = {"zh-Hans": "（更新）", "zh-Hant": "【更新】"}


def stories(seed: int, count: int) -> Iterator[Story]:
    """The archive *seed*, *count* stories, in the order they reached the dumps."""
    return (story_at(seed, number) for number in range(count))


def story_at(seed: int, number: int) -> Story:
    """Story *number*: a new one, or an earlier one told again."""
    rng = Random(f"{seed}/{number}/plan")
    kind = _kind(rng)
    if kind and number:
        repeated = rng.randrange(number)
        earlier = compose(seed, repeated)
        if not _kind(Random(f"{seed}/{repeated}/plan")) and earlier.shape != "day":
            return replace(REPEATS[kind](seed, number, earlier), number=number, kind=kind, repeats=repeated)
    return compose(seed, number)


def _kind(rng: Random) -> str:
    return rng.choices(("", *SHARES), (1 - sum(SHARES.values()), *SHARES.values()))[0]


def _exact(seed: int, number: int, story: Story) -> Story:
    """The same record once more."""
    return story


def _edition(seed: int, number: int, story: Story) -> Story:
    """A later print: a word before the headline, a sentence more."""
    *rest, last = story.paragraphs
    paragraphs = (*rest, last + PASSAGES[story.lang])
    return replace(
        story, title=UPDATES[story.lang] + story.title, date=story.date + timedelta(hours=2), paragraphs=paragraphs
    )


def _reprint(seed: int, number: int, story: Story) -> Story:
    """Another outlet of the region prints the same words under its own byline a day later."""
    others = [outlet for outlet in outlets() if outlet.region == story.outlet.region and outlet != story.outlet]
    rng = Random(f"{seed}/{number}/reprint")
    outlet = rng.choice(others)
    shape = rng.choice([name for name in outlet.shapes if name != "day"])
    blank = dict.fromkeys(ROLES, ())
    moved = replace(story, date=story.date + timedelta(hours=rng.randrange(3, 30)))
    return replace(moved, outlet=outlet, shape=shape, **blank | sign(seed, number, outlet, moved))


def _sequel(seed: int, number: int, story: Story) -> Story:
    """Another story of a topic that opens like an earlier one, a day later: looks like a duplicate, is none."""
    moved = replace(story, date=story.date + timedelta(days=1), paragraphs=carry_on(seed, number, story))
    return replace(moved, **dict.fromkeys(ROLES, ()) | sign(seed, number, story.outlet, moved))


REPEATS: dict[str, Callable[[int, int, Story], Story]] = {
    "exact": _exact, "edition": _edition, "reprint": _reprint, "sequel": _sequel,
}  # fmt: skip


def printed(seed: int, story: Story) -> Printed:
    """*story* as its dump has it. An exact repeat prints as the first did, address and all."""
    number = story.repeats if story.kind == "exact" and story.repeats is not None else story.number
    return SHAPES[story.shape].render(replace(story, number=number), Random(f"{seed}/{number}/print"))


@dataclass(slots=True)
class _Desk:
    """The dump file that one outlet's records of one shape go to at present."""

    folder: Path
    shape: str
    files: int = 0
    records: int = 0
    day: str = ""
    out: TextIO | None = field(default=None)

    def write(self, story: Story, text: str, rng: Random) -> tuple[Path, int]:
        """Add a record; the file it went to and its place there, counted from 0."""
        shape = SHAPES[self.shape]
        day = f"{story.date:%Y%m%d}" if self.shape == "day" else ""
        if self.out is None or self.records == shape.records_per_file or day != self.day:
            self.close()
            self._open(story, day)
        else:
            self._write(rng.choice(shape.breaks) if shape.breaks and rng.random() < 0.1 else shape.between)
        self._write(text)
        self.records += 1
        return self.path, self.records - 1

    @property
    def path(self) -> Path:
        part = f"{self.files // FILES_PER_FOLDER:03}" if SHAPES[self.shape].records_per_file == 1 else ""
        return self.folder / part / f"{self.day or f'{self.files:06}'}.{SHAPES[self.shape].suffix}"

    def close(self) -> None:
        if self.out is not None:
            self._write(SHAPES[self.shape].closing)
            self.out.close()
            self.out = None

    def _open(self, story: Story, day: str) -> None:
        shape = SHAPES[self.shape]
        self.files, self.records, self.day = self.files + 1, 0, day
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.out = self.path.open("w", encoding=shape.encoding, newline=shape.newline, errors="replace")
        self._write(header(self.shape, story))

    def _write(self, text: str) -> None:
        if self.out is not None:
            self.out.write(text)


def write_dumps(out: Path, seed: int, count: int) -> None:
    """Write *out*/dumps and *out*/truth.jsonl; both are made anew."""
    out.mkdir(parents=True, exist_ok=True)
    desks: dict[tuple[str, str], _Desk] = {}
    with (out / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for story in stories(seed, count):
            key = (story.outlet.site, story.shape)
            desk = desks.setdefault(key, _Desk(out / "dumps" / story.outlet.site / story.shape, story.shape))
            record = printed(seed, story)
            path, index = desk.write(story, record.text, Random(f"{seed}/{story.number}/file"))
            row = _truth(story, record) | {"file": path.relative_to(out / "dumps").as_posix(), "index": index}
            truth.write(json.dumps(row, ensure_ascii=False) + "\n")
    for desk in desks.values():
        desk.close()


def _truth(story: Story, record: Printed) -> dict[str, Any]:
    """What an import should find in *record*."""
    as_printed = partial(annotate, glosses=False) if story.shape == "gloss" else str
    return {
        "number": story.number, "kind": story.kind, "repeats": story.repeats, "shape": story.shape, "lang": story.lang,
        "title": record.title, "date": record.date, "source": record.source, "outlet": story.outlet.name,
        **{role: tuple(map(as_printed, getattr(story, role))) for role in ROLES},
        "dateline": as_printed(story.dateline), "place": as_printed(story.city if story.has_place else ""),
        "begins": as_printed(story.paragraphs[0][:EDGE_CHARS]), "ends": as_printed(story.paragraphs[-1][-EDGE_CHARS:]),
        "notice": as_printed(story.notice),
    }  # fmt: skip


def write_articles(out: Path, seed: int, count: int) -> None:
    """Write the archive straight as *out*/SLUG.md, as a perfect import would; for benchmarks of the build."""
    for story in stories(seed, count):
        if story.kind in ("original", "sequel"):
            path = out / f"{(article := article_of(seed, story)).slug}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(render(article), "utf-8", newline="\n")


def article_of(seed: int, story: Story) -> Article:
    """*story* as a perfect import would catalogue it."""
    digest = sha256(f"{seed}/{story.number}".encode()).hexdigest()
    return Article(
        title=story.title, date=story.date, date_precision="second", slug=f"{story.date:%Y/%m/%d}-{digest[:12]}",
        source=story.outlet.name, reporters=story.reporters, correspondents=story.correspondents,
        photographers=story.photographers, editors=story.editors, dateline=story.dateline, places=(story.city,),
        tags_auto=(story.city, story.section), category=story.section, lang=story.lang, original_url=story.url,
        original_file=f"{story.outlet.site}.{SHAPES[story.shape].suffix}:{story.number}", sha256=digest,
        paragraphs=story.paragraphs, boilerplate=tuple(filter(None, (story.notice,))),
    )  # fmt: skip
