"""Names of persons: they follow other rules than prose."""

from functools import cache

from .dictionaries import Dictionary, read_choices, read_plan


def name_value(name: str, config: str) -> str:
    """*name* as configuration *config* should set it.

    A character the target script has too stays: 楊杰 may be the man's own spelling, and nothing in a
    Simplified text tells otherwise, so we do not make him 楊傑.

    >>> name_value("范后里", "s2tw"), name_value("杨钟", "s2tw"), name_value("乾坤", "tw2s")
    ('范后里', '楊鍾', '乾坤')
    """
    table = _name_table(config)
    return "".join(table.get(char, char) for char in name)


@cache
def _name_table(config: str) -> Dictionary:
    """Character -> what it becomes within a name."""
    from_hans = config.startswith("s")
    choices = read_choices("STCharacters.txt" if from_hans else "TSCharacters.txt")
    later = [d for step in read_plan(config).chain[1:] for d in reversed(step)] if from_hans else []
    variants = {key: value for dictionary in later for key, value in dictionary.items() if len(key) == 1}
    return {char: variants.get(values[0], values[0]) for char, values in choices.items() if char not in values}
