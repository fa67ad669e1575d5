"""Findings: a sequence that can be pickled."""

import pickle
from textwrap import indent

from gkformat import check, load, loads
from support import CORPUS, Payload, put


def test_findings_are_a_sequence(busy: Payload) -> None:
    put(busy, "requests.newly_received.total", 0)
    findings = check(loads(busy, as_found=True))
    assert findings[0] == findings.broken[0] == next(iter(findings))
    assert findings[1:] == tuple(findings)[1:]
    again = pickle.loads(pickle.dumps(findings))  # noqa: S301
    assert (again.broken, again.verdict) == (findings.broken, "inconsistent")


def test_findings_print_as_the_command_line_does() -> None:
    findings = check(load(CORPUS / "hongze-2023.json", as_found=True))
    title, first, zh, en, where, *others = str(findings).splitlines()
    assert title == "不一致（不符 2） / inconsistent (2 broken)"
    assert first == f"  [不符，已声明 / broken, declared] {findings[0].label}"
    assert (zh, en) == (f"    {findings[0].message('zh')}", f"    {findings[0].message('en')}")
    assert where == "    case-total  reconsideration_and_litigation.reconsideration.total"
    assert len(others) == 4
    assert indent(str(findings[1]), "  ").splitlines() == others


def test_no_findings_print_their_verdict() -> None:
    assert str(check(load(CORPUS / "suqian-2023.json"))) == "一致 / consistent"
