"""One code point for one character: NFC, radicals, small and half-width forms, full-width digits.

NFC and not NFKC: NFKC would also turn ， into a comma and ① into 1. Compatibility ideographs
(U+F900…) are canonical variants, so NFC unifies them. Full-width letters and digits become
half-width, as GB/T 15835 sets numbers: ５Ｇ → 5G; the punctuation inside a full-width number
follows them (１２：３０ → 12:30), other full-width punctuation is never narrowed.
"""

import re
from unicodedata import is_normalized, normalize

from .change import Change, Context

D = "０-９"
FULL = f"{D}Ａ-Ｚａ-ｚ"
IN_NUMBER = re.compile(rf"[．：／－](?<=[{D}].)(?=[{D}])|，(?<=[{D}].)(?=[{D}]{{3}}(?![{D}]))")
POINT = re.compile(rf"．(?<=[0-9{D}].)(?=[0-9{D}])|％(?<=[0-9{D}].)")
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
NARROW_ALNUM = {code: narrow for code, narrow in NARROW.items() if chr(narrow).isalnum()}
HAS_FULL = re.compile(f"[{FULL}]")

RADICALS = {code: normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
MARKS = str.maketrans("﹐﹑﹔﹕﹖﹗﹙﹚︰｡､｢｣", "，、；：？！（）：。、「」")
ODD = RADICALS | MARKS
HAS_ODD = re.compile("[\u2f00-\u2fd5﹐﹑﹔﹕﹖﹗﹙﹚︰｡､｢｣]")
"""Kangxi radicals come out of PDF files; ︰ and the small forms are Big5's."""


def unify_forms(text: str, context: Context) -> Change:
    """*text* in NFC, with radicals and Big5's small marks in their usual form.

    >>> unify_forms("\\u2f2d東︰\\uf90a", Context()).text
    '山東：金'
    """
    count = 0
    if not is_normalized("NFC", text):
        count = sum(not is_normalized("NFC", character) for character in text) or 1
        text = normalize("NFC", text)
    if odd := len(HAS_ODD.findall(text)):
        text = text.translate(ODD)
    return Change(text, count + odd)


def narrow_letters(text: str, context: Context) -> Change:
    """*text* with half-width letters and digits.

    >>> narrow_letters("５Ｇ，２０１９年１２：３０增长３．５％，Ａ：好", Context()).text
    '5G，2019年12:30增长3.5%，A：好'
    """

    def narrow(match: re.Match[str]) -> str:
        return match[0].translate(NARROW)

    text, points = POINT.subn(narrow, text)
    if not HAS_FULL.search(text):
        return Change(text, points)
    count = len(HAS_FULL.findall(text))
    return Change(IN_NUMBER.sub(narrow, text).translate(NARROW_ALNUM), count + points)
