"""Tests of tables that are printed in pieces, or more than once."""

import pytest
from attrs import evolve

import papers
from gkformat import cells
from gkformat.readers.document import Document, Paragraph, Table
from gkformat.readers.matching import tables
from readings import COUNT, find_label, open_cells, read_blocks, report, rules_at_addresses, wrong_cells


def test_table_printed_in_two_pieces_is_one() -> None:
    truth = report()
    for again in (True, False):
        one, two, three = papers.tables(truth)
        cut, _ = find_label(two, "（四）无法提供")
        head = two[:3] if again else []
        blocks: list[Table | Paragraph] = []
        for block in papers.document(truth).blocks:
            if isinstance(block, Table) and block == Table(two):
                blocks += [Table(two[:cut]), Paragraph("— 5 —"), Table([*head, *two[cut:]])]
            else:
                blocks.append(block)
        reading = read_blocks(Document("html", blocks))
        assert cells(reading.report) == cells(truth)
        assert {rule for rule, _ in rules_at_addresses(reading)} <= {"not-in-form"}
        assert [item.text for item in reading.sheet.leftovers] == ["— 5 —"]
        assert one
        assert three


def test_table_printed_twice_is_one_if_its_numbers_agree() -> None:
    truth = report()
    document = papers.document(truth)
    twice = Document("html", [*document.blocks, *[block for block in document.blocks if isinstance(block, Table)]])
    assert cells(read_blocks(twice).report) == cells(truth)
    other = report("suqian-2023")
    again = [block for block in papers.document(other).blocks if isinstance(block, Table)]
    reading = read_blocks(Document("html", [*document.blocks, *again]))
    assert wrong_cells(reading, truth) == []
    different = {at for at, number in cells(truth).items() if number != cells(other)[at]}
    assert {at for rule, at in rules_at_addresses(reading) if rule == "cell-conflict"} == different
    assert open_cells(reading) == different


def test_cell_conflict_tells_once_all_that_the_file_says() -> None:
    paper = papers.document(report())
    table = papers.tables(report())[1]
    row, column = find_label(table, "一、本年新收")
    blocks = list(paper.blocks)
    for number in ("901", "902", "901"):
        table[row][column + 1] = evolve(table[row][column + 1], text=number)
        blocks.append(Table([list(line) for line in table]))
    reading = read_blocks(Document("html", blocks))
    entry = next(entry for entry in reading.sheet.cells if entry.at == COUNT)
    assert (entry.state, entry.text) == ("unreadable", f"{report().requests.newly_received.natural_person} / 901 / 902")
    assert [finding.rule for finding in reading.findings if finding.at == COUNT] == ["cell-conflict"]


def test_row_that_comes_too_often_is_kept_as_a_leftover(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_MOST_TIMES", 1)
    paper = papers.document(report())
    reading = read_blocks(Document("html", [*paper.blocks, Table(papers.tables(report())[1])]))
    assert wrong_cells(reading, report()) == []
    assert any(item.text.startswith("一、本年新收") for item in reading.sheet.leftovers)
