"""Findings: a sequence that can be pickled."""

import pickle

from gkformat import check, loads
from support import Payload, put


def test_findings_are_a_sequence(busy: Payload) -> None:
    put(busy, "requests.newly_received.total", 0)
    findings = check(loads(busy, as_found=True))
    assert findings[0] == findings.broken[0] == next(iter(findings))
    assert findings[1:] == tuple(findings)[1:]
    again = pickle.loads(pickle.dumps(findings))  # noqa: S301
    assert (again.broken, again.verdict) == (findings.broken, "inconsistent")
