"""Property tests (性质测试) of your own code, with generated reports whose arithmetic is right."""

from hypothesis import given, settings
from shares import granted_share

from gkformat import Report2021, strategies


@settings(max_examples=20)
@given(strategies.reports())
def test_share_is_between_none_and_all(report: Report2021) -> None:
    """Ask for what holds of every report, rather than for the result of one."""
    share = granted_share(report)
    assert share is None or 0 <= share <= 1
