"""One sentence in the two languages of the project."""

from typing import Literal, get_args

from gkformat.base.frozen import frozen

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)


@frozen
class Words:
    """The same sentence, or the same template, in Chinese and in English."""

    zh: str
    en: str

    def text(self, lang: Lang) -> str:
        """The sentence in one language."""
        return self.zh if lang == "zh" else self.en

    def format(self, **values: object) -> "Words":
        """Fill both templates with the same values; a `Words` among them gives each its own language."""
        return Words(*(self.text(lang).format(**_in(lang, values)) for lang in LANGUAGES))


def _in(lang: Lang, values: dict[str, object]) -> dict[str, object]:
    return {name: value.text(lang) if isinstance(value, Words) else value for name, value in values.items()}


NOTHING = Words("", "")
"""Nothing to say."""

COLON = Words("：", ": ")
SEMICOLON = Words("；", "; ")
"""Marks between words, as each language writes them."""
