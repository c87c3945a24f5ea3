"""What the index takes, and what it says of its work."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

KINDS = ("source", "reporter", "tag", "place")
"""Headings results can be narrowed by."""

Labels = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Edition code -> kind -> value of a facet -> how that edition writes it."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article as the index needs it, in its script of origin."""

    slug: str
    """Address without `.html`, from the root of an edition."""

    date: str
    """`2019-11-20`, or as much of it as is known, or empty."""

    digest: str
    """Changes whenever the article does."""

    title: str

    story: Callable[[], Sequence[str]]
    """Reads the paragraphs; called only when the article is indexed anew."""

    names: Callable[[], Sequence[str]] = tuple
    """Reads what else the page prints, searched like the story: dateline, source, reporters, tags, places."""

    facets: tuple[tuple[str, str], ...] = ()
    """(kind, value), e.g. ("tag", "5g") and ("source", "齐鲁网"): values are the same in every edition."""


@dataclass(frozen=True, slots=True)
class IndexStats:
    """What the index holds, and what this run did to it."""

    folder: Path
    articles: int
    indexed: int
    """Articles whose text was read in this run."""

    rebuilt: bool
    """Whether the base was made anew, rather than only what stands beside it."""

    @property
    def files(self) -> int:
        """How many files it has; they are counted when this is asked."""
        return len(self._sizes())

    @property
    def bytes(self) -> int:
        """Size of all files."""
        return sum(self._sizes())

    def _sizes(self) -> list[int]:
        return [file.stat().st_size for file in self.folder.rglob("*") if file.is_file()]
