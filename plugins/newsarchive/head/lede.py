"""Lines between the headline and the story that no label explains: a summary, a caption, a button."""

import re

from .apparatus import is_apparatus
from .byline import read_byline
from .dateline import read_dateline
from .lines import read_line
from .loose import are_told_in_sentences, ends_sentence, is_loose
from .notices import is_caption, notice_of
from .shade import shade
from .sheet import Sheet

_SUMMARY = re.compile(
    r"[\[(]?(?:内容|文章|本文)?(?:摘要|提要|导读|导语|核心提示|编者按)[\])]?(?: ?: ?|(?<=[\])]) ?)(?=[^ ])"
)
MAX_LABELLED_CHARS = 100
"""A longer one is the abstract of an essay."""

MAX_SUMMARY_CHARS = 60
MAX_LEDE_LINES = 3
"""So many of them may stand above the row that says who wrote the story."""

MIN_STORY_CHARS = 15
MAX_STORY_LINES = 12
"""So many lines tell whether a story has headings in it."""


def is_head_row(sheet: Sheet, line: str) -> bool:
    """Whether *line* says who published the text below it, when, or who wrote it."""
    if shade(line)[:1] in "([":
        return False  # a byline in brackets closes the story above it
    row = read_line(line, sheet.zone)
    if row:
        return bool(row.published or row.sources or row.people.reporters or row.people.authors)
    byline = read_byline(line)
    return byline is not None and bool(byline.people.reporters or byline.people.authors)


def read_lede(sheet: Sheet, at: int) -> bool:
    """A further headline, a summary or a button above the row that says who wrote the text."""
    line = sheet.lines[at]
    if (
        len(line) <= MAX_LABELLED_CHARS
        and _SUMMARY.match(shade(line))
        and any(_is_story(text) for text in sheet.lines[at + 1 :])
    ):
        sheet.drop("summary", line)
        return True
    below = [text for text in sheet.lines[at + 1 : at + 1 + MAX_LEDE_LINES] if not is_caption(text)]
    if not (sheet.titles or sheet.title) or len(line) > MAX_SUMMARY_CHARS or read_dateline(line):
        return False
    row = next((number for number, text in enumerate(below) if is_head_row(sheet, text)), None)
    if row is None or any(len(text) > MAX_SUMMARY_CHARS or ends_sentence(text) for text in below[:row]):
        return False
    if not any(_is_story(text) for text in sheet.lines[at + row + 2 :]):
        return False
    sheet.drop("above the byline", line)
    return True


def _is_story(line: str) -> bool:
    """Whether *line* tells something."""
    return len(line) >= MIN_STORY_CHARS and ends_sentence(line) and not notice_of(line) and not is_apparatus(line)


def read_loose(sheet: Sheet, at: int) -> bool:
    """A short line that ends no sentence, on a page with labels, above a story that has no such lines itself."""
    line, below = sheet.lines[at], sheet.lines[at + 1 :]
    if sheet.is_page and len(line) < MIN_STORY_CHARS and any(map(_is_story, below[:MAX_STORY_LINES])):
        sheet.drop("loose line at the head", line)
        return True
    has_labels = sheet.is_page or sheet.stamps or sheet.sources or sheet.people
    if not has_labels or not (sheet.titles or sheet.title) or not is_loose(line) or line.endswith((":", "：")):
        return False
    story = [text for text in below[:MAX_STORY_LINES] if not notice_of(text) and not read_line(text, sheet.zone)]
    stacked = next((number for number, text in enumerate(story) if not is_loose(text)), len(story))
    del story[:stacked]
    last = max((number for number, text in enumerate(story) if ends_sentence(text)), default=-1)
    is_heading = not sheet.is_page and not stacked and any(map(is_loose, story[1:last]))
    if not are_told_in_sentences(story[: last + 1]) or is_heading:
        return False
    sheet.drop("loose line at the head", line)
    return True
