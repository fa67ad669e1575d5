"""What your project computes of a report, here the share of requests that were granted, fully or in part."""

from fractions import Fraction

from gkformat import Report2021


def granted_share(report: Report2021) -> Fraction | None:
    """Return the share of granted requests among all outcomes, or `None` if there was no outcome."""
    outcomes = report.requests.outcomes
    granted = outcomes.granted.total + outcomes.partially_granted.total
    return Fraction(granted, outcomes.total.total) if outcomes.total.total else None
