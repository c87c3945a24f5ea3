"""The commands `newsarchive tags …`, for who keeps the vocabulary."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .. import curation
from ..article import Article
from ..build.base import made_by
from ..errors import ArchiveError, VocabularyError
from ..frontmatter import parse
from ..lists import Register
from ..plugin import Archive, open_archive
from ..shelf import Entry, Shelf
from ..tagging import check
from ..vocabulary.entry import KINDS
from .aligned import padded

if TYPE_CHECKING:
    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]

EXAMPLES = """example:
  newsarchive tags suggest                             names that may become headings, with contexts
  newsarchive tags suggest 2019/11/20-3f2a9c81d04e     keywords and tags for one article
  newsarchive tags accept 渔灯节 --kind topic          write it into content/vocabulary/tags.toml
  newsarchive tags accept 港城 --alias-of yantai       a further spelling of a heading
  newsarchive tags reject 小编                         never suggest it again
  newsarchive tags check                               what is wrong in the vocabulary
  newsarchive tags diff                                what the next import would change in Tags-Auto
  newsarchive tags why 2019/11/20-3f2a9c81d04e 煙臺    why an article has a tag, or has not

exit status: 0 all well, 1 something to look at (check) or to change (diff), 2 wrong use, setting or table
"""

LEAST_ARTICLES = 3
NAME_COLUMNS = 20


def add(commands: "Parsers") -> None:
    """Add the command `tags` to *commands*; its options carry the function that runs it as `run`."""
    tags = commands.add_parser(
        "tags",
        help="keep the vocabulary: suggest, accept, reject, check, diff, why",
        description="Keep the vocabulary of tags. Only you assign: what is suggested stays a suggestion.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = tags.add_subparsers(dest="action", required=True)
    suggest = _action(actions, "suggest", _suggest, "list names that may become headings", "suggest --least 5")
    suggest.add_argument("article", nargs="?", help="suggest keywords and tags for this article instead")
    suggest.add_argument("--least", type=int, default=LEAST_ARTICLES, help="articles that must name it (3)")
    suggest.add_argument("--most", type=int, default=50, help="how many to list (50)")
    accept = _action(actions, "accept", _accept, "make a word a heading", "accept 渔灯节 --kind topic")
    accept.add_argument("word")
    accept.add_argument("--slug", default="", help="its part of the address, for ever (else from the reading)")
    accept.add_argument("--kind", choices=KINDS, default="", help="what it names (else as the word looks)")
    accept.add_argument("--alias-of", default="", metavar="SLUG", help="add it to the spellings of this heading")
    reject = _action(actions, "reject", _reject, "never suggest a word again", "reject 小编")
    reject.add_argument("word", nargs="+")
    _action(actions, "check", _check, "look for what is wrong in the vocabulary", "check")
    difference = _action(actions, "diff", _diff, "show what the next import would change", "diff")
    difference.add_argument("--most", type=int, default=100, help="articles to list (100)")
    why = _action(actions, "why", _why, "say why an article has a tag", "why 2019/11/20-3f2a9c81d04e 煙臺")
    why.add_argument("article", help="its slug, its file, or the end of either")
    why.add_argument("tag")


Run = Callable[[argparse.Namespace], int]


def _action(actions: "Parsers", name: str, run: Run, what: str, example: str) -> argparse.ArgumentParser:
    parser = actions.add_parser(
        name, help=what, description=what[0].upper() + what[1:] + ".",
        epilog=f"example:\n  newsarchive tags {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("-s", "--settings", type=Path, default=Path("pelicanconf.py"))
    parser.set_defaults(run=run)
    return parser


def _opened(options: argparse.Namespace) -> tuple[Archive, Shelf, list[Entry]]:
    archive = open_archive(options.settings)
    shelf = Shelf(archive.content / "articles", archive.cache)
    shelf.refresh(archive.settings.workers)
    return archive, shelf, shelf.entries()


def _suggest(options: argparse.Namespace) -> int:
    archive, shelf, entries = _opened(options)
    if options.article:
        found = curation.suggestions_for(shelf, entries, _article(shelf, entries, options.article))
        print("keywords   " + "、".join(found.keywords))
        for tag, cosine in found.profiles:
            print(f"tag        {tag}  ({cosine:.2f} like the articles that people gave it)")
        return 0
    names = curation.names_to_accept(shelf, entries, archive.vocabulary, options.least)
    for name in names[: options.most]:
        print(f"{padded(name.name, NAME_COLUMNS)}{name.articles:>7,} articles")
        for context in name.contexts:
            print(f"    {context}")
    print(f"{len(names)} names; accept one with `newsarchive tags accept WORD`, or reject it")
    return 0


def _accept(options: argparse.Namespace) -> int:
    folder = open_archive(options.settings).vocabulary
    if options.alias_of:
        entry = curation.accept_alias(folder, options.word, options.alias_of)
    else:
        entry = curation.accept(folder, options.word, options.slug, options.kind)
    print(f"{entry}written to {folder / curation.TAGS}; `newsarchive tags diff` shows what it changes")
    return 0


def _reject(options: argparse.Namespace) -> int:
    folder = open_archive(options.settings).vocabulary
    for word in options.word:
        curation.reject(folder, word)
    print(f"{len(options.word)} rejected, in {folder / curation.REJECTED}")
    return 0


def _check(options: argparse.Namespace) -> int:
    archive, shelf, _ = _opened(options)
    found = list(check())
    try:
        Register(None, shelf).refresh(made_by(archive.vocabulary), shelf.rows(), shelf.packed_entry)
    except VocabularyError as error:
        found.append(str(error))
    for line in found:
        print(line)
    print(f"{len(found)} to look at")
    return 1 if found else 0


def _diff(options: argparse.Namespace) -> int:
    archive, shelf, entries = _opened(options)
    changes = curation.retagged(shelf, entries, archive.settings.workers)
    for change in changes[: options.most]:
        signs = [f"+{tag}" for tag in change.added] + [f"-{tag}" for tag in change.dropped]
        print(f"{change.slug}  {'  '.join(signs)}")
    print(f"{len(changes)} of {len(entries)} articles would change")
    return 1 if changes else 0


def _why(options: argparse.Namespace) -> int:
    _, shelf, entries = _opened(options)
    for line in curation.reasons(_article(shelf, entries, options.article), options.tag):
        print(line)
    return 0


def _article(shelf: Shelf, entries: Sequence[Entry], name: str) -> Article:
    """The article that *name* names: its slug, its file, or the end of either.

    Raises:
        ArchiveError: none is so named, or several.
    """
    path = Path(name)
    if path.is_file() and path.suffix == ".md":
        return parse(path.read_text(encoding="utf-8"), name)
    wanted = name.removesuffix(".html").removesuffix(".md")
    found = [entry for entry in entries if entry.slug.endswith(wanted) or entry.details.path.endswith(f"{wanted}.md")]
    if len(found) != 1:
        raise ArchiveError(f"{len(found)} articles are named {name!r:.40}; give the slug, such as 2019/11/20-3f2a9c")
    return shelf.article(found[0])
