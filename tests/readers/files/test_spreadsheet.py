"""Tests of reading XLSX."""

import pytest

import papers
from gkformat import Unreadable
from gkformat.readers.files import spreadsheet
from readings import report


def test_spreadsheet_that_is_too_long_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "_ROWS", 5)
    with pytest.raises(Unreadable, match="过大"):
        spreadsheet.parse(papers.as_xlsx(papers.document(report())))
