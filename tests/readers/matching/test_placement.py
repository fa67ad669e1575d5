"""Tests of finding the row of the form for each row of a table."""

from attrs import evolve

import papers
from gkformat.readers.document import Cell
from readings import OUTCOMES, find_label, open_cells, read_blocks, read_spoiled, report, reported, rules_at_addresses


def test_group_filled_as_one_row_is_merged() -> None:
    truth = report("hongze-2023")
    made = papers.tables(truth)
    first, _ = find_label(made[1], "（六）其他处理")
    last, _ = find_label(made[1], "3.其他")
    made[1][first : last + 1] = [[Cell("（六）其他处理", columns=2), *made[1][last][1:]]]
    reading = read_blocks(papers.document(truth, made))
    assert list(reading.findings) == []
    assert reported(reading).marks == truth.marks
    assert reported(reading).requests == truth.requests


def test_rows_without_labels_are_taken_by_their_place() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        for row in made[1]:
            for at, cell in enumerate(row):
                if cell.text[:2] in {f"{n}." for n in range(1, 9)}:
                    row[at] = evolve(cell, text="")

    reading = read_spoiled(spoil)
    assert open_cells(reading) == set()
    assert {rule for rule, _ in rules_at_addresses(reading)} == {"label-differs"}
    assert len(rules_at_addresses(reading)) == 19


def test_first_row_without_its_label_is_taken_by_its_place() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        for table, label in ((0, "规章"), (1, "一、本年新收")):
            row, column = find_label(made[table], label)
            made[table][row][column] = evolve(made[table][row][column], text="")

    reading = read_spoiled(spoil)
    assert open_cells(reading) == set()
    assert rules_at_addresses(reading) == {
        ("label-differs", "proactive_disclosure.documents.rules"),
        ("label-differs", "requests.newly_received"),
    }


def test_rows_out_of_order_are_left_open() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        one, other = (find_label(made[1], label)[0] for label in ("2.重复申请", "3.要求提供公开出版物"))
        made[1][one], made[1][other] = made[1][other], made[1][one]

    reading = read_spoiled(spoil)
    rows = {f"{OUTCOMES}.not_processed.duplicate", f"{OUTCOMES}.not_processed.published_material"}
    assert rules_at_addresses(reading) == {("position-differs", row) for row in rows}
    assert {at.rpartition(".not_processed.")[2].split(".")[0] for at in open_cells(reading)} == {
        "duplicate",
        "published_material",
    }


def test_lost_label_below_another_group_is_left_open() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        row, column = find_label(made[1], "（四）无法提供")
        made[1][row][column] = evolve(made[1][row][column], text="（五）不予处理")
        for number in range(3):
            made[1][row + number] = [
                evolve(cell, text="") if cell.text[:2] in {"1.", "2.", "3."} else cell for cell in made[1][row + number]
            ]

    reading = read_spoiled(spoil)
    assert {f"{OUTCOMES}.unavailable.not_held.total"} <= open_cells(reading)
