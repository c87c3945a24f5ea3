"""Headings of an article: what of the vocabulary it names, most important first.

    title, paragraphs -> spotting (spellings in the text) -> reading (which heading each means)
                      -> weighing (how much each matters) -> at most six tags

suggesting and checking serve who keeps the vocabulary; they assign nothing.
"""

from .checking import Change, check, diff, slugs_of, why
from .suggesting import Candidate, Frequencies, Profile, candidates, count_words, keywords, learn, like, vector
from .weighing import Evidence, explain, places_of, tags_of

__all__ = [
    "Candidate",
    "Change",
    "Evidence",
    "Frequencies",
    "Profile",
    "candidates",
    "check",
    "count_words",
    "diff",
    "explain",
    "keywords",
    "learn",
    "like",
    "places_of",
    "slugs_of",
    "tags_of",
    "vector",
    "why",
]
