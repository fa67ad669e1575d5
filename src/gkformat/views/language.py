"""The language of help pages and messages."""

import os

from gkformat.base.words import Lang, Words

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables in which POSIX looks for the language of messages. The first one that is set decides."""


def language() -> Lang:
    """Return the language of the locale: Chinese, or English for every other."""
    stated = next(filter(None, map(os.environ.get, _VARIABLES)), "")
    if not stated:  # as on Windows, where the language is not in the environment
        import locale  # noqa: PLC0415 - slow to import, and rarely needed

        stated = locale.getlocale()[0] or ""
    return "zh" if stated.startswith(("zh", "Chinese")) else "en"


def localized(zh: str, en: str) -> str:
    """Return one of two texts by the language of the locale: help pages are made before `--lang` is parsed."""
    return Words(zh, en).text(language())
