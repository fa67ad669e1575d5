"""Real reports: sound ones load strictly, and exactly the errors in print are found in the others."""

import json
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

import oracle
from gkformat import Address, Inconsistent, Mark, cells, check, dumps, load, loads
from gkformat.notation.equations import equations
from support import CORPUS, Payload, payload

CASES = "reconsideration_and_litigation"
WRONG_IN_PRINT = {
    "hongze-2023": [
        ("case-total", f"{CASES}.reconsideration.total", 11, 0),
        ("case-total", f"{CASES}.litigation.after_reconsideration.total", 5, 0),
    ],
    "jinhu-2023": [("case-total", f"{CASES}.litigation.direct.total", 3, 0)],
    # （七） is 21, but its rows add up to 27; the balance holds.
    "pingtan-2020": [
        ("outcomes-total", "requests.outcomes.total.natural_person", 26, 20),
        ("outcomes-total", "requests.outcomes.total.total", 27, 21),
    ],
}
WITH_BLANKS = ["shanghai-office-2019"]
ALL = sorted(path.stem for path in CORPUS.glob("*.json"))
SOUND = [name for name in ALL if name not in WRONG_IN_PRINT and name not in WITH_BLANKS]
FILES = {"hongze-2023": "huaian-hongze-2023"}


@pytest.mark.parametrize("name", SOUND)
def test_sound_report_loads_strictly(name: str) -> None:
    report = load(CORPUS / f"{name}.json")
    assert check(report).verdict == "consistent"
    assert not check(report)
    assert json.loads(dumps(report)) == payload(name)


@pytest.mark.parametrize("name", WRONG_IN_PRINT)
def test_wrong_total_is_refused_unless_loaded_as_found(name: str) -> None:
    with pytest.raises(Inconsistent) as caught:
        load(CORPUS / f"{name}.json")
    assert [(f.rule, f.at, f.left, f.right) for f in caught.value.findings] == WRONG_IN_PRINT[name]
    report = load(CORPUS / f"{name}.json", as_found=True)
    assert [(item.rule, item.at, item.left, item.right) for item in report.discrepancies] == WRONG_IN_PRINT[name]
    assert loads(dumps(report)) == report
    assert all(finding.declared for finding in check(report).broken)


def test_group_filled_as_one_row_is_open() -> None:
    report = load(CORPUS / "hongze-2023.json", as_found=True)
    group = Address("requests.outcomes.other_handling")
    assert report.marks == (Mark(group, "merged"),)
    opened = [cell for cell, number in cells(report).items() if number is None]
    assert opened == [cell for cell in oracle.CELLS if cell.startswith(group + ".")]


def test_blanks_stay_blank_and_are_judged_by_exact_logic() -> None:
    report = load(CORPUS / "shanghai-office-2019.json")
    number = cells(report)
    assert sum(value is None for value in number.values()) == 135
    findings = check(report)
    assert findings.verdict == "undecided"
    said = {(finding.rule, str(finding.at)) for finding in findings.undecided}
    for equation in equations(type(report)):
        blank = [at for at in (*equation.left, *equation.right) if number[at] is None]
        left, right = (sum(_known(number[at]) for at in side) for side in (equation.left, equation.right))
        lacking = right - left if {*blank} <= {*equation.left} else left - right
        one_sided = {*blank} <= {*equation.left} or {*blank} <= {*equation.right}
        held = one_sided and (lacking == 0 or (lacking > 0 and len(blank) == 1))
        assert ((equation.rule, str(equation.at)) in said) == (not held)


def _known(number: Any) -> int:
    return number or 0


def test_amount_with_its_unit_in_the_cell_keeps_its_text() -> None:
    report = load(CORPUS / "shanghai-office-2019.json")
    at = "proactive_disclosure.procurement.centralized_procurement.total_amount"
    assert str(cells(report)[Address(at)]) == "251000"
    assert Mark(at, "annotated", "251000元") in report.marks


ROWS = ["一", "二", "三(一)", "三(二)", *(f"三(三){n}" for n in range(1, 9)), *(f"三(四){n}" for n in range(1, 4))]
ROWS += [f"三(五){n}" for n in range(1, 6)]
OTHER = {"2019": ["三(六)"], "2021": [f"三(六){n}" for n in range(1, 4)]}


@pytest.mark.parametrize("name", ALL)
def test_payload_holds_the_transcribed_numbers(shared: Path, name: str) -> None:
    file = shared / "corpus" / "numbers" / f"{FILES.get(name, name)}.json"
    transcribed = json.loads(file.read_text(encoding="utf-8"), parse_float=str)
    report = load(CORPUS / f"{name}.json", as_found=True)
    merged = {at for mark in report.marks if mark.kind == "merged" for at in cells(report) if at.within(mark.at)}
    shown = {at: attrgetter(at)(report) if at in merged else value for at, value in cells(report).items()}
    written = {mark.at: mark.text for mark in report.marks if mark.kind == "annotated"}
    assert [written.get(at, _text(value)) for at, value in shown.items()] == [
        _text(number) for number in _printed(transcribed, report.edition)
    ]
    assert report.year == transcribed["year"]


def _printed(numbers: Payload, edition: str) -> list[Any]:
    rows = numbers["table3"]
    if edition == "2021" and "三(六)" in rows:  # filled in one row: the values stand in the last line of the group
        rows |= {"三(六)1": [0] * 7, "三(六)2": [0] * 7, "三(六)3": rows["三(六)"]}
    table2 = [number for _, *row in numbers["table2"] for number in row]
    keys = [*ROWS, *OTHER[edition], "三(七)", "四"]
    return [*table2, *(number for key in keys for number in rows[key]), *numbers["table4"]]


def _text(number: Any) -> str:
    return str(number)
