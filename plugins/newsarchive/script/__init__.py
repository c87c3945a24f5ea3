"""Simplified and Traditional: which script a text is in, and how it reads in another edition."""

from .converter import Converter, converter
from .detection import detect, evidence
from .editions import Edition, edition, editions
from .fold import fold, fold_pairs
from .quotes import set_quotes

__all__ = [
    "Converter",
    "Edition",
    "converter",
    "detect",
    "edition",
    "editions",
    "evidence",
    "fold",
    "fold_pairs",
    "set_quotes",
]
