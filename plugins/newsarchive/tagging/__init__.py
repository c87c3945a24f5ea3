"""Headings of an article: what of the vocabulary it names, most important first.

title, paragraphs -> spotting.sights (spellings in the text) -> reading.read (which heading each means)
                  -> weighing.weigh (how much each matters) -> at most six tags
"""

from .weighing import Evidence, explain, places_of, tags_of

__all__ = ["Evidence", "explain", "places_of", "tags_of"]
