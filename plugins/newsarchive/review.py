"""Names of persons that hold a character with several counterparts, for a person to look at.

Nothing in a Simplified text tells whether 杨杰 is 楊傑 or 楊杰. Each name comes as the line that settles it
in the owner's phrases.toml, with what the editions print now; accepted or mended there, it is asked no more.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .script import DoubtfulName, Edition, doubtful_names
from .shelf import Entry


@dataclass(frozen=True, slots=True)
class Doubt:
    """One name in doubt."""

    found: dict[str, DoubtfulName]
    """Edition code -> what it prints, and the choices."""

    articles: int
    example: str
    """File of the newest article that names this person."""

    is_traditional: bool
    """Whether the name was found in a Traditional article."""

    def __str__(self) -> str:
        """The line for phrases.toml.

        >>> (found,) = doubtful_names(["杨杰"], "zh-Hans", "zh-Hant")
        >>> print(Doubt({"zh-Hant": found}, 3, "2019/11/20-3f2a9c81d04e.md", False))
        "杨杰" = "楊杰"  # 杰: 傑 杰; 3 articles, 2019/11/20-3f2a9c81d04e.md
        """
        first = next(iter(self.found.values()))
        choices = ", ".join(f"{char}: {' '.join(several)}" for char, several in first.choices)
        line = f'"{first.shown}" = "{first.name}"' if self.is_traditional else f'"{first.name}" = {self._forms()}'
        return f"{line}  # {choices}; {self.articles} article{'s' * (self.articles > 1)}, {self.example}"

    def _forms(self) -> str:
        """What the Traditional editions print, as a value of TOML."""
        forms = {code: each.shown for code, each in self.found.items()}
        first, *rest = dict.fromkeys(forms.values())
        if not rest:
            return f'"{first}"'
        differ = {"zh-Hant": forms.get("zh-Hant", first)} | forms
        return "{ " + ", ".join(f'{code} = "{shown}"' for code, shown in differ.items()) + " }"


def doubts(entries: Iterable[Entry], editions: Sequence[Edition]) -> list[Doubt]:
    """Names in doubt among the makers *entries* name: those most likely wrong first, then those in most articles."""
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    for entry in entries:
        details = entry.details
        settled = {word for word, _ in details.convert_map}
        for name in () if details.convert_off else set(details.names) - settled:
            counts[name, entry.lang] += 1
            examples.setdefault((name, entry.lang), details.path)
    found = []
    for (name, lang), count in sorted(counts.items(), key=lambda it: (-it[1], it[0])):
        printed = {edition.code: each for edition in editions for each in doubtful_names([name], lang, edition.code)}
        if printed:
            found.append(Doubt(printed, count, examples[name, lang], lang.startswith("zh-Hant")))
    return sorted(found, key=lambda doubt: not any(each.is_open for each in doubt.found.values()))
