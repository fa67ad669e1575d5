"""The rule speaks where it should, and is silent elsewhere."""

import pytest
from own_rule import HERE, mostly_unavailable

from gkformat import Report2021, load


@pytest.mark.parametrize(("name", "count"), [("complete.json", 0), ("broken.json", 1)])
def test_rule_speaks_of_the_report_that_breaks_it(name: str, count: int) -> None:
    """Try it on a report of each kind."""
    report = load(HERE / name, Report2021, as_found=True)
    assert len(list(mostly_unavailable(report))) == count
