"""How to cite one article by GB/T 7714, and what machines read from its page.

The other styles are made of that by the browser, when a reader asks for them (theme/static/js/reader.js): printed on
every page they took a sixth of it.

Each field of the record is said to programs once. article.html prints a <meta> whose `name` is Highwire's or
Zotero's and whose `property` is OpenGraph's and Dublin Core's, both of which RDFa 1.1 knows without being told
(https://www.w3.org/2011/rdfa-context/rdfa-1.1): one element serves three readers. Its date is ISO 8601, which all
three take. What the page shows anyway is marked there: og:url is the canonical link, dc:source the original address,
dc:identifier the SHA-256, and the language that of the page. JSON-LD has what search engines ask for.
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


def json_ld(article: Article, above: tuple[str, str]) -> str:
    """schema.org NewsArticle and BreadcrumbList, safe inside <script type="application/ld+json">.

    Of the whole record it has what search engines ask for, and nothing that the head says to other programs. *above*
    is (name, absolute address) of the page this one belongs to. A trail needs two steps, and the last no address
    (https://developers.google.com/search/docs/appearance/structured-data/breadcrumb).
    """
    exact = article.date if article.date_precision in ("second", "minute") else None
    news: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": exact.isoformat() if exact else day_of(article),
        "dateModified": article.modified.isoformat() if article.modified else "",
        "author": [{"@type": "Person", "name": name} for name in article.reporters],
    }
    trail = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, **({"item": item} if item else {})}
            for place, (name, item) in enumerate((above, (article.title, "")), 1)
        ],
    }
    known = {key: value for key, value in news.items() if value}
    text = ENCODE({"@context": "https://schema.org", "@graph": [known, trail]})
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) if UNSAFE.search(text) else text
