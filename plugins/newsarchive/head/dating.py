"""When a text was published, from everything that may say so; a year that nothing states is not guessed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from ..timestamp import Stamp, dated_after, find_stamps, read_stamp

URL_FORMS = tuple(
    re.compile(form)
    for form in (
        r"/(?P<y>(?:19|20)\d\d)[/_-](?P<m>\d{1,2})[/_-](?P<d>\d{1,2})(?!\d)",
        r"/(?P<y>(?:19|20)\d\d)[/_-]?(?P<m>0[1-9]|1[0-2])[/_-]?(?P<d>[0-3]\d)(?!\d)",
        r"(?<![\d.])(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?=\d{0,9}(?!\d))",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)[-_](?P<m>0[1-9]|1[0-2])[-_](?P<d>[0-3]\d)(?!\d)",
        r"/(?P<y>\d\d)/(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)/\d\d/",
    )
)
MONTH_FORMS = (
    re.compile(r"[/_-](?P<y>(?:19|20)\d\d)[/_-]?(?P<m>0[1-9]|1[0-2])(?:[/_-]|$)"),
    re.compile(r"/(?P<y>20\d\d)/"),
)
FILE_FORM = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-_.年/]?(?P<m>0[1-9]|1[0-2])[-_.月/]?(?P<d>[0-3]\d)(?!\d)")
NEAR = timedelta(days=31)
"""A page is put up within a month of its dateline; a URL further off is that of a later copy."""


def url_stamp(url: str, zone: tzinfo) -> Stamp | None:
    """The day in an address.

    >>> from datetime import timezone
    >>> url_stamp("http://gongyi.sohu.com/20120628/n346743894.shtml", timezone.utc).datetime.day
    28
    """
    path = re.sub(r"^\w+://[^/]*", "", url)
    return next((stamp for form in URL_FORMS if (stamp := _day(form.search(path), zone))), None)


def url_month(url: str, zone: tzinfo) -> datetime | None:
    """The last moment of the month or year in an address: `/201911/`, `/2019/`."""
    path = re.sub(r"^\w+://[^/]*", "", url)
    for form in MONTH_FORMS:
        if found := form.search(path):
            year, month = int(found["y"]), int(found.groupdict().get("m") or 12)
            following = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
            return following - timedelta(days=1)
    return None


def file_stamp(path: str, zone: tzinfo) -> Stamp | None:
    """The one day in the name of a dump file or its folders; None when there are two."""
    days = {found.groups(): found for found in FILE_FORM.finditer(path)}
    return _day(next(iter(days.values())), zone) if len(days) == 1 else None


def _day(found: re.Match[str] | None, zone: tzinfo) -> Stamp | None:
    if not found:
        return None
    year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
    try:
        moment = datetime(year, int(found["m"]), int(found["d"]), tzinfo=zone)
    except ValueError:
        return None
    return Stamp(moment, "day", found[0].strip("/_-"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a text itself says of its date."""

    printed: Sequence[Stamp] = ()
    """Time stamps beside the story."""

    clock: str = ""
    """Hour and minute that stand apart from the day."""

    modified: Stamp | None = None
    dateline: str = ""


def publication(told: Told, given: Mapping[str, str], path: str, zone: tzinfo) -> tuple[Stamp | None, str]:
    """The date of publication and the rule that read it.

    First what the dump states, then the time stamps beside the story, the address, the dateline, the last
    change of the page, the name of the file. A stamp that lacks its year takes it from the next that has one.
    """
    printed = told.printed
    stated = read_stamp(given["date"], zone) if given.get("date") else None
    on_page = url_stamp(given.get("url", ""), zone)
    in_file = file_stamp(path, zone)
    line = next(find_stamps(told.dateline, zone), None)
    candidates = [
        ("given", stated),
        *(("stamp", stamp) for stamp in printed),
        ("url", _near(on_page, line)),
        ("dateline", line),
        ("last change", told.modified),
    ]
    years = [s.datetime for s in (stated, *printed, on_page, told.modified) if s and s.datetime]
    years += filter(None, [url_month(given.get("url", ""), zone), in_file.datetime if in_file else None])
    found = [(rule, _completed(stamp, years)) for rule, stamp in candidates if stamp]
    if in_file and not any(stamp.datetime for _, stamp in found) and not line:
        found.append(("file name", in_file))
    whole = [(rule, stamp) for rule, stamp in found if stamp.datetime and stamp.precision not in ("year", "month")]
    if whole:
        rule, stamp = whole[0]
        return _finer(stamp, [s for r, s in whole if r != "last change"], told.clock), rule
    return next(((s, rule) for rule, s in found if s.datetime), next(((s, rule) for rule, s in found), (None, "")))


def last_change(modified: Stamp | None, clock: str, published: Stamp | None) -> datetime | None:
    """The last change of a text: its own stamp, else its *clock* on the day of publication when that is later.

    >>> from datetime import UTC
    >>> day = read_stamp("2022-03-30 18:45", UTC)
    >>> f"{last_change(None, '19:10', day):%H:%M}", last_change(None, "07:00", day)
    ('19:10', None)
    >>> f"{last_change(read_stamp('03-31 19:10', UTC), '', day):%Y-%m-%d %H:%M}"
    '2022-03-31 19:10'
    """
    day = published.datetime if published and published.precision in ("day", "minute", "second") else None
    if modified:
        return _completed(modified, [day] if day else []).datetime
    if not clock or not day:
        return None
    hour, minute, second = (*map(int, clock.split(":")), 0)[:3]
    change = day.replace(hour=hour, minute=minute, second=second)
    return change if change >= day else None


def _near(page: Stamp | None, line: Stamp | None) -> Stamp | None:
    """The day of the address, unless the dateline is of another month: then the page is a later copy."""
    if not (page and page.datetime and line):
        return page
    told = dated_after(line, page.datetime)
    return page if told.datetime is None or abs(page.datetime - told.datetime) <= NEAR else None


def _completed(stamp: Stamp, years: Sequence[datetime]) -> Stamp:
    """*stamp* with the year of the first of *years*; its clock is kept."""
    if stamp.datetime or not years:
        return stamp
    told = dated_after(stamp, years[0])
    clock = re.search(r"(\d{1,2})[:：时時点點](\d\d)(?:[:：分](\d\d))?", stamp.printed)
    if not told.datetime or not clock or int(clock[1]) > 23:
        return told
    moment = told.datetime.replace(hour=int(clock[1]), minute=int(clock[2]) % 60, second=int(clock[3] or 0) % 60)
    return replace(told, datetime=moment, precision="second" if clock[3] else "minute")


def _finer(stamp: Stamp, others: Sequence[Stamp], clock: str) -> Stamp:
    """*stamp* with the hour, when it states only the day: that of another stamp of the day, else *clock*."""
    if stamp.precision != "day" or not stamp.datetime:
        return stamp
    same = (s for s in others if s.datetime and s.precision != "day" and s.datetime.date() == stamp.datetime.date())
    if finer := next(same, None):
        return finer
    if not clock:
        return stamp
    hour, minute, second = [*map(int, clock.split(":")), 0][:3]
    moment = stamp.datetime.replace(hour=hour, minute=minute, second=second)
    return replace(stamp, datetime=moment, precision="second" if clock.count(":") == 2 else "minute")
