"""Tests of the policy of a check: selectors and strictness."""

import pytest

from command_line import BROKEN, write_report
from gkformat.base.families import FAMILIES
from gkformat.cli.app import run
from gkformat.cli.errors import CliError
from gkformat.cli.policy import Policy, resolve_selector, selectors
from support import Payload, put

pytestmark = pytest.mark.usefixtures("working_folder")


def test_selectors_select_by_name_beginning_or_authority() -> None:
    assert resolve_selector("balance") == {"balance"}
    assert resolve_selector("parts") == {"parts-sum", "parts-coverage"}
    assert resolve_selector("stated") == {"balance"}
    assert resolve_selector("equations") == {"balance", "row-total", "outcomes-total", "case-total"}
    assert resolve_selector("cell") >= {"cell-unreadable", "cell-out-of-range", "cell-absent", "report-empty"}
    assert resolve_selector("advice") >= {"stale", "section-empty"}
    assert all(rules for rules in selectors().values())
    assert Policy(("equations",), ("balance",)).excluded_rules == [
        rule for rule, family in FAMILIES.items() if family.authority in ("stated", "cell", "advice", "reading")
    ]


@pytest.mark.parametrize(
    ("selector", "said"),
    [
        ("balanc", "did you mean balance?"),
        ("zzz", "no such rule: zzz"),
        ("structure", "without its shape"),
        ("missing", "without its shape"),
        ("internal-error", "cannot be selected or ignored"),
    ],
)
def test_policy_refuses_a_selector_that_selects_nothing(selector: str, said: str) -> None:
    with pytest.raises(CliError, match=r".") as refused:
        Policy(ignore=(selector,))
    assert said in refused.value.words.en


def test_rules_left_out_count_neither_way(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", BROKEN, "--ignore", "case-total"]) == 0
    assert run(["check", BROKEN, "--select", "advice", "--select", "balance"]) == 0
    ignored, selected = (line for line in capsys.readouterr().out.splitlines() if "checked" in line)
    assert ignored == "these rules were not checked: case-total"
    assert selected.startswith("no other rules were checked than: balance, cells-blank, stale, ")
    assert run(["check", BROKEN, "--select", "case"]) == 1
    assert run(["check", BROKEN, "--select", "cased"]) == 2


def test_strict_fails_advice_and_undecided_findings(busy: Payload) -> None:
    file = write_report(busy | {"overview": ""})
    assert [run(["check", file, *more]) for more in ([], ["--strict"], ["--strict", "--ignore", "advice"])] == [0, 1, 0]
    put(busy, "requests.newly_received.natural_person", None)
    put(busy, "requests.newly_received.total", None)
    file = write_report(busy)
    assert [run(["check", file, "--as-found", *more]) for more in ([], ["--strict"])] == [0, 1]
