"""The editions of the form and their reporting years: the one module that knows every form.

A form is imported when its report class is first asked for, so that reading reports of one edition loads no other.
Code that must not load them all writes the alias in quotes and by this module: `"editions.AnyReport"`.
"""

from collections.abc import Mapping
from functools import cached_property, reduce
from importlib import import_module
from operator import or_
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import attrs

from gkformat.base.arguments import INTEGER, TEXT, demand
from gkformat.base.citations import Notice
from gkformat.base.errors import UnknownEdition
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.notation.declare import declaration

if TYPE_CHECKING:
    from gkformat.forms import y2019, y2021

    AnyReport: TypeAlias = y2019.Report | y2021.Report
    """A report of any edition."""
else:

    def __getattr__(name: str) -> object:
        if name != "AnyReport":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = reduce(or_, (edition.report for edition in EDITIONS.values()))
        return globals()[name]


@frozen
class Edition:
    """An edition of the form: its name, and the reporting years for which it is in force.

    `report` is its report class, imported on first use.
    """

    name: str
    first_year: int
    last_year: int | None

    @cached_property
    def report(self) -> "type[AnyReport]":
        """The report class, whose module is imported on first use."""
        report: type[AnyReport] = import_module(f"gkformat.forms.y{self.name}").Report
        return report

    @property
    def notice(self) -> Notice | None:
        """The notice that prescribes the edition."""
        return declaration(self.report).notice

    @property
    def years(self) -> Words:
        """The reporting years in words."""
        if self.last_year is None:
            return Words(f"{self.first_year} 年起", f"{self.first_year} on")
        return Words(f"{self.first_year} 至 {self.last_year} 年", f"{self.first_year} to {self.last_year}")

    def covers(self, year: int) -> bool:
        """Return True if reports for this year use the edition."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


_ALL = (Edition("2019", 2019, 2020), Edition("2021", 2021, None))

EDITIONS: Mapping[str, Edition] = MappingProxyType({edition.name: edition for edition in _ALL})
"""Every edition by its name, which is the value of the field `edition` of a report; in chronological order."""


def edition_for(year: int) -> Edition:
    """Return the edition whose notice covers a reporting year.

    Raises `UnknownEdition` for a year before 2019, for which there is none.
    """
    demand(INTEGER, year=year)
    for edition in EDITIONS.values():
        if edition.covers(year):
            return edition
    raise _unknown_edition(Words(f"没有 {year} 年度的格式", f"there is no edition for the year {year}"))


def edition_named(name: str) -> Edition:
    """Return the edition with a name. Raises `UnknownEdition` for an unknown name."""
    demand(TEXT, edition=name)
    if name in EDITIONS:
        return EDITIONS[name]
    raise _unknown_edition(Words(f"没有名为 {name} 的格式版本", f"there is no edition named {name}"))


def edition_of(cls: type) -> Edition:
    """Return the edition of a report class, which its field `edition` has for a default. No other form is loaded."""
    return EDITIONS[cast("str", attrs.fields_dict(cast("Any", cls))["edition"].default)]


def _unknown_edition(message: Words) -> UnknownEdition:
    known = EDITIONS.values()
    zh = "、".join(f"{edition.name}（{edition.years.zh}）" for edition in known)
    en = ", ".join(f"{edition.name} ({edition.years.en})" for edition in known)
    return UnknownEdition(Words(f"{message.zh}，已知：{zh}", f"{message.en}; known: {en}"))
