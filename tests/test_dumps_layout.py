"""Hard-wrapped text is joined again, whatever its margin was counted in."""

from textwrap import wrap

import pytest

from newsarchive.dumps.layout import unwrapped

PARAGRAPHS = (
    "　　监测显示，2019年11月20日17时断面水质由劣5类提升至2类，"
    "全市共建成199个示范点，覆盖11个县（市、区），累计投入12.6亿元，惠及45万人。",
    "　　“以前要跑好几趟，现在一次就能办好。”家住胜利街的外卖骑手李泽国坦言，"
    "2018年4月至今他只去过窗口3次，每次不超过15分钟。",
)


@pytest.mark.parametrize("size", [20, 30, 36, 40])
def test_lines_of_equal_characters_are_joined(size: int) -> None:
    lines = [text[at : at + size] for text in PARAGRAPHS for at in range(0, len(text), size)]

    assert unwrapped(lines) == list(PARAGRAPHS)


def test_words_of_latin_letters_are_parted_where_a_program_wrapped_between_them() -> None:
    text = "  The quick brown fox jumps over the lazy dog and runs away from the hounds that follow it everywhere today"
    lines = wrap(text, 40, initial_indent="  ")

    assert unwrapped([*lines, "  Next"])[0].split() == text.split()


def test_a_poem_stays_in_its_lines() -> None:
    poem = ["　　静夜思", "床前明月光，疑是地上霜。", "举头望明月，低头思故乡。", "", "完"]

    assert unwrapped(poem) == poem
