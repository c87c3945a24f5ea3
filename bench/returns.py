"""Makes vocabulary/returns.txt: words that s2tw sets right but tw2s does not bring back.

    python -m bench.returns

Words are those of OpenCC's dictionaries and of pypinyin's. One is listed where

* the way back gives no word at all, no other word is set like it, and each character that differs was either
  the same in Traditional (專著 -> 专着) or has come back as one that Simplified does not have (揹帶 -> 揹带); or
* it ends in 于, where dictionaries know names that begin with 於 (由於潛水 is not from 於潛).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pypinyin.phrases_dict import phrases_dict

from newsarchive.script import detect
from newsarchive.script.dictionaries import lines_of, read_choices, read_plan
from newsarchive.script.tables import compile_plan
from newsarchive.script.windows import Windows

TABLE = Path(__file__).parent.parent / "plugins" / "newsarchive" / "vocabulary" / "returns.txt"
HEAD = "# Words that come back from Traditional otherwise than they went; made by bench/returns.py\n"
SHORT = 3
"""Longest words ending in 于 that are listed; longer ones contain them."""


def words() -> set[str]:
    """Simplified words of the dictionaries."""
    values = (value for several in read_choices("TSPhrases.txt").values() for value in several)
    return {word for word in {*read_choices("STPhrases.txt"), *values, *phrases_dict} if detect(word) != "zh-Hant"}


def way(config: str) -> Windows:
    plan = read_plan(config)
    return Windows(compile_plan(plan), plan.rebuilt(lines_of))


def lost(known: set[str]) -> Iterator[str]:
    """Those of *known* that do not come back."""
    there, back = way("s2tw"), way("tw2s")
    by_form: dict[str, list[str]] = defaultdict(list)
    for word in known:
        by_form[there.convert(word)].append(word)
    for form, several in by_form.items():
        returned = back.convert(form)
        if len(several) == 1 and returned not in known and _is_plain(several[0], form, returned):
            yield several[0]
        elif form.endswith("於") and returned in several and 1 < len(form) <= SHORT:
            yield returned


def _is_plain(word: str, form: str, returned: str) -> bool:
    """Whether the spelling *word* is surely the Simplified one."""
    if not len(word) == len(form) == len(returned):
        return False
    return all(a in (b, c) or not _is_simplified(c) for a, b, c in zip(word, form, returned, strict=True))


def _is_simplified(char: str) -> bool:
    """Whether GB 2312 or OpenCC knows *char* in Simplified texts, as 瞭 in 瞭望."""
    return bool(char.encode("gb2312", "ignore")) or char in read_choices("TSCharacters.txt").get(char, ())


def text(found: Iterable[str]) -> str:
    """The table, twenty words a line."""
    row = sorted(found)
    return HEAD + "".join(" ".join(row[i : i + 20]) + "\n" for i in range(0, len(row), 20))


if __name__ == "__main__":
    TABLE.write_text(text(lost(words())), "utf-8")
