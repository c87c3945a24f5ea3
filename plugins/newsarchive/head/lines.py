"""Lines around a story: `2019-11-20 17:54  来源：新华网  责任编辑：王伟  打印`.

Such a line is a row of labels with values, time stamps and buttons, with next to nothing left over.
"""

import re
from collections.abc import Sequence
from datetime import tzinfo

from ..timestamp import Stamp, find_stamps, read_stamp
from ..vocabulary.owned import Patterns, remembered
from .outlet import is_outlet
from .row import VERB, Anchor, Line, Values, leftover, signless
from .shade import HAN, shade
from .title import SECTIONS

LABELS = Patterns("labels.toml", "label", notes=("field",), prepare=shade)
_LABELLING_ROLES = Patterns(
    "roles.toml", "role", notes=("role", "side"), prepare=shade, keep=lambda role: role.notes["side"] == "before"
)
MAX_LINE_CHARS = 240
MAX_LABEL_CHARS, MAX_LABEL_VALUE_CHARS = 10, 16
MAX_COMMAS = 4
MAX_CLOSED_CHARS = 80
"""A longer line that ends with a stop is a sentence."""

MAX_TITLE_CHARS = 60
MAX_REST_CHARS = 14
"""What may be left of such a line, e.g. the name of a section: `要 闻`."""

AGENCY_DAY = re.compile(r"(?<=[)\]。]) ?(?P<day>1\d{6}|20\d{6})$")
"""The day at the end of an agency's text: （編輯：謝雅竹）1130714."""

_VALUE = re.compile(r"[^。,!?:]{2,}")
_DIGIT = re.compile(r"[\d〇一二三四五六七八九十]")
_PAIR = re.compile(rf"(?:^|(?<=[ |]))(?:[{HAN}]{{2,6}}|[{HAN}](?: {{1,2}}[{HAN}]){{1,3}}):(?=[^ ])")
"""A label that no table knows, in a row: 公开方式：主动公开　公开时限：长期公开."""

_BRACKETED = re.compile(r"^\[(?P<label>[^\[\]()]{1,8})\]")
_WEEKDAY = re.compile("(?:星期|周|週|禮拜|礼拜).$")
_PAGE = re.compile(r" ?第?\d{1,3}版(?!\w)")


@remembered
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
    shadow = with_label(shade(line))
    if "。" in shadow[:-1] or shadow.count(",") > MAX_COMMAS or (shadow[-1:] == "。" and len(line) > MAX_CLOSED_CHARS):
        return None
    anchors = _anchors(line, shadow, zone)
    if not anchors:
        return None
    title = shadow[: anchors[0].start]
    rest = signless(title)
    has_title = len(rest) > MAX_REST_CHARS
    if has_title and not (_is_title(title, anchors[0]) and any(a.stamp or a.kind == "source" for a in anchors)):
        return None
    own = line[: anchors[0].start].strip(" 　|【[(（") if has_title else ""
    return _told(line, anchors, own)


def joined(lines: Sequence[str]) -> list[str]:
    """*lines* with the value that stands on a line of its own below its label: 责任编辑: / 陈斌.

    >>> joined(["雨停了。", "责任编辑：", "陈斌", "每日关注"])
    ['雨停了。', '责任编辑：陈斌', '每日关注']
    """
    result: list[str] = []
    for line in lines:
        above = shade(result[-1]) if result and len(result[-1]) <= MAX_LABEL_CHARS else ""
        if (
            above.endswith(":")
            and len(line) <= MAX_LABEL_VALUE_CHARS
            and _VALUE.fullmatch(shade(line))
            and _labels(above)
        ):
            result[-1] += line
        else:
            result.append(line)
    return result


def _labels(shadow: str) -> bool:
    """Whether *shadow* is a label of a person or an outlet, and nothing else."""
    forms = [label for label in LABELS if label.notes["field"] == "source"]
    return any(form.regex.fullmatch(shadow) for form in (*_LABELLING_ROLES, *forms))


def with_label(shadow: str) -> str:
    """*shadow* with a colon for the brackets around a label: 【報別】江海日報.

    >>> with_label("[标题]老站台"), with_label("[快讯]老站台")
    (' 标题:老站台', '[快讯]老站台')
    """
    found = _BRACKETED.match(shadow)
    if not found or not any(label.regex.fullmatch(f"{found['label']}:") for label in LABELS):
        return shadow
    return f" {found['label']}:{shadow[found.end() :]}"


def _is_title(shadow: str, first: Anchor) -> bool:
    """Whether the words before the *first* anchor are a title: parted from it, or followed by a clock."""
    return stands_as_title(shadow, first.stamp)


def stands_as_title(shadow: str, stamp: Stamp | None) -> bool:
    """Whether *shadow*, the words before *stamp* or a label, can be a title."""
    is_parted = shadow.endswith((" ", "[", "(", "|")) or (stamp is not None and stamp.precision != "day")
    return is_parted and len(shadow) <= MAX_TITLE_CHARS and not re.search(r"[。;]", shadow)


def _anchors(line: str, shadow: str, zone: tzinfo) -> list[Anchor]:
    """Labels, roles, stamps and buttons in *line*, from left to right, none within another."""
    found = [
        Anchor(match.start(), match.end(), label.notes["field"])
        for label in LABELS.fitting(shadow)
        for match in label.regex.finditer(shadow)
    ]
    found += [
        Anchor(match.start(), match.end(), "role")
        for role in _LABELLING_ROLES.fitting(shadow)
        for match in role.regex.finditer(shadow)
        if match[0].rstrip().endswith((":", "/", "|"))
    ]
    if _DIGIT.search(shadow):
        found += [Anchor(s.start, s.end, "stamp", s) for s in find_stamps(line, zone) if _stands_alone(shadow, s)]
    if (day := AGENCY_DAY.search(shadow)) and (stamp := read_stamp(day["day"], zone)):
        found.append(Anchor(*day.span("day"), "stamp", stamp))
    found = [a for a in found if a.stamp or not any(s.stamp and a.start < s.start < a.end for s in found)]
    anchors = _parted(shadow, found)
    return _parted(shadow, [*anchors, *_unknown_labels(shadow, found, is_labelled=any(not a.stamp for a in anchors))])


def _parted(shadow: str, found: list[Anchor]) -> list[Anchor]:
    """Those *found* that begin words, from left to right, none within another."""
    anchors: list[Anchor] = []
    for anchor in sorted(found, key=lambda a: (a.start, -a.end)):
        behind = anchors[-1].end if anchors else 0
        if anchor.start >= behind and (anchor.stamp or _begins_word(shadow, anchor, behind)):
            anchors.append(anchor)
    return anchors


def _unknown_labels(shadow: str, known: list[Anchor], *, is_labelled: bool) -> list[Anchor]:
    """Labels that no table knows, apart from those *known*, in a row that *is_labelled* or has two of them."""
    pairs = [
        Anchor(*pair.span(), "drop")
        for pair in (_PAIR.finditer(shadow) if ":" in shadow else ())
        if not any(a.start < pair.end() and pair.start() < a.end for a in known)
        and not any(role.regex.match(pair[0]) for role in _LABELLING_ROLES)
    ]
    return pairs if is_labelled or len(pairs) > 1 else []


def _begins_word(shadow: str, anchor: Anchor, behind: int) -> bool:
    """Whether a label is no part of a longer word: 记者古倬勋报道: is no label; it may be glued to an outlet."""
    start = anchor.start
    if start == behind or not shadow[start - 1].isalnum():
        return True
    return anchor.kind == "role" and shadow[: anchor.end].rstrip()[-1:] == ":" and is_outlet(shadow[behind:start])


def _stands_alone(shadow: str, stamp: Stamp) -> bool:
    """Whether nothing is glued to the stamp: 11月20日新闻联播 is a title. One with a clock is no title."""
    if stamp.precision in ("minute", "second"):
        return True
    before, after = shadow[stamp.start - 1 : stamp.start], shadow[stamp.end : stamp.end + 1]
    if _WEEKDAY.search(stamp.printed) and not re.match(r"\w", before):
        return after not in (",", "、")
    if not before.strip() and is_outlet(shadow[stamp.end :].partition(" ")[0]):
        return True
    if not shadow[: stamp.start].strip(" [(") and not shadow[stamp.end :].strip(" ])"):
        return True
    if not re.match(r"\w", after) and not re.match(r"\w", before):
        return after not in (",", "、") or shadow[stamp.end + 1 :].strip() in SECTIONS
    is_behind_name = not re.match(r"\w", before) or is_outlet(shadow[: stamp.start].strip(" [("))
    return is_behind_name and any(form.match(shadow, stamp.end) for form in (VERB, _PAGE))


def _told(line: str, anchors: list[Anchor], title: str) -> Line | None:
    """The values behind *anchors*; None when more is left over than such a line has."""
    values = Values(rest=[] if title else [line[: anchors[0].start]])
    before = ""
    for anchor, following in zip(anchors, [*anchors[1:], None], strict=True):
        end = following.start if following else len(line)
        if not values.take(anchor, before, line[anchor.start : end], line[anchor.end : end]):
            return None
        before = anchor.kind
    more, left = leftover("  ".join(values.rest), bool(values.sources))
    if len(left) > MAX_REST_CHARS or re.search(r"[。!?]", left):
        return None
    return Line(
        sources=tuple(dict.fromkeys([*values.sources, *more.sources])),
        published=(*values.labelled, *values.loose),
        modified=values.modified,
        category=values.category,
        people=values.people + more.people,
        places=more.places,
        account=more.account,
        more=values.has_more or more.more or bool(left),
        title=title or values.title,
        clock=values.clock,
        changed=values.changed,
    )
