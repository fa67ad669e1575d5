"""The exceptions of the library. Each one lists everything that is wrong, in Chinese and in English."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from attrs import field

from gkformat.base.address import Address
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Finding, Findings
from gkformat.base.frozen import frozen
from gkformat.base.suggestion import MEANT, closest
from gkformat.base.visible import visible
from gkformat.base.words import LANGUAGES, NO_WORDS, Lang, Words

_EXCERPT_LENGTH = 60
_quoted = json.JSONEncoder(ensure_ascii=False).encode


@frozen
class Fault:
    """One reason why data does not have the shape of the form.

    `at` is the address, or, for a key that is not in the form, that of its nearest known parent; `pointer` (RFC 6901)
    is always exact. `found` is a short excerpt of the value, written as JSON, and empty if there was no value. If the
    data is not JSON, `found` is the message of the parser and `expected` the same message in words for people. If a
    key is unknown, `expected` is the one that was probably meant, if any.
    """

    rule: str
    at: Address = field(converter=Address)
    label: str = ""
    found: str = ""
    expected: Words = NO_WORDS
    pointer: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.pointer:
            object.__setattr__(self, "pointer", self.at.pointer)

    def __str__(self) -> str:
        return "\n".join(_item_lines(self))

    def message(self, lang: Lang = "zh") -> str:
        """Return one sentence that says what is wrong."""
        said = self.expected.text(lang) or self.found
        key = excerpt(self.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~"))
        words = FAMILIES[self.rule].message.format(found=self.found, expected=said, key=key)
        if self.rule == "unknown-key" and self.expected != NO_WORDS:
            words += MEANT.format(close=self.expected)
        return words.text(lang)


class GkFormatError(Exception):
    """The base class of every error that the library raises on purpose. `words` is its message in both languages."""

    def __init__(self, words: Words) -> None:
        self._words = words
        super().__init__(words)

    @property
    def words(self) -> Words:
        """The message in Chinese and in English."""
        return self._words

    def __str__(self) -> str:
        return str(self.words)


class Malformed(GkFormatError, ValueError):
    """Data that does not have the shape of the form.

    `faults` holds every fault at once. `findings` holds the broken equations among the cells that could still be read,
    so that all errors appear in one round; they are not a judgement of the whole. `omitted` counts the faults that did
    not fit into the list: 0 unless a payload is flooded with unknown or repeated keys.
    """

    def __init__(self, faults: Iterable[Fault], findings: Iterable[Finding] = (), omitted: int = 0) -> None:
        self.faults = tuple(faults)
        self.findings = tuple(findings)
        self.omitted = omitted
        Exception.__init__(self, self.faults, self.findings, omitted)

    @property
    def words(self) -> Words:
        """The whole list, in Chinese and in English."""
        return _list_in_each_language(self._paragraphs())

    def __str__(self) -> str:
        return _list_in_both_languages(self._paragraphs())

    def _paragraphs(self) -> Iterator[Words | Fault | Finding]:
        yield MALFORMED.format(count=len(self.faults) + self.omitted)
        yield from self.faults
        if self.omitted:
            yield OMITTED_LINE.format(count=self.omitted)
        if self.findings:
            yield _count_broken(self.findings)
            yield from self.findings


class Inconsistent(GkFormatError, ValueError):
    """A report whose numbers contradict the arithmetic of the form without declaring it.

    `findings` is the whole judgement: every broken equation, declared or not, and every undecided one.
    """

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        Exception.__init__(self, findings)

    @property
    def words(self) -> Words:
        """The whole list, in Chinese and in English."""
        return _list_in_each_language([_count_broken(self.findings), *self.findings])

    def __str__(self) -> str:
        return _list_in_both_languages([_count_broken(self.findings), *self.findings])


class Unreadable(GkFormatError):
    """A file that holds no form, or that needs an extra which is not installed."""


class Unwritable(GkFormatError, ValueError):
    """A file that cannot be written: of an unknown kind, or one that needs an extra which is not installed."""


class UnknownEdition(GkFormatError, LookupError):
    """An edition or a year that no form has."""


class Incomparable(GkFormatError, ValueError):
    """Reports that cannot be compared or added up: none at all, of several editions, or one body twice in a year."""


MALFORMED = Words("数据不合格式，{count} 处", "malformed: {count} fault(s)")
OMITTED = Words("另有 {count} 处未列", "{count} more not listed")
OMITTED_LINE = Words(f"  …… {OMITTED.zh}", f"  … {OMITTED.en}")
_BROKEN = Words("勾稽关系不符，{count} 处", "inconsistent: {count} broken equation(s)")


def _count_broken(findings: Iterable[Finding]) -> Words:
    return _BROKEN.format(count=sum(finding.severity == "broken" for finding in findings))


def _list_in_each_language(items: Iterable[Words | Fault | Finding]) -> Words:
    lines = [
        (item.zh, item.en)
        if isinstance(item, Words)
        else [f"  {_heading(item)}\n    {item.message(lang)}" for lang in LANGUAGES]
        for item in items
    ]
    return Words(*map("\n".join, zip(*lines, strict=True)))


def _list_in_both_languages(items: Iterable[Words | Fault | Finding]) -> str:
    lines: list[str] = []
    for item in items:
        if isinstance(item, Words):
            lines.append(str(item))
        else:
            lines += [f"  {line}" for line in _item_lines(item)]
    return "\n".join(lines)


def _item_lines(item: Fault | Finding) -> Iterator[str]:
    yield _heading(item)
    yield from (f"  {item.message(lang)}" for lang in LANGUAGES)


def _heading(item: Fault | Finding) -> str:
    place = (item.pointer if isinstance(item, Fault) else item.at) or "(root)"
    return f"{visible(place)} [{item.rule}] {item.label}".rstrip()


def meant(key: str, known: Iterable[str]) -> Words:
    """Return what is expected in place of an unknown key, as JSON writes it; nothing unless one is similar."""
    close = closest(key, known)
    return Words(_quoted(close), _quoted(close)) if close else NO_WORDS


def excerpt(value: object) -> str:  # noqa: PLR0911 - one case per kind of value
    """Return a short piece of JSON for any value, however large."""
    match value:
        case None | bool():
            return _quoted(value)
        case int():
            return _integer(value)
        case float() | Decimal():
            return cut_short(str(value))
        case str():
            return _quoted(cut_short(value)).encode("utf-8", "backslashreplace").decode()
        case Mapping():
            return "{…}" if value else "{}"
        case list() | tuple():
            return "[…]" if value else "[]"
        case _:
            return f"<{type(value).__qualname__}>"


def _integer(value: int) -> str:
    digits = int(abs(value).bit_length() * 0.30103) + 1
    if digits <= _EXCERPT_LENGTH:
        return str(value)
    return f"{'-' if value < 0 else ''}1e{digits - 1} (approx.)"


def cut_short(text: str) -> str:
    """Return the beginning of a long text."""
    return text if len(text) <= _EXCERPT_LENGTH else text[:_EXCERPT_LENGTH] + "…"
