"""Every kind of page a reader can come to, and where one of each stands."""

from dataclasses import dataclass
from pathlib import Path

EDITIONS = ("", "zh-hant/")

TOMBSTONE = "2019/11/21-000000000002"

ARTICLE = "[12]*/[01]*/*-*.html"

KINDS: dict[str, tuple[str, str]] = {
    "front": ("index.html", ""),
    "article": (ARTICLE, ""),
    "article with a derived title": (ARTICLE, "<h1 id=title class=derived"),
    "article another outlet printed too": (ARTICLE, "<dt>他处同文"),
    "article with a long title and source": (ARTICLE, "<title>关于"),
    "article without a date": ("undated/[!i]*.html", ""),
    "tombstone": (f"{TOMBSTONE}.html", ""),
    "dates": ("dates/index.html", ""),
    "year": ("[12]*/index.html", ""),
    "month": ("[12]*/[01]*/index.html", ""),
    "day": ("[12]*/[01]*/[0-3]*/index.html", ""),
    "undated": ("undated/index.html", ""),
    "tags": ("tags/index.html", ""),
    "tag": ("tag/*/index.html", "<nav class=pager"),
    "older page of a tag": ("tag/*/page/1/index.html", ""),
    "places": ("places/index.html", ""),
    "place": ("tag/*/index.html", "<a href=../../places/>地点</a>"),
    "sources": ("sources/index.html", ""),
    "source": ("source/*/index.html", ""),
    "reporters": ("reporters/index.html", ""),
    "reporter": ("reporter/*/index.html", ""),
    "calendar of all years": ("on-this-day/index.html", ""),
    "day of all years": ("on-this-day/*/index.html", ""),
    "statistics": ("statistics/index.html", ""),
    "data": ("data/index.html", ""),
    "search": ("search/index.html", ""),
    "about": ("about/index.html", ""),
    "missing": ("404.html", ""),
}
"""Kind -> pattern of its files and a text in them. The largest is looked at, because it has most to show."""


@dataclass(frozen=True, slots=True)
class Site:
    """A built archive and where it is served."""

    output: Path
    address: str

    def file(self, kind: str) -> Path:
        """The page of this *kind* in the edition at the root."""
        pattern, text = KINDS[kind]
        found = [file for file in self.output.glob(pattern) if plain(text) in plain(file.read_text("utf-8"))]
        assert found, f"the archive of the tests has no page of the kind: {kind}"
        return max(found, key=lambda file: file.stat().st_size)

    def url(self, kind: str, edition: str = "") -> str:
        """Address of the page of this *kind* in an edition; the page of missing pages stands in one only."""
        path = self.file(kind).relative_to(self.output).as_posix().removesuffix("index.html")
        return self.address + ("" if kind == "missing" else edition) + path


def plain(html: str) -> str:
    """*html* without the quotes that attributes may do without."""
    return html.replace('"', "")
