"""Measure places, topics and headlines on articles read and labelled by hand; speed, memory and start as well.

    NEWSARCHIVE_DATA=FOLDER python -m bench.tagging [seen|locked]

FOLDER/corpus holds xinwenlianbo/*.md and taiwan/apple_realtime.json. tagging_labels.csv has the labels by the
number of the article: the half `seen` was open while rules were written, `locked` was not. A label with `?` is
neither demanded nor wrong. The labels were made from the title and the first 110 characters.
"""

import csv
import html
import json
import os
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import rjieba

from newsarchive.headline import headline
from newsarchive.script import fold
from newsarchive.tagging import places_of, tags_of
from newsarchive.vocabulary.headings import Entry, headings

LABELS = Path(__file__).with_name("tagging_labels.csv")
TITLE_CHARS, LEAD_CHARS, SHORT_CHARS, NEXT_CHARS = 60, 110, 50, 60
HEADLINES = 324


@dataclass(frozen=True, slots=True)
class Story:
    title: str
    paragraphs: tuple[str, ...]

    @property
    def lead(self) -> tuple[str, ...]:
        """What the labels were made from."""
        first, *rest = self.paragraphs
        if len(first) >= SHORT_CHARS:
            return (first[:LEAD_CHARS],)
        return (first, *(paragraph[:NEXT_CHARS] for paragraph in rest[:1]))


def read_stories(corpus: Path) -> Iterator[tuple[str, Story]]:
    """(number, story) of every article long enough to read."""
    for path in sorted((corpus / "xinwenlianbo").glob("*.md")):
        for number, part in enumerate(re.split("^### ", path.read_text("utf-8"), flags=re.M)[1:]):
            title, _, body = part.partition("\n")
            body = re.sub(r"\[查看原文\].*", "", body)
            lines = (html.unescape(re.sub("<[^>]+>", "", line)).strip() for line in re.split(r"</p>|<br ?/?>|\n", body))
            found = tuple(filter(None, (line.removeprefix("央视网消息（新闻联播）：").strip() for line in lines)))
            if sum(map(len, found)) > 60:
                yield f"{path.stem}-{number}", Story(title.strip(), found)
    apple = json.JSONDecoder().raw_decode((corpus / "taiwan/apple_realtime.json").read_text("utf-8"))[0]
    for number, item in enumerate(apple):
        if len(item["content"].strip()) > 40:
            yield f"apple-{number}", Story(item["title"].removesuffix("字級："), (item["content"].strip(),))


@dataclass(slots=True)
class Tally:
    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, found: set[str], wanted: set[str], optional: set[str]) -> None:
        self.right += len(found & wanted)
        self.wrong += len(found - wanted - optional)
        self.missed += len(wanted - found)

    def __str__(self) -> str:
        precision, recall = self.right / (self.right + self.wrong), self.right / (self.right + self.missed)
        f1 = 2 * precision * recall / (precision + recall)
        counts = f"{self.right} right, {self.wrong} wrong, {self.missed} missed"
        return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({counts})"


def slugs(names: str, kind: str) -> tuple[set[str], set[str]]:
    """Slugs of the labels demanded, and of those allowed; a name the vocabulary lacks stands for itself."""
    demanded: set[str] = set()
    allowed: set[str] = set()
    for name in names.split():
        entry = named(name.rstrip("?"), kind)
        (allowed if name.endswith("?") else demanded).add(entry.slug if entry else name.rstrip("?"))
    return demanded, allowed


def named(name: str, kind: str) -> Entry | None:
    entries = headings().entries.values()
    near = (e for e in entries if kind == "place" and (name in e.weak or e.labels["zh-Hans"][:-1] == name))
    return headings().heading_of(name) or next((entry for entry in near if entry.kind == "place"), None)


def related(slug: str, others: Iterable[str]) -> bool:
    """Whether one of *others* is *slug*, or stands above or below it."""
    line = {slug, *headings().ancestors(slug)}
    return any(other in line or slug in headings().ancestors(other) for other in others)


def measure_tags(stories: dict[str, Story], half: str, whole: bool) -> None:
    """Print figures for *half* of the labels, tags made of the *whole* story or of the lead only."""
    places, place_tags, topics = Tally(), Tally(), Tally()
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["half"] == half]
    for row in rows:
        story = stories[row["article"]]
        title = story.title[:TITLE_CHARS]
        wanted, optional = slugs(row["places"], "place")
        places.add({entry.slug for entry in places_of("\n".join((title, *story.lead)))}, wanted, optional)
        tags = [headings().heading_of(tag) for tag in tags_of(title, story.paragraphs if whole else story.lead)]
        place_tags.add({e.slug for e in tags if e and e.kind == "place"}, wanted, optional)
        wanted, optional = slugs(row["topics"], "topic")
        found = {e.slug for e in tags if e and e.kind in ("topic", "organisation")}
        met = {slug for slug in wanted if related(slug, found)}
        topics.add(met | {slug for slug in found if not related(slug, wanted | optional)}, wanted, optional)
    print(f"{half}, {len(rows)} leads, tags from the {'story' if whole else 'lead'}")
    print(f"  places named  {places}\n  place tags    {place_tags}\n  topics        {topics}")


def rouge_l(candidate: list[str], reference: list[str]) -> float:
    row = [0] * (len(reference) + 1)
    for token in candidate:
        diagonal = 0
        for column, other in enumerate(reference, 1):
            diagonal, row[column] = row[column], diagonal + 1 if token == other else max(row[column], row[column - 1])
    return 2 * row[-1] / ((len(candidate) + len(reference)) or 1)


def measure_headlines(stories: dict[str, Story]) -> None:
    """ROUGE-L (F) of headlines against titles they have not seen, half from each corpus."""
    chance = random.Random(7)
    groups = [[s for n, s in stories.items() if n.startswith("apple") == taiwan] for taiwan in (False, True)]
    chosen = [s for group in groups for s in chance.sample([s for s in group if "快讯" not in s.title], HEADLINES // 2)]
    makers: dict[str, Callable[[Story], str]] = {
        "first sentence": lambda story: re.split("[。！？]", story.paragraphs[0])[0],
        "26 characters": lambda story: story.paragraphs[0][:26],
        "headline": lambda story: headline(story.paragraphs),
    }
    for name, make in makers.items():
        pairs = [(fold(make(story)), fold(story.title)) for story in chosen]
        signs = [rouge_l(*([c for c in text if c.isalnum()] for text in pair)) for pair in pairs]
        words = [rouge_l(*([w for w in rjieba.cut(text) if w[0].isalnum()] for text in pair)) for pair in pairs]
        print(f"  {name:15} characters {sum(signs) / len(signs):.3f} words {sum(words) / len(words):.3f}")


def per_second(stories: list[Story], work: Callable[[Story], object]) -> float:
    start = time.process_time()
    for story in stories:
        work(story)
    return len(stories) / (time.process_time() - start)


def measure_speed(stories: list[Story]) -> None:
    works: dict[str, Callable[[Story], object]] = {
        "tags": lambda story: tags_of(story.title, story.paragraphs),
        "headline": lambda story: headline(story.paragraphs),
        "rjieba alone": lambda story: rjieba.cut("\n".join(story.paragraphs)),
    }
    for name, work in works.items():
        print(f"  {name:15} {per_second(stories, work):,.0f} articles a second and core")


def main() -> None:
    tags_of("", ["烟台"])
    start, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"start {start:.2f} s of processor, {memory} MB")
    stories = dict(read_stories(Path(os.environ["NEWSARCHIVE_DATA"]) / "corpus"))
    for half in sys.argv[1:] or ["seen", "locked"]:
        measure_tags(stories, half, whole=False)
        measure_tags(stories, half, whole=True)
    print("headlines, ROUGE-L")
    measure_headlines(stories)
    print("speed")
    measure_speed(random.Random(1).sample(list(stories.values()), 500))


if __name__ == "__main__":
    main()
