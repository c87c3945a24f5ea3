"""Which language the terminal is spoken to in: Chinese where its locale is, else English.

Commands print English; on a Chinese terminal each line is said in Chinese by vocabulary/terminal.toml, and the
reason in it by vocabulary/reasons.toml, so that a line added to a command is at worst in English. Only the counts of
an import and of what travelled come in either language from where they are counted: their pages print them, too.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from importlib import import_module


def terminal_language(environment: Mapping[str, str] = os.environ) -> str:
    """`zh` or `en`, by the first of the variables POSIX names for messages that is set.

    >>> terminal_language({"LANG": "zh_CN.UTF-8"}), terminal_language({"LC_ALL": "C", "LANG": "zh_TW.UTF-8"})
    ('zh', 'en')
    """
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if locale.lower().startswith("zh") else "en"


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Whatever is printed is said in *lang*."""
    if lang != "zh":
        yield
        return
    interpreter = import_module(".interpreter", __package__).Interpreter
    out, err = interpreter(sys.stdout), interpreter(sys.stderr)
    with redirect_stdout(out), redirect_stderr(err):
        try:
            yield
        finally:
            out.flush()
            err.flush()
