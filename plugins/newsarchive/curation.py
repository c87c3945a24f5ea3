"""What who keeps the vocabulary asks and decides: words to accept or reject, a re-tag before it is done."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import rjieba

from .article import Article
from .errors import VocabularyError
from .frontmatter import is_edited, parse
from .script import converter, fold
from .shelf import Entry, Shelf
from .tagging import Candidate, Change, candidates, count_words, diff, keywords, learn, like, tags_of, vector, why
from .vocabulary.entry import KINDS, spelling_key
from .vocabulary.headings import entry_of_slug, heading_of
from .workers import spread

TAGS, REJECTED = "tags.toml", "rejected.txt"
"""Files in the owner's folder of vocabulary: headings accepted, and words rejected, one a line."""

KIND_OF_CLASS = {"nr": "person", "ns": "place", "nt": "organisation"}
"""What a name is by the class rjieba gives it; the rest are topics."""


class Suggestions(NamedTuple):
    """What a person might make tags of one article of."""

    keywords: tuple[str, ...]
    profiles: tuple[tuple[str, float], ...]
    """Tags of like articles, with how like they are."""


def names_to_accept(shelf: Shelf, entries: Sequence[Entry], folder: Path, least_articles: int) -> list[Candidate]:
    """Names in the archive that are no heading and were not rejected, the most frequent first."""
    refused = rejected(folder)
    texts = (text_of(shelf.article(entry)) for entry in entries)
    return [found for found in candidates(texts, least_articles) if found.name not in refused]


def text_of(article: Article) -> str:
    return "\n".join((article.title, *article.paragraphs))


def suggestions_for(shelf: Shelf, entries: Sequence[Entry], article: Article) -> Suggestions:
    """Keywords of *article*, and tags that people have given to articles like it."""
    frequencies = count_words(text_of(shelf.article(entry)) for entry in entries)
    tagged = (found for found in map(shelf.article, entries) if found.tags and found.slug != article.slug)
    profiles = learn((vector(found.title, found.paragraphs, frequencies), found.tags) for found in tagged)
    words = vector(article.title, article.paragraphs, frequencies)
    near = [(tag, cosine) for tag, cosine in like(words, profiles, 10) if tag not in article.shown_tags]
    return Suggestions(keywords(article.title, article.paragraphs, frequencies), tuple(near[:5]))


def retagged(shelf: Shelf, entries: Sequence[Entry], workers: int) -> tuple[Change, ...]:
    """What the next import would change in Tags-Auto; files a person has edited stay as they are."""

    def tags(entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
        text = (shelf.articles / entry.details.path).read_text(encoding="utf-8")
        article = parse(text, entry.details.path)
        if is_edited(text):
            return article.tags_auto, article.tags_auto
        return article.tags_auto, tags_of(article.title, article.paragraphs, article.places)

    found = list(zip(entries, spread(tags, entries, workers), strict=True))
    return diff(
        {entry.slug: before for entry, (before, _) in found}, {entry.slug: after for entry, (_, after) in found}
    )


def reasons(article: Article, tag: str) -> tuple[str, ...]:
    """Lines that say why *article* has *tag*, or has not."""
    given = [
        f"{tag} stands in {name}: a person {verb} it."
        for name, verb, tags in (("Tags", "gave", article.tags), ("Tags-Not", "vetoed", article.tags_not))
        if spelling_key(tag) in map(spelling_key, tags)
    ]
    return (*given, *why(article.title, article.paragraphs, tag, article.places))


def kind_of(word: str) -> str:
    """What *word* most likely names.

    >>> kind_of("渔灯节"), kind_of("诸葛亮")
    ('topic', 'person')
    """
    classes = [kind[:2] for _, kind in rjieba.tag(spelling_key(word))]
    return KIND_OF_CLASS.get(classes[0], "topic") if len(classes) == 1 else "topic"


def accept(folder: Path, word: str, slug: str = "", kind: str = "") -> str:
    """Write a heading of *word* into the owner's file; the entry as written.

    Raises:
        VocabularyError: the word or the slug is taken, or the kind unknown.
    """
    if known := heading_of(word):
        raise VocabularyError(f"{word!r:.40} is a spelling of [{known.slug}] already; nothing to accept")
    name = _simplified(word)
    slug = slug or _spelled_out(name)
    if entry_of_slug(slug):
        raise VocabularyError(f"the slug [{slug}] is taken; give another with --slug, or add an alias with --alias-of")
    kind = kind or kind_of(name)
    if kind not in KINDS:
        raise VocabularyError(f"kind is {kind!r:.40}; expected one of {', '.join(KINDS)}")
    lines = [f"[{_key(slug)}]", f'kind = "{kind}"', f"zh-Hans = {_quoted(name)}"]
    lines += [f"zh-Hant = {_quoted(word)}"] if word != name else []
    return _append(folder, "\n".join(lines) + "\n")


def accept_alias(folder: Path, word: str, slug: str) -> str:
    """Write *word* as a further spelling of the heading *slug* into the owner's file; the entry as written.

    Raises:
        VocabularyError: there is no such heading, or its table in the owner's file must be edited by hand.
    """
    if not entry_of_slug(slug):
        raise VocabularyError(f"there is no heading [{slug}]; see `newsarchive tags suggest`, or accept it first")
    path = folder / TAGS
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if slug not in tomllib.loads(text):
        return _append(folder, f"[{_key(slug)}]\naliases = [{_quoted(_simplified(word))}]\n")
    table = re.compile(rf"^\[{re.escape(_key(slug))}\][ \t]*\n(?:(?!\[).*\n?)*", re.M)
    found = table.search(text)
    if not found:
        raise VocabularyError(f"{path.name}: cannot find the line [{slug}]; add {word} to its aliases by hand")
    entry = found[0]
    longer, changed = re.subn(r"^(aliases\s*=\s*\[)", rf"\1{_quoted(_simplified(word))}, ", entry, count=1, flags=re.M)
    if not changed:
        longer = entry.rstrip("\n") + f"\naliases = [{_quoted(_simplified(word))}]\n\n"
    _write(path, text[: found.start()] + longer + text[found.end() :])
    return longer.strip() + "\n"


def reject(folder: Path, word: str) -> None:
    """Remember that *word* is no heading: it is not suggested again."""
    folder.mkdir(parents=True, exist_ok=True)
    words = sorted({*rejected(folder), spelling_key(word)})
    _write(folder / REJECTED, "".join(f"{one}\n" for one in words))


def rejected(folder: Path) -> set[str]:
    path = folder / REJECTED
    return set(path.read_text(encoding="utf-8").split("\n")) - {""} if path.is_file() else set()


def _simplified(word: str) -> str:
    return word if fold(word) == word else converter("zh-Hant", "zh-Hans")(word)


def _spelled_out(name: str) -> str:
    """*name* in Latin letters, fit for an address.

    >>> _spelled_out("渔灯节"), _spelled_out("6G 网络")
    ('yudengjie', '6g-wangluo')
    """
    from pypinyin import lazy_pinyin  # not at the top: 160 ms, and needed only here

    letters = "".join(lazy_pinyin(name)).lower()
    return re.sub(r"[^\w]+", "-", letters).strip("-")


def _key(slug: str) -> str:
    return slug if re.fullmatch(r"[A-Za-z0-9_-]+", slug) else _quoted(slug)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _append(folder: Path, entry: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / TAGS
    before = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n" if path.is_file() else ""
    _write(path, before.lstrip("\n") + entry)
    return entry


def _write(path: Path, text: str) -> None:
    """Write *path* whole, and only what can be read again."""
    if path.suffix == ".toml":
        tomllib.loads(text)
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)
