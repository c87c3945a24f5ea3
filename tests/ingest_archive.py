"""An archive to import into, and stories to import, for tests of ingest."""

import json
import os
from dataclasses import dataclass
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

from bench.synthetic.story import compose, outlets

from newsarchive.article import Article
from newsarchive.frontmatter import parse
from newsarchive.ingest import Report, ingest

ZONE = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Archive:
    """A folder of dumps and what is made of it."""

    root: Path

    @property
    def dumps(self) -> Path:
        return self.root / "dumps"

    @property
    def articles(self) -> Path:
        return self.root / "articles"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    def put(self, name: str, *records: dict[str, str] | str) -> None:
        """Write a dump in JSON Lines."""
        lines = (record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records)
        path = self.dumps / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")

    def run(self, **options: Any) -> Report:
        return ingest(
            self.dumps, self.articles, cache=self.cache, withdrawn=self.root / "withdrawn.txt", zone=ZONE, **options
        )

    def tree(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.articles).as_posix(): path.read_bytes()
            for path in self.articles.rglob("*")
            if path.is_file()
        }

    def files(self) -> list[Path]:
        return sorted(self.articles.rglob("*.md"))

    def only(self) -> Article:
        (path,) = self.files()
        return parse(path.read_text(encoding="utf-8"))

    def findings(self) -> list[dict[str, str]]:
        lines = (self.cache / "import-report" / "report.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]


def story(number: int, **fields: str) -> dict[str, str]:
    """A record that tells a story of its own."""
    told = compose(seed=7, number=number, outlet=outlets()[5])
    record = {"title": f"{told.title}（{number}）", "content": "\n".join(told.paragraphs), "source": "濱河日報"}
    return record | {"date": f"2019-11-{number % 28 + 1:02} 08:00:00"} | fields


def articles_of(archive: Archive) -> list[Article]:
    return [parse(path.read_text(encoding="utf-8")) for path in archive.files()]


def python_path() -> dict[str, str]:
    root = Path(__file__).parent.parent
    places = (root, root / "plugins", root / "tests", *filter(None, (os.environ.get("PYTHONPATH"),)))
    return os.environ | {"PYTHONPATH": os.pathsep.join(map(str, places))}
