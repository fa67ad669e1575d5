"""Tests of reading plain text with tables."""

from collections.abc import Callable

import pytest

import papers
from gkformat import Unreadable, cells, read
from gkformat.notation.grid import grids
from gkformat.readers import limits
from gkformat.readers.document import Document, Paragraph, Table
from gkformat.readers.files import csv
from gkformat.readers.files import text as plain
from readings import report, reported


def as_extract(block: Table) -> str:
    """Write rows between bars, as extracts of pages do: one more bar for each column that a cell spans."""
    rows = ((" | ".join(cell.text for cell in row), sum(cell.columns - 1 for cell in row)) for row in block.rows)
    return "\n".join(f"| {texts} | {'|' * wide}" for texts, wide in rows)


def as_list(block: Table) -> str:
    """Write the same with a line for each cell."""
    rows = (
        ["\n".join(f"{cell.text} |".strip() for cell in row), "|" * sum(cell.columns - 1 for cell in row)]
        for row in block.rows
    )
    return "\n".join(line for row in rows for line in row if line)


def as_scan(block: Table) -> str:
    """Write a table as HTML within the text, as optical recognition does."""
    return f"\n{papers.as_html(Document('html', [block]))}\n"


def as_tabs(block: Table) -> str:
    return "\n".join("\t".join(cell.text for cell in row) for row in block.rows)


@pytest.mark.parametrize("name", ["suqian-2024", "pingtan-2019"])
@pytest.mark.parametrize(
    ("way", "kind"), [(as_extract, "text"), (as_list, "text"), (as_tabs, "text"), (as_scan, "markdown")]
)
def test_text_with_tables_gives_every_cell(name: str, way: Callable[[Table], str], kind: str) -> None:
    truth = report(name)
    blocks = papers.document(truth).blocks
    text = "\n".join(way(block) if isinstance(block, Table) else block.text for block in blocks)
    reading = read(text.encode())
    assert reading.sheet.kind == kind
    assert list(reading.findings) == []
    assert cells(reading.report) == cells(truth)
    assert reported(reading).overview == papers.TEXT["overview"]


def test_text_may_end_in_a_cell() -> None:
    *_, found = plain.parse("文\n\t规章\n\t1\n\n\t2".encode()).blocks
    assert isinstance(found, Table)
    assert [[cell.text for cell in row] for row in found.rows] == [["规章", "1"], ["2"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲 | 1 | 2\n乙 | 3 | 4", [(1, [["甲 ", " 1 ", " 2"], ["乙 ", " 3 ", " 4"]])]),
        ("甲 | 1", ["甲 | 1"]),
        ("收到|答复|结转各一件。", ["收到|答复|结转各一件。"]),
        ("文\n｜甲\n1┃", ["文", (2, [["甲"], ["1"]])]),
        ("甲\t1\n\n乙\t2\t3", [(1, [["甲", "1"]]), (3, [["乙", "2", "3"]])]),
        ("甲\t1\n----\n乙\t2", [(1, [["甲", "1"]]), "----", (3, [["乙", "2"]])]),
        ("|甲|1|\n\n|乙|2|", [(1, [["甲", "1"]]), (3, [["乙", "2"]])]),
        ("├──┤\n文", ["文"]),
        ("| 甲 | 1 | ||\n| 乙 | |", [(1, [[" 甲 ", " 1 "], [" 乙 "]])]),
        ("| 甲 | 1 |\n| 乙 | |", [(1, [[" 甲 ", " 1 "], [" 乙 ", " "]])]),
        ("甲 |\n1 |\n||\n| 乙 | 2 |", ["甲 |", "1 |", "||", "| 乙 | 2 |"]),
        ("甲 |\n| 乙 | 2 |\n| 丙 | 3 |", [(1, [["甲 "], [" 乙 ", " 2 "], [" 丙 ", " 3 "]])]),
        ("\t甲\n\t1\n\t2\n3\n\n\t乙", [(1, [["甲", "1", "2\n3"], ["乙"]])]),
        ("\t甲\n\t1\n\n文\n\t乙", [(1, [["甲", "1"]]), "文", (5, [["乙"]])]),
        ("\t甲\n\t\t1\n1\t2", ["甲", (2, [["", "", "1"], ["1", "2"]])]),
        ("\t甲\n\t1\n\n文\n", [(1, [["甲", "1"]]), "文"]),
    ],
)
def test_lines_become_tables_and_paragraphs(text: str, found: list[object]) -> None:
    blocks = plain.parse(text.encode()).blocks
    assert [
        block.text
        if isinstance(block, Paragraph)
        else (block.place.line, [[cell.text for cell in row] for row in block.rows])
        for block in blocks
    ] == found


def test_drawn_rule_of_a_table_is_no_row() -> None:
    text = "│规章│1│2│3│\n├──┼──┼──┼──┤\n| a | b |\n| --- | --- |\n文\n├──┤\n"
    found, *others = plain.parse(text.encode()).blocks
    assert isinstance(found, Table)
    assert [block.text for block in others if isinstance(block, Paragraph)] == ["文"]
    assert len(others) == 1
    assert [[cell.text for cell in row] for row in found.rows] == [["规章", "1", "2", "3"], [" a ", " b "]]


@pytest.mark.parametrize("text", ["3O9", "447228l", "447228.", "#REF!", "约72", "见附件", "11、", "9617l.6"])
@pytest.mark.parametrize(
    ("at", "table"),
    [
        ("proactive_disclosure.licensing.administrative_licenses.decisions", 0),
        ("proactive_disclosure.documents.rules.in_force", 0),
        ("requests.outcomes.denied.state_secret.total", 1),
    ],
)
def test_odd_text_is_not_cut_down_to_a_number(text: str, at: str, table: int) -> None:
    truth = report()
    texts = papers.shown(truth) | {at: text}
    made = [papers.table(grid, texts) for grid in grids(type(truth))]
    blocks = papers.document(truth, made).blocks
    tables = [block for block in blocks if isinstance(block, Table)]
    lines = [
        "\n".join("  ".join(cell.text for cell in row) for row in block.rows)
        if block is tables[table]
        else as_tabs(block)
        if isinstance(block, Table)
        else block.text
        for block in blocks
    ]
    reading = read("\n".join(lines).encode())
    odd = {entry.at: entry.text for entry in reading.sheet.cells if entry.is_unclear}
    assert odd == {at: text}


def test_cells_on_lines_of_their_own_stop_at_a_paragraph() -> None:
    blocks = plain.parse("文\n\t甲\n\t1\n\n间\n\t乙\n\t2\n".encode()).blocks
    assert [
        block.text if isinstance(block, Paragraph) else [cell.text for row in block.rows for cell in row]
        for block in blocks
    ] == ["文", ["甲", "1"], "间", ["乙", "2"]]


def test_cells_of_csv_have_their_places() -> None:
    (table,) = csv.parse('甲,乙\n1,"2,345"\n'.encode()).blocks
    assert isinstance(table, Table)
    assert [(cell.text, cell.place.row, cell.place.column) for row in table.rows for cell in row] == [
        ("甲", 1, 1),
        ("乙", 1, 2),
        ("1", 2, 1),
        ("2,345", 2, 2),
    ]


@pytest.mark.parametrize("data", [b"1,2\n3,4\n", b"1\n2\n3\n4\n"])
def test_csv_of_too_many_cells_is_unreadable(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TABLE_CELLS", 3)
    with pytest.raises(Unreadable, match="超过 3 格"):
        csv.parse(data)
