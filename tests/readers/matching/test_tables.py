"""Tests of tables that are printed in pieces, or more than once."""

import papers
from gkformat import cells
from gkformat.readers.document import Document, Paragraph, Table
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
    other = papers.document(report("suqian-2023")).blocks
    reading = read_blocks(Document("html", [*document.blocks, *[block for block in other if isinstance(block, Table)]]))
    assert wrong_cells(reading, truth) == []
    assert ("cell-conflict", COUNT) in rules_at_addresses(reading)
    assert COUNT in open_cells(reading)
