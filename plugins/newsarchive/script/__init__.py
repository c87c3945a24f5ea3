"""Simplified and Traditional: which script a text is in, and how it reads in another edition.

* `detect` a text, `is_machine_traditional`
* `editions`, and a `converter` from a script of origin to one of them; `convert_html` for markup
* `work_in` a folder of compiled tables, with the owner's own tables
* `fold` both scripts to one, for matching
* `sort_key`, `initial`, `date_text`, `weekday_text`: what else differs between editions
"""

from .converter import Converter, DoubtfulName, convert_html, converter, doubtful_names
from .dates import date_text, weekday_text
from .detection import detect, evidence, region_of, script_of
from .editions import Edition, edition, editions
from .fold import fold, fold_pairs
from .machine import is_machine_traditional
from .order import initial, sort_key
from .quotes import set_quotes
from .settle import work_in

__all__ = [
    "Converter",
    "DoubtfulName",
    "Edition",
    "convert_html",
    "converter",
    "date_text",
    "detect",
    "doubtful_names",
    "edition",
    "editions",
    "evidence",
    "fold",
    "fold_pairs",
    "initial",
    "is_machine_traditional",
    "region_of",
    "script_of",
    "set_quotes",
    "sort_key",
    "weekday_text",
    "work_in",
]
