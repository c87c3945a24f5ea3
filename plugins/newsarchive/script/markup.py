"""Converts the text of HTML and leaves its markup alone."""

import re
from collections.abc import Callable, Iterable

TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^>]*+>?|</?[A-Za-z](?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+(?:>|[\"'].*|)|[^<]+|<", re.S
)
"""What has no end goes on to the end of the text, as in a browser."""

TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*)")
ATTRIBUTE = re.compile(
    r"""(?<![^\s=<>"'/])(?P<name>[^\s=<>"'/]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))"""
)

SPOKEN = frozenset({"title", "alt", "aria-label", "aria-description", "aria-roledescription", "placeholder", "summary"})
"""Attributes that hold text for people."""

VERBATIM = frozenset({"code", "kbd", "math", "pre", "samp", "script", "style", "svg", "template", "textarea", "var"})
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "del", "dfn", "em", "font", "i", "ins", "label", "mark", "q"}
    | {"s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr"}
)
"""A word may reach across these: 头<b>发</b> is hair."""


def convert_text_nodes(html: str, convert: Callable[[str], str]) -> str:
    """*html* with its text and spoken attributes converted; tags, other attributes and code stay as they are.

    Elements with translate="no" or another language than Chinese are left alone, with all within.

    >>> convert_text_nodes('<a href="/头">头<b>发</b></a> <code>发</code>', lambda text: text.replace("头发", "頭髮"))
    '<a href="/头">頭<b>髮</b></a> <code>发</code>'
    """
    tokens = TOKEN.findall(html)
    run: list[int] = []
    closed: list[str] = []
    for place, token in enumerate(tokens):
        tag = TAG.match(token)
        if tag is None:
            if not closed and not token.startswith("<"):
                run.append(place)
            continue
        name = tag["name"].lower()
        if name not in INLINE:
            _convert_run(tokens, run, convert)
            run = []
        if not closed and not _is_protected(name, token):
            tokens[place] = _convert_attributes(token, convert)
        _follow(closed, name, tag["end"] == "/", token)
    _convert_run(tokens, run, convert)
    return "".join(tokens)


def _follow(closed: list[str], name: str, is_end: bool, token: str) -> None:
    """Keep in *closed* the open elements from the outermost protected one inwards."""
    if name in VOID or token.endswith("/>"):
        return
    if not is_end:
        if closed or _is_protected(name, token):
            closed.append(name)
    elif name in closed:
        while closed.pop() != name:
            pass


def _is_protected(name: str, token: str) -> bool:
    """Whether the text within the element that *token* opens stays as it is."""
    if name in VERBATIM:
        return True
    if "translate" not in token and "lang" not in token:
        return False
    values = {m["name"].lower(): m["double"] or m["single"] or m["bare"] or "" for m in ATTRIBUTE.finditer(token)}
    lang = values.get("lang", "zh").lower()
    return values.get("translate", "").lower() == "no" or lang.partition("-")[0] not in ("zh", "")


def _convert_attributes(token: str, convert: Callable[[str], str]) -> str:
    def spoken(match: re.Match[str]) -> str:
        group = match.lastgroup or "name"
        if match["name"].lower() not in SPOKEN:
            return match[0]
        start, end = match.start(group) - match.start(), match.end(group) - match.start()
        return match[0][:start] + convert(match[group]) + match[0][end:]

    return ATTRIBUTE.sub(spoken, token) if "=" in token else token


def _convert_run(tokens: list[str], run: Iterable[int], convert: Callable[[str], str]) -> None:
    """Convert the text nodes at *run*, as one text where no length changes, else one by one."""
    places = list(run)
    texts = [tokens[place] for place in places]
    alone = [convert(text) for text in texts]
    whole = convert("".join(texts)) if len(texts) > 1 else ""
    if len(whole) == sum(map(len, texts)) and all(len(a) == len(b) for a, b in zip(texts, alone, strict=True)):
        ends = [sum(map(len, texts[: n + 1])) for n in range(len(texts))]
        alone = [whole[end - len(text) : end] for text, end in zip(texts, ends, strict=True)]
    for place, text in zip(places, alone, strict=True):
        tokens[place] = text
