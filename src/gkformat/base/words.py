"""Sentences in the two languages of the project, Chinese and English."""

from decimal import Decimal
from typing import Literal, get_args

from gkformat.base.frozen import frozen
from gkformat.base.visible import visible

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

    def __str__(self) -> str:
        """Return both languages, line by line."""
        return "\n".join(
            f"{zh} / {en.strip()}" for zh, en in zip(self.zh.split("\n"), self.en.split("\n"), strict=True)
        )

    def __add__(self, other: "Words") -> "Words":
        """Return this sentence with another after it, in each language."""
        return Words(self.zh + other.zh, self.en + other.en)

    def format(self, **values: object) -> "Words":
        """Fill both templates with the same values; a value that is a `Words` is used in the language of each.

        Any text may be somebody else's: it is made `visible`, so that it stays within its place in the sentence.
        """
        return Words(*(self.text(lang).format(**_shown(lang, values)) for lang in LANGUAGES))


def _shown(lang: Lang, values: dict[str, object]) -> dict[str, object]:
    return {name: _value_in(lang, value) for name, value in values.items()}


def _value_in(lang: Lang, value: object) -> object:
    if isinstance(value, Words):
        return value.text(lang)
    return value if isinstance(value, int | Decimal) else visible(str(value))


NO_WORDS = Words("", "")
"""The empty sentence."""

COLON = Words("：", ": ")
COMMA = Words("，", ", ")
SEMICOLON = Words("；", "; ")
"""Punctuation between phrases, as each language writes it."""
