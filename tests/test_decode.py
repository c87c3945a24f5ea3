"""Bytes of any encoding become text; what is lost is counted and said."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.decode import LOST, decode, decode_stream, is_binary

HANS = "市政府昨日召开会议，研究部署防汛工作，要求各部门落实责任，确保群众生命财产安全。"
HANT = "捷運環狀線今日通車，首日湧入三萬人次，市長到場致意，並宣布首月免費搭乘的優惠措施。"


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (HANS, "utf-8", "utf-8"),
        (HANS, "utf-8-sig", "utf-8"),
        (HANS, "gbk", "gb18030"),
        (HANT, "gb18030", "gb18030"),
        (HANT, "big5", "big5hkscs"),
        (HANT + "㗎喺嘅", "big5hkscs", "big5hkscs"),
        (HANS[:10], "gb18030", "gb18030"),
        (HANT[:10], "big5", "big5hkscs"),
        (HANS, "utf-16", "utf-16-le"),
        (HANS, "utf-32", "utf-32-le"),
        ("标题,1\r\n" + HANS, "utf-16-le", "utf-16-le"),
        ("标题,1\r\n" + HANS, "utf-16-be", "utf-16-be"),
        ("标题,1\r\n" + HANS, "utf-32-le", "utf-32-le"),
        ("标题,1\r\n" + HANS, "utf-32-be", "utf-32-be"),
        (HANS, "hz", "hz"),
        (HANS, "utf-7", "utf-7"),
        (HANT.replace("灣", "国"), "iso2022_jp_2", "iso2022_jp_2"),
    ],
)
def test_every_encoding_is_told_from_its_bytes(text: str, encoding: str, named: str) -> None:
    decoded = decode(text.encode(encoding))

    assert (decoded.text, decoded.encoding, decoded.warnings) == (text, named, ())


def test_chinese_of_mail_in_seven_bits_is_read_line_by_line() -> None:
    wide = bytes(byte & 0x7F for byte in HANS.encode("gb2312"))
    data = b"Subject: 2019\n" + b"\x1b$)A\x0e" + wide + b"\x0f\n\x1b$)A\x0e" + wide + b"\x0f 5G\n"

    assert decode(data).text == f"Subject: 2019\n{HANS}\n{HANS} 5G\n"


@pytest.mark.parametrize("text", ["a~{b~} c+d/e-f+12345==", "x = y +abcdefgh+", "\x1b$B", "{}~{ASCII~}"])
def test_ascii_that_only_looks_like_chinese_is_left_alone(text: str) -> None:
    assert decode(text.encode()).text == text


def test_a_file_in_three_encodings_is_read_line_by_line() -> None:
    data = f"{HANS}\n".encode() + f"{HANS}\n".encode("gb18030") + f"{HANT}\n".encode("big5") + b"2019\n"

    decoded = decode(data)

    assert decoded.text == f"{HANS}\n{HANS}\n{HANT}\n2019\n"
    assert decoded.warnings[0].startswith("mixed encodings: utf-8 41 characters")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_cut_inside_a_character_loses_that_one_and_says_so(encoding: str) -> None:
    decoded = decode(f"{HANS}\n{HANS}".encode(encoding)[:-1])

    assert decoded.text.startswith(f"{HANS}\n{HANS[:-1]}")
    assert decoded.warnings == ("1 undecodable bytes, first at line 2",)


def test_damage_does_not_turn_utf8_into_mojibake() -> None:
    data = HANS.encode()

    decoded = decode(data[:30] + b"\xff" + data[30:])

    assert decoded.text == HANS[:10] + LOST + HANS[10:]


def test_nul_characters_go_and_line_ends_stay() -> None:
    decoded = decode(b"a\0\0b\r\nc")

    assert (decoded.text, decoded.warnings) == ("ab\r\nc", ("2 NUL characters dropped",))


def test_a_replacement_character_that_was_there_is_not_counted() -> None:
    assert decode(f"{HANS}{LOST}".encode()).warnings == ()


def test_pictures_are_binary_and_texts_are_not() -> None:
    assert is_binary(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    assert not any(is_binary(HANS.encode(name)) for name in ("utf-8", "gb18030", "utf-16"))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", ""])
def test_a_stream_gives_the_same_text_in_blocks(encoding: str, end: str) -> None:
    text = (HANS + end) * 30_000

    blocks = list(decode_stream(BytesIO(text.encode(encoding))))

    assert "".join(block.text for block in blocks) == text
    assert len(blocks) > 1 or not end


@given(st.binary(max_size=400))
def test_no_bytes_whatever_make_it_raise(data: bytes) -> None:
    decoded = decode(data)

    assert "\0" not in decoded.text
    decoded.text.encode()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200))
def test_utf8_is_always_taken_at_its_word(text: str) -> None:
    data = text.encode()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data.startswith(b"\xef\xbb\xbf"):
        return
    decoded = decode(data)

    assert decoded.text == text
