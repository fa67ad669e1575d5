"""Tests of table four, which has one row, with a header that is cut short or in pieces."""

from collections.abc import Sequence

import pytest

import papers
from gkformat import AnyReport, Reading
from gkformat.notation.outline import nodes
from gkformat.readers.document import Block, Cell, Document, Paragraph, Table
from readings import open_cells, read_blocks, report, rules_at_addresses, wrong_cells

SECTION = "reconsideration_and_litigation"
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
GROUPS = ("行政复议", "未经复议直接起诉", "复议后起诉")


def read_instead(given: Sequence[Block], truth: AnyReport) -> Reading:
    """Return the reading of a report with other blocks in place of table four."""
    paper = papers.document(truth)
    last = max(at for at, block in enumerate(paper.blocks) if isinstance(block, Table))
    return read_blocks(Document("html", [*paper.blocks[:last], *given, *paper.blocks[last + 1 :]]))


def values(truth: AnyReport) -> list[str]:
    return [papers.shown(truth)[at] for at in nodes(type(truth))[SECTION].cells]  # type: ignore[index]


def row(texts: Sequence[str]) -> list[Cell]:
    return [Cell(text) for text in texts]


def test_header_that_is_cut_short_is_that_of_fifteen_numbers() -> None:
    truth = report()
    table = Table([row(["维持", "纠正", "结果", "审结", "总计", "总计"]), row(values(truth))])
    reading = read_instead([table], truth)
    assert (open_cells(reading), wrong_cells(reading, truth)) == (set(), [])
    assert rules_at_addresses(reading) == {("label-differs", SECTION)}
    assert "维持 纠正 结果 审结 总计 总计" in reading.findings[0].message("zh")


@pytest.mark.parametrize("beside", [True, False])
def test_table_in_three_pieces_is_put_together(beside: bool) -> None:
    truth = report()
    blocks: list[Block] = []
    for number, group in enumerate(GROUPS):
        part = values(truth)[5 * number : 5 * number + 5]
        blocks += [] if beside else [Paragraph(f"（{number + 1}）{group}")]
        stub = [group] * beside
        blocks.append(Table([row(["", *RESULTS][1 - beside :]), row([*stub, *part])]))
    reading = read_instead(blocks, truth)
    assert (open_cells(reading), wrong_cells(reading, truth)) == (set(), [])
    assert rules_at_addresses(reading) == {("label-differs", SECTION)}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda texts: [*texts[1:], texts[0]],  # the totals are no totals
        lambda texts: texts[:-1],
        lambda texts: [*texts, "0"],
        lambda texts: ["约1"] * 8 + texts[8:],
    ],
)
def test_numbers_that_do_not_fit_stay_open(spoil: object) -> None:
    truth = report()
    texts = spoil(values(truth))  # type: ignore[operator]
    reading = read_instead([Table([row(["维持", "纠正"]), row(texts)])], truth)
    assert open_cells(reading) == set(nodes(type(truth))[SECTION].cells)  # type: ignore[index]
    assert ("table-missing", SECTION) in rules_at_addresses(reading)


def test_pieces_in_another_order_stay_open() -> None:
    truth = report()
    parts = [values(truth)[5 * number : 5 * number + 5] for number in range(3)]
    blocks: list[Block] = []
    for number in (0, 2, 1):
        blocks += [Paragraph(GROUPS[number]), Table([row(RESULTS), row(parts[number])])]
    assert len(open_cells(read_instead(blocks, truth))) == 15
    blocks = [Table([row(["", *RESULTS]), row([GROUPS[number], *parts[number]])]) for number in (0, 2, 1)]
    assert len(open_cells(read_instead(blocks, truth))) == 15
    swapped = ["结果纠正", "结果维持", *RESULTS[2:]]
    blocks = [Table([row(swapped), row(part)]) for part in parts]
    assert len(open_cells(read_instead(blocks, truth))) == 15
    whole = Table([row(swapped * 3), row(values(truth))])
    assert len(open_cells(read_instead([whole], truth))) == 15


def test_table_in_words_leaves_its_cells_open_in_a_report() -> None:
    truth = report()
    reading = read_instead([Paragraph("无。")], truth)
    assert len(open_cells(reading)) == 15
    assert reading.report is not None
    assert read_instead([], truth).report is None


@pytest.mark.parametrize("at", [0, 4, 14])
@pytest.mark.parametrize("text", ["#REF!", "-3", "约7", "结果维持"])
def test_odd_text_among_them_stays_in_its_cell(at: int, text: str) -> None:
    truth = report()
    texts = values(truth)
    texts[at] = text
    reading = read_instead([Table([row(["维持", "纠正"]), row(texts)])], truth)
    assert open_cells(reading) == {nodes(type(truth))[SECTION].cells[at]}  # type: ignore[index]
