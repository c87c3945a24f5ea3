"""What a cleaning rule is given and what it gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the text itself."""

    glosses: Mapping[str, str] = field(default_factory=dict)
    """Readings learnt elsewhere, e.g. from the body when its title is cleaned: {"網": "wǎng"}."""

    is_title: bool = False
    """Whether the text is a headline or a name: its spaces part clauses, so they stay."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one rule made of a text."""

    text: str
    count: int = 0
    """Places changed; 0 means the text is as it was."""

    glosses: Mapping[str, str] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()
    """Damaged spans that were mended, as `found → mended`."""

    warnings: tuple[str, ...] = ()
    """What a person should look at."""


Rule = Callable[[str, Context], Change]
