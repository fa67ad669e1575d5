"""What the library raises. Each error lists everything that is wrong, in Chinese and in English."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

from attrs import field

from gkformat.base.address import Address
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Finding, Findings
from gkformat.base.frozen import frozen
from gkformat.base.words import LANGUAGES, NOTHING, Lang, Words

_EXCERPT = 60
_quoted = json.JSONEncoder(ensure_ascii=False).encode


@frozen
class Fault:
    """One thing that keeps data from having the shape of the form.

    `at` is the place, or for a key that is not in the form its nearest known parent; `pointer` (RFC 6901) is exact.
    `found` is a short excerpt of the value, written as JSON; it is empty where nothing was found. Of what is no JSON
    it is what the parser says, and `expected` the same for people.
    """

    rule: str
    at: Address = field(converter=Address)
    label: str = ""
    found: str = ""
    expected: Words = NOTHING
    pointer: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.pointer:
            object.__setattr__(self, "pointer", self.at.pointer)

    def message(self, lang: Lang = "zh") -> str:
        """What is wrong, in one sentence."""
        said = self.expected.text(lang) or self.found
        key = excerpt(self.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~"))
        return FAMILIES[self.rule].message.format(found=self.found, expected=said, key=key).text(lang)


class GkFormatError(Exception):
    """The root of every error that the library raises on purpose."""


class Malformed(GkFormatError, ValueError):
    """Data that has not the shape of the form.

    `faults` holds every fault at once. `findings` holds the broken equations among the cells that could be read all
    the same, so that nobody meets errors in two rounds; they are no judgement of the whole. `omitted` counts the
    faults beyond the most that one error lists: 0 unless a payload is flooded with unknown or repeated keys.
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
    """A report whose numbers contradict the form's arithmetic without saying so.

    `findings` is the whole judgement: broken equations, declared ones and undecided ones included.
    """

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        super().__init__(findings)

    def __str__(self) -> str:
        return "\n".join([_broken(self.findings), *_listed(self.findings)])


class Unreadable(GkFormatError):
    """A file in which no form was found, or that cannot be read without an extra that is not installed."""


def _broken(findings: Iterable[Finding]) -> str:
    count = sum(finding.severity == "broken" for finding in findings)
    return f"勾稽关系不符，{count} 处 / inconsistent: {count} broken equation(s)"


def _listed(items: Iterable[Fault | Finding]) -> list[str]:
    return [line for item in items for line in _lines(item)]


def _lines(item: Fault | Finding) -> list[str]:
    place = (item.pointer if isinstance(item, Fault) else item.at) or "(root)"
    return [f"  {place} [{item.rule}] {item.label}".rstrip(), *(f"    {item.message(lang)}" for lang in LANGUAGES)]


def excerpt(value: object) -> str:  # noqa: PLR0911 - a case a kind of value
    """A value as a short piece of JSON, whatever it is and however large."""
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
    if digits <= _EXCERPT:
        return str(value)
    return f"{'-' if value < 0 else ''}1e{digits - 1} (approx.)"


def _cut(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[:_EXCERPT] + "…"
