"""How to cite one article by GB/T 7714, and what machines read from its page.

The other styles are made of that by the browser, when a reader asks for them (theme/static/js/reader.js): printed on
every page they took a sixth of it.
"""

import json
import re
from typing import Any

from .article import Article


def day_of(article: Article) -> str:
    """`2019-11-20`, or as much of it as is known, or empty."""
    shown = {"month": 7, "year": 4, "none": 0}.get(article.date_precision, 10)
    return article.date.isoformat()[:shown] if article.date else ""


def gbt_7714(article: Article, url: str) -> str:
    """GB/T 7714-2015, online newspaper article: 著者. 題名[N/OL]. 報紙名, 出版日期[引用日期]. 獲取路徑."""
    authors = ", ".join(article.reporters[:3]) + (", 等" if len(article.reporters) > 3 else "")
    title = f"[{article.title}]" if article.title_derived else article.title
    published = ", ".join(filter(None, (article.source, day_of(article) or "[日期不詳]")))
    cited = f"[{article.captured[:10]}]" if article.captured else ""
    return ". ".join(filter(None, (authors, f"{title}[N/OL]", published + cited, url))) + "."


ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
UNSAFE = re.compile("[<\u2028\u2029]")


def json_ld(article: Article, site: tuple[str, str], crumbs: tuple[tuple[str, str], ...]) -> str:
    """schema.org NewsArticle and BreadcrumbList, safe inside <script type="application/ld+json">.

    Of the whole record it has what search engines ask for; address, digest and original address are marked where
    the page shows them (`meta`). *site* and *crumbs* are (name, absolute address); a trail needs two steps, so a page
    without a day begins at the site.
    """
    exact = article.date if article.date_precision in ("second", "minute") else None
    news: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": exact.isoformat() if exact else day_of(article),
        "dateModified": article.modified.isoformat() if article.modified else "",
        "author": [{"@type": "Person", "name": name} for name in article.reporters],
        "editor": [{"@type": "Person", "name": name} for name in article.editors],
        "publisher": {"@type": "Organization", "name": article.source} if article.source else None,
        "inLanguage": article.lang,
    }
    steps = crumbs if len(crumbs) > 1 else (site, *crumbs, (article.title, ""))
    trail = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, **({"item": item} if item else {})}
            for place, (name, item) in enumerate(steps, 1)
        ],
    }
    known = {key: value for key, value in news.items() if value}
    text = ENCODE({"@context": "https://schema.org", "@graph": [known, trail]})
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) if UNSAFE.search(text) else text


def meta(article: Article) -> tuple[tuple[str, str, str], ...]:
    """(name, property, content) of the <meta> elements; unknown values are left out.

    A `name` is Highwire's or Zotero's. A `property` is OpenGraph's or Dublin Core's, both of which RDFa 1.1 knows
    without being told (https://www.w3.org/2011/rdfa-context/rdfa-1.1), so one element serves three readers. The
    rest of the record is marked where the page shows it: og:url is the canonical link, dc:source the original
    address, dc:identifier the SHA-256, and the language that of the page.
    """
    day = day_of(article)
    rows = [
        ("citation_title", "og:title dc:title", article.title),
        *(("citation_author", "dc:creator", name) for name in article.reporters),
        ("citation_publication_date", "", day.replace("-", "/")),
        ("", "article:published_time dc:date", day),
        ("citation_journal_title", "dc:publisher", article.source),
        ("z:itemType", "", "newspaperArticle"),
        ("", "og:type", "article"),
    ]
    return tuple(row for row in rows if row[2])
