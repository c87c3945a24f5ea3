"""Each fault that dumps come with, and what becomes of it."""

import pytest

from newsarchive.clean import RULES, clean
from newsarchive.clean.change import Context
from newsarchive.clean.glosses import strip_glosses
from newsarchive.clean.lost_bytes import mend_lost_bytes

CASES = {
    "glosses of a converter go": (
        "開(kāi)發區項(xiàng)目，對(duì)長(zhǎng)利發展。",
        "開發區項目，對長利發展。",
    ),
    "glosses in full-width parentheses go likewise": ("產（chǎn）業（yè）與網（wǎng）絡。", "產業與網絡。"),
    "a single gloss for readers stays": ("重（chóng）庆的山城。", "重（chóng）庆的山城。"),
    "Latin in parentheses is no gloss": ("微信（WeChat）与世贸组织（WTO）。", "微信（WeChat）与世贸组织（WTO）。"),
    "UTF-8 read as Latin-1": ("ä¸\xadå›½æ–°é—»\n好。", "中国新闻\n好。"),
    "GBK read as Latin-1": ("ÖÐ¹ú¾\xadÐÂ·¢Õ¹", "ÖÐ¹ú¾\xadÐÂ·¢Õ¹".encode("latin-1").decode("gbk")),
    "UTF-8 read as GBK": ("今天北京天气晴朗".encode().decode("gb18030"), "今天北京天气晴朗"),
    "Big5 read as GBK": ("台北市政府今天舉行記者會".encode("big5").decode("gb18030"), "台北市政府今天舉行記者會"),
    "twice encoded UTF-8": ("新闻中心".encode().decode("latin-1").encode().decode("latin-1"), "新闻中心"),
    "entities, once and twice escaped": ("甲&nbsp;乙&amp;quot;丙&quot;", '甲 乙"丙"'),
    "a zero-width space and a byte order mark go": ("\ufeff煙\u200b臺。", "煙臺。"),
    "SogouCS's paragraph mark parts paragraphs": ("第一段。\ue40c\u3000\u3000第二段。", "第一段。\n第二段。"),
    "an emoji keeps its joiners": ("好👨\u200d👩\u200d👧。", "好👨\u200d👩\u200d👧。"),
    "full-width letters and digits become half-width": ("５Ｇ，２０１９年１２：３０。", "5G，2019年12:30。"),
    "compatibility ideographs and radicals": ("\uf90a⼭東。", "金山東。"),
    "commas between Chinese widen, also at digits": ("當前,5G已成,覆蓋,2020年。", "當前，5G已成，覆蓋，2020年。"),
    "times, decimals, thousands and English stay": (
        "17:54见3.5与1,000, Hi, you!",
        "17:54见3.5与1,000, Hi, you!",
    ),
    "a comma takes the space behind it along": ("我们, 你们, 他们。", "我们，你们，他们。"),
    "parentheses widen in pairs": (
        "(記者 周冰)12月，f(x)函数，微信(WeChat)。",
        "（記者 周冰）12月，f(x)函数，微信（WeChat）。",
    ),
    "a pair of mixed parentheses is made one width": ("（記者 周冰)報道。", "（記者 周冰）報道。"),
    "Yahoo! keeps its mark": ("Yahoo!奇摩報導。", "Yahoo!奇摩報導。"),
    "dots of all kinds are one ellipsis": ("他说...好。。。算了…吧·····。", "他说……好……算了……吧……。"),
    "doubled marks": ("好，，很好。。真的！！！！！", "好，很好。真的！！！"),
    "hand-typed spaces at Latin go": ("煙臺5G 應用，在 GDP 上增长。", "煙臺5G應用，在GDP上增长。"),
    "spaces inside sentences go": ("他说，推动 经济 发展，很好。", "他说，推动经济发展，很好。"),
    "a gap stays a gap": (
        "编辑  张三\u3000李四，王五 \u3000赵六。好。",
        "编辑\u3000张三\u3000李四，王五\u3000赵六。好。",
    ),
    "lost line ends come back": (
        "總裁的發言升高市場對央行將升息的預期，連續走升。 卡尼表示，將討論是否升息。（林文彬／綜合報導） 小編推薦",
        "總裁的發言升高市場對央行將升息的預期，連續走升。\n卡尼表示，將討論是否升息。（林文彬／綜合報導）\n小編推薦",
    ),
    "spaces of a headline stay": ("标题上半 标题下半\n他说，好。", "标题上半 标题下半\n他说，好。"),
    "spaces between names stay": ("（记者 张三 李四）今天，他说。", "（记者 张三 李四）今天，他说。"),
    "spaces at a date stay": ("来源 新华网 2019-11-20 17:54 他说，好。", "来源 新华网 2019-11-20 17:54 他说，好。"),
    "text spaced out word by word is closed": (
        "山东 移动 与 烟台 市政府 今天 签署 合作 协议 推动 发展 。",
        "山东移动与烟台市政府今天签署合作协议推动发展。",
    ),
    "addresses and code stay": (
        "见 http://a.cn/?x=1,2&amp;y=(3) 或a.b@c.cn或`if(x):y`,等。\nfoo(a, b);\n",
        "见 http://a.cn/?x=1,2&amp;y=(3) 或a.b@c.cn或`if(x):y`，等。\nfoo(a, b);",
    ),
    "indentation and empty lines": ("\n\u3000\u3000一。 \n\n\n\n\u3000\u3000二。\n", "一。\n\n二。"),
}


@pytest.mark.parametrize("name", CASES)
def test_faults_are_mended_and_sound_text_stays(name: str) -> None:
    found, expected = CASES[name]

    assert clean(found).text == expected


@pytest.mark.parametrize(
    "sound",
    [
        "警方除咗喺facebook發聲明，亦喺instagram上載咗相，話佢哋會繼續巡邏。",
        "㗎㗎㗎，噉點解呀？乜嘢嚟㗎？佢瞓咗喺梳化上便，攞住部iPhone睇片。",
        "政府は武器の輸出を原則として禁じてきた、いわゆる「武器輸出三原則」に代わる新たな原則の策定を進めている。",
        "希臘語Τηλεφωνώ，俄語Привет мир，注音ㄅㄆㄇㄈ。",
        "評分：★☆●○◆■△▲。第①②③項，分㈠㈡兩節。",
        "他问：“谁来了\n？”\n她读过《谁在说话\n？》\n吗。",
    ],
)
def test_seldom_scripts_are_no_lost_bytes(sound: str) -> None:
    assert mend_lost_bytes(sound, Context()).text == sound


def test_what_a_body_teaches_cleans_its_title() -> None:
    body = clean("產(chǎn)業(yè)和網(wǎng)絡，還有網(wǎng)速。")

    assert clean("網(wǎng)速", body.glosses, is_title=True).text == "網速"
    assert clean("網(wǎng)速").text == "網（wǎng）速"


def test_a_title_keeps_its_spaces_even_where_it_reads_like_prose() -> None:
    title = "好，甲胜 乙负。丙说 丁看，完"

    assert clean(title, is_title=True).text == title


def test_teaching_text_keeps_every_gloss() -> None:
    text = "兔(tù)子(zi)心(xīn)想(xiǎng)：烏(wū)龜(guī)太(tài)慢(màn)了(le)，先(xiān)睡(shuì)一(yí)覺(jiào)吧(ba)。"

    assert strip_glosses(text, Context()).text == text


def test_a_character_glossed_only_now_and_then_keeps_its_gloss() -> None:
    text = "網(wǎng)、網、網、網、產(chǎn)、產、產、業(yè)、業、業"

    assert strip_glosses(text, Context()).text == text


LOST = {
    "a reading written between two characters": ("交通運輸?shù)戎攸c場所的", "交通運輸等重點場所的"),
    "the same, with a longer run": ("駛?cè)搿翱燔嚨馈�", "駛入“快車道”"),
    "a full stop that lost its first byte": ("參與其中[1]?；ヂ?lián)網的技術", "參與其中[1]。互聯(lián)網的技術"),
    "the same after ； was narrowed": ("參與其中[1]?;ヂ?lián)網的技術", "參與其中[1]。互聯(lián)網的技術"),
    "private-use characters dropped on the way": ("重要基礎(chǔ)?；A(chǔ)教育", "重要基礎(chǔ)。基礎(chǔ)教育"),
    "a byline": ("。ㄓ浾 周冰", "\u3000（記者 周冰"),
}


@pytest.mark.parametrize("name", LOST)
def test_a_lost_byte_is_made_good(name: str) -> None:
    found, expected = LOST[name]

    change = mend_lost_bytes(found, Context())

    assert change.text == expected
    assert len(change.repairs) == change.count == 1


def test_a_byte_lost_in_simplified_text_breaks_a_run_that_is_mended() -> None:
    data = "各地加快推进现代化产业体系建设，推动经济社会发展取得新成效".encode("gb18030")

    change = mend_lost_bytes((data[:5] + data[6:]).decode("gb18030", "ignore"), Context())

    assert "快推进现代化产业体系建设，推动经济社会发展取得新成" in change.text
    assert change.repairs


def test_what_cannot_be_mended_is_reported() -> None:
    assert clean("沒見你說脊椎不好?！?").warnings
    assert clean("锟斤拷你好").warnings
    assert clean("这里\ue863有字").warnings


def test_questions_are_no_damage() -> None:
    text = "真的吗?他说不是?！“为什么？”"

    assert mend_lost_bytes(text, Context()).repairs == ()


def test_hard_wrapped_lines_are_joined() -> None:
    line = "一九九五年我国运动员在世界重大比赛中取得可喜的成绩共获得冠"
    wrapped = f"　　{line[:-2]}\n{line}\n{line}\n{line}\n军。\n　　{line[:-2]}\n{line}\n{line}\n军。"

    assert clean(wrapped).text == f"{line[:-2]}{line * 3}军。\n{line[:-2]}{line * 2}军。"


def test_paragraphs_on_lines_of_their_own_are_not_joined() -> None:
    text = "\n".join(f"第{n}段讲了很长的一个故事而且正好一样长。" for n in "一二三四五六七八九")

    assert clean(text).text == text


def test_counts_stand_in_the_order_of_the_rules() -> None:
    counts = clean("網(wǎng)絡(luò)產(chǎn)業,好...").counts

    assert counts == (("glosses", 3), ("punctuation", 1), ("dots", 1))
    assert [name for name, _ in RULES if name in dict(counts)] == [name for name, _ in counts]
