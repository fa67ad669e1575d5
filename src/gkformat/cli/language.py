"""The language in which the command line speaks."""

import os

from gkformat.base.words import Lang, Words

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where POSIX looks for the language of messages, the first that is set counting."""


def language() -> Lang:
    """Chinese where the locale says so, else English."""
    stated = next(filter(None, map(os.environ.get, _VARIABLES)), "")
    if not stated:  # as on Windows, where the system knows the language and the environment does not
        import locale  # noqa: PLC0415 - slow to import, and rarely needed

        stated = locale.getlocale()[0] or ""
    return "zh" if stated.startswith(("zh", "Chinese")) else "en"


def spoken(zh: str, en: str) -> str:
    """Text for the help pages, in the language of the locale: there is no option yet when they are made."""
    return Words(zh, en).text(language())
