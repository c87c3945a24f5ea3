"""One heading of the vocabulary, and how its spellings are compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ..script import converter, fold

KINDS = ("place", "topic", "organisation", "person")
PLANE_CHARS = 0x10000


def spelling_key(text: str) -> str:
    """*text* as spellings are compared: folded, small letters, as long as before.

    >>> spelling_key("５Ｇ網絡")
    '5g网络'
    """
    return text.translate(_plain())


@cache
def _plain() -> str:
    """The n-th character is what code point n becomes; a string is four times as fast as a dict in `translate`."""
    plane = fold("".join(map(chr, range(PLANE_CHARS))))
    wide = {ord("０") + n: ord("0") + n for n in range(10)}
    for capital, small in (("A", "a"), ("Ａ", "a"), ("ａ", "a")):
        wide |= {ord(capital) + n: ord(small) + n for n in range(26)}
    return plane.translate(wide)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One heading."""

    slug: str
    """Permanent, as in its address: `yantai`."""

    kind: str
    labels: Mapping[str, str]
    """BCP 47 code -> name; zh-Hans always, others where conversion would be wrong."""

    parent: str = ""
    aliases: tuple[str, ...] = ()
    """Further spellings, Simplified."""

    weak: tuple[str, ...] = ()
    """Spellings that need support, such as a county without its 县."""

    needs: tuple[str, ...] = ()
    background: bool = False
    same_as: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    level: str = ""
    """Of a place: country, province, area, prefecture, county, city or former."""

    def label(self, edition: str) -> str:
        """Its name in *edition*, the nearest given one or by conversion.

        >>> Entry("net", "topic", {"zh-Hans": "网络"}).label("zh-Hant-HK")
        '網絡'
        """
        parts = edition.split("-")
        for code in ("-".join(parts[:n]) for n in range(len(parts), 0, -1)):
            if code in self.labels:
                return self.labels[code]
        return self.labels["zh-Hans"] if edition == "en" else converter("zh-Hans", edition)(self.labels["zh-Hans"])

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every spelling a text may have, but the weak ones."""
        weak = set(map(spelling_key, self.weak))
        names = [name for code, name in self.labels.items() if code != "en" and spelling_key(name) not in weak]
        return (*names, *self.aliases)
