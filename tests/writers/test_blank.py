"""Tests of blank forms: empty, filled in, with slips, and recalculated or not; each is what it says to the reader."""

import json
from pathlib import Path
from typing import Any

import pytest

from blank_forms import TEXTS, blank_workbook, computed, fill, places, saved
from gkformat import (
    Address,
    AnyReport,
    Malformed,
    Mark,
    Reading,
    Report2019,
    Report2021,
    Unwritable,
    as_found,
    blank,
    cells,
    check,
    loads,
    patch,
    replace,
)
from gkformat.notation.equations import equations
from gkformat.notation.outline import build
from gkformat.readers.assemble import assemble_reading
from gkformat.readers.match_file import match_file
from readings import COUNT, FEE, marked, read_here, report, reported, rules_at_addresses

FORMS = [Report2021, Report2019]
TOTALS = {equation.at for equation in equations(Report2021) if equation.is_total}
BROUGHT_FORWARD = "requests.brought_forward"
CARRIED_FORWARD = "requests.carried_forward"


def read_for(data: bytes, year: int) -> Reading:
    """Return the reading of a file that states neither body nor year."""
    return assemble_reading(match_file(data), agency="甲局", year=year)


@pytest.mark.parametrize("cls", FORMS)
@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_a_form_that_nobody_filled_in_is_empty(suffix: str, cls: type[AnyReport], tmp_path: Path) -> None:
    file, edition = tmp_path / f"form{suffix}", cls.__module__[-4:]
    assert blank(file, edition=edition) == ()
    reading = read_for(file.read_bytes(), int(edition))
    assert {entry.state for entry in reading.sheet.cells} == {"blank"}
    assert {text.text.strip("＿") for text in reading.sheet.leftovers} <= {"", "年政府信息公开工作年度报告"}
    assert rules_at_addresses(reading) == set()
    assert [finding.rule for finding in check(reading.report).undecided] == ["report-empty"]


def test_the_years_of_blanks_in_json_are_to_come(tmp_path: Path) -> None:
    file = tmp_path / "form.json"
    blank(file)
    tree = json.loads(file.read_bytes())
    with pytest.raises(Malformed) as caught:
        loads(tree, as_found=True)
    assert [fault.pointer for fault in caught.value.faults] == ["/year"]
    empty = loads(tree | {"year": 2024}, as_found=True)
    assert set(cells(empty).values()) == {None}
    with pytest.raises(Malformed):
        loads(tree | {"year": 2024})


@pytest.mark.parametrize("name", ["suqian-2024", "pingtan-2019"])
def test_a_workbook_whose_totals_were_computed_is_the_report(name: str) -> None:
    truth = report(name)
    reading = read_here(computed(truth))
    assert (reading.findings.items, reading.sheet.leftovers) == ((), ())
    assert cells(reading.report) == cells(truth)
    assert (reported(reading).agency, reported(reading).year) == (truth.agency, truth.year)


def test_totals_that_were_never_computed_are_told_wherever_the_sheets_are() -> None:
    truth, book = report(), blank_workbook(Report2021)
    fill(book, truth)
    book.move_sheet(book.worksheets[1], 2)
    book.create_sheet("草稿", 1)["B2"] = 12
    book.worksheets[0].insert_rows(4, 3)
    reading = read_here(saved(book))
    found = cells(reading.report)
    assert {at for at, number in found.items() if number is None} == TOTALS
    assert all(found[at] == number for at, number in cells(truth).items() if at not in TOTALS)
    assert rules_at_addresses(reading) >= {
        ("not-recalculated", "requests"),
        ("not-recalculated", "reconsideration_and_litigation"),
    }
    assert {name: getattr(reading.report, name) for name in TEXTS} == TEXTS


@pytest.mark.parametrize("moves", [[(0, 3)], [(3, -3)], [(0, 2), (3, -1)]])
def test_the_title_of_a_form_is_found_wherever_its_sheet_was_moved(moves: list[tuple[int, int]]) -> None:
    truth, book = report(), blank_workbook(Report2021)
    fill(book, truth)
    for sheet, by in moves:
        book.move_sheet(book.worksheets[sheet], by)
    read = reported(read_here(saved(book)))
    assert (read.agency, read.year) == (truth.agency, truth.year)
    assert {name: getattr(read, name) for name in TEXTS} == TEXTS


def test_totals_that_were_computed_before_a_number_changed_are_told(tmp_path: Path) -> None:
    file = tmp_path / "form.xlsx"
    file.write_bytes(computed(report()))
    changed = tmp_path / "changed.xlsx"
    with pytest.raises(Unwritable, match="formula"):
        patch(file, changed, {"requests.outcomes.granted.total": 7})
    patch(file, changed, {"requests.outcomes.granted.natural_person": 7})
    reading = read_here(changed.read_bytes())
    total = "requests.outcomes.total"
    assert {at for at, number in cells(reading.report).items() if number is None} == {
        "requests.outcomes.granted.total",
        f"{total}.natural_person",
        f"{total}.total",
    }
    assert ("not-recalculated", "requests") in rules_at_addresses(reading)


SLIPS: dict[str, tuple[object, str]] = {
    COUNT: ("12", "number"),
    "requests.newly_received.legal_person.other": ("约20", "unreadable"),
    "requests.carried_forward.natural_person": ("-3", "out-of-range"),
    "requests.outcomes.granted.natural_person": ("/", "blank"),
    FEE: ("1.5元", "unreadable"),
}
"""What is pasted into cells, which no program refuses, and how each is read."""


def test_pasted_texts_are_read_as_what_they_are_and_their_total_is_blank() -> None:
    book = blank_workbook(Report2021)
    fill(book, report(), {at: text for at, (text, _) in SLIPS.items()})
    entries = read_here(saved(book)).sheet.entries
    assert {at: entries[Address(at)].state for at in SLIPS} == {at: state for at, (_, state) in SLIPS.items()}
    assert entries[Address("requests.newly_received.total")].state == "blank"
    assert entries[Address("requests.brought_forward.total")].state == "unreadable"  # all of it is there


def test_the_form_of_another_edition_is_told() -> None:
    found = read_here(computed(replace(report("pingtan-2019"), year=2024))).report
    assert isinstance(found, Report2019)
    assert "year-mismatch" in {finding.rule for finding in check(found)}


def test_only_what_is_to_be_filled_in_is_unlocked_and_takes_numbers_alone() -> None:
    book, cls = blank_workbook(Report2019), Report2019  # which has counts, amounts, and numbers that may be negative
    totals = {equation.at for equation in equations(cls) if equation.is_total}
    inputs = {place for at, place in places(cls).items() if at not in totals}
    for sheet in book.worksheets[1:]:
        asked = {(row, column) for name, row, column in inputs if name == sheet.title}
        rules = [rule for rule in sheet.data_validations.dataValidation if rule.type in ("whole", "decimal")]
        accepting = {at for rule in rules for area in rule.sqref.ranges for at in area.cells}
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert sheet.print_area
        assert asked == _unlocked(sheet) == accepting


def _unlocked(sheet: Any) -> set[tuple[int, int]]:
    """Return the unlocked cells of a sheet, of each merged cell the first."""
    merged = {at for area in sheet.merged_cells.ranges for at in [*area.cells][1:]}
    found = {(cell.row, cell.column) for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    return found - merged


# -- last year's report --------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".json"])
def test_what_was_carried_forward_is_brought_forward(suffix: str, tmp_path: Path) -> None:
    file, last_year = tmp_path / f"form{suffix}", report("suqian-2023")
    taken = blank(file, last_year=last_year)
    made = read_here(file.read_bytes()).report if suffix != ".json" else loads(file.read_bytes(), as_found=True)
    assert made is not None
    assert (made.agency, made.year) == (last_year.agency, 2024)
    expected = {preset.at: cells(last_year)[preset.source] for preset in taken}
    assert {at for at in expected if at.within(Address(BROUGHT_FORWARD))} == expected.keys()
    assert len(expected) == 7
    assert {at: number for at, number in cells(made).items() if number is not None} == expected


def test_what_is_unclear_in_last_year_s_report_is_left_blank_and_told(tmp_path: Path) -> None:
    person, firm = f"{CARRIED_FORWARD}.natural_person", f"{CARRIED_FORWARD}.legal_person.commercial_enterprise"
    other = f"{CARRIED_FORWARD}.legal_person.other"
    found = marked(Mark(Address(person), "unreadable", "约20"), Mark(Address(firm), "blank", "/"))
    taken = blank(tmp_path / "form.xlsx", last_year=found)
    left = {preset.source: preset.message("en") for preset in taken if preset.number is None}
    assert {person, firm} <= left.keys()
    assert "约20" in left[Address(person)]
    values = dict(cells(report())) | {Address(other): 5}
    odd = build(Report2021, values, as_found, agency="甲局", year=2024)
    row = {preset.source for preset in blank(tmp_path / "form.json", last_year=odd) if preset.number is None}
    assert {Address(other), Address(f"{CARRIED_FORWARD}.total"), Address(person)} <= row


def test_the_edition_is_that_of_the_year(tmp_path: Path) -> None:
    blank(tmp_path / "form.json", last_year=report("pingtan-2019"))
    assert json.loads((tmp_path / "form.json").read_bytes())["edition"] == "2019"
    blank(tmp_path / "next.json", last_year=report("pingtan-2020"))
    assert json.loads((tmp_path / "next.json").read_bytes())["edition"] == "2021"


def test_an_unknown_suffix_says_which_are_known(tmp_path: Path) -> None:
    with pytest.raises(Unwritable, match=r"\.pdf.*\.xlsx \.docx \.html \.json"):
        blank(tmp_path / "form.pdf")
    assert [*tmp_path.iterdir()] == []
