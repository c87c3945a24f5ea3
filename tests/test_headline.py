import json
import os
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pytest
import rjieba
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.headline import breakable, headline, unpaired
from newsarchive.script import fold


def test_dateline_time_and_venue_are_left_out_and_enumerations_cut() -> None:
    lede = "齐鲁网11月20日讯 (记者 甲乙)11月20日上午,烟台市政府与山东移动、山东联通在东方海天酒店签署《合作协议》。"

    assert headline([lede]) == "烟台市政府与山东移动等签署《合作协议》"


def test_a_title_in_brackets_is_never_cut() -> None:
    lede = "两国代表团当天共同签署《关于进一步加强数字经济和绿色发展领域长期务实合作的谅解备忘录》。"

    assert "《关于进一步加强数字经济和绿色发展领域长期务实合作的谅解备忘录》" in headline([lede])


def test_a_story_without_words_has_no_headline() -> None:
    assert headline([""]) == ""


@given(st.text(alphabet="烟台煙臺市5G《》“”，。、 签署ab", max_size=60))
def test_the_pieces_of_a_title_make_the_title(title: str) -> None:
    assert "".join(breakable(title)) == title


@given(st.lists(st.text(max_size=80), max_size=3))
def test_any_story_gets_a_headline(paragraphs: list[str]) -> None:
    assert "\n" not in headline(paragraphs)


@pytest.mark.parametrize(
    ("title", "piece"),
    [("煙臺簽署《合作協議》", "《合作協議》"), ("發展5G應用", "發展5G應用"), ("他說：「好」。", "「好」。")],
)
def test_no_line_breaks_where_a_reader_would_stumble(title: str, piece: str) -> None:
    assert piece in breakable(title)


@pytest.mark.parametrize(
    "lede",
    [
        "莆田市城厢区文学院主办，由城厢区委宣传部、区文联、区文化馆《城厢》编辑部承办的读书会昨日举行。",
        "他说：“这里的变化，大家都看得见；日子越过越好，收入年年增长，孩子们也都愿意回到家乡来工作和生活了",
        "昨天（11月20日，星期三上午）在《家乡、远方和大海》首映式上，导演甲乙说起拍摄经过时几度落泪哽咽难言。",
        "》承办单位表示，「活動將持續到年底，歡迎市民、遊客和學生前來參加」，並贈送《城廂",
    ],
)
def test_brackets_come_in_pairs(lede: str) -> None:
    assert unpaired(headline([lede])) == ()


@given(
    st.lists(
        st.text(alphabet="烟台煙臺市签署协议《》“”「」（）()【】，。、；： 5G11月20日上午", max_size=120), max_size=3
    )
)
def test_no_story_whatever_gives_a_bracket_without_its_partner(paragraphs: list[str]) -> None:
    assert unpaired(headline(paragraphs)) == ()


def leads() -> Iterator[str]:
    """First paragraphs of real articles."""
    corpus = Path(os.environ["NEWSARCHIVE_DATA"]) / "corpus"
    for path in sorted((corpus / "xinwenlianbo").glob("*.md"))[:40]:
        lines = path.read_text("utf-8").split("\n")
        yield from (line.strip() for line in lines if len(line) > 60 and "<" not in line)
    for item in json.JSONDecoder().raw_decode((corpus / "taiwan/apple_realtime.json").read_text("utf-8"))[0][:600]:
        yield item["content"].strip().split("\n")[0]


@pytest.mark.skipif("NEWSARCHIVE_DATA" not in os.environ, reason="no corpus on this machine")
def test_headlines_of_real_articles_end_with_a_word_and_pair_their_brackets() -> None:
    for lead in filter(None, leads()):
        title = headline([lead])

        assert unpaired(title) == (), lead[:80]
        if title.endswith("…"):
            words = list(accumulate(rjieba.cut(fold(lead)), lambda end, word: end + len(word), initial=0))
            tail = title.rstrip("…")[-6:]
            ends = [place + len(tail) for place in range(len(lead)) if lead.startswith(tail, place)]
            assert not ends or set(ends) & set(words), (title, lead[:80])


@pytest.mark.parametrize("piece", ["「", "（甲", "」乙", "《甲》，", "a,"])
def test_time_grows_in_step_with_the_length_of_a_story_that_is_one_sentence(piece: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        headline([piece * times])
        return time.process_time() - start

    short = max(seconds(2000), 0.004)

    assert seconds(16_000) < 30 * short
