"""Sentences in the two languages of the project, Chinese and English."""

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
        """Return the sentence in one language."""
        return self.zh if lang == "zh" else self.en

    def __add__(self, other: "Words") -> "Words":
        """Return this sentence with another after it, in each language."""
        return Words(self.zh + other.zh, self.en + other.en)

    def format(self, **values: object) -> "Words":
        """Fill both templates with the same values; a value that is a `Words` is used in the language of each."""
        return Words(*(self.text(lang).format(**_localized(lang, values)) for lang in LANGUAGES))


def _localized(lang: Lang, values: dict[str, object]) -> dict[str, object]:
    return {name: value.text(lang) if isinstance(value, Words) else value for name, value in values.items()}


NO_WORDS = Words("", "")
"""The empty sentence."""

COLON = Words("：", ": ")
COMMA = Words("，", ", ")
SEMICOLON = Words("；", "; ")
"""Punctuation between phrases, as each language writes it."""
