"""A report goes out in rows of seven numbers and comes back."""

from datetime import date

from own_converter import COMPLETE, Filed, office

from gkformat import Report2021, load


def test_filed_report_comes_back() -> None:
    """Write and read it."""
    filed = Filed(received=date(2025, 1, 27), report=load(COMPLETE, Report2021))
    assert office.loads(office.dumps(filed), Filed) == filed
