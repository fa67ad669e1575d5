"""China's annual report on government information disclosure (政府信息公开工作年度报告) as typed data.

Every table and row of the national format (国办公开办函〔2021〕30号) is a frozen attrs class, every arithmetic
relation a rule; JSON goes in and out through cattrs. Names that stand here are the public face, and a promise.
"""

from typing import TYPE_CHECKING, Any

from gkformat.address import Address
from gkformat.catalogue import rules
from gkformat.checking import check, ensure
from gkformat.codec import converter, dump, dumps, load, loads
from gkformat.completion import complete
from gkformat.consolidation import consolidate
from gkformat.diagnosis import Diagnoses, Diagnosis, diagnose
from gkformat.difference import diff
from gkformat.editions import EDITIONS, AnyReport, edition_for
from gkformat.errors import GkFormatError, Inconsistent, Malformed, Unreadable
from gkformat.findings import Discrepancy, Finding, Findings, Mark
from gkformat.forms.y2021 import Report as Report2021
from gkformat.holding import as_found, cells, replace
from gkformat.outline import label
from gkformat.parts import check_parts
from gkformat.schema import json_schema
from gkformat.series import check_series
from gkformat.sharing import shared_addresses
from gkformat.sheet import Reading, Sheet

if TYPE_CHECKING:
    from gkformat.readers import read

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


def __getattr__(name: str) -> Any:
    """What is slow to import is loaded on first use (PEP 562)."""
    if name == "read":
        from gkformat.readers import read  # noqa: PLC0415

        return read
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
