"""The exceptions of the library. Each one lists everything that is wrong, in Chinese and in English."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

from attrs import field

from gkformat.base.address import Address
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Finding, Findings
from gkformat.base.frozen import frozen
from gkformat.base.words import LANGUAGES, NO_WORDS, Lang, Words

_EXCERPT_LENGTH = 60
_quoted = json.JSONEncoder(ensure_ascii=False).encode


@frozen
class Fault:
    """One reason why data does not have the shape of the form.

    `at` is the address, or, for a key that is not in the form, that of its nearest known parent; `pointer` (RFC 6901)
    is always exact. `found` is a short excerpt of the value, written as JSON, and empty if there was no value. If the
    data is not JSON, `found` is the message of the parser and `expected` the same message in words for people.
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

    def message(self, lang: Lang = "zh") -> str:
        """Return one sentence that says what is wrong."""
        said = self.expected.text(lang) or self.found
        key = excerpt(self.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~"))
        return FAMILIES[self.rule].message.format(found=self.found, expected=said, key=key).text(lang)


class GkFormatError(Exception):
    """The base class of every error that the library raises on purpose."""


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
        super().__init__(self.faults, self.findings, omitted)

    def __str__(self) -> str:
        count = len(self.faults) + self.omitted
        lines = [f"数据不合格式，{count} 处 / malformed: {count} fault(s)", *_listed(self.faults)]
        if self.omitted:
            lines.append(f"  …… 另有 {self.omitted} 处未列 / and {self.omitted} more not listed")
        if self.findings:
            lines += [_broken(self.findings), *_listed(self.findings)]
        return "\n".join(lines)


class Inconsistent(GkFormatError, ValueError):
    """A report whose numbers contradict the arithmetic of the form without declaring it.

    `findings` is the whole judgement: every broken equation, declared or not, and every undecided one.
    """

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        super().__init__(findings)

    def __str__(self) -> str:
        return "\n".join([_broken(self.findings), *_listed(self.findings)])


class Unreadable(GkFormatError):
    """A file that holds no form, or that needs an extra which is not installed."""


def _broken(findings: Iterable[Finding]) -> str:
    count = sum(finding.severity == "broken" for finding in findings)
    return f"勾稽关系不符，{count} 处 / inconsistent: {count} broken equation(s)"


def _listed(items: Iterable[Fault | Finding]) -> list[str]:
    return [line for item in items for line in _lines(item)]


def _lines(item: Fault | Finding) -> list[str]:
    place = (item.pointer if isinstance(item, Fault) else item.at) or "(root)"
    return [f"  {place} [{item.rule}] {item.label}".rstrip(), *(f"    {item.message(lang)}" for lang in LANGUAGES)]


def excerpt(value: object) -> str:  # noqa: PLR0911 - one case per kind of value
    """Return a short piece of JSON for any value, however large."""
    match value:
        case None | bool():
            return _quoted(value)
        case int():
            return _integer(value)
        case float() | Decimal():
            return _cut(str(value))
        case str():
            return _quoted(_cut(value)).encode("utf-8", "backslashreplace").decode()
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


def _cut(text: str) -> str:
    return text if len(text) <= _EXCERPT_LENGTH else text[:_EXCERPT_LENGTH] + "…"
