"""Articles, tables and editions of an archive for tests of how editions read."""

from pathlib import Path

FOLDERS = {
    "zh-Hans": "",
    "zh-Hant": "zh-hant/",
    "zh-Hant-HK": "zh-hant-hk/",
    "zh-Hant-TW": "zh-hant-tw/",
    "zh-Hant-MO": "mo/",
}

PUBLIC = "https://news.example/archive"

SETTINGS = f"SITEURL = {PUBLIC!r}\nNEWS_EDITIONS = {list(FOLDERS)!r}\n"

OWN_EDITIONS = """
[[edition]]
code = "zh-Hant-MO"
label = "繁體（澳門）"
folder = "mo"
config = { zh-Hans = "s2hk", zh-Hant = "" }
quotes = "「」『』"
order = "pinyin"
dates = { year = "{year}年", month = "{year}年{month}月", day = "{year}年{month}月{day}日", weekday = "星期{weekday}" }

[[edition]]
code = "zh-Hant-TW"
quotes = ""
"""

OWN_PHRASES = """
[words]
"杨杰" = "楊傑"
"后海" = { zh-Hant = "后海", zh-Hant-HK = "後海" }
"""

ARTICLES = {
    "2020/01/02-aaaaaaaaaaaa": """
Title: 于杰谈头发：“里昂来信”
Reporters: 于杰; 杨杰
Convert-Keep: 范里
Convert-Map: 里昂=里昂; 干细胞=幹細胞
Lang: zh-Hans

于杰说：“范里的头发在里昂。”于小姐后来到了后海，研究干细胞的软件。

-{后}-先生与-{zh-hans:甲; zh-hant:乙}-都来了，他们用的是网络和鼠标。
""",
    "2020/01/03-bbbbbbbbbbbb": """
Title: 头发与理发
Convert: off
Lang: zh-Hans

理发店里的头发，“不转换”。
""",
    "2020/01/04-cccccccccccc": """
Title: 用标记写的头发
Lang: zh-Hans

他的**头**发见[后面](https://a.example/后面?发=1 "里面")，<span translate="no" id="发" class="后">头发</span>与`头发`。
""",
}


def write_articles(folder: Path) -> None:
    for slug, text in ARTICLES.items():
        path = folder / "content" / "articles" / f"{slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        day = slug[:10].replace("/", "-")
        head = f"Date: {day} 08:00:00+08:00\nDate-Precision: day\nSlug: {slug}\nSHA256: {'0' * 64}\nSource: 后海网\n"
        path.write_text(head + text.lstrip(), encoding="utf-8")
    own = folder / "content" / "vocabulary"
    own.mkdir()
    (own / "editions.toml").write_text(OWN_EDITIONS, encoding="utf-8")
    (own / "phrases.toml").write_text(OWN_PHRASES, encoding="utf-8")
