"""Every kind of unclear cell in every cell of a report: it is told at that very cell, and never passes as consistent."""

from itertools import cycle
from typing import Any

import pytest

import oracle
from gkformat import Address, Mark, Report2021, cells, check, dumps, loads, replace
from gkformat.base.findings import MarkKind
from gkformat.strategies import UNCLEAR
from support import SUITE

SEVERITIES = {"unreadable": "undecided", "absent": "undecided", "out-of-range": "broken"}


def _zero(value: Any) -> Any:
    return type(value)(0)


def _text(cell: str, text: str) -> str:
    """Return a text of the same kind for this cell: an amount of money may have a fraction, but not that many digits."""
    return "3001.1234567" if (cell, text) == (oracle.FEE, "3001.5") else text


@pytest.fixture(params=["busy", "full"])
def sound(request: pytest.FixtureRequest) -> Report2021:
    return loads((SUITE / "base" / f"{request.param}.json").read_bytes(), Report2021)


@pytest.mark.parametrize(
    ("sound", "kind", "text"),
    [(base, *unclear) for base, unclear in zip(cycle(["busy", "full"]), UNCLEAR, strict=False)],
    indirect=["sound"],
)
def test_unclear_cell_is_told_wherever_it_stands(sound: Report2021, kind: MarkKind, text: str) -> None:
    for cell in oracle.CELLS:
        number: Any = cells(sound)[Address(cell)]
        report = replace(sound, {cell: _zero(number)}, marks=(Mark(cell, kind, _text(cell, text)),))
        findings = check(report)
        told, *others = findings
        assert (told.rule, told.at, told.severity) == (f"cell-{kind}", cell, SEVERITIES[kind])
        assert told.declared == (kind == "out-of-range")
        assert findings.verdict == ("inconsistent" if kind == "out-of-range" else "undecided")
        touched = {(rule, at) for rule, at, left, right in oracle.relations() if cell in (*left, *right)}
        assert {(finding.rule, finding.at) for finding in others} == touched
        assert len(others) == len(touched)
        assert {finding.severity for finding in others} <= {"undecided"}
        assert cells(report)[Address(cell)] is None
        assert loads(dumps(report)) == report
        mended = replace(report, {cell: number})
        assert mended == sound
        assert not check(mended)


@pytest.mark.parametrize("sound", ["busy"], indirect=True)
def test_blank_cell_is_told_wherever_it_stands(sound: Report2021) -> None:
    for cell in oracle.CELLS:
        number: Any = cells(sound)[Address(cell)]
        findings = check(replace(sound, {cell: _zero(number)}, marks=(Mark(cell, "blank", "/"),)))
        assert [(finding.rule, finding.at) for finding in findings] == [("cells-blank", cell.partition(".")[0])]


def test_report_without_any_number_is_said_to_be_empty_in_one_line(sound: Report2021) -> None:
    zeros: dict[str, Any] = {at: _zero(value) for at, value in cells(sound).items()}
    kinds: tuple[MarkKind, ...] = ("blank", "absent")
    empty = replace(sound, zeros, marks=tuple(Mark(at, kinds[at.endswith("total")]) for at in zeros))
    (finding,) = check(empty)
    assert (finding.rule, finding.at, finding.severity) == ("report-empty", "", "undecided")
    assert finding.message() == "200 格没有填任何数字；请填写（没有发生的填 0）"
    assert finding.message("en").startswith("none of 200 cells has a number")
