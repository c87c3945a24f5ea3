"""Lines around a story: `2019-11-20 17:54  来源：新华网  责任编辑：王伟  打印`.

Such a line is a row of labels with values, time stamps and buttons, with next to nothing left over.
"""

import re
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import NamedTuple

from ..timestamp import Stamp, find_stamps
from ..vocabulary import FOLDER, read_patterns
from .names import is_name
from .outlet import OUTLETS, chain_of, clean_outlet, is_outlet
from .people import ROLES, People, people_of
from .shade import HAN, shade

LABELS = read_patterns(FOLDER / "labels.toml", "label", notes=("field",), prepare=shade)
MAX_LINE_CHARS = 240
MAX_REST_CHARS = 14
"""What may be left of such a line, e.g. the name of a section: `要 闻`."""

_DIGIT = re.compile(r"[\d〇一二三四五六七八九十]")
_SIGNS = re.compile(r"[\s\[\]()|/:,;·>•*-]+")
_SENTENCE = re.compile(r"[。!?]|[,、].*[,、]")
_GAP = re.compile(r" {2,}|[|\[\]]| [(]|[)] ?")


@dataclass(frozen=True, slots=True)
class Line:
    """What one line around a story says."""

    sources: tuple[str, ...] = ()
    """Outlet, then those it was taken from."""

    published: tuple[Stamp, ...] = ()
    """Time stamps; those behind a label that says so come first."""

    modified: Stamp | None = None
    category: str = ""
    people: People = field(default_factory=People)
    title: str = ""
    """A title that stands before all this on the same line."""


class _Anchor(NamedTuple):
    """A stretch of a line that says what it is."""

    start: int
    end: int
    kind: str
    stamp: Stamp | None = None


def read_line(line: str, zone: tzinfo) -> Line | None:
    """What *line* says when it is a line around a story; None when it is running text.

    >>> from datetime import timezone
    >>> found = read_line("( 2019-10-12 ) 稿件来源:新华每日电讯 要 闻", timezone.utc)
    >>> found.sources, found.published[0].printed
    (('新华每日电讯',), '2019-10-12')
    >>> read_line("2019年10月12日，会议在北京举行。", timezone.utc) is None
    True
    """
    if len(line) > MAX_LINE_CHARS:
        return None
    shadow = shade(line)
    anchors = _anchors(line, shadow, zone)
    if not anchors:
        return None
    title = shadow[: anchors[0].start]
    rest = _signless(title)
    if len(rest) > MAX_REST_CHARS:
        if not _is_title(title) or not any(anchor.stamp or anchor.kind == "source" for anchor in anchors):
            return None
    return _told(
        line, shadow, anchors, line[: anchors[0].start].strip(" 　|【[(（") if len(rest) > MAX_REST_CHARS else ""
    )


def _is_title(shadow: str) -> bool:
    return shadow.endswith((" ", "[", "(", "|")) and len(shadow) <= 60 and not re.search(r"[。;]", shadow)


def _signless(shadow: str) -> str:
    return _SIGNS.sub("", shadow)


def _anchors(line: str, shadow: str, zone: tzinfo) -> list[_Anchor]:
    """Labels, roles, stamps and buttons in *line*, from left to right, none within another."""
    found = [
        _Anchor(match.start(), match.end(), label.notes["field"])
        for label in LABELS
        for match in label.regex.finditer(shadow)
    ]
    found += [
        _Anchor(match.start(), match.end(), "role")
        for role in ROLES
        for match in role.regex.finditer(shadow)
        if role.notes["side"] == "before" and re.search(r"[:/|] ?$", match[0])
    ]
    if _DIGIT.search(shadow):
        found += [_Anchor(s.start, s.end, "stamp", s) for s in find_stamps(line, zone) if _stands_alone(shadow, s)]
    anchors: list[_Anchor] = []
    for anchor in sorted(found, key=lambda a: (a.start, -a.end)):
        if not anchors or anchor.start >= anchors[-1].end:
            anchors.append(anchor)
    return anchors


def _stands_alone(shadow: str, stamp: Stamp) -> bool:
    """Whether nothing is glued to the stamp: 11月20日新闻联播 is a title."""
    before, after = shadow[stamp.start - 1 : stamp.start], shadow[stamp.end : stamp.end + 1]
    return (
        not re.match(rf"[{HAN}\w]", after)
        and not re.match(rf"[{HAN}\w]", before)
        and after not in (",", "、")
        or not (shadow[: stamp.start].strip(" [(") or shadow[stamp.end :].strip(" ])"))
    )


def _told(line: str, shadow: str, anchors: list[_Anchor], title: str) -> Line | None:
    """The values behind *anchors*; None when more is left over than such a line has."""
    sources: list[str] = []
    dates: list[Stamp] = []
    loose: list[Stamp] = []
    modified: Stamp | None = None
    category, people, rest = "", People(), "" if title else line[: anchors[0].start]
    kind = ""
    for anchor, following in zip(anchors, [*anchors[1:], None], strict=True):
        end = following.start if following else len(line)
        value, over = line[anchor.end : end], ""
        if anchor.stamp:
            if kind == "modified" and modified is None:
                modified = anchor.stamp
            else:
                (dates if kind == "date" else loose).append(anchor.stamp)
            over = value
        elif anchor.kind == "source":
            value, over = _first_part(value)
            sources += chain_of(value)
        elif anchor.kind == "role":
            people, over = people + people_of(line[anchor.start : end]), ""
            if len(value) > 40 or _SENTENCE.search(shadow[anchor.end : end]):
                return None
        elif anchor.kind == "category":
            value, over = _first_part(value)
            category = category or value.strip(" 　>")
        elif anchor.kind == "drop":
            over = value if shadow[anchor.end - 1] != ":" else ""
        rest += " " + over
        kind = anchor.kind
    more, left = _leftover(rest, bool(sources))
    if len(left) > MAX_REST_CHARS or re.search(r"[。!?]", shade(left)):
        return None
    sources, people = sources or list(more.sources), people + more.people
    return Line(tuple(dict.fromkeys(sources)), tuple(dates + loose), modified, category, people, title)


def _first_part(value: str) -> tuple[str, str]:
    """*value* up to the gap behind it, and what follows."""
    value = value.lstrip()
    gap = _GAP.search(shade(value))
    return (value[: gap.start()], value[gap.end() :]) if gap else (value, "")


def _leftover(rest: str, has_source: bool) -> tuple[Line, str]:
    """What words without a label say: the name of an outlet, of a person; and what is left then."""
    left, sources, people = [], [], People()
    for part in filter(None, re.split(r"\s{2,}|[|\[\]【】（）()｜]|(?<=[^A-Za-z]) (?=\S)", rest.strip())):
        plain = shade(part).strip(" -:/·>")
        if not plain:
            continue
        if not has_source and not sources and (plain in OUTLETS or (is_outlet(plain) and len(plain) > 2)):
            sources.append(clean_outlet(part))
        elif is_name(plain) or (found := people_of(part)):
            people += people_of(part, "reporter") if is_name(plain) else found
        else:
            left.append(plain)
    return Line(tuple(filter(None, sources)), people=people), _signless("".join(left))
