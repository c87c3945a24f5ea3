"""Time stamps in every form; what is not stated is never guessed."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.timestamp import dated_after, find_stamps, read_stamp

CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("text", "moment", "precision"),
    [
        ("2019-11-20 17:54:11", "2019-11-20T17:54:11+08:00", "second"),
        ("2019/11/20 17:54", "2019-11-20T17:54:00+08:00", "minute"),
        ("2019.11.20", "2019-11-20T00:00:00+08:00", "day"),
        ("2019年11月20日17:54", "2019-11-20T17:54:00+08:00", "minute"),
        ("2019年11月20日 星期三 下午5时54分", "2019-11-20T17:54:00+08:00", "minute"),
        ("２０１９年１１月２０日　１７：５４", "2019-11-20T17:54:00+08:00", "minute"),
        ("2019年 11月 20日", "2019-11-20T00:00:00+08:00", "day"),
        ("二〇一九年十一月二十日", "2019-11-20T00:00:00+08:00", "day"),
        ("二○一九年十二月卅一日", "2019-12-31T00:00:00+08:00", "day"),
        ("民國111年4月15日", "2022-04-15T00:00:00+08:00", "day"),
        ("中華民國九十二年五月三日", "2003-05-03T00:00:00+08:00", "day"),
        ("108/11/20 17:54", "2019-11-20T17:54:00+08:00", "minute"),
        ("1040415", "2015-04-15T00:00:00+08:00", "day"),
        ("20191120", "2019-11-20T00:00:00+08:00", "day"),
        ("20191120175411", "2019-11-20T17:54:11+08:00", "second"),
        ("1390982355", "2014-01-29T15:59:15+08:00", "second"),
        ("1390982355000", "2014-01-29T15:59:15+08:00", "second"),
        ("2019-11-20T09:54:11Z", "2019-11-20T17:54:11+08:00", "second"),
        ("2019-11-20T17:54:11.123+0900", "2019-11-20T17:54:11+09:00", "second"),
        ("Wed, 20 Nov 2019 09:54:11 GMT", "2019-11-20T17:54:11+08:00", "second"),
        ("Wed Nov 20 17:54:11 CST 2019", "2019-11-20T17:54:11+08:00", "second"),
        ("Nov 20, 2019 5:54 PM", "2019-11-20T17:54:00+08:00", "minute"),
        ("20/11/2019 - 17:54", "2019-11-20T17:54:00+08:00", "minute"),
        ("2019-11-20 HKT 17:54", "2019-11-20T17:54:00+08:00", "minute"),
        ("2019年11月", "2019-11-01T00:00:00+08:00", "month"),
        ("2019", "2019-01-01T00:00:00+08:00", "year"),
        ("05/06/2019", "2019-01-01T00:00:00+08:00", "year"),
    ],
)
def test_a_stamp_is_read_as_far_as_it_is_stated(text: str, moment: str, precision: str) -> None:
    stamp = read_stamp(text, CHINA)

    assert stamp and stamp.datetime and (stamp.datetime.isoformat(), stamp.precision) == (moment, precision)


@pytest.mark.parametrize("text", ["11月20日 17:54", "11-20 17:54", "11月20日", "１１月２０日"])
def test_a_year_that_is_not_stated_is_not_guessed(text: str) -> None:
    stamp = read_stamp(text, CHINA)

    assert stamp and stamp.datetime is None and stamp.partial == "--11-20"


@pytest.mark.parametrize(
    "text", ["昨天", "今（23）日", "3小时前", "2019-13-45", "0531-66661234", "192.168.2.1", "3/4的人"]
)
def test_other_words_are_no_stamp(text: str) -> None:
    assert list(find_stamps(text, CHINA)) == []


def test_a_december_dateline_of_a_january_page_is_of_the_year_before() -> None:
    december = read_stamp("12月31日", CHINA)

    assert december
    assert dated_after(december, datetime(2020, 1, 1, tzinfo=CHINA)).datetime == datetime(2019, 12, 31, tzinfo=CHINA)


@given(st.text(alphabet="0123456789年月日-/:. 上下午时分星期二〇民國TZ+", max_size=60))
def test_no_text_makes_reading_fail(text: str) -> None:
    for stamp in find_stamps(text, CHINA, given=True):
        assert text[stamp.start : stamp.end] == stamp.printed


@given(st.datetimes(datetime(1950, 1, 1), datetime(2098, 12, 31)))
def test_what_is_printed_comes_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=CHINA)

    for form in (
        "%Y-%m-%d %H:%M:%S",
        "%Y年%m月%d日%H时%M分%S秒",
        "%Y/%m/%d %H:%M:%S",
        "%Y%m%d%H%M%S",
        "%Y-%m-%dT%H:%M:%S%z",
    ):
        stamp = read_stamp(moment.strftime(form), CHINA)
        assert stamp and stamp.datetime == moment
