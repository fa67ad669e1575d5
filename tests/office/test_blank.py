"""Calc computes what is filled into a blank form: totals, differences, and how many cells are empty."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from blank_forms import TEXTS, blank_workbook, computed, fill, saved
from gkformat import Report2021, cells, check, patch, read
from gkformat.notation.outline import numbers
from office_suite import converted
from readings import COUNT, report, reported

pytestmark = pytest.mark.office

ALWAYS_COMPUTED = """\
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item></oor:items>
"""
"""The setting by which Calc computes all formulas when it opens a file, and not only when a cell is changed by hand."""

PASSED_ON = "requests.carried_forward.natural_person"


PASTED: Mapping[str, Any] = {
    COUNT: "12",
    "requests.newly_received.legal_person.other": "约20",
    "requests.outcomes.granted.natural_person": -3,
    "requests.outcomes.granted.legal_person.other": 2.5,
    "requests.outcomes.partially_granted.natural_person": None,
}
"""What belongs in no cell, which no program refuses when it is pasted, and a cell that is empty."""


def _forms() -> Mapping[str, bytes]:
    """Return forms: empty, filled in by a program that computes nothing, with a slip, and with a cell left out."""
    made = {"empty": saved(blank_workbook(Report2021))}
    changes: Mapping[str, Mapping[str, Any]] = {
        "whole": {},
        "slip": {PASSED_ON: (cells(report())[PASSED_ON] or 0) + 3},
        "open": {COUNT: None},
        "pasted": PASTED,
    }
    for name, changed in changes.items():
        book = blank_workbook(Report2021)
        fill(book, report(), changed)
        made[name] = saved(book)
    book = blank_workbook(type(report("pingtan-2019")))
    fill(book, report("pingtan-2019"))
    return made | {"older": saved(book)}


@pytest.fixture(scope="module")
def passed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with a folder for each kind of file that Calc saved."""
    folder = tmp_path_factory.mktemp("blank")
    (folder / "profile" / "user").mkdir(parents=True)
    (folder / "profile" / "user" / "registrymodifications.xcu").write_text(ALWAYS_COMPUTED, encoding="utf-8")
    (folder / "made").mkdir()
    for name, data in _forms().items():
        (folder / "made" / f"{name}.xlsx").write_bytes(data)
    (folder / "computed.xlsx").write_bytes(computed(report()))
    patch(folder / "computed.xlsx", folder / "made" / "changed.xlsx", {COUNT: 7})
    files = sorted((folder / "made").iterdir())
    for kind in ("xlsx", "xls", "ods"):
        converted(files, kind, folder / kind)
    converted(sorted((folder / "ods").iterdir()), "xlsx", folder / "again")
    return folder


@pytest.mark.parametrize("name", ["whole", "older"])
@pytest.mark.parametrize("kind", ["xlsx", "xls", "again"])
def test_a_form_that_was_filled_in_is_read_as_the_report(kind: str, name: str, passed: Path) -> None:
    [file] = (passed / kind).glob(f"{name}.*")
    reading, truth = read(file), report("pingtan-2019" if name == "older" else "suqian-2024")
    assert (reading.findings.items, reading.sheet.leftovers) == ((), ())
    assert cells(reading.report) == cells(truth)
    found = reported(reading)
    assert (found.agency, found.year, found.marks) == (truth.agency, truth.year, ())
    assert {name: getattr(found, name) for name in TEXTS} == TEXTS


@pytest.mark.parametrize("kind", ["xlsx", "xls", "again"])
def test_an_empty_form_stays_empty(kind: str, passed: Path) -> None:
    [file] = (passed / kind).glob("empty.*")
    reading = read(file, agency="甲局", year=2024)
    assert set(cells(reading.report).values()) == {None}
    assert [finding.rule for finding in check(reading.report).undecided] == ["report-empty"]


def test_totals_follow_a_number_that_was_changed(passed: Path) -> None:
    found, before = cells(read(passed / "xlsx" / "changed.xlsx").report), cells(report())
    total = "requests.newly_received.total"
    assert {at: (before[at], found[at]) for at in numbers(Report2021) if found[at] != before[at]} == {
        COUNT: (before[COUNT], 7),
        total: (before[total], (before[total] or 0) - (before[COUNT] or 0) + 7),
    }


def test_what_does_not_hold_is_said_beside_the_table(passed: Path) -> None:
    assert _beside(passed, "whole")[0] == "不符 0 处，填错 0 格，未填 0 格"
    state, differences = _beside(passed, "slip")
    assert state == "不符 2 处，填错 0 格，未填 0 格"  # in the column of the slip, and in that of the totals
    assert {value for value in differences if value} == {-3}
    state, differences = _beside(passed, "open")
    assert state == "不符 0 处，填错 0 格，未填 1 格"
    assert "未填完" in differences
    assert "填错 4 格，未填 1 格" in str(_beside(passed, "pasted")[0])
    state, differences = _beside(passed, "empty")
    assert state == "不符 0 处，填错 0 格，未填 144 格"
    assert set(differences) == {"未填完"}


def _beside(passed: Path, name: str) -> tuple[object, list[Any]]:
    """Return the state of the second table, and the differences beside and below it, as Calc computed them."""
    sheet = openpyxl.load_workbook(passed / "xlsx" / f"{name}.xlsx", data_only=True).worksheets[2]
    beside = [sheet.cell(row, 12).value for row in range(6, 31)]
    below = [sheet.cell(row, column).value for row in (32, 33) for column in range(4, 11)]
    return sheet.cell(1, 12).value, [*beside, *below]
