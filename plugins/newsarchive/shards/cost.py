"""How large a site of so many articles gets, before it is built: from two small sites of the same archive."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..hosts import Host, Size
from .cut import Shard

SAMPLES = (100, 400)
"""Articles of the two: small enough to build in seconds, large enough that days and headings fill."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Files and bytes of a site: some for any, so many for each article."""

    files: float
    files_each: float
    bytes: float
    bytes_each: float

    def files_of(self, articles: int) -> int:
        return round(self.files + self.files_each * articles)

    def bytes_of(self, articles: int) -> int:
        return round(self.bytes + self.bytes_each * articles)

    def share(self, articles: int, host: Host) -> float:
        """How much of what *host* takes they fill, in the tighter of its limits; 0 if it states none.

        >>> Cost(0, 2, 0, 10).share(50, Host("h", "H", max_files=1000, max_bytes=1000))
        0.5
        """
        files = self.files_each * articles / host.max_files if host.max_files else 0.0
        size = self.bytes_each * articles / host.max_bytes if host.max_bytes else 0.0
        return max(files, size)


def cost_from(small: tuple[int, Size], large: tuple[int, Size]) -> Cost:
    """The line through two sites, each with its number of articles.

    >>> cost_from((100, Size(250, 1000, ("", 0), ("", 0))), (200, Size(450, 1800, ("", 0), ("", 0))))
    Cost(files=50.0, files_each=2.0, bytes=200.0, bytes_each=8.0)
    """
    (few, one), (many, other) = small, large
    files = (other.files - one.files) / (many - few)
    size = (other.bytes - one.bytes) / (many - few)
    return Cost(max(one.files - files * few, 0.0), files, max(one.bytes - size * few, 0.0), size)


def shares_of(days: Mapping[str, int], cost: Cost, host: Host) -> dict[str, float]:
    """Day -> share of what *host* takes, of what it leaves beside what any site needs."""
    fixed = max(
        cost.files / host.max_files if host.max_files else 0.0, cost.bytes / host.max_bytes if host.max_bytes else 0.0
    )
    return {day: cost.share(count, host) / max(1 - fixed, 0.01) for day, count in days.items()}


def sample(days: Mapping[str, int], wanted: int) -> tuple[Shard, int]:
    """Days that follow each other, from the middle on, with about *wanted* articles; how many they have."""
    dated = sorted(day for day in days if day) or [""]
    total = sum(days[day] for day in dated)
    first, before = 0, 0
    while first < len(dated) - 1 and before + days[dated[first]] <= max(total - wanted, 0) / 2:
        before += days[dated[first]]
        first += 1
    last, count = first, days[dated[first]]
    while last < len(dated) - 1 and count < wanted:
        last += 1
        count += days[dated[last]]
    return Shard("sample", dated[first], dated[last] + "~"), count
