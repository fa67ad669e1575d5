"""The report that is built adds up."""

from build_report import build

from gkformat import check


def test_built_report_is_consistent() -> None:
    """Build it, and check it."""
    assert str(check(build()).verdict) == "consistent"
