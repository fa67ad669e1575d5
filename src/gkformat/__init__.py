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
    from gkformat.base.address import Address
    from gkformat.base.errors import GkFormatError, Inconsistent, Malformed, Unreadable
    from gkformat.base.findings import Discrepancy, Finding, Findings, Mark
    from gkformat.checks.check import check, ensure
    from gkformat.codec import dump, dumps, load, loads
    from gkformat.codec.converter import converter
    from gkformat.comparison.consolidation import consolidate
    from gkformat.comparison.crosswalk import shared_addresses
    from gkformat.comparison.difference import diff
    from gkformat.comparison.parts import check_parts
    from gkformat.comparison.series import check_series
    from gkformat.derived.catalogue import rules
    from gkformat.derived.completion import complete
    from gkformat.derived.schema import json_schema
    from gkformat.diagnosis.diagnose import Diagnoses, Diagnosis, diagnose
    from gkformat.forms.editions import EDITIONS, AnyReport, edition_for
    from gkformat.forms.y2021 import Report as Report2021
    from gkformat.judgement.revision import as_found, cells, replace
    from gkformat.notation.outline import label
    from gkformat.readers import read
    from gkformat.readers.sheet import Reading, Sheet

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
    "Address": "base.address",
    "AnyReport": "forms.editions",
    "Diagnoses": "diagnosis.diagnose",
    "Diagnosis": "diagnosis.diagnose",
    "Discrepancy": "base.findings",
    "EDITIONS": "forms.editions",
    "Finding": "base.findings",
    "Findings": "base.findings",
    "GkFormatError": "base.errors",
    "Inconsistent": "base.errors",
    "Malformed": "base.errors",
    "Mark": "base.findings",
    "Reading": "readers.sheet",
    "Report2021": "forms.y2021:Report",
    "Sheet": "readers.sheet",
    "Unreadable": "base.errors",
    "as_found": "judgement.revision",
    "cells": "judgement.revision",
    "check": "checks.check",
    "check_parts": "comparison.parts",
    "check_series": "comparison.series",
    "complete": "derived.completion",
    "consolidate": "comparison.consolidation",
    "converter": "codec.converter",
    "diagnose": "diagnosis.diagnose",
    "diff": "comparison.difference",
    "dump": "codec",
    "dumps": "codec",
    "edition_for": "forms.editions",
    "ensure": "checks.check",
    "json_schema": "derived.schema",
    "label": "notation.outline",
    "load": "codec",
    "loads": "codec",
    "read": "readers",
    "replace": "judgement.revision",
    "rules": "derived.catalogue",
    "shared_addresses": "comparison.crosswalk",
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
