"""Text in columns for a terminal, where a Han character is two columns wide."""

from unicodedata import east_asian_width


def padded(text: str, columns: int) -> str:
    """*text* and spaces to *columns*; at least one space.

    >>> padded("煙臺", 6) + "|", padded("5G", 6) + "|"
    ('煙臺  |', '5G    |')
    """
    return text + " " * max(1, columns - sum(2 if east_asian_width(char) in "WF" else 1 for char in text))
