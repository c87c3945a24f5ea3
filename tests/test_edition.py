"""Editions as a reader meets them: one archive, built in four editions of ours and one of the owner's."""

import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote

import pytest
from tests.conftest import TOP, lay_out, make
from tests.edition_sample import ARTICLES, FOLDERS, PUBLIC, SETTINGS, write_articles

from newsarchive.frontmatter import parse
from newsarchive.script import detect

ELSEWHERE = re.compile(r"<li lang=.*?(?=<li|</[uo]l>)|<a rel=alternate.*?</a>|<[^>]*>", re.S)
"""Cards in another script, links to other editions, and all markup."""

UNLIKE = {"404.html", *(f"{kind}s/index.html" for kind in ("tag", "place", "source", "reporter"))}
"""Pages whose build is not the same: links from the domain; an index under A–Z or under ㄅ–ㄩ."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of an archive built in five editions."""
    folder = tmp_path_factory.mktemp("editions")
    conf = lay_out(folder, TOP / "content" / "dumps" / "seed.txt", settings=SETTINGS)
    write_articles(folder)
    done = make(conf)
    assert done.returncode == 0, done.stderr
    return folder


def page(archive: Path, code: str, path: str) -> str:
    return (archive / "output" / FOLDERS[code] / path).read_text(encoding="utf-8")


def story(text: str) -> str:
    """The article of a page, without what stands around it."""
    return text[text.index("<h1") : text.index("</div>", text.index("id=story"))]


def article(archive: Path, code: str, slug: str) -> str:
    return story(page(archive, code, f"{slug}.html"))


KEPT, OFF, MARKED = ARTICLES


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("zh-Hans", ["于杰说：“范里的头发在里昂。”于小姐后来到了后海，研究干细胞的软件。", "后先生与甲都来了"]),
        (
            "zh-Hant",
            ["于杰說：「范里的頭髮在里昂。」于小姐後來到了后海，研究幹細胞的軟件。", "后先生與乙都來了", "網絡和鼠標"],
        ),
        ("zh-Hant-HK", ["于杰說：「范里的頭髮在里昂。」于小姐後來到了後海", "網絡和鼠標"]),
        ("zh-Hant-TW", ["于杰說：“范里的頭髮在里昂。”于小姐後來到了后海，研究幹細胞的軟體。", "網路和滑鼠"]),
        ("zh-Hant-MO", ["于杰說：「范里的頭髮在里昂。」", "網絡和鼠標"]),
    ],
)
def test_an_article_is_set_as_its_front_matter_and_the_owner_ask(archive: Path, code: str, words: list[str]) -> None:
    text = article(archive, code, KEPT).replace("説", "說")

    assert [word for word in words if word not in text] == []


def test_titles_and_cards_follow_the_front_matter_too(archive: Path) -> None:
    front = page(archive, "zh-Hant", "2020/01/02/index.html")

    assert "于杰談頭髮：「里昂來信」" in front.replace("<wbr>", "")
    assert "后海網" in front


def test_a_name_the_owner_settled_is_printed_so_everywhere(archive: Path) -> None:
    for path in ("reporters/index.html", f"{KEPT}.html"):
        assert "楊傑" in page(archive, "zh-Hant", path)
        assert "杨杰" in page(archive, "zh-Hans", path)


def test_an_article_with_convert_off_stays_as_it_was_written(archive: Path) -> None:
    for code in FOLDERS:
        text = article(archive, code, OFF)
        card = page(archive, code, "2020/01/03/index.html")

        assert "理发店里的头发，“不转换”。" in text
        assert ('<h1 id=title lang="zh-Hans">' in text, 'id=story lang="zh-Hans"' in text) == (code != "zh-Hans",) * 2
        assert ('<li lang="zh-Hans">' in card) == (code != "zh-Hans")
        assert (' lang="zh-Hans">头发与理发</a>' in page(archive, code, f"{KEPT}.html")) == (code != "zh-Hans")


def test_markdown_is_converted_outside_its_marks_only(archive: Path) -> None:
    text = article(archive, "zh-Hant", MARKED)

    assert '他的<strong>頭</strong>髮見<a href="https://a.example/后面?发=1" title="裡面">後面</a>' in text
    assert '<span translate="no" id="发" class="后">头发</span>與<code>头发</code>' in text


def test_machine_made_traditional_is_mended_and_the_page_says_so(archive: Path) -> None:
    (path,) = (archive / "content" / "articles" / "2019").rglob("*.md")
    original = parse(path.read_text(encoding="utf-8"))
    text = page(archive, "zh-Hant", f"{original.slug}.html")

    assert original.machine_traditional
    assert "智能制造" in "".join(original.paragraphs)
    assert "智能製造" in text
    assert "示範企業" in text
    assert "「" in story(text)
    assert "“" not in story(text)
    assert "機器轉換，已經由簡體復原" in text


class Elements(HTMLParser):
    """What a page has beside its text: elements and attributes that no reader sees."""

    SPOKEN = frozenset(
        {
            "title",
            "alt",
            "aria-label",
            "placeholder",
            "content",
            "value",
            "lang",
            "data-edition",
            "data-site",
        }
    )
    TITLES = frozenset({"wbr"})

    def __init__(self, code: str, path: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.folder = FOLDERS[code]
        self.base = PurePosixPath(self.folder + path).parent

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.TITLES or any(name == "hreflang" for name, _ in attrs):
            return
        kept = {name: self._address(value) for name, value in attrs if name not in self.SPOKEN}
        self.found[f"{tag} {sorted(kept.items())}"] += 1

    def _address(self, value: str | None) -> str:
        """*value*, an address within the site from the root of its edition."""
        value = (value or "").removeprefix(f"{PUBLIC}/").removeprefix(self.folder)
        if not value.startswith("../"):
            return value
        return normpath(str(self.base / unquote(value))).removeprefix(self.folder.rstrip("/") or ".").lstrip("/")


def test_editions_differ_in_their_text_alone(archive: Path) -> None:
    output = archive / "output"
    others = tuple(folder for folder in FOLDERS.values() if folder)
    pages = {str(path.relative_to(output)) for path in output.rglob("*.html")}
    root = {path for path in pages if not path.startswith(others)}

    for code, folder in FOLDERS.items():
        assert {path.removeprefix(folder) for path in pages if folder and path.startswith(folder)} in (set(), root)
        for path in root - UNLIKE:
            one, other = Elements("zh-Hans", path), Elements(code, path)
            one.feed(page(archive, "zh-Hans", path))
            other.feed(page(archive, code, path))

            assert (path, one.found - other.found, other.found - one.found) == (path, Counter(), Counter())


def test_every_page_names_its_language_and_the_same_page_in_all_editions(archive: Path) -> None:
    for code, folder in FOLDERS.items():
        for path in ("", "2020/01/", "tags/", "source/后海网/", f"{KEPT}.html"):
            file = path if path.endswith(".html") else f"{path}index.html"
            text = page(archive, code, file)
            links = dict(re.findall(r'<link rel=alternate hreflang="?([\w-]+)"? href="([^"]+)"', text))
            public = {other: f"{PUBLIC}/{below}{path}" for other, below in FOLDERS.items()}

            assert f'<html lang="{code}"' in text
            assert {name: unquote(link) for name, link in links.items()} == public | {"x-default": public["zh-Hans"]}
            assert f'rel=canonical href="{PUBLIC}/{folder}' in text


@pytest.mark.parametrize("code", FOLDERS)
def test_no_page_of_an_edition_holds_the_words_of_another_script(archive: Path, code: str) -> None:
    script = "zh-Hans" if code == "zh-Hans" else "zh-Hant"
    for path in ("index.html", "tags/index.html", "2019/11/20/index.html", "sources/index.html"):
        text = ELSEWHERE.sub("", page(archive, code, path))

        assert detect(text) == script


def test_a_second_run_reads_its_tables_and_makes_nothing(archive: Path) -> None:
    tables = {path: path.stat().st_mtime_ns for path in (archive / ".newsarchive" / "script").iterdir()}

    done = make(archive / "siteconf.py")

    assert "site: 4 articles; 0 of" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in (archive / ".newsarchive" / "script").iterdir()} == tables
    assert {path.suffix for path in tables} == {".json"}


def test_names_in_doubt_come_as_lines_that_settle_them(archive: Path) -> None:
    command = [sys.executable, "-m", "newsarchive", "names", "-s", str(archive / "siteconf.py")]

    done = subprocess.run(command, capture_output=True, text=True, cwd=TOP / "plugins", check=False)

    assert done.returncode == 0, done.stderr
    assert '"于杰" = "于杰"' in done.stdout
    assert '"范里" = "范里"' in done.stdout
    assert "杨杰" not in done.stdout


def test_without_the_repair_machine_made_traditional_stays_untouched(archive: Path) -> None:
    conf = archive / "siteconf.py"
    conf.write_text(conf.read_text("utf-8") + "NEWS_REPAIR_MACHINE_TRADITIONAL = False\n", encoding="utf-8")
    (path,) = (archive / "content" / "articles" / "2019").rglob("*.md")
    original = parse(path.read_text(encoding="utf-8"))

    done = make(conf)
    text = page(archive, "zh-Hant", f"{original.slug}.html")

    assert done.returncode == 0, done.stderr
    assert "智能制造" in text
    assert "示范企業" in text
    assert "「" not in story(text)
    assert "已經由簡體復原" not in text
    assert "機器轉換" in text


def test_a_wrong_table_of_the_owner_stops_the_run_with_its_name(tmp_path: Path) -> None:
    conf = lay_out(tmp_path, TOP / "content" / "dumps" / "seed.txt")
    own = tmp_path / "content" / "vocabulary"
    own.mkdir()
    (own / "phrases.toml").write_text('[wrods]\n"杨杰" = "楊傑"\n', encoding="utf-8")

    done = make(conf)

    assert done.returncode == 2
    assert "phrases.toml: unknown table [wrods]; expected sounds or words" in done.stderr
    assert not (tmp_path / "output").exists()
