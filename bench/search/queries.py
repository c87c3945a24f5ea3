"""Generated queries of every kind, in both scripts, and grep: what each must find."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import rjieba

from newsarchive.script import converter
from newsarchive.search import fold

from .site import Item

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
WORD_CHAR = re.compile(r"[^\W_]")
IS_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Query:
    kind: str
    text: str
    """As typed."""

    wanted: tuple[str, ...]
    """What grep looks for: all of these …"""

    unwanted: tuple[str, ...] = ()
    """… and none of these."""


Pick = Callable[[random.Random, Item], str | None]


def _paragraph(chance: random.Random, item: Item) -> str:
    return chance.choice(item.paragraphs)


def _words(chance: random.Random, item: Item, least: int, most: int) -> str | None:
    """A word the segmenter knows."""
    found = [w for w in rjieba.cut(_paragraph(chance, item)) if least <= len(w) <= most and all(map(IS_HAN.match, w))]
    return chance.choice(found) if found else None


def _across(chance: random.Random, item: Item) -> str | None:
    """The end of one word with the beginning of the next."""
    words = rjieba.cut(_paragraph(chance, item))
    pairs = [a[-1] + b[:2] for a, b in pairwise(words) if len(a) > 1 and len(b) > 1]
    found = [pair for pair in pairs if all(map(IS_HAN.match, pair))]
    return chance.choice(found) if found else None


def _matching(pattern: str, chance: random.Random, item: Item) -> str | None:
    found: list[str] = re.findall(pattern, _paragraph(chance, item))
    return chance.choice(found) if found else None


def _phrase(chance: random.Random, item: Item) -> str | None:
    run = _matching(f"[{HAN}]{{5,}}", chance, item)
    if run is None:
        return None
    start = chance.randrange(len(run) - 4)
    return run[start : start + chance.randint(5, 12)]


def _unknown_name(chance: random.Random, item: Item) -> str | None:
    """A name the segmenter cuts to pieces: two or three characters after a word for somebody."""
    found = re.findall(f"(?:记者|記者|叫|先生|女士|同学|教授|主任)([{HAN}]{{2,3}})", _paragraph(chance, item))
    cut = [name for name in found if len(rjieba.cut(name)) > 1]
    return chance.choice(cut) if cut else None


KINDS: dict[str, Pick] = {
    "two characters": partial(_words, least=2, most=2),
    "long word": partial(_words, least=3, most=6),
    "unknown name": _unknown_name,
    "foreign name": partial(_matching, f"[{HAN}]{{2,6}}·[{HAN}]{{2,6}}"),
    "Latin": partial(_matching, r"(?<![A-Za-z0-9.])[A-Za-z][A-Za-z0-9]*(?![A-Za-z0-9.])"),
    "number": partial(_matching, r"(?<![A-Za-z0-9.])\d+(?:\.\d+)?%?(?![A-Za-z0-9.])"),
    "mixed": partial(_matching, f"[A-Za-z0-9]+[{HAN}]{{1,3}}|[{HAN}]{{1,3}}[A-Za-z0-9]+(?![A-Za-z0-9])"),
    "phrase": _phrase,
    "across words": _across,
    "one character": partial(_words, least=1, most=1),
    "mark inside": partial(_matching, f"[{HAN}]{{2,4}}[，、：“”「」《》][{HAN}]{{2,4}}"),
    "title": lambda chance, item: item.title.strip() or None,
}


def _rare(items: Sequence[Item]) -> Iterator[str]:
    """Characters that few articles hold."""
    counts = Counter(char for item in items for char in set("".join(item.texts)) if IS_HAN.match(char))
    return (char for char, count in sorted(counts.items()) if count <= 2)


def queries(items: Sequence[Item], each: int) -> list[Query]:
    """*each* queries of every kind, and the same in the other script; the same every time."""
    chance = random.Random(7)
    found: list[Query] = []
    for kind, pick in KINDS.items():
        found += [Query(kind, text, (text,)) for text in _picked(chance, items, each, pick)]
    rare = list(_rare(items))
    found += [Query("rare character", text, (text,)) for text in chance.sample(rare, min(each, len(rare)))]
    words = _picked(chance, items, 4 * each, KINDS["two characters"])
    found += [Query("two words", f"{a} {b}", (a, b)) for a, b in zip(words[:each], words[each:], strict=False)]
    found += [
        Query("excluded", f"{a} -{b}", (a,), (b,)) for a, b in zip(words[2 * each :], words[3 * each :], strict=False)
    ]
    found += [Query("quoted", f"“{q.text}”", q.wanted) for q in found if q.kind == "phrase"]
    return found + [other for query in found if (other := _in_other_script(query)).text != query.text]


def _picked(chance: random.Random, items: Sequence[Item], count: int, pick: Pick) -> list[str]:
    found: dict[str, None] = {}
    for _ in range(200 * count):
        if len(found) >= count:
            break
        if text := pick(chance, chance.choice(items)):
            found[text] = None
    return list(found)


def _in_other_script(query: Query) -> Query:
    """*query* as a reader of the other edition types it; grep looks for the same."""
    hant = converter("zh-Hans", "zh-Hant", quotes=False)(query.text)
    text = hant if hant != query.text else converter("zh-Hant", "zh-Hans", quotes=False)(query.text)
    return Query(f"{query.kind}, other script", text, query.wanted, query.unwanted)


class Grep:
    """Reads every text for every query, folded as the contract says."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.texts = {item.slug: tuple(map(fold, item.texts)) for item in items}

    def __call__(self, query: Query) -> set[str]:
        """Slugs of the articles *query* must find."""
        wanted, unwanted = ([_literal(text) for text in texts] for texts in (query.wanted, query.unwanted))
        return {
            slug
            for slug, texts in self.texts.items()
            if all(any(find(text) for text in texts) for find in wanted)
            and not any(any(find(text) for text in texts) for find in unwanted)
        }


def _literal(text: str) -> Callable[[str], bool]:
    """Whether a folded text holds *text*: Han anywhere, words only whole."""
    folded = fold(text)
    if not any(WORD_CHAR.match(end) and not IS_HAN.match(end) for end in (folded[0], folded[-1])):
        return lambda other: folded in other
    before, after = (rf"(?!(?<=[^\W_])(?<![{HAN}]))", rf"(?![^\W_{HAN}])")
    starts = before if not IS_HAN.match(folded[0]) and WORD_CHAR.match(folded[0]) else ""
    ends = after if not IS_HAN.match(folded[-1]) and WORD_CHAR.match(folded[-1]) else ""
    pattern = re.compile(starts + re.escape(folded) + ends)
    return lambda other: folded in other and bool(pattern.search(other))
