"""What a build changed, accounted for; the rest of the site was when it was made, and stands as it was left.

That it stands was seen as the build began (`build.standing`), and what must agree with the articles that changed is
planned with them. So looked at are: the pages made, each read whole; pages that lead to what was removed; the search
index, whose segments are named after their content, against all articles; sitemaps of the years that have a new one;
feeds; and names in the folders written to. What others did to files that this build did not touch is not seen, nor
are ways from the front page: `audit` reads everything.
"""

from array import array
from collections.abc import Iterator

from ..build import Outcome
from ..build.links import LinkBook
from ..build.output import PARTS, ROOT
from ..tree import files_below
from .known import Known
from .lists import PART, names, search, sitemaps
from .offered import feeds
from .site import Built, told
from .ways import dead, lacking, noted, number_of, unlisted

SEARCH = "search/"


def changes(site: Built, book: LinkBook, outcome: Outcome, last: Known) -> tuple[str, ...]:
    """What is wrong with what the build made or removed."""
    made = list(_files(site, outcome.keys))
    years = {match[1] for key in outcome.keys if (match := PART.match(key.removeprefix(ROOT)))}
    pages = [file for file in made if file.endswith(".html")]
    return (
        *told("{}: this page is missing; build again", (file for file in made if not site.has(file))),
        *search(site, last),
        *sitemaps(site, years),
        *feeds(site),
        *names(_beside(site, made)),
        *dead(site, [*pages, *_bereft(site, book, outcome.gone)]),
        *lacking(site, book.anchors()),
        *unlisted(site, outcome.articles, noted(book)),
    )


def _files(site: Built, keys: tuple[str, ...]) -> Iterator[str]:
    """Files with these *keys*, in every edition they stand in."""
    for key in keys:
        yield from (
            [key.removeprefix(ROOT)] if key.startswith(ROOT) else [f"{edition}{key}" for edition in site.editions]
        )


def _bereft(site: Built, book: LinkBook, gone: tuple[str, ...]) -> Iterator[str]:
    """Pages that lead to files that went with the keys *gone*."""
    numbers = set(map(number_of, _files(site, gone)))
    for key, targets, _ in book.pages() if numbers else ():
        if not numbers.isdisjoint(array("Q", targets)):
            yield from _files(site, (key,))


def _beside(site: Built, files: list[str]) -> Iterator[str]:
    """What stands in the folders of *files*, in those above them, and in that of the search index."""
    folders = {SEARCH, ""}
    for file in files:
        while file:
            file = file.rstrip("/")
            file = file[: file.rfind("/") + 1]
            if file in folders:
                break
            folders.add(file)
    for folder in sorted(folders):
        path = site.folder / folder
        yield from (f"{folder}{it.name}" for it in path.iterdir() if it.name != PARTS) if path.is_dir() else ()
    yield from (f"{PARTS}/{file}" for file, _ in files_below(site.folder / PARTS))
