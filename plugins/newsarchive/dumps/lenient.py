"""JSON as people really write it: cut off, without commas, with quotes inside strings, as Python or Mongo print it."""

import re

MAX_DEPTH = 60
SPACE = re.compile(r"(?:\s|,|//[^\n]*|/\*.*?(?:\*/|\Z)|#[^\n]*)*+", re.S)
WORD = re.compile(r"[^\s,:\[\]{}()\"']+")
CALL = re.compile(r"\s*\(([^()]*)\)")
AFTER_STRING = re.compile(
    r"\s*(?:[:}\]]|\Z|,(?:\s|//[^\n]*+\n)*+(?:[\"'{\[}\]\d\-]|true\b|false\b|null\b|None\b|True\b|False\b|\Z|\w+\s*[:(])|[\"'][^\"'\n]{1,40}[\"']\s*:)"
)
ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.S)
PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "\n": ""}
NOTHING = ("null", "None", "undefined", "NaN", "nan", "nil")


def parse(text: str, start: int = 0) -> tuple[object, int, bool]:
    """(value, position after it, whether the text ended inside it) of the value that begins at *start*.

    >>> parse('{"标题": "他说"好"。" "n": [1, 2,], x: ObjectId("5d"), }')
    ({'标题': '他说"好"。', 'n': ['1', '2'], 'x': '5d'}, 50, False)
    >>> parse("{'title': '5G', 'content': '煙臺市政府")
    ({'title': '5G', 'content': '煙臺市政府'}, 33, True)
    """
    reader = _Reader(text)
    value, end = reader.value(start, 0)
    return value, end, reader.is_cut


class _Reader:
    """One pass over one text; remembers whether it ended too early."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.is_cut = False

    def value(self, at: int, depth: int) -> tuple[object, int]:
        at = self._skip(at)
        char = self.text[at : at + 1]
        if char in ('"', "'"):
            return self._string(at)
        if depth < MAX_DEPTH and char in ("{", "["):
            return (self._object if char == "{" else self._array)(at + 1, depth + 1)
        return self._word(at)

    def _object(self, at: int, depth: int) -> tuple[object, int]:
        found: dict[str, object] = {}
        while (at := self._skip(at)) < len(self.text):
            if self.text[at] in "}]":
                return found, at + 1
            before = at
            key, at = self.value(at, MAX_DEPTH)
            at = self._skip(at)
            if self.text[at : at + 1] == ":":
                found[str(key)], at = self.value(at + 1, depth)
            at = max(at, before + 1)
        self.is_cut = True
        return found, at

    def _array(self, at: int, depth: int) -> tuple[object, int]:
        found: list[object] = []
        while (at := self._skip(at)) < len(self.text):
            if self.text[at] in "]}":
                return found, at + 1
            before = at
            value, at = self.value(at, depth)
            found.append(value)
            at = max(at, before + 1)
        self.is_cut = True
        return found, at

    def _string(self, at: int) -> tuple[str, int]:
        """A string ends at its quote only where something follows that may follow a string."""
        quote, end = self.text[at], at + 1
        while (end := self.text.find(quote, end)) >= 0:
            if not self._is_escaped(end) and AFTER_STRING.match(self.text, end + 1):
                return unescaped(self.text[at + 1 : end]), end + 1
            end += 1
        self.is_cut = True
        return unescaped(self.text[at + 1 :]), len(self.text)

    def _is_escaped(self, at: int) -> bool:
        before = at
        while before and self.text[before - 1] == "\\":
            before -= 1
        return (at - before) % 2 == 1

    def _word(self, at: int) -> tuple[object, int]:
        """A number, a name, or a call such as ISODate("2019-11-20") and datetime.datetime(2019, 11, 20, 17, 54)."""
        word = WORD.match(self.text, at)
        if not word:
            return None, at
        call = CALL.match(self.text, word.end())
        if not call:
            return None if word[0] in NOTHING else word[0], word.end()
        parts = [part.strip().strip("\"'") for part in call[1].split(",")]
        if "date" in word[0].lower() and len(parts) > 2:
            return "-".join(part.zfill(2) for part in parts[:3]) + " " + ":".join(
                p.zfill(2) for p in parts[3:6]
            ), call.end()
        return parts[0], call.end()

    def _skip(self, at: int) -> int:
        found = SPACE.match(self.text, at)
        return found.end() if found else at


def unescaped(text: str) -> str:
    r"""*text* with the escapes of JSON and Python resolved; an unknown one loses its backslash.

    >>> unescaped(r"\u4e2d\n\'a\'")
    "中\n'a'"
    """
    if "\\" not in text:
        return text
    text = ESCAPE.sub(lambda m: chr(int(m[1][1:], 16)) if len(m[1]) > 1 else ESCAPED.get(m[1], m[1]), text)
    return PAIR.sub(lambda m: m[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le"), text)
