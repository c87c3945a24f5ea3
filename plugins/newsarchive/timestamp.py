"""Time stamps in every form that dumps print; what is not printed is never guessed.

vocabulary/stamps.toml is the list of forms. Relative words (昨天, 今（23）日, 3小时前) are no stamps.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone, tzinfo

from .article import Precision
from .vocabulary import Pattern
from .vocabulary.owned import Patterns, remembered

FIRST_YEAR, LAST_YEAR = 1900, 2099
ROC_OFFSET = 1911
"""民國1年 is 1912."""

THIS_CENTURY = 2000
"""Pages that print a year of two digits, 22-06-19, are no older."""

WIDTHS = str.maketrans("０１２３４５６７８９：－／．　（），Ｏ○零", "0123456789:-/. (),〇〇〇")
"""One character to one, so that places found in the folded text are places in the text."""

NUMERALS = {character: value for value, character in enumerate("〇一二三四五六七八九十")} | {"廿": 20, "卅": 30}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SOON = timedelta(days=2)
"""A text may be dated a little ahead of its page: tomorrow's paper, another time zone."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as far as it is stated."""

    datetime: datetime | None
    """With its zone; parts below `precision` are at their lowest. None when the year is not stated."""

    precision: Precision
    printed: str
    """As it stands in the text, e.g. `11月20日17:54`."""

    partial: str = ""
    """ISO 8601 form of a stamp without a year, e.g. `--11-20`."""

    start: int = 0
    """Where it begins in the text searched."""

    end: int = 0

    @property
    def month_day(self) -> tuple[int, int] | None:
        """Month and day of a stamp without a year."""
        found = re.match(r"--(\d\d)-(\d\d)", self.partial)
        return (int(found[1]), int(found[2])) if found else None


def _widened(text: str) -> str:
    return text.translate(WIDTHS)


FORMS = Patterns("stamps.toml", "stamp", notes=("loose",), prepare=_widened)
SURE = Patterns("stamps.toml", "stamp", notes=("loose",), prepare=_widened, keep=lambda form: "loose" not in form.notes)
"""Forms that cannot be another number when they stand among other words."""


@remembered
def read_stamp(text: str, zone: tzinfo, *, given: bool = True) -> Stamp | None:
    """The time stamp with which *text* begins, in *zone* unless it names its own.

    *given* says that the text is known to be a date, so that a bare number can be one.

    >>> from datetime import timezone, timedelta
    >>> china = timezone(timedelta(hours=8))
    >>> read_stamp("２０１９年１１月２０日　１７：５４", china).datetime.isoformat()
    '2019-11-20T17:54:00+08:00'
    >>> read_stamp("1390982355", china).datetime.isoformat(), read_stamp("11-20 17:54", china).partial
    ('2014-01-29T15:59:15+08:00', '--11-20')
    """
    stripped = text.strip(" \t　[](（）【】")
    return next((stamp for stamp in find_stamps(stripped, zone, given=given) if stamp.start <= 1), None)


def find_stamps(text: str, zone: tzinfo, *, given: bool = False) -> Iterator[Stamp]:
    """Every time stamp in *text*, from left to right.

    >>> from datetime import timezone
    >>> [s.printed for s in find_stamps("2019-11-20 17:54 更新：11月21日", timezone.utc)]
    ['2019-11-20 17:54', '11月21日']
    """
    folded = text.translate(WIDTHS)
    at = 0
    forms = (FORMS if given else SURE).fitting(folded)
    while found := _first(folded, at, forms):
        stamp = _stamp(found, text, zone)
        if stamp:
            yield stamp
        at = found.end() if stamp else found.start() + 1


def _first(folded: str, at: int, forms: Sequence[Pattern]) -> re.Match[str] | None:
    """The match that begins first; of those that begin together, that of the earlier form."""
    best: re.Match[str] | None = None
    for form in forms:
        found = form.regex.search(folded, at, best.end() if best else len(folded))
        if found and (best is None or found.start() < best.start()):
            best = found
    return best


def _stamp(found: re.Match[str], text: str, zone: tzinfo) -> Stamp | None:
    """The match *found* as a Stamp; None when there is no such day."""
    parts = found.groupdict()
    end = found.end() - (len(found[0]) - len(found[0].rstrip(" (|,，")))
    printed = text[found.start() : end]
    try:
        if parts.get("unix"):
            moment = datetime.fromtimestamp(int(parts["unix"]), zone)
            return Stamp(moment, "second", printed, "", found.start(), end)
        year = _year(parts)
        month, day, precision = _month_day(parts)
        if year is None:
            date(2000, month, day)
            return Stamp(None, "none", printed, f"--{month:02}-{day:02}", found.start(), end)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        moment, clock = _with_clock(datetime(year, month, day, tzinfo=zone), parts)
    except (ValueError, OverflowError, OSError):
        return None
    return Stamp(moment, clock if precision == "day" and clock else precision, printed, "", found.start(), end)


def _year(parts: Mapping[str, str | None]) -> int | None:
    if roc := parts.get("roc"):
        return ROC_OFFSET + _number(roc)
    if short := parts.get("short"):
        return THIS_CENTURY + _number(short)
    return _number(year) if (year := parts.get("year")) else None


def _month_day(parts: Mapping[str, str | None]) -> tuple[int, int, Precision]:
    """Month, day and how much of them is stated.

    20/11/2019 can only be a day in November; of 05/06/2019 only the year is sure.
    """
    if first := parts.get("first"):
        one, two = int(first), int(parts["other"] or 0)
        if one <= 12 and two <= 12 and one != two:
            return 1, 1, "year"
        return (two, one, "day") if one > 12 or one == two else (one, two, "day")
    name = parts.get("english")
    month = (
        MONTHS.index(name[:3].lower()) + 1 if name else _number(parts.get("month") or parts.get("month_after") or "")
    )
    day = _number(parts.get("day") or "")
    if not month and not day:
        return 1, 1, "year"
    return (month, day, "day") if "day" in parts else (month, 1, "month")


def _number(digits: str) -> int:
    """*digits* in Arabic or Han numerals.

    >>> _number("2019"), _number("二〇一九"), _number("十一"), _number("二十"), _number("廿一"), _number("一百零四")
    (2019, 2019, 11, 20, 21, 104)
    """
    if not digits or digits.isdecimal():
        return int(digits or 0)
    values = [NUMERALS.get(character, 0) for character in digits.replace("零", "〇") if character != "百"]
    if max(values) < 10:
        return int("".join(map(str, values)))
    tens = next(value for value in values if value >= 10)
    before = sum(value for value in values[: values.index(tens)])
    return tens * max(before, 1) + sum(values[values.index(tens) + 1 :])


def _with_clock(day: datetime, parts: Mapping[str, str | None]) -> tuple[datetime, Precision | None]:
    """*day* with the hour printed behind it, and the precision of that; None when there is none."""
    if not parts.get("hour"):
        return day, None
    hour = int(parts["hour"] or 0)
    half = (parts.get("half") or parts.get("half_after") or "").lower()
    if half[:2] in ("下午", "晚上", "晚間", "晚间", "傍晚", "pm", "p.") and hour < 12:
        hour += 12
    elif (half[:2] in ("am", "a.", "凌晨") and hour == 12) or hour == 24:
        hour = 0
    second = parts.get("second")
    moment = day.replace(hour=hour, minute=int(parts["minute"] or 0), second=int(second or 0))
    return _in_zone(moment, parts.get("zone")), "second" if second else "minute"


def _in_zone(moment: datetime, zone: str | None) -> datetime:
    """*moment* in the zone that is printed. Machine time (UTC) is told in the archive's own zone.

    CST is China's: Java and PHP write it so on the servers these texts come from.
    """
    found = re.search(r"([+-])(\d{1,2}):?(\d\d)?$", zone or "")
    if not zone or not (found or zone[:3] in ("Z", "UTC", "GMT")):
        return moment
    sign = -1 if found and found[1] == "-" else 1
    offset = sign * timedelta(hours=int(found[2]), minutes=int(found[3] or 0)) if found else timedelta(0)
    printed = moment.replace(tzinfo=timezone(offset))
    return printed if offset else printed.astimezone(moment.tzinfo)


def dated_after(stamp: Stamp, reference: datetime) -> Stamp:
    """*stamp*, which states no year, in the year that puts it last before *reference*.

    >>> from datetime import timezone
    >>> last = read_stamp("12月31日", timezone.utc)
    >>> dated_after(last, datetime(2020, 1, 1, tzinfo=timezone.utc)).datetime.year
    2019
    """
    if stamp.datetime or not stamp.month_day:
        return stamp
    for year in (reference.year, reference.year - 1):
        try:
            moment = datetime(year, *stamp.month_day, tzinfo=reference.tzinfo)
        except ValueError:
            continue
        if moment <= reference + SOON:
            return replace(stamp, datetime=moment, precision="day")
    return stamp
