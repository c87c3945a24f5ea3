"""How to cite one article: GB/T 7714, BibTeX, RIS, CSL-JSON, and what machines read from its page."""

import json
from typing import Any

from .article import Article
from .view import Citation


def day_of(article: Article) -> str:
    """`2019-11-20`, or as much of it as is known, or empty."""
    shown = {"month": 7, "year": 4, "none": 0}.get(article.date_precision, 10)
    return article.date.isoformat()[:shown] if article.date else ""


def citations(article: Article, url: str) -> tuple[Citation, ...]:
    """*article* in every style of STYLES; *url* is its public address, or empty."""
    return tuple(Citation(name, style(article, url), file) for name, style, file in STYLES)


def gbt_7714(article: Article, url: str) -> str:
    """GB/T 7714-2015, online newspaper article: 著者. 題名[N/OL]. 報紙名, 出版日期[引用日期]. 獲取路徑."""
    authors = ", ".join(article.reporters[:3]) + (", 等" if len(article.reporters) > 3 else "")
    title = f"[{article.title}]" if article.title_derived else article.title
    published = ", ".join(filter(None, (article.source, day_of(article) or "[日期不詳]")))
    cited = f"[{article.captured[:10]}]" if article.captured else ""
    return ". ".join(filter(None, (authors, f"{title}[N/OL]", published + cited, url))) + "."


def bibtex(article: Article, url: str) -> str:
    """BibLaTeX `@online`; braces keep titles and Chinese names as they are."""
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in article.reporters),
        "title": f"{{{_tex(article.title)}}}",
        "organization": _tex(article.source),
        "date": day_of(article),
        "url": url,  # read as it stands: a mark before _ or % would become part of it
        "note": f"SHA-256 {article.sha256}",
        "langid": "chinese",
    }
    key = article.slug.replace("/", "-")
    lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@online{{{key},\n{''.join(lines)}}}\n"


TEX = str.maketrans(
    {char: "\\" + char for char in "%#$&_"}
    | {
        "\\": "\\textbackslash{}",
        "{": "\\textbraceleft{}",  # BibTeX counts braces even behind a backslash
        "}": "\\textbraceright{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
    }
)


def _tex(text: str) -> str:
    return text.translate(TEX)


def ris(article: Article, url: str) -> str:
    """RIS, type NEWS; lines end with CR LF as the format wants."""
    rows = [("TY", "NEWS")]
    rows += [("AU", name) for name in article.reporters]
    rows += [("TI", article.title), ("T2", article.source), ("DA", day_of(article).replace("-", "/"))]
    rows += [("KW", tag) for tag in article.shown_tags]
    rows += [("UR", url), ("LA", article.lang), ("ID", article.slug), ("ER", "")]
    return "".join(f"{name}  - {value}\r\n" for name, value in rows if value or name == "ER")


def csl_json(article: Article, url: str) -> str:
    """CSL-JSON, type article-newspaper; one item in a list, as reference managers import it."""
    parts = [int(part) for part in day_of(article).split("-") if part]
    item: dict[str, Any] = {
        "id": article.slug,
        "type": "article-newspaper",
        "title": article.title,
        "container-title": article.source,
        "author": [{"literal": name} for name in article.reporters],
        "issued": {"date-parts": [parts]} if parts else None,
        "language": article.lang,
        "URL": url,
    }
    known = {key: value for key, value in item.items() if value}
    return json.dumps([known], ensure_ascii=False, separators=(",", ":"))


STYLES = (
    ("GB/T 7714", gbt_7714, ""),
    ("BibTeX", bibtex, "bib"),
    ("RIS", ris, "ris"),
    ("CSL-JSON", csl_json, "json"),
)
"""Name, function and file ending of each style, in the order shown."""


def json_ld(article: Article, url: str, site_name: str, crumbs: tuple[tuple[str, str], ...]) -> str:
    """schema.org NewsArticle and BreadcrumbList, safe inside <script type="application/ld+json">."""
    news: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": article.date.isoformat()
        if article.date_precision in ("second", "minute") and article.date
        else day_of(article),
        "dateModified": article.modified.isoformat() if article.modified else "",
        "author": [{"@type": "Person", "name": name} for name in article.reporters],
        "editor": [{"@type": "Person", "name": name} for name in article.editors],
        "publisher": {"@type": "Organization", "name": article.source} if article.source else None,
        "dateline": article.dateline,
        "keywords": list(article.shown_tags),
        "inLanguage": article.lang,
        "url": url,
        "isBasedOn": article.original_url,
        "identifier": f"sha256:{article.sha256}",
        "isPartOf": {"@type": "Collection", "name": site_name},
    }
    trail = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, **({"item": item} if item else {})}
            for place, (name, item) in enumerate(crumbs, 1)
        ],
    }
    graph = [{key: value for key, value in thing.items() if value} for thing in (news, trail)]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def meta(article: Article, url: str) -> tuple[tuple[str, str], ...]:
    """(name, content) of the Highwire, Dublin Core, OpenGraph and Zotero <meta> elements; empty ones are left out.

    Of two names the second is OpenGraph's, which goes by `property`: one element serves both, and a page is shorter.
    """
    day = day_of(article)
    rows = [
        ("citation_title", article.title),
        *(("citation_author", name) for name in article.reporters),
        ("citation_publication_date", day.replace("-", "/")),
        ("citation_journal_title", article.source),
        ("citation_public_url og:url", url),
        ("DC.title og:title", article.title),
        *(("DC.creator", name) for name in article.reporters),
        ("DC.publisher", article.source),
        ("DC.date article:published_time", day),
        ("DC.language", article.lang),
        ("DC.source", article.original_url),
        ("DC.identifier", f"sha256:{article.sha256}"),
        ("z:itemType", "newspaperArticle"),
        ("og:type", "article"),
    ]
    return tuple((name, content) for name, content in rows if content)
