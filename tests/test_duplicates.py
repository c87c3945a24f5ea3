"""Which stories are the same story: duplicates.py."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.duplicates import SAME, agreement, bands, is_same, jaccard, letters, shingles, telling

STORY = (
    "海岸城市濱河區新建的圖書館昨日開放，首日迎來讀者三千四百人。館長周立言介紹，館藏圖書共26萬冊，設座位1200個。"
    "「小時候要走四十分鐘才能借到書，」住在附近的退休教師林素梅說，「現在下樓就是。」"
    "該館投資2.4億元，歷時三年建成，每週二至週日早上9時至晚上9時開放。市文化局表示，明年還將建成六座社區書屋。"
)
CORRECTED = STORY.replace("三千四百人", "三千五百人") + "停車場將於月底啟用。"
FORECAST = (
    "濱河市氣象台今天{0}時發布：今天夜間到明天，多雲，{1}到{2}級北風，最低氣溫{3}度，最高氣溫{4}度。"
    "後天陰有小雨，氣溫{5}到{6}度。空氣品質{7}，穿衣指數{8}。早晚溫差較大，請注意增減衣物，駕車注意安全。"
)
DAY = date(2019, 11, 20)


def test_another_script_and_other_punctuation_make_no_other_story() -> None:
    simplified = "煙臺市政府，簽署協議。" * 3, "烟台市政府签署协议！" * 3

    assert letters(simplified[0]) == letters(simplified[1])
    assert is_same(telling("甲", simplified[0], None), telling("乙", simplified[1], None))


def test_a_later_edition_is_the_same_story() -> None:
    assert is_same(telling("新館開放", STORY, DAY), telling("【更新】新館開放", CORRECTED, DAY))


def test_a_reprint_with_another_first_line_is_the_same_story() -> None:
    assert is_same(telling("", STORY, DAY), telling("", "晨報綜合消息，" + STORY, date(2019, 11, 22)))


def test_a_forecast_is_not_that_of_the_next_day() -> None:
    today = FORECAST.format(17, 3, 4, 12, 21, 11, 18, 52, 4)
    next_day = FORECAST.format(18, 2, 3, 9, 17, 10, 15, 71, 5)

    assert not is_same(telling("天氣預報", today, DAY), telling("天氣預報", next_day, date(2019, 11, 21)))


def test_a_sequel_that_opens_alike_is_another_story() -> None:
    opening, rest = STORY[:50], "".join(Random(1).sample(STORY[50:], len(STORY) - 50))

    assert not is_same(telling("新館開放", STORY, DAY), telling("新館開放", opening + rest, DAY))


def test_short_texts_are_the_same_only_under_the_same_headline_on_the_same_day() -> None:
    assert not is_same(telling("國內快訊", "本台消息", DAY), telling("國內快訊", "本台消息", date(2019, 11, 21)))
    assert not is_same(telling("運動會開幕", "圖片新聞", DAY), telling("新橋通車", "圖片新聞", DAY))
    assert is_same(telling("新橋通車", "圖片新聞", DAY), telling("新桥通车", "图片新闻", DAY))


def test_figures_agree_by_number_and_unit() -> None:
    assert agreement((), ()) == 1.0
    assert agreement(("15℃",), ("15日",)) == 0.0


@given(st.text())
def test_any_text_has_bands_and_is_like_itself(text: str) -> None:
    assert bands(text) == bands(text)
    assert jaccard(shingles(text), shingles(text)) == 1.0


@given(st.text(), st.text())
def test_sameness_does_not_depend_on_order(a: str, b: str) -> None:
    one, other = telling(a, b, None), telling(b, a, DAY)

    assert is_same(one, other) == is_same(other, one)


@pytest.mark.parametrize("edits", [1, 2, 3])
def test_what_is_the_same_story_shares_bands(edits: int) -> None:
    """Recall of the bands on texts changed in a few places, as long as they still are SAME."""
    random = Random(edits)
    text = "".join(chr(random.randrange(0x4E00, 0x9FA0)) for _ in range(400))
    pairs = [(text, _edited(text, edits, random)) for _ in range(200)]

    alike = [(a, b) for a, b in pairs if jaccard(shingles(a), shingles(b)) >= SAME]
    found = [pair for pair in alike if len(set(bands(pair[0])) & set(bands(pair[1]))) > 1]

    assert len(alike) > 150
    assert len(found) >= 0.98 * len(alike)


def _edited(text: str, edits: int, random: Random) -> str:
    for _ in range(edits):
        place = random.randrange(len(text))
        text = text[:place] + "新的一句話" + text[place + random.randrange(10) :]
    return text
