"""Dates as an edition writes them, from its entry in editions.toml."""

import re
from datetime import date

from .editions import edition

WEEKDAYS = "一二三四五六日"
ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
PRECISE_ENOUGH = {"second": "day", "minute": "day", "day": "day", "month": "month", "year": "year"}


def date_text(when: date | str, precision: str, code: str) -> str:
    """*when* down to *precision* (article.Precision) as edition *code* writes it; "" for `none`.

    A string is ISO 8601 and may stop early; what it does not state is not written.

    >>> date_text("2019-11-20", "day", "zh-Hant"), date_text("2019-11", "day", "zh-Hans")
    ('2019年11月20日', '2019年11月')
    """
    found = ISO.match(when if isinstance(when, str) else when.isoformat())
    wanted = PRECISE_ENOUGH.get(precision)
    if not found or not wanted:
        return ""
    parts = {name: int(digits) for name, digits in found.groupdict().items() if digits}
    form = wanted if wanted in parts else list(parts)[-1]
    return edition(code).dates[form].format(**parts)


def weekday_text(when: date, code: str) -> str:
    """The day of the week of *when*.

    >>> weekday_text(date(2019, 11, 20), "zh-Hans")
    '星期三'
    """
    return edition(code).dates["weekday"].format(weekday=WEEKDAYS[when.weekday()])
