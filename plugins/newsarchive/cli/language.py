"""Which language the terminal is spoken to in: Chinese where its locale is, else English."""

import os
from collections.abc import Mapping

from ..ingest.reasons import in_chinese


def terminal_language(environment: Mapping[str, str] = os.environ) -> str:
    """`zh` or `en`, by the first of the variables POSIX names for messages that is set.

    >>> terminal_language({"LANG": "zh_CN.UTF-8"}), terminal_language({"LC_ALL": "C", "LANG": "zh_TW.UTF-8"})
    ('zh', 'en')
    """
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def in_words(problem: str, lang: str) -> str:
    """A *problem*, `FILE:LINE: reason`, with its reason in *lang*.

    >>> in_words("a.txt:1: an empty file; fetch it again or remove it", "zh")
    'a.txt:1: 空文件；请重新抓取或删去'
    """
    where, mark, reason = problem.partition(": ")
    return where + mark + in_chinese(reason) if lang == "zh" else problem
