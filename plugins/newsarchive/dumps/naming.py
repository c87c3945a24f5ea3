"""What the name of a file says of the one article in it: its title, where the text has none of its own."""

import re

from .layout import DAY, is_head_line, is_opening, is_title_line

SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
PARTS = re.compile(rf"{DAY}|[\[\]【】()（）]|(?<!\d)(?:19|20)\d{{6}}(?!\d)|[\s_—|]+|-(?!\d)|(?<!\d)-|^\d+[.、．]?")
HAN = re.compile("[\u3400-\u9fff]")
MIN_TITLE_CHARS = 6
LEAST_SHARED = 0.4
"""Of the pairs of characters in a title, so many stand in its story; in the name of a collection hardly any do."""


def title_in(name: str, text: str) -> str:
    """The title that the file *name* holds, if *text* begins with its story.

    >>> title_in("2014-05-03_某县新建两座菜市场-某报.txt", "本报讯 某县昨日新建的两座菜市场开张，居民买菜不必走远路。")
    '某县新建两座菜市场'
    >>> title_in("某县新闻合集.txt", "本报讯 某县昨日新建的两座菜市场开张，居民买菜不必走远路。")
    ''
    """
    first = next((line for line in text.split("\n") if line.strip()), "")
    if (is_title_line(first) and not is_opening(first)) or is_head_line(first):
        return ""
    best = max(PARTS.split(SUFFIX.sub("", name)), key=lambda part: len(HAN.findall(part)))
    pairs = {best[at : at + 2] for at in range(len(best) - 1)}
    if len(HAN.findall(best)) < MIN_TITLE_CHARS or sum(pair in text for pair in pairs) < LEAST_SHARED * len(pairs):
        return ""
    return best.strip()
