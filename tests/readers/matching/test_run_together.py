"""Tests of numbers that ran together in one cell."""

import papers
from gkformat import Report2021, cells, read
from gkformat.notation.outline import numbers
from readings import open_cells, report, rules_at_addresses, wrong_cells


def test_numbers_run_together_are_cut_by_arithmetic_or_left_open() -> None:
    truth = report("pingtan-2023")
    glued = papers.as_text(papers.document(truth), "", "")
    reading = read(glued.encode())
    assert wrong_cells(reading, truth) == []
    documents = "proactive_disclosure.documents.normative_documents"
    assert open_cells(reading) == {f"{documents}.{name}" for name in ("issued", "repealed", "in_force")}
    assert {rule for rule, _ in rules_at_addresses(reading)} == {"cells-cut"}
    assert ("cells-cut", documents) in rules_at_addresses(reading)
    assert cells(reading.report)[numbers(Report2021)[3]] is None
