"""HTML as it stands in JSON, CSV and SQL fields -> plain paragraphs. Whole pages are read by `page`.

Regular expressions, not a parser: a field holds a fragment, often cut off, and 20 times as many pass here as pages.
"""

import html
import re

BLOCK_TAGS = (
    "p|div|br|li|ul|ol|tr|td|th|table|tbody|thead|h[1-6]|section|article|header|footer|blockquote|pre|figure|figcaption"
    "|hr|para|paragraph|par|dl|dt|dd|center|aside|main|nav|form|option|select|textarea|textcaption|script|style|template"
)
INLINE_TAGS = (
    "a|b|i|u|s|em|strong|span|font|img|sup|sub|small|big|code|label|abbr|cite|ins|del|mark|video|audio|source|iframe|embed"
    "|object|param|input|button|svg|path|o:p|st1:\\w+|html|body|head|meta|link|title|wbr|strike|tt|q|time|col|colgroup"
    "|picture|canvas|map|area|noscript|bdo|ruby|r[tp]|nobr|tag"
)
HIDDEN = re.compile(r"<(?P<tag>(?ai:script|style|template))\b|<!--")  # in ASCII: ſ is an s to other patterns
HIDDEN_END = {name: re.compile(rf"</{name}\s*>", re.I) for name in ("script", "style", "template")} | {
    "": re.compile(r"-->")
}
"""End of what begins as HIDDEN, by its tag; of a comment under an empty name."""

CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
BLOCK = re.compile(rf"</?(?:{BLOCK_TAGS})(?=[\s/>])[^<>]*>", re.I)
INLINE = re.compile(rf"</?(?:{INLINE_TAGS})(?=[\s/>])[^<>]*>|<\?xml[^<>]*>|<!doctype[^<>]*>", re.I)
ESCAPED_TAG = re.compile(r"&lt;/?(?:p|br|div|span|strong|img|a)\b", re.I)
CUT_TAG = re.compile(r"<(?:p|br|div|span|img|a|/[a-z]*)(?:\s[^<>\u3400-\u9fff]*)?\Z|<!--\Z", re.I)
"""A tag cut off with its field; one with Chinese in it may be text."""

HAN = re.compile("[\u3400-\u9fff]")
ESCAPES = re.compile(r"(?:\\u(?!00)[0-9a-fA-F]{4})+")
NO_HAN = re.compile("[^\u3400-\u9fff]+")
MIN_LEFT_OUT_CHARS = 30
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
LITERAL_END = re.compile(r"(?:\\r)?\\n(?![a-z])|\\[rt](?![a-z])")
INDENT = re.compile(r"(?<=[。！？!?…”」』）)：；])[ \t]*\u3000[\u3000 \t\xa0]+|\ue40c")


def paragraphs(text: str) -> str:
    r"""*text* of a dump's field as plain text, one paragraph a line, without script, style, tags and entities.

    Only names of HTML elements count as tags. An indent of two ideographic spaces after the end of a sentence
    begins a paragraph; so does U+E40C, the paragraph mark of SogouCS.

    >>> paragraphs("<p>\u3000\u3000本报讯<b>(记者 张三)</b></p><script>x=1</script><p>气温<5G>&nbsp;28&#8451;</p>")
    '本报讯(记者 张三)\n气温<5G>\xa028℃'
    >>> paragraphs(r"第一段。\r\n\r\n第二段。\u3000\u3000第三段。".replace(r"\u3000", "\u3000"))
    '第一段。\n第二段。\n第三段。'
    """
    if "\\u" in text:
        text = unescaped(text)
    if "\\" in text and "\n" not in text:
        text = LITERAL_END.sub("\n", text)
    if "&lt;" in text and ESCAPED_TAG.search(text) and not BLOCK.search(text):
        text = html.unescape(text)
    if "<" in text:
        text = INLINE.sub("", BLOCK.sub("\n", CDATA.sub("", _shown(text)[0])))
        text = CUT_TAG.sub("", text)
    text = one_line_entities(text)
    if "\u3000" in text or "\ue40c" in text:
        text = INDENT.sub("\n", text)
    return "\n".join(filter(None, map(str.strip, text.split("\n"))))


def _shown(text: str) -> tuple[str, list[str]]:
    """(*text* without scripts, styles and comments, marks of those that never end); what follows these is kept.

    >>> _shown("甲<!--乙-->丙<script>x<!--丁"), _shown("<style><style></style>")
    (('甲丙<script>x<!--丁', ['<script', '<!--']), ('', []))
    """
    parts, at, endless = list[str](), 0, dict[str, str]()
    for begun in HIDDEN.finditer(text):
        name = (begun["tag"] or "").lower()
        if begun.start() < at or name in endless:
            continue
        if end := HIDDEN_END[name].search(text, begun.end()):
            parts.append(text[at : begun.start()])
            at = end.end()
        else:
            endless[name] = begun[0].lower()
    return "".join((*parts, text[at:])), list(endless.values())


def doubts(markup: str, text: str) -> tuple[str, ...]:
    """Warnings about *text* made of *markup*: something in it never ends, or much of its Chinese is not in the text.

    >>> doubts("<!--" + "暗" * 40 + "--><p>明<script>x", "明x")
    ('<script never ends; what follows is shown as text', '40 Chinese characters of its markup are left out')
    """
    if "<" not in markup:
        return ()
    endless = tuple(f"{mark} never ends; what follows is shown as text" for mark in _shown(markup)[1])
    count = len(NO_HAN.sub("", markup)) - len(NO_HAN.sub("", text))
    if count < max(MIN_LEFT_OUT_CHARS, len(text) // 10):
        return endless
    return (*endless, f"{count} Chinese characters of its markup are left out")


def unescaped(text: str) -> str:
    r"""*text* that has all its Chinese as `\u5e02\u653f` in plain; text that only speaks of such is left alone.

    >>> unescaped(r"\u9632\u6c5b 5G"), unescaped(r"防汛\u6c5b")
    ('防汛 5G', '防汛\\u6c5b')
    """
    if HAN.search(text):
        return text
    return ESCAPES.sub(lambda run: bytes.fromhex(run[0].replace("\\u", "")).decode("utf-16-be", "replace"), text)


def one_line(text: str) -> str:
    """*text* of a short field: no tags, no entities, no line breaks.

    >>> one_line("<h1>A&amp;B\\n 公司</h1>")
    'A&B 公司'
    """
    if "\\u" in text:
        text = unescaped(text)
    if "<" in text or "&" in text:
        text = paragraphs(text)
    return " ".join(text.split()) if "\n" in text or "\t" in text else text.strip()


def one_line_entities(text: str) -> str:
    """*text* with its entities decoded, twice escaped ones too; `AT&T` and `a&b=1` stay."""
    if "&" not in text:
        return text
    text = text.replace("&amp;", "&") if "&amp;" in text and ENTITY.search(text.replace("&amp;", "&")) else text
    return ENTITY.sub(lambda found: html.unescape(found[0]), text).replace("&amp;", "&")
