"""Sentences from templates: `{line}首日载客{1-9}万人次` -> 地铁3号线首日载客6万人次."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

SLOT = re.compile(r"\{([^{}]*)\}")
NUMBERS = re.compile(r"(-?[\d.]+)-([\d.]+)")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Fills templates for one story: the same word means the same thing from headline to last line."""

    rng: Random
    words: Mapping[str, Sequence[str]]
    """What a slot may stand for; a choice may hold slots itself."""

    facts: dict[str, str]
    """What this story has settled on; grows as slots are met."""

    figures: dict[str, str] = field(default_factory=dict)
    """Numbers and choices already printed in headline and lede, so that both say the same."""

    def headline(self, template: str) -> str:
        """*template* filled; equal numbers and choices come out equal from one call to the next."""
        return self._fill(template, settled=True)

    def sentence(self, template: str) -> str:
        """*template* filled; numbers and choices are drawn anew."""
        return self._fill(template, settled=False)

    def _fill(self, text: str, settled: bool) -> str:
        while "{" in text:
            text = SLOT.sub(lambda m: self._word(m[1], settled), text)
        return text

    def _word(self, slot: str, settled: bool) -> str:
        if "|" in slot or NUMBERS.fullmatch(slot):
            if settled and slot in self.figures:
                return self.figures[slot]
            drawn = self.rng.choice(slot.split("|")) if "|" in slot else self._number(slot)
            if settled:
                self.figures[slot] = drawn
            return drawn
        if slot.endswith("*"):
            return self._fill(self.rng.choice(self.words[slot[:-1]]), settled)
        if slot not in self.facts:
            self.facts[slot] = self._fill(self.rng.choice(self.words[slot]), settled)
        return self.facts[slot]

    def _number(self, slot: str) -> str:
        low, high = NUMBERS.fullmatch(slot).groups()  # type: ignore[union-attr]  # the caller has matched it
        if "." in low:
            return f"{self.rng.uniform(float(low), float(high)):.1f}"
        return str(self.rng.randint(int(low), int(high)))
