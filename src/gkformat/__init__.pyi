# Written by docs/generate.py. Change what it is made from, not this file.

from gkformat.base.address import Address as Address, AddressDict as AddressDict
from gkformat.base.citations import Act as Act, Article as Article, Notice as Notice
from gkformat.base.errors import Fault as Fault, GkFormatError as GkFormatError, Incomparable as Incomparable, Inconsistent as Inconsistent, Malformed as Malformed, UnknownEdition as UnknownEdition, Unreadable as Unreadable, Unwritable as Unwritable
from gkformat.base.findings import Discrepancy as Discrepancy, Finding as Finding, Findings as Findings, Mark as Mark, Quote as Quote, Term as Term, Verdict as Verdict
from gkformat.base.place import Place as Place
from gkformat.base.words import Words as Words
from gkformat.checks.check import check as check, ensure as ensure
from gkformat.codec import dump as dump, dumps as dumps, load as load, loads as loads
from gkformat.codec.completion import complete as complete
from gkformat.codec.converter import Converter as Converter, configure_converter as configure_converter, converter as converter
from gkformat.comparison.consolidation import Consolidated as Consolidated, Mixed as Mixed, Part as Part, consolidate as consolidate
from gkformat.comparison.crosswalk import Crosswalk as Crosswalk, Unmatched as Unmatched, shared_addresses as shared_addresses, shared_cells as shared_cells
from gkformat.comparison.difference import Difference as Difference, diff as diff
from gkformat.comparison.parts import Coverage as Coverage, PartsCheck as PartsCheck, Suspect as Suspect, check_parts as check_parts
from gkformat.comparison.series import SeriesFindings as SeriesFindings, check_series as check_series
from gkformat.comparison.series_finding import ReportName as ReportName, SeriesFinding as SeriesFinding, SeriesTerm as SeriesTerm
from gkformat.derived.catalogue import Rule as Rule, rules as rules
from gkformat.derived.examples import Example as Example
from gkformat.derived.ratios import IndicatorValue as IndicatorValue, indicators as indicators
from gkformat.derived.schema import json_schema as json_schema
from gkformat.diagnosis.determined import Determined as Determined
from gkformat.diagnosis.diagnose import Component as Component, Diagnoses as Diagnoses, Diagnosis as Diagnosis, diagnose as diagnose
from gkformat.diagnosis.slips import Change as Change, Slip as Slip
from gkformat.examination.examine import examine as examine
from gkformat.examination.positions import Span as Span
from gkformat.examination.result import Examination as Examination, Note as Note
from gkformat.forms.editions import AnyReport as AnyReport, EDITIONS as EDITIONS, Edition as Edition, edition_for as edition_for
from gkformat.forms.y2019 import Report as Report2019
from gkformat.forms.y2021 import Report as Report2021
from gkformat.judgement.revision import as_found as as_found, cells as cells, replace as replace
from gkformat.notation.equations import Equation as Equation
from gkformat.notation.outline import label as label
from gkformat.readers import read as read
from gkformat.readers.sheet import Entry as Entry, Leftover as Leftover, Reading as Reading, Sheet as Sheet
from gkformat.version import VERSION as __version__
from gkformat.views.show import show as show
from gkformat.writers import write as write
from gkformat.writers.blank import blank as blank
from gkformat.writers.patch import Patched as Patched, PatchedCell as PatchedCell, patch as patch
from gkformat.writers.presets import Preset as Preset
from gkformat.writers.texts import Rewritten as Rewritten

__all__ = [
    "Act",
    "Address",
    "AddressDict",
    "AnyReport",
    "Article",
    "Change",
    "Component",
    "Consolidated",
    "Converter",
    "Coverage",
    "Crosswalk",
    "Determined",
    "Diagnoses",
    "Diagnosis",
    "Difference",
    "Discrepancy",
    "EDITIONS",
    "Edition",
    "Entry",
    "Examination",
    "Example",
    "Equation",
    "Fault",
    "Finding",
    "Findings",
    "GkFormatError",
    "Incomparable",
    "Inconsistent",
    "IndicatorValue",
    "Leftover",
    "Malformed",
    "Mark",
    "Mixed",
    "Note",
    "Notice",
    "Part",
    "PartsCheck",
    "Patched",
    "PatchedCell",
    "Place",
    "Preset",
    "Quote",
    "Reading",
    "Report2019",
    "Report2021",
    "ReportName",
    "Rewritten",
    "Rule",
    "SeriesFinding",
    "SeriesFindings",
    "SeriesTerm",
    "Sheet",
    "Slip",
    "Span",
    "Suspect",
    "Term",
    "UnknownEdition",
    "Unmatched",
    "Unreadable",
    "Unwritable",
    "Verdict",
    "Words",
    "__version__",
    "as_found",
    "blank",
    "cells",
    "check",
    "check_parts",
    "check_series",
    "complete",
    "configure_converter",
    "consolidate",
    "converter",
    "diagnose",
    "diff",
    "dump",
    "dumps",
    "edition_for",
    "ensure",
    "examine",
    "indicators",
    "json_schema",
    "label",
    "load",
    "loads",
    "patch",
    "read",
    "replace",
    "rules",
    "shared_addresses",
    "shared_cells",
    "show",
    "write"
]
