"""Who did what, from the text of a byline: `本网记者 吴炳端 实习生 周宜姗 李剑军`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

from ..vocabulary.owned import Patterns, remembered
from .names import PLACES, SURNAMES, WORD, is_likely_name, is_name, names_in, place_at_end
from .outlet import OUTLETS, is_outlet
from .shade import HAN, shade

ROLES = Patterns("roles.toml", "role", notes=("role", "side"), prepare=shade)
FIELDS = {
    "reporter": ("reporters",),
    "author": ("authors",),
    "correspondent": ("correspondents",),
    "photographer": ("photographers",),
    "editor": ("editors",),
    "both": ("reporters", "photographers"),
}
AFTER_CORRESPONDENTS = {
    "both": ("correspondent", "photographer"),
    "photographer": ("correspondent", "photographer"),
    "reporter": ("correspondent",),
}
"""What a word of a role behind names makes of them when a word before them says that they are correspondents."""

REPORT = re.compile(
    r"/(?! ?(?:摄影|文[/: ]|图[/: ]|[㐀-鿿]{0,4}记者)) ?"
    r"[^/()\[\]]{0,12}?(?:报[道导]|专访|特稿|外电|电|连线|直击|专题|新闻稿|讯)(?=$|[)\] 。])"
    r"|报[道导] ?/ ?[㐀-鿿]{2,6}$"
    r"|(?<=[ )])发自 ?[㐀-鿿]{2,6}(?=$|[ )\]])"
    r"|(?<!摄影)(?<!文字)(?:(?:即时|综合|联合|采访|专题|连线|现场|特稿)?报[道导]|特稿)[:,]?$"
)
"""What follows the names in `記者王小明／台北報導`; it names no person."""


_POINT = re.compile(
    r"(?:(?<=^[文图])|(?<=[ /][文图])|(?<=摄影)|(?<=撰文)|(?<=文字)|(?<=记者)|(?<=编辑)|(?<=整理))·(?=[㐀-鿿])"
)

_ADDRESS = re.compile(
    r"https?:[^ ()\[\]]*"
    r"|(?<![A-Za-z0-9.@-])(?:[A-Za-z0-9-]{2,}+\.)+(?:com|cn|net|org|hk|tw|st|cc|info|io)(?![A-Za-z])[^ ()\[\]]*",
    re.IGNORECASE,
)
"""An address on the web names nobody."""

_ROLE_IN_BRACKETS = re.compile(rf"[\[(](?=[^\[\]()]{{2,10}}[\])] ?[{HAN}])(?P<role>[^\[\]() ]{{2,10}})[\])]")


@dataclass(frozen=True, slots=True)
class People:
    """Names by role, each in printed order."""

    reporters: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    """Names behind 作者, which may be anybody's; see `settled`."""

    correspondents: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.reporters or self.authors or self.correspondents or self.photographers or self.editors)

    def __add__(self, other: "People") -> "People":
        """Both, each name once in a role.

        >>> (People(reporters=("王阳",)) + People(reporters=("王阳", "李明"))).reporters
        ('王阳', '李明')
        """
        if not other:
            return self
        pairs = ((getattr(self, name), getattr(other, name)) for name in _FIELDS)
        return People(*(tuple(dict.fromkeys((*ours, *theirs))) for ours, theirs in pairs))

    def settled(self) -> "People":
        """Authors as reporters, unless they are named in a role of their own; editors write when nobody else does.

        >>> People(authors=("瞿云", "彭飞"), correspondents=("彭飞",)).settled().reporters
        ('瞿云',)
        >>> People(authors=("瞿云",), editors=("瞿云",)).settled().reporters
        ('瞿云',)
        """
        others = {*self.correspondents, *self.photographers} - set(self.reporters)
        if self.reporters or not {*self.authors} <= {*self.editors}:
            others |= {*self.editors} - set(self.reporters)
        authors = tuple(name for name in self.authors if name not in others)
        return replace(self + People(reporters=authors), authors=())


_FIELDS = tuple(field.name for field in fields(People))


NOBODY = People()


class Part(NamedTuple):
    """A stretch of a byline: a word of a role (with its side), or a name."""

    start: int
    end: int
    role: str
    side: str
    name: str = ""


@remembered
def people_of(text: str, role: str = "") -> People:
    """Everybody named in *text*, which is a byline; *role* is that of names before any word of a role.

    >>> people_of("本网记者 吴炳端 实习生 周宜姗 李剑军").correspondents
    ('周宜姗', '李剑军')
    >>> people_of("新华社记者鞠鹏摄").photographers, people_of("記者 王 阳").reporters
    (('鞠鹏',), ('王阳',))
    """
    return assigned(parts_of(text, sure=bool(role)), role) if text else NOBODY


def assigned(parts: Iterator[Part] | list[Part], role: str = "") -> People:
    """The names among *parts*, each in the role of the word before it, or of the one behind it."""
    people, waiting = People(), list[str]()
    current, claimed = role, bool(role)
    for part in parts:
        if part.name:
            waiting.append(part.name)
        elif part.side == "after" or (part.side == "either" and waiting and not claimed):
            roles = AFTER_CORRESPONDENTS.get(part.role, (part.role,)) if current == "correspondent" else (part.role,)
            people, waiting = sum((_with(done, waiting) for done in roles), people), []
            current, claimed = role, bool(role)
        else:
            people, waiting = people + _with(current, waiting), []
            current, claimed = part.role, True
    return people + _with(current, waiting)


def _with(role: str, names: list[str]) -> People:
    return People(**{field: tuple(names) for field in FIELDS.get(role, ())})


def parts_of(text: str, *, sure: bool = False) -> Iterator[Part]:
    """Words of roles and names in *text*, from left to right; *sure* says that *text* begins with names."""
    shadow = without_outlet(with_colons(shade(text)))
    shadow = REPORT.sub(lambda found: " " * len(found[0]), shadow)
    at = 0
    for word in _role_words(shadow):
        yield from _names(text, shadow, at, word.start, sure)
        yield word
        sure = word.side != "after"
        at = word.end
    yield from _names(text, shadow, at, len(text), sure)


def with_colons(shadow: str) -> str:
    """*shadow* with a colon for the point behind a word of a role, as 文·罗士凯 is no foreign name, less addresses.

    >>> with_colons("文·罗士凯 图·王小曼"), with_colons("以文·戈尔")
    ('文:罗士凯 图:王小曼', '以文·戈尔')
    >>> with_colons("[责任编辑]麦小冬")
    ' 责任编辑:麦小冬'
    """
    if shadow[:1] in ("[", "("):
        shadow = _ROLE_IN_BRACKETS.sub(_with_colon, shadow)
    if "_" in shadow or "." in shadow:
        shadow = _ADDRESS.sub(lambda found: " " * len(found[0]), shadow.replace("_", " "))
    return _POINT.sub(":", shadow) if "·" in shadow else shadow


def _with_colon(found: re.Match[str]) -> str:
    """`[责任编辑]` as ` 责任编辑:`, of the same length; other brackets as they are."""
    role = found["role"]
    return f" {role}:" if any(form.regex.fullmatch(f"{role}:") for form in ROLES) else found[0]


def without_outlet(shadow: str) -> str:
    """*shadow* with a gap for the slash behind an outlet or a place: 民视新闻网/林晨 综合报导, 台北市 / 林晨 报导."""
    outlet, slash, rest = shadow.partition("/")
    word = WORD.search(rest)
    name = REPORT.sub("", word[0]) if word else ""
    head = outlet.strip(" []()")
    is_head = is_outlet(head) or (len(head) > 1 and place_at_end(head) == head)
    if slash and is_head and name not in PLACES and names_in(name, sure=False):
        return f"{outlet} {rest}"
    return shadow


def _role_words(shadow: str) -> Iterator[Part]:
    """The words of roles; of two that begin together the longer."""
    at, forms = 0, ROLES.fitting(shadow)
    while at < len(shadow):
        found = [
            (match.start(), -match.end(), number)
            for number, form in enumerate(forms)
            if (match := form.regex.search(shadow, at))
        ]
        if not found:
            return
        start, end, number = min(found)
        yield Part(start, -end, forms[number].notes["role"], forms[number].notes["side"])
        at = max(-end, start + 1)


def _names(text: str, shadow: str, start: int, end: int, sure: bool) -> Iterator[Part]:
    """The names between two words of roles."""
    letters: list[re.Match[str]] = []
    for word in WORD.finditer(shadow, start, end):
        if len(word[0]) == 1 and not word[0].isascii():
            if letters and word.start() - letters[-1].end() != 1:
                yield from _spaced(text, letters)
                letters = []
            letters.append(word)
            continue
        yield from _spaced(text, letters)
        letters = []
        if not word[0].isascii() and re.match("[A-Za-z0-9]", shadow[word.end() : word.end() + 1]):
            continue
        for a, b in _listed(shadow, word) or _spans(word[0], sure):
            yield Part(word.start() + a, word.start() + b, "", "", text[word.start() + a : word.start() + b])
    yield from _spaced(text, letters)


def _listed(shadow: str, word: re.Match[str]) -> tuple[tuple[int, int], ...]:
    """The whole of *word* when it is a name of four characters that a sign parts from others: 图:王晴沐洋、王悦."""
    is_listed = shadow[word.end() : word.end() + 1] == "、" and shadow[word.start() - 1 : word.start()] in (":", "、")
    return ((0, 4),) if is_listed and len(word[0]) == 4 and word[0][0] in SURNAMES.characters() else ()


def _spans(word: str, sure: bool) -> tuple[tuple[int, int], ...]:
    """Where the names are in one word."""
    if word in OUTLETS:
        return ()
    if word.isascii() or "·" in word:
        return ((0, len(word)),) if sure and is_likely_name(word) else ()
    for at in (at for at, character in enumerate(word) if character in "和与及" and 2 <= at < len(word) - 2):
        before, after = names_in(word[:at], sure=False), names_in(word[at + 1 :], sure=False)
        if before and after:
            return before + tuple((a + at + 1, b + at + 1) for a, b in after)
    return names_in(word, sure=sure)


def _spaced(text: str, letters: list[re.Match[str]]) -> Iterator[Part]:
    """Names set with a space between their characters, `王 阳`: two or three characters, or two names of two."""
    if not 2 <= len(letters) <= 4:
        return
    sizes = (2, 2) if len(letters) == 4 else (len(letters),)
    at = 0
    for size in sizes:
        name = letters[at : at + size]
        if is_name("".join(letter[0] for letter in name)):
            joined = "".join(text[letter.start()] for letter in name)
            yield Part(name[0].start(), name[-1].end(), "", "", joined)
        at += size
