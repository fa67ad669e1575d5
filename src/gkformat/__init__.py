"""China's annual report on government information disclosure (政府信息公开工作年度报告) as typed data.

Every table and row of the national format (国办公开办函〔2021〕30号) is a frozen attrs class, every arithmetic
relation a rule; JSON goes in and out through cattrs. Names that stand here are the public face, and a promise.
Each is loaded when it is first used, so that importing the package costs next to nothing.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gkformat.address import Address
    from gkformat.catalogue import rules
    from gkformat.checking import check, ensure
    from gkformat.codec import dump, dumps, load, loads
    from gkformat.completion import complete
    from gkformat.consolidation import consolidate
    from gkformat.conversion import converter
    from gkformat.diagnosis import Diagnoses, Diagnosis, diagnose
    from gkformat.difference import diff
    from gkformat.editions import EDITIONS, AnyReport, edition_for
    from gkformat.errors import GkFormatError, Inconsistent, Malformed, Unreadable
    from gkformat.findings import Discrepancy, Finding, Findings, Mark
    from gkformat.forms.y2021 import Report as Report2021
    from gkformat.holding import as_found, cells, replace
    from gkformat.outline import label
    from gkformat.parts import check_parts
    from gkformat.readers import read
    from gkformat.schema import json_schema
    from gkformat.series import check_series
    from gkformat.sharing import shared_addresses
    from gkformat.sheet import Reading, Sheet

__all__ = [
    "EDITIONS",
    "Address",
    "AnyReport",
    "Diagnoses",
    "Diagnosis",
    "Discrepancy",
    "Finding",
    "Findings",
    "GkFormatError",
    "Inconsistent",
    "Malformed",
    "Mark",
    "Reading",
    "Report2021",
    "Sheet",
    "Unreadable",
    "as_found",
    "cells",
    "check",
    "check_parts",
    "check_series",
    "complete",
    "consolidate",
    "converter",
    "diagnose",
    "diff",
    "dump",
    "dumps",
    "edition_for",
    "ensure",
    "json_schema",
    "label",
    "load",
    "loads",
    "read",
    "replace",
    "rules",
    "shared_addresses",
]

_HOMES = {
    "Address": "address",
    "AnyReport": "editions",
    "Diagnoses": "diagnosis",
    "Diagnosis": "diagnosis",
    "Discrepancy": "findings",
    "EDITIONS": "editions",
    "Finding": "findings",
    "Findings": "findings",
    "GkFormatError": "errors",
    "Inconsistent": "errors",
    "Malformed": "errors",
    "Mark": "findings",
    "Reading": "sheet",
    "Report2021": "forms.y2021:Report",
    "Sheet": "sheet",
    "Unreadable": "errors",
    "as_found": "holding",
    "cells": "holding",
    "check": "checking",
    "check_parts": "parts",
    "check_series": "series",
    "complete": "completion",
    "consolidate": "consolidation",
    "converter": "conversion",
    "diagnose": "diagnosis",
    "diff": "difference",
    "dump": "codec",
    "dumps": "codec",
    "edition_for": "editions",
    "ensure": "checking",
    "json_schema": "schema",
    "label": "outline",
    "load": "codec",
    "loads": "codec",
    "read": "readers",
    "replace": "holding",
    "rules": "catalogue",
    "shared_addresses": "sharing",
}
"""The module of each name; after the colon its name there, where that is another."""

if not TYPE_CHECKING:  # pragma: no branch - to a type checker a module with `__getattr__` has every name

    class _Package(ModuleType):
        """A package in which `cells` is the function also after the submodule of that name was loaded."""

        def __setattr__(self, name: str, value: object) -> None:
            if not (name in _HOMES and isinstance(value, ModuleType)):
                super().__setattr__(name, value)

        def __getattr__(self, name: str) -> object:
            if name not in _HOMES:
                raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
            module, _, original = _HOMES[name].partition(":")
            value = getattr(import_module(f"{__name__}.{module}"), original or name)
            setattr(self, name, value)
            return value

        def __dir__(self) -> list[str]:
            return sorted({*super().__dir__(), *__all__})

    sys.modules[__name__].__class__ = _Package
