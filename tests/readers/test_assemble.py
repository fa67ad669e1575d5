"""Tests of assembling a reading: which edition it is of, and when it has no report."""

import papers
from gkformat import Report2021, replace
from gkformat.notation.outline import numbers
from gkformat.readers.document import Document, Table
from readings import read_blocks, report, reported, rules_at_addresses


def test_document_without_tables_gives_no_report() -> None:
    truth = report()
    without = [block for block in papers.document(truth).blocks if not isinstance(block, Table)]
    reading = read_blocks(Document("html", without))
    assert reading.report is None
    tables = {"proactive_disclosure", "requests", "reconsideration_and_litigation"}
    assert rules_at_addresses(reading) >= {("table-missing", at) for at in tables}


def test_edition_follows_the_tables_and_not_the_year() -> None:
    truth = replace(report("pingtan-2019"), year=2023)
    reading = read_blocks(papers.document(truth))
    assert (reading.sheet.edition, reported(reading).year) == ("2019", 2023)


def test_edition_is_unknown_without_the_first_table() -> None:
    truth = report("pingtan-2019")
    keep = [block for block in papers.document(truth).blocks if not (isinstance(block, Table) and "规章" in str(block))]
    reading = read_blocks(Document("html", keep))
    assert ("edition-unknown", "") in rules_at_addresses(reading)
    assert reading.report is None
    assert reading.sheet.edition == ""
    assert {entry.at for entry in reading.sheet.cells} == set(numbers(Report2021))
