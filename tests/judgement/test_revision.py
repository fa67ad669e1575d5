"""`as_found`, `cells` and `replace`: a report as it was published, its numbers, and its changed copies."""

import pytest

import oracle
from gkformat import Address, Discrepancy, Malformed, Mark, Report2021, as_found, cells, check, loads, replace
from gkformat.forms.y2021 import Applicants
from gkformat.notation.outline import numbers
from support import CASE_TOTAL, Payload, fields, put, with_wrong_total

ZERO = "requests.newly_received.legal_person.research_institution"


# -- as_found and cells --------------------------------------------------------------------------------


def test_cells_of_a_merged_group_are_open(busy_report: Report2021) -> None:
    group = "requests.outcomes.not_processed"
    emptied = {f"{group}.{name}.{cell}": 0 for name in ("petition_or_complaint", "duplicate") for cell in _ROW_CELLS}
    emptied |= {
        f"{group}.{name}.{cell}": 0 for name in ("published_material", "excessive_requests") for cell in _ROW_CELLS
    }
    moved = replace(busy_report.requests, {cell.removeprefix("requests."): 0 for cell in emptied})
    values = fields(busy_report)
    report = as_found(Report2021, **{**values, "requests": moved, "marks": (Mark(group, "merged"),)})
    opened = {cell for cell, number in cells(report).items() if number is None}
    assert opened == {cell for cell in numbers(Report2021) if cell.within(group)}
    unmerged = replace(report, {f"{group}.duplicate.natural_person": 0}, discrepancies=report.discrepancies)
    assert unmerged.marks == report.marks
    more = replace(report.requests, {f"{group}.confirmation_or_reissue.total".removeprefix("requests."): 10**6})
    as_more = as_found(Report2021, **{**values, "requests": more}).discrepancies
    assert replace(report, requests=more, discrepancies=as_more).marks == report.marks
    # A number in another row shows that the group was not filled in as one row after all.
    last = report.requests.outcomes.not_processed.confirmation_or_reissue
    table = replace(report.requests, {f"{group}.duplicate".removeprefix("requests."): last})
    as_told = as_found(Report2021, **{**values, "requests": table}).discrepancies
    assert replace(report, {f"{group}.duplicate": last}, discrepancies=as_told).marks == ()


_ROW_CELLS = [*oracle.APPLICANTS, "total"]


def test_as_found_keeps_a_sound_report_as_it_is(busy_report: Report2021) -> None:
    values = fields(busy_report)
    stale = Discrepancy("case-total", CASE_TOTAL, 1, 2)
    for old in ("anything", (stale,)):
        assert as_found(Report2021, **{**values, "discrepancies": old}) == busy_report
    row = {"natural_person": 1, "total": 9, "legal_person": busy_report.requests.newly_received.legal_person}
    assert as_found(Applicants, **row).total == 9


# -- replace -------------------------------------------------------------------------------------------


def test_replace_takes_addresses_and_fields(busy_report: Report2021) -> None:
    document = "proactive_disclosure.documents.rules"
    changed = replace(busy_report, {f"{document}.issued": 5, f"{document}.in_force": 7}, overview="新", year=2022)
    assert (changed.overview, changed.year) == ("新", 2022)
    assert cells(changed)[Address(f"{document}.issued")] == 5
    assert cells(changed)[Address(f"{document}.in_force")] == 7
    assert replace(changed, {f"{document}.issued": 2, f"{document}.in_force": 11}, overview=busy_report.overview) == (
        replace(busy_report, year=2022)
    )


def test_replace_in_a_table_takes_addresses_relative_to_it(busy_report: Report2021) -> None:
    table = replace(busy_report.requests, {"newly_received.natural_person": 1})
    assert table.newly_received.natural_person == 1
    assert check(table).broken[0].at == "newly_received.natural_person"


def test_replace_takes_a_box_and_a_number_inside_it(busy_report: Report2021) -> None:
    table = busy_report.reconsideration_and_litigation
    changed = replace(
        busy_report,
        {
            f"{CASE_TOTAL.rpartition('.')[0]}.upheld": 309,
            "requests.outcomes.granted": busy_report.requests.outcomes.granted,
        },
        reconsideration_and_litigation=table,
    )
    assert changed == busy_report


def test_replace_reports_every_fault_with_its_full_address(busy_report: Report2021) -> None:
    changes = {"requests.newly_received.natural_person": -1, "requests.nowhere.x": 1, "year": "2023"}
    with pytest.raises(Malformed) as caught:
        replace(busy_report, {**changes, "requests.carried_forward.legal_person.other": True})
    assert {(fault.rule, fault.pointer) for fault in caught.value.faults} >= {
        ("out-of-range", "/requests/newly_received/natural_person"),
        ("unknown-key", "/requests/nowhere"),
        ("wrong-type", "/requests/carried_forward/legal_person/other"),
        ("wrong-type", "/year"),
    }
    assert all(fault.label for fault in caught.value.faults)
    assert '"nowhere"' in {fault.found for fault in caught.value.faults if fault.rule == "unknown-key"}


def test_replace_refuses_rubbish_as_malformed(busy_report: Report2021) -> None:
    with pytest.raises(Malformed):
        replace(busy_report, {"requests.newly_received.natural_person": 1}, requests="rubbish")


def test_replace_drops_a_mark_whose_number_is_given(busy: Payload) -> None:
    put(busy, ZERO, None)
    report = loads(busy, as_found=True)
    assert replace(report, {ZERO: 0}).marks == ()
    assert replace(report, overview="x").marks == report.marks
    assert replace(report, requests=report.requests).marks == report.marks


@pytest.mark.parametrize(("number", "kept"), [(3401, False), (3402, True), (3403, False)])
def test_replace_drops_the_mark_of_a_number_changed_with_its_table(busy: Payload, number: int, kept: bool) -> None:
    cell = "requests.newly_received.natural_person"
    mark = Mark(cell, "annotated", "3402件")
    report = replace(loads(busy, Report2021), marks=(mark,))
    put(busy, cell, number)
    other = loads(busy, Report2021, as_found=True)
    changed = replace(report, requests=other.requests, discrepancies=other.discrepancies)
    assert changed.marks == (mark,) * kept


def test_replace_drops_only_the_discrepancy_that_is_mended(busy_report: Report2021) -> None:
    second = CASE_TOTAL.replace("reconsideration.", "litigation.direct.")
    broken = with_wrong_total(busy_report)
    right = cells(busy_report)[Address(second)]
    assert isinstance(right, int)
    both = (*broken.discrepancies, Discrepancy("case-total", second, right, right + 1))
    held = replace(broken, {second: right + 1}, discrepancies=both)
    assert replace(held, discrepancies=(*both[::-1], both[0])).discrepancies == both
    assert replace(held, {CASE_TOTAL: 440}).discrepancies == both[1:]
    assert replace(held, {second: right}).discrepancies == both[:1]


def test_replace_of_an_unrelated_field_keeps_discrepancies(busy_report: Report2021) -> None:
    broken = with_wrong_total(busy_report)
    assert replace(broken, overview="x").discrepancies == broken.discrepancies
    mended = replace(broken, {CASE_TOTAL: 440})
    assert mended == busy_report
    assert mended.discrepancies == ()
