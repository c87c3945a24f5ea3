"""Answers -> precision, recall and misses, field by field."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from newsarchive.article import Article

from .fields import FIELDS, UNJUDGED, Answer, Field, bare
from .gold import Gold, Reading

LOST = Answer(("a record",), ())


class Score(NamedTuple):
    """A field over all records."""

    right: int
    wanted: int
    found: int
    misses: list[str]


def score_all(readings: Iterable[Reading]) -> dict[str, Score]:
    """Every field, and first whether each record was taken, or refused where there is no story in it."""
    read = list(readings)
    scores = {"taken": score((gold["id"], _taken(gold, article)) for gold, article in read)}
    for name, field in FIELDS.items():
        scores[name] = score((reading.gold["id"], _answer(field, reading)) for reading in read)
    return scores


def _taken(gold: Gold, article: Article | None) -> Answer:
    wanted, found = ("refused" if is_refused else "taken" for is_refused in (gold.get("refused"), article is None))
    return Answer((wanted,), (found,))


def _answer(field: Field, reading: Reading) -> Answer:
    gold, article = reading
    if gold.get("refused") or (field.key and field.key not in gold):
        return UNJUDGED
    return field.answer(gold, article) if article else LOST


def score(answers: Iterable[tuple[str, Answer]]) -> Score:
    """One field over all records, each by its name; a record that was not taken is one miss in each."""
    right = wanted_in_all = found_in_all = 0
    misses = []
    for name, (wanted, found) in answers:
        ours, theirs = {bare(word): word for word in found}, {bare(word): word for word in wanted}
        right += len(ours.keys() & theirs.keys())
        wanted_in_all += len(theirs)
        found_in_all += len(ours)
        if ours.keys() != theirs.keys():
            signs = [f"-{theirs[word]}" for word in theirs if word not in ours]
            misses.append("  ".join((name, *signs, *(f"+{ours[word]}" for word in ours if word not in theirs))))
    return Score(right, wanted_in_all, found_in_all, misses)


def print_scores(scores: Mapping[str, Score], *, with_misses: bool) -> None:
    """A row for each field that was judged, then the misses: - wanted and not found, + found and not wanted."""
    print(f"\n{'field':16}{'wanted':>8}{'found':>8}{'right':>8}{'precision':>11}{'recall':>8}")
    for name, (right, wanted, found, _) in scores.items():
        if wanted or found:
            shares = [f"{right / of:.1%}" if of else "–" for of in (found, wanted)]
            print(f"{name:16}{wanted:8}{found:8}{right:8}{shares[0]:>11}{shares[1]:>8}")
    for name, one in scores.items():
        if one.misses and with_misses:
            print("\n".join(("", name, *(f"  {miss}" for miss in one.misses))))
