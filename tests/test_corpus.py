"""Real reports: what is sound loads strictly, and what is wrong in print is found, exactly that and nothing else."""

import json
from pathlib import Path
from typing import Any

import oracle
import pytest
from conftest import CORPUS, Payload, at, payload

from gkformat import Address, Inconsistent, Mark, cells, check, dumps, load, loads

WRONG_IN_PRINT = {
    "hongze-2023": [
        ("reconsideration_and_litigation.reconsideration.total", 11, 0),
        ("reconsideration_and_litigation.litigation.after_reconsideration.total", 5, 0),
    ],
    "jinhu-2023": [("reconsideration_and_litigation.litigation.direct.total", 3, 0)],
}
ALL = sorted(path.stem for path in CORPUS.glob("*.json"))
SOUND = [name for name in ALL if name not in WRONG_IN_PRINT]
FILES = {"hongze-2023": "huaian-hongze-2023"}


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_report_loads_strictly(name: str) -> None:
    report = load(CORPUS / f"{name}.json")
    assert check(report).verdict == "consistent"
    assert {finding.rule for finding in check(report)} <= {"fee-precision"}
    assert json.loads(dumps(report)) == payload(name)


@pytest.mark.parametrize("name", WRONG_IN_PRINT)
def test_a_wrong_total_is_refused_and_held_as_found(name: str) -> None:
    with pytest.raises(Inconsistent) as caught:
        load(CORPUS / f"{name}.json")
    assert [(f.rule, f.at, f.left, f.right) for f in caught.value.findings] == [
        ("case-total", *wrong) for wrong in WRONG_IN_PRINT[name]
    ]
    report = load(CORPUS / f"{name}.json", as_found=True)
    assert [(item.at, item.left, item.right) for item in report.discrepancies] == WRONG_IN_PRINT[name]
    assert loads(dumps(report)) == report
    assert all(finding.declared for finding in check(report).broken)


def test_a_group_that_was_filled_as_one_row_is_open() -> None:
    report = load(CORPUS / "hongze-2023.json", as_found=True)
    group = Address("requests.outcomes.other_handling")
    assert report.marks == (Mark(group, "merged"),)
    opened = [cell for cell, number in cells(report).items() if number is None]
    assert opened == [cell for cell in oracle.CELLS if cell.startswith(group + ".")]


KEYS = ["一", "二", "三(一)", "三(二)", *(f"三(三){n}" for n in range(1, 9)), *(f"三(四){n}" for n in range(1, 4))]
KEYS += [*(f"三(五){n}" for n in range(1, 6)), *(f"三(六){n}" for n in range(1, 4)), "三(七)", "四"]


@pytest.mark.parametrize("name", ALL)
def test_the_payloads_hold_the_numbers_that_were_transcribed(shared: Path, name: str) -> None:
    file = shared / "corpus" / "numbers" / f"{FILES.get(name, name)}.json"
    numbers = json.loads(file.read_text(encoding="utf-8"), parse_float=str)
    assert [_text(at(payload(name), cell)) for cell in oracle.CELLS] == [_text(number) for number in _printed(numbers)]
    assert payload(name)["year"] == numbers["year"]


def _printed(numbers: Payload) -> list[Any]:
    rows = numbers["table3"]
    if "三(六)" in rows:
        rows |= {"三(六)1": [0] * 7, "三(六)2": [0] * 7, "三(六)3": rows["三(六)"]}
    table2 = [number for _, *row in numbers["table2"] for number in row]
    return [*table2, *(number for key in KEYS for number in rows[key]), *numbers["table4"]]


def _text(number: Any) -> str:
    return str(number)
