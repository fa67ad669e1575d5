"""Tests of reports whose tables were spoiled in many ways: no cell is wrong without a finding beside it.

Each spoiler changes the tables of a published report as converters, scanners and people do. A cell of the result may be
right or left open. A cell that says something else than the report did is a failure.
"""

import random
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

import papers
from gkformat import Reading, Unreadable, cells, load
from gkformat.notation.outline import numbers
from gkformat.readers.document import Cell, Document, Table
from readings import read_blocks
from support import CORPUS

Tables = list[papers.Rows]
Spoiler = Callable[[random.Random, Tables], None]
REPORTS = [load(CORPUS / f"{name}.json", as_found=True) for name in ("suqian-2024", "pingtan-2019", "huaian-2024")]


def _is_number(cell: Cell) -> bool:
    return cell.text.replace(".", "").isdigit()


def _is_label(cell: Cell) -> bool:
    return bool(cell.text) and not any(letter.isdigit() for letter in cell.text[2:] or cell.text)


def _place(rng: random.Random, tables: Tables, wanted: Callable[[Cell], bool]) -> tuple[papers.Rows, int, int]:
    places = [
        (rows, row, column)
        for rows in tables
        for row, line in enumerate(rows)
        for column, cell in enumerate(line)
        if wanted(cell)
    ]
    return rng.choice(places)


def drop_a_cell(rng: random.Random, tables: Tables) -> None:
    rows, row, column = _place(rng, tables, lambda _: True)
    del rows[row][column]


def drop_a_number(rng: random.Random, tables: Tables) -> None:
    rows, row, column = _place(rng, tables, _is_number)
    del rows[row][column]


def drop_a_row(rng: random.Random, tables: Tables) -> None:
    rows = rng.choice(tables)
    del rows[rng.randrange(len(rows))]


def merge_two_cells(rng: random.Random, tables: Tables) -> None:
    rows, row, column = _place(rng, tables, lambda _: True)
    one, *others = rows[row][column : column + 2]
    for other in others:
        text = one.text + rng.choice(["", " ", "\n"]) + other.text
        rows[row][column : column + 2] = [Cell(text, one.rows, one.columns + other.columns)]


def glue_two_numbers(rng: random.Random, tables: Tables) -> None:
    rows, row, column = _place(rng, tables, _is_number)
    rows[row][column : column + 2] = [Cell("".join(cell.text for cell in rows[row][column : column + 2]))]


def swap_rows(rng: random.Random, tables: Tables) -> None:
    rows = rng.choice(tables)
    one, other = rng.choices(range(len(rows)), k=2)
    rows[one], rows[other] = rows[other], rows[one]


def move_a_row(rng: random.Random, tables: Tables) -> None:
    rows = rng.choice(tables)
    rows.insert(rng.randrange(len(rows)), rows.pop(rng.randrange(len(rows))))


def swap_labels(rng: random.Random, tables: Tables) -> None:
    rows, row, column = _place(rng, tables, _is_label)
    _, other, there = _place(rng, [rows], _is_label)
    one, two = rows[row][column], rows[other][there]
    rows[row][column] = evolve(one, text=two.text)
    rows[other][there] = evolve(two, text=one.text)


def add_a_row(rng: random.Random, tables: Tables) -> None:
    rows = rng.choice(tables)
    label = rng.choice(["其他主动公开文件", "", "小计", "9.其他情形", "（八）另行处理"])
    values = [Cell(str(rng.randrange(100))) for _ in range(rng.randrange(1, 9))]
    rows.insert(rng.randrange(len(rows) + 1), [Cell(label), *values])


def repeat_a_row_with_other_numbers(rng: random.Random, tables: Tables) -> None:
    rows = rng.choice(tables)
    again = [evolve(cell, text=str(rng.randrange(99)) if _is_number(cell) else cell.text) for cell in rng.choice(rows)]
    rows.insert(rng.randrange(len(rows) + 1), again)


def add_a_column(rng: random.Random, tables: Tables) -> None:
    place = rng.randrange(12)
    for row in rng.choice(tables):
        if len(row) > place:
            row.insert(place, Cell(rng.choice(["", "7"])))


def add_a_cell(rng: random.Random, tables: Tables) -> None:
    rows, row, column = _place(rng, tables, lambda _: True)
    rows[row].insert(column, Cell(rng.choice(["", "0", "13"])))


def lose_labels(rng: random.Random, tables: Tables) -> None:
    for _ in range(rng.randrange(1, 4)):
        rows, row, column = _place(rng, tables, _is_label)
        rows[row][column] = evolve(rows[row][column], text="")


def cut_a_label(rng: random.Random, tables: Tables) -> None:
    rows, row, column = _place(rng, tables, _is_label)
    cell = rows[row][column]
    at = rng.randrange(len(cell.text) + 1)
    rows[row][column : column + 1] = [evolve(cell, text=cell.text[:at]), evolve(cell, text=cell.text[at:], columns=1)]


CONFUSED = {
    "公": "么",
    "政": "攻",
    "一": "—",
    "其": "共",
    "他": "地",
    "申": "甲",
    "理": "埋",
    "未": "末",
    "1": "l",
    "不": "木",
}


def misread_labels(rng: random.Random, tables: Tables) -> None:
    for _ in range(rng.randrange(1, 10)):
        rows, row, column = _place(rng, tables, _is_label)
        text = rows[row][column].text
        at = rng.randrange(len(text))
        letter = CONFUSED.get(text[at]) or rng.choice(list(CONFUSED.values()))
        rows[row][column] = evolve(rows[row][column], text=text[:at] + letter + text[at + 1 :])


def lose_spans(rng: random.Random, tables: Tables) -> None:
    rows = rng.choice(tables)
    rows[:] = [[evolve(cell, rows=1, columns=1) for cell in row] for row in rows]


def make_a_span_wrong(rng: random.Random, tables: Tables) -> None:
    rows, row, column = _place(rng, tables, lambda _: True)
    rows[row][column] = evolve(rows[row][column], rows=rng.randrange(6), columns=rng.randrange(1, 6))


def swap_labels_of_columns(rng: random.Random, tables: Tables) -> None:
    row = rng.choice(rng.choice(tables[1:])[:3])
    one, other = rng.choices(range(len(row)), k=2)
    row[one], row[other] = evolve(row[one], text=row[other].text), evolve(row[other], text=row[one].text)


SPOILERS: list[Spoiler] = [
    drop_a_cell,
    drop_a_number,
    drop_a_row,
    merge_two_cells,
    glue_two_numbers,
    swap_rows,
    move_a_row,
    swap_labels,
    add_a_row,
    repeat_a_row_with_other_numbers,
    add_a_column,
    add_a_cell,
    lose_labels,
    cut_a_label,
    misread_labels,
    lose_spans,
    make_a_span_wrong,
    swap_labels_of_columns,
]


def wrong_cells(reading: Reading, truth: Any) -> list[str]:
    """Return the cells that say something else than the report did."""
    expected = cells(truth)
    shown = (entry for entry in reading.sheet.cells if entry.state in {"number", "annotated"})
    return [entry.at for entry in shown if str(entry.value) != str(expected[entry.at])]


def emptied_cells(reading: Reading, truth: Any) -> list[str]:
    """Return the cells that had a number in the report and have none in the reading."""
    expected = cells(truth)
    return [entry.at for entry in reading.sheet.cells if entry.value is None and expected[entry.at] is not None]


def read_tables(truth: Any, tables: Tables) -> Reading | None:
    paper = papers.document(truth, tables)
    try:
        return read_blocks(paper)
    except Unreadable:
        return None


@pytest.mark.parametrize("spoil", SPOILERS, ids=lambda spoil: spoil.__name__)
@pytest.mark.parametrize("seed", range(6))
def test_spoiled_tables_give_no_wrong_and_no_silently_open_cell(spoil: Spoiler, seed: int) -> None:
    rng = random.Random(seed)
    truth = REPORTS[seed % len(REPORTS)]
    tables = papers.tables(truth)
    spoil(rng, tables)
    reading = read_tables(truth, tables)
    if reading is None or reading.sheet.edition != truth.edition:  # the labels that tell the edition were spoiled
        return
    assert wrong_cells(reading, truth) == []
    assert not emptied_cells(reading, truth) or reading.findings.items


@pytest.mark.parametrize("seed", range(40))
def test_tables_spoiled_thrice_have_findings_for_wrong_cells(seed: int) -> None:
    rng = random.Random(seed)
    truth = REPORTS[seed % len(REPORTS)]
    tables = papers.tables(truth)
    for spoil in rng.sample(SPOILERS, 3):
        spoil(rng, tables)
    reading = read_tables(truth, tables)
    if reading is None or reading.sheet.edition != truth.edition:
        return
    said = {finding.at.partition(".")[0] for finding in reading.findings}
    assert {at.partition(".")[0] for at in wrong_cells(reading, truth)} <= said


@pytest.mark.parametrize("seed", range(6))
def test_spoiled_tables_without_spans_have_findings(seed: int) -> None:
    """The tables are grids with placeholders, as in Markdown and CSV."""
    rng = random.Random(seed)
    truth = REPORTS[seed % len(REPORTS)]
    grids = [papers.grid_of(Table(rows)) for rows in papers.tables(truth)]
    tables = [[[Cell(text) for text in row] for row in rows] for rows in grids]
    for spoil in (drop_a_number, swap_rows, lose_labels):
        spoil(rng, tables)
    reading = read_tables(truth, tables)
    assert reading
    said = {finding.at.partition(".")[0] for finding in reading.findings}
    assert {at.partition(".")[0] for at in wrong_cells(reading, truth)} <= said


def test_spoilers_change_the_tables() -> None:
    for spoil in SPOILERS:
        rng = random.Random(0)
        tables = papers.tables(REPORTS[0])
        for _ in range(5):
            spoil(rng, tables)
        assert tables != papers.tables(REPORTS[0]), spoil.__name__


def test_sheet_has_every_cell_of_the_form() -> None:
    reading = read_blocks(Document("html", papers.document(REPORTS[0]).blocks))
    assert len(reading.sheet.cells) == len(numbers(type(REPORTS[0])))
