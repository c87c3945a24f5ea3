"""Answers for who keeps the vocabulary: what is wrong in it, what a re-tag would change, why a tag is there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..errors import VocabularyError
from ..script import fold
from ..vocabulary import read_words
from ..vocabulary.entry import Entry, spelling_key
from ..vocabulary.headings import headings
from .spotting import BOUNDARIES
from .weighing import explain

CONTEXT_CHARS = 12


def check() -> tuple[str, ...]:
    """What a person should look at in the vocabulary, one sentence each; empty if all is well."""
    vocabulary = headings()
    return (*_shared_labels(vocabulary.by_spelling), *_dead_spellings(vocabulary.entries.values()), *_old_slugs())


def _shared_labels(by_spelling: Mapping[str, Sequence[Entry]]) -> Iterator[str]:
    for key, entries in by_spelling.items():
        labelled = [entry.slug for entry in entries if key in map(spelling_key, _names(entry))]
        if len(labelled) > 1:
            yield f"{' and '.join(labelled)} have the same name {key}; give one of them another"


def _names(entry: Entry) -> Iterator[str]:
    return (name for code, name in entry.labels.items() if code != "en")


def _dead_spellings(entries: Iterable[Entry]) -> Iterator[str]:
    decoys = read_words(BOUNDARIES, "decoy", spelling_key)
    for entry in entries:
        for name in dict.fromkeys((*entry.spellings, *entry.weak)):
            if spelling_key(name) in decoys:
                yield f"[{entry.slug}]: {name} is a decoy of boundaries.toml as well; drop one of them"
            elif len(name) < 2:
                yield f"[{entry.slug}]: {name} is one character; spellings need two or more"
            elif fold(name) != name and name in (*entry.aliases, *entry.weak) and not entry.level:
                yield f"[{entry.slug}]: {name} is written in Traditional characters; write it as {fold(name)}"


def _old_slugs() -> Iterator[str]:
    entries = headings().entries
    for entry in entries.values():
        for slug in entry.was:
            if slug in entries:
                yield f"[{entry.slug}]: was = {slug!r}, which is a heading of its own; drop it from `was`"


@dataclass(frozen=True, slots=True)
class Change:
    """What a re-tag would do to one article."""

    slug: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]


def diff(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> tuple[Change, ...]:
    """Articles whose tags change, from slug -> tags.

    >>> diff({"a": ("烟台",), "b": ("5G",)}, {"a": ("烟台", "5G"), "b": ("5G",)})
    (Change(slug='a', added=('5G',), dropped=()),)
    """
    changes = (
        Change(
            slug,
            tuple(tag for tag in after.get(slug, ()) if tag not in tags),
            tuple(tag for tag in tags if tag not in after.get(slug, ())),
        )
        for slug, tags in before.items()
    )
    return tuple(change for change in changes if change.added or change.dropped)


def why(title: str, paragraphs: Sequence[str], tag: str, places: Sequence[str] = ()) -> tuple[str, ...]:
    """Lines that say why the article has *tag*, or has not.

    >>> print(why("烟台发展渔业", ["渔民增收。"], "烟台")[0])
    烟台 scores 6.0, at least 3.0 is needed: 1 in the title, 0 in the lede, 1 in all.
    """
    evidence = explain(title, paragraphs, tag, places)
    if evidence is None:
        return (f"{tag} is not named in the article, or not so that it can mean nothing else.",)
    dateline = ", named in the dateline" if evidence.in_dateline else ""
    head = (
        f"{tag} scores {evidence.score:.1f}, at least {evidence.least:.1f} is needed: "
        f"{evidence.in_title} in the title, {evidence.in_lede} in the lede, {evidence.in_all} in all{dateline}."
    )
    text = "\n".join((title, *paragraphs))
    return (head, *(_context(text, reading.start, reading.end) for reading in evidence.readings))


def _context(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - CONTEXT_CHARS) : start], text[end : end + CONTEXT_CHARS]
    return f"{before}[{text[start:end]}]{after}".replace("\n", " ")


def slugs_of(tags: Iterable[str]) -> dict[str, str]:
    """Tag -> slug: the vocabulary's, or for tags it lacks the folded name in small letters.

    Raises:
        VocabularyError: two tags that are no spellings of one heading would share a page.

    >>> slugs_of(["煙臺", "市長", "市场"])
    {'煙臺': 'yantai', '市長': '市长', '市场': '市场'}
    """
    slugs: dict[str, str] = {}
    owners: dict[str, tuple[str, str]] = {}
    for tag in tags:
        entry = headings().heading_of(tag)
        slug = entry.slug if entry else "-".join(spelling_key(tag).split()).replace("/", "-")
        name = entry.slug if entry else fold(tag)
        other, owner = owners.setdefault(slug, (tag, name))
        if owner != name:
            raise VocabularyError(
                f"tags {other!r:.40} and {tag!r:.40} would share the page tag/{slug}/; "
                "make one of them a heading of tags.toml with its own slug, or an alias of the other"
            )
        slugs[tag] = slug
    return slugs
