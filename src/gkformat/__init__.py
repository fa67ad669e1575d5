"""China's annual report on government information disclosure (政府信息公开工作年度报告) as typed data.

Every table and row of the national format (国办公开办函〔2021〕30号) is a frozen attrs class, every arithmetic
relation a rule; JSON goes in and out through cattrs. The names listed here are the public interface. Each is loaded
when it is first used, so that importing the package costs next to nothing; `__init__.pyi` is written from this table.
"""

from importlib import import_module

_HOMES = {
    "Act": "base.citations",
    "Address": "base.address",
    "AddressDict": "base.address",
    "AnyReport": "forms.editions",
    "Article": "base.citations",
    "Change": "diagnosis.slips",
    "Component": "diagnosis.diagnose",
    "Consolidated": "comparison.consolidation",
    "Converter": "codec.converter",
    "Coverage": "comparison.parts",
    "Crosswalk": "comparison.crosswalk",
    "Determined": "diagnosis.determined",
    "Diagnoses": "diagnosis.diagnose",
    "Diagnosis": "diagnosis.diagnose",
    "Difference": "comparison.difference",
    "Discrepancy": "base.findings",
    "EDITIONS": "forms.editions",
    "Edition": "forms.editions",
    "Entry": "readers.sheet",
    "Examination": "examination.result",
    "Example": "derived.examples",
    "Equation": "notation.equations",
    "Fault": "base.errors",
    "Finding": "base.findings",
    "Findings": "base.findings",
    "GkFormatError": "base.errors",
    "Incomparable": "base.errors",
    "Inconsistent": "base.errors",
    "IndicatorValue": "derived.ratios",
    "Leftover": "readers.sheet",
    "Malformed": "base.errors",
    "Mark": "base.findings",
    "Mixed": "comparison.consolidation",
    "Note": "examination.result",
    "Notice": "base.citations",
    "Part": "comparison.consolidation",
    "PartsCheck": "comparison.parts",
    "Patched": "writers.patch",
    "PatchedCell": "writers.patch",
    "Place": "base.place",
    "Preset": "writers.presets",
    "Quote": "base.findings",
    "Reading": "readers.sheet",
    "Report2019": "forms.y2019:Report",
    "Report2021": "forms.y2021:Report",
    "ReportName": "comparison.series_finding",
    "Rewritten": "writers.texts",
    "Rule": "derived.catalogue",
    "SeriesFinding": "comparison.series_finding",
    "SeriesFindings": "comparison.series",
    "SeriesTerm": "comparison.series_finding",
    "Sheet": "readers.sheet",
    "Slip": "diagnosis.slips",
    "Span": "examination.positions",
    "Suspect": "comparison.parts",
    "Term": "base.findings",
    "UnknownEdition": "base.errors",
    "Unmatched": "comparison.crosswalk",
    "Unreadable": "base.errors",
    "Unwritable": "base.errors",
    "Verdict": "base.findings",
    "Words": "base.words",
    "__version__": "version:VERSION",
    "as_found": "judgement.revision",
    "blank": "writers.blank",
    "cells": "judgement.revision",
    "check": "checks.check",
    "check_parts": "comparison.parts",
    "check_series": "comparison.series",
    "complete": "codec.completion",
    "configure_converter": "codec.converter",
    "consolidate": "comparison.consolidation",
    "converter": "codec.converter",
    "diagnose": "diagnosis.diagnose",
    "diff": "comparison.difference",
    "dump": "codec",
    "dumps": "codec",
    "edition_for": "forms.editions",
    "ensure": "checks.check",
    "examine": "examination.examine",
    "indicators": "derived.ratios",
    "json_schema": "derived.schema",
    "label": "notation.outline",
    "load": "codec",
    "loads": "codec",
    "patch": "writers.patch",
    "read": "readers",
    "replace": "judgement.revision",
    "rules": "derived.catalogue",
    "shared_addresses": "comparison.crosswalk",
    "shared_cells": "comparison.crosswalk",
    "show": "views.show",
    "write": "writers",
}
"""The module of each name; after a colon, its name there if that is another."""

__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, original = _HOMES[name].partition(":")
    value: object = getattr(import_module(f"{__name__}.{module}"), original or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
