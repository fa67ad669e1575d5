"""Reports as rows and tables of columns."""

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from gkformat import EDITIONS, AnyReport, load
from gkformat import strategies as gk
from gkformat.bulk import schema, to_arrow
from support import CORPUS

PUBLISHED = [load(path, as_found=True) for path in sorted(CORPUS.glob("*.json"))]
EVERY_EDITION = pytest.mark.parametrize("edition", EDITIONS)
FEE = "proactive_disclosure.fees.administrative_fees.amount_wan_yuan"
NEW = "requests.newly_received.natural_person"
Row = dict[str, Any]

FEWER = settings(max_examples=max(10, settings().max_examples // 3))
"""Fewer examples, for each is a whole table."""


def published(edition: str) -> list[AnyReport]:
    """Return the published reports of an edition."""
    return [report for report in PUBLISHED if report.edition == edition]


def report_lists(edition: str) -> st.SearchStrategy[list[AnyReport]]:
    """Return a strategy of lists of reports, some of them faulty or marked."""
    faulty = gk.broken(edition=edition).map(lambda made: made.report)
    paper = gk.sheets(edition=edition).map(lambda made: made.report)
    return st.lists(gk.reports(edition=edition) | faulty | paper, max_size=3)


def table_of(*rows: Row, edition: str = "2021") -> pa.Table:
    """Return a table of rows."""
    return pa.Table.from_pylist(list(rows), schema=schema(edition))


def row_of(report: AnyReport) -> Row:
    """Return a report as a row."""
    (found,) = to_arrow([report]).to_pylist()
    return dict(found)
