"""A Record becomes an Article: where the steps meet. Read this file first.

clean the text -> read head, dateline and foot -> find title and headings; nothing of the record is lost on the way.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from .article import GIVEN, Article, Record, Refusal
from .clean import Cleaned, clean
from .head import Head, oddities, read_head
from .headline import headline
from .script import detect, is_machine_traditional
from .tagging import tags_of
from .timestamp import read_stamp

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has kept one zone without summer time since 1991."""

KEY_DIGITS = 12
SIGNS = re.compile("[；;、，,|/\n]")
HAN = "\u3400-\u9fff"
SPACE_AT_HAN = re.compile(f"(?<=[{HAN}]) +|　+|(?<! ) +(?=[{HAN}])")
UNTITLED = {"zh-Hant": "無題"}
DERIVED_TITLE_CHARS = 30


def catalogue(record: Record, zone: tzinfo = CHINA) -> Article | Refusal:
    """*record* as an article; a refusal only when it holds no text at all.

    >>> from .article import Origin
    >>> text = "來源:齊魯網\\n2019-11-20 17:54:11\\n齊魯網11月20日訊 (記者 吳天旭)煙臺市政府簽署協議。"
    >>> article = catalogue(Record(text, Origin("seed.txt")))
    >>> article.source, str(article.date), article.reporters
    ('齊魯網', '2019-11-20 17:54:11+08:00', ('吳天旭',))
    """
    body, given, head = read(record, zone)
    if not head.paragraphs:
        return Refusal(record.origin, _no_text(record), record.raw or record.text)
    whole = "\n".join((head.title, *head.paragraphs))
    lang = detect(whole)
    title = _one_line(head.title or headline(head.paragraphs) or UNTITLED.get(lang, "无题"))
    return Article(
        title=title,
        title_derived=not head.title,
        date=head.date,
        date_precision=head.precision,
        date_printed=head.date_printed,
        modified=_moment(given.get("modified", ""), zone) or head.modified,
        slug=_slug(record, head),
        source=head.source,
        reprint_from=head.reprint_from,
        reporters=head.reporters,
        correspondents=head.correspondents,
        photographers=head.photographers,
        editors=head.editors,
        dateline=given.get("dateline") or _one_line(head.dateline),
        places=tuple(map(_one_line, head.places)),
        tags=_words(given.get("tags", "")),
        tags_auto=tags_of(title, head.paragraphs, head.places),
        category=given.get("category") or head.category,
        lang=lang,
        original_url=given.get("url", ""),
        original_file=str(record.origin),
        original_encoding=record.origin.encoding,
        sha256=record.sha256,
        captured=given.get("captured", ""),
        machine_traditional=lang == "zh-Hant" and is_machine_traditional(whole),
        cleaning=body.counts,
        repairs=body.repairs,
        warnings=_warnings(record, body, head),
        boilerplate=tuple(map(_one_line, head.boilerplate)),
        fields=_further(given, head),
        paragraphs=head.paragraphs,
    )


def read(record: Record, zone: tzinfo = CHINA) -> tuple[Cleaned, dict[str, str], Head]:
    """The text of *record* cleaned, its given fields cleaned, and what both say of the article."""
    body = clean(record.text)
    given = {name: _field(value, body.glosses) for name, value in record.given.items()}
    return body, given, read_head(body.text or given.get("summary", ""), given, zone, record.origin.path)


def _field(value: str, glosses: Mapping[str, str]) -> str:
    """A given field cleaned. The same day, outlet and section stand in thousands of records, and few have glosses."""
    return _one_line(clean(value, glosses, is_title=True).text) if glosses else _plain_field(value)


@lru_cache(maxsize=1024)
def _plain_field(value: str) -> str:
    if value.isascii() and value.isprintable() and "&" not in value:
        return _one_line(value)  # an address or a day: cleaning is for Chinese
    return _one_line(clean(value, is_title=True).text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _no_text(record: Record) -> str:
    found = f"{record.text.strip()!r:.40}" if record.text.strip() else "nothing"
    return f"no text in the record: found {found}; expected at least one line of a story"


def _slug(record: Record, head: Head) -> str:
    """The permanent address: as much of the day as is known, then the key.

    2019/11/20-3f2a9c81d04e, 2019/11/3f2a9c81d04e, 2019/3f2a9c81d04e or undated/3f2a9c81d04e
    """
    key = record.sha256[:KEY_DIGITS]
    if head.date is None:
        return f"undated/{key}"
    forms = {"month": f"{head.date:%Y/%m}/{key}", "year": f"{head.date:%Y}/{key}"}
    return forms.get(head.precision, f"{head.date:%Y/%m/%d}-{key}")


def _moment(text: str, zone: tzinfo) -> datetime | None:
    stamp = read_stamp(text, zone) if text else None
    return stamp.datetime if stamp else None


def _words(text: str) -> tuple[str, ...]:
    """The headings in a field of the dump, whatever sign parts them; a space does where nothing else is there.

    >>> _words("防汛;5G 应用"), _words("故宫 元宵节 Big Bang"), _words("#防汛# #煙臺#")
    (('防汛', '5G 应用'), ('故宫', '元宵节', 'Big Bang'), ('防汛', '煙臺'))
    """
    if text.startswith("#"):
        text = text.replace("#", "\n")
    words = SIGNS.split(text) if SIGNS.search(text) else SPACE_AT_HAN.split(text)
    return tuple(dict.fromkeys(filter(None, (word.strip(" \t　") for word in words))))


def _warnings(record: Record, body: Cleaned, head: Head) -> tuple[str, ...]:
    """What a person should look at."""
    own = []
    if any(rule == "date: file name" for rule, _ in head.readings):
        own.append("date taken from the name of the file")
    if any(rule == "date: last change" for rule, _ in head.readings):
        own.append("date is that of the last change")
    if head.date is None:
        own.append("no date" if not head.date_printed else f"date without a year: {head.date_printed}")
    own += oddities(head.title, head.paragraphs)
    return tuple(dict.fromkeys((*record.warnings, *body.warnings, *own)))


def _further(given: Mapping[str, str], head: Head) -> tuple[tuple[str, str], ...]:
    """The fields of the dump that no field of an Article holds, or whose words could not be read."""
    kept = {name: value for name, value in given.items() if value and name not in GIVEN}
    kept |= {name: given[name] for name in ("summary", *head.unread) if given.get(name)}
    return tuple((_one_line(name).replace(":", "："), value) for name, value in kept.items())
