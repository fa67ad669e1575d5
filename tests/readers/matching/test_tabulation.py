"""Tests of making tables from text in which the cells of a table are glued together."""

import re

import pytest

import papers
from gkformat import Address, Reading, cells
from gkformat.notation.grid import grids
from gkformat.readers.document import Cell, Document, Paragraph, Table
from readings import open_cells, read_blocks, read_here, report, reported, rules_at_addresses, wrong_cells

TRUTH = report("pingtan-2024")
PROHIBITED = "requests.outcomes.denied.prohibited_by_law"
DOCUMENTS = "proactive_disclosure.documents"


def _read(replaced: dict[str, str], *, apart: str = "", joined: bool = False) -> Reading:
    """Return the reading of a text with other words, as it is copied from a page: cells and rows without a border."""
    text = papers.as_text(papers.document(TRUTH), apart, "")
    for old, new in replaced.items():
        assert old in text
        text = text.replace(old, new, 1)
    title, _, rest = text.partition("\n")
    return read_here(f"{title}\n{rest.replace(chr(10), '') if joined else rest}".encode())


@pytest.mark.parametrize(
    ("label", "written", "at"),
    [
        ("其他法律行政法规禁止公开", "其他法律和行政法规禁止公开", PROHIBITED),
        ("属于三类内部事务信息", "属于三类内部事物信息", "requests.outcomes.denied.internal_affairs"),
        ("、行政机关不再处理", "、行政机关不再受理", "requests.outcomes.other_handling.correction_overdue"),
    ],
)
def test_label_in_other_words_is_found_as_in_a_table(label: str, written: str, at: str) -> None:
    reading = _read({label: written})
    assert wrong_cells(reading, TRUTH) == []
    assert not any(cell.startswith("requests") for cell in open_cells(reading))
    assert ("label-differs", at) in rules_at_addresses(reading)
    assert not any(rule == "cell-missing" for rule, _ in rules_at_addresses(reading))


def test_sections_are_found_in_one_line() -> None:
    reading = _read({}, joined=True)
    assert {name: getattr(reading.report, name) for name in papers.TEXT} == papers.TEXT
    assert reported(reading).preface == papers.LEAD


def test_heading_in_other_words_ends_the_last_row() -> None:
    reading = _read({"五、存在的主要问题及改进情况": "五、工作中的不足"}, apart=" ")
    assert wrong_cells(reading, TRUTH) == []
    assert open_cells(reading) == set()
    assert reported(reading).problems_and_improvements == papers.TEXT["problems_and_improvements"]


def test_row_with_a_digit_for_each_column_is_cut() -> None:
    reading = _read({"行政规范性文件6233440": "行政规范性文件011"})
    written = {str(at): number for at, number in cells(reading.report).items() if at.startswith(DOCUMENTS)}
    assert list(written.values()) == [0, 0, 0, 0, 1, 1]
    assert ("cells-cut", "proactive_disclosure") in rules_at_addresses(reading)


@pytest.mark.parametrize("cell", ["issued", "repealed"])
def test_number_beside_a_blank_cell_is_not_cut(cell: str) -> None:
    at = f"{DOCUMENTS}.rules.{cell}"
    texts = papers.shown(TRUTH) | {f"{DOCUMENTS}.rules.in_force": "12", at: ""}
    made = [papers.table(grid, texts) for grid in grids(type(TRUTH))]
    reading = read_here(papers.as_text(papers.document(TRUTH, made), " ", "").encode())
    assert [at for at in wrong_cells(reading, TRUTH) if not at.startswith(f"{DOCUMENTS}.rules")] == []
    assert open_cells(reading) == {f"{DOCUMENTS}.rules.{name}" for name in ("issued", "repealed", "in_force")}


def _with_bars(blank: str) -> str:
    """Return a report with a line for each cell that ends in a bar, and one cell left blank."""
    texts = papers.shown(TRUTH) | {blank: ""}
    paper = papers.document(TRUTH, [papers.table(grid, texts) for grid in grids(type(TRUTH))])
    parts: list[str] = []
    for block in paper.blocks:
        rows = papers.grid_of(block) if isinstance(block, Table) else []
        parts += ["".join(f"{text}|\n" for text in row) for row in rows] or [f"{getattr(block, 'text', '')}\n"]
    return "\n".join(parts)


@pytest.mark.parametrize(
    "blank",
    [
        "",
        f"{DOCUMENTS}.rules.issued",
        f"{DOCUMENTS}.rules.repealed",
        f"{DOCUMENTS}.rules.in_force",
        "requests.newly_received.natural_person",
        "requests.newly_received.total",
        "requests.outcomes.granted.total",
        "reconsideration_and_litigation.reconsideration.upheld",
        "reconsideration_and_litigation.litigation.after_reconsideration.total",
    ],
)
def test_cells_that_end_in_bars_are_apart_even_if_one_is_blank(blank: str) -> None:
    reading = read_here(_with_bars(blank).encode())
    assert wrong_cells(reading, TRUTH) == []
    state = {entry.at: entry.state for entry in reading.sheet.cells}
    assert [at for at, said in state.items() if said == "blank"] in ([blank], [])
    assert state[Address(blank)] in {"blank", "unreadable"} if blank else open_cells(reading) == set()


def test_value_too_many_beside_a_blank_cell_leaves_the_row_open() -> None:
    rules = f"{DOCUMENTS}.rules"
    text = _with_bars(f"{rules}.repealed")
    row = text[text.index("\n规章|") : text.index("\n行政规范性文件|")]
    reading = read_here(text.replace(row, f"{row.rstrip()}\n7|\n").encode())
    assert wrong_cells(reading, TRUTH) == []
    assert open_cells(reading) == {f"{rules}.{name}" for name in ("issued", "repealed", "in_force")}


def test_row_with_a_digit_for_each_column_stays_open_where_the_paper_leaves_cells_blank() -> None:
    reading = _read(
        {
            "行政规范性文件6233440": "行政规范性文件011",
            "二、上年结转政府信息公开申请数量0000000": "二、上年结转政府信息公开申请数量00",
        }
    )
    assert {f"{DOCUMENTS}.normative_documents.issued"} < open_cells(reading)


def test_label_that_is_lost_leaves_its_row_and_the_one_before_open() -> None:
    reading = _read({"3.危及“三安全一稳定”": ""}, apart=" ")
    assert wrong_cells(reading, TRUTH) == []
    rows = {at.split(".")[3] for at in open_cells(reading)}
    assert rows == {"prohibited_by_law", "endangers_security_or_stability"}


@pytest.mark.parametrize("label", ["其他法律行政法规禁止公开", "其他法律和行政法规禁止公开"])
def test_word_before_a_number_is_not_of_the_label(label: str) -> None:
    reading = _read({"其他法律行政法规禁止公开": f"{label}约"})
    assert wrong_cells(reading, TRUTH) == []
    assert any(cell.startswith(PROHIBITED) for cell in open_cells(reading))


def test_rows_in_a_text_that_a_table_follows_are_read() -> None:
    lines = papers.as_text(papers.document(TRUTH), " ", "").splitlines()
    contact = Table([[Cell("联系人"), Cell("电话")]])
    reading = read_blocks(Document("html", [*map(Paragraph, lines), contact]))
    assert (wrong_cells(reading, TRUTH), open_cells(reading)) == ([], set())


def _in_table(number: str) -> str:
    return f"<table><tr>{''.join(f'<td>{character}</td>' for character in number)}</tr></table>"


def test_label_whose_value_is_in_a_table_after_the_text_is_not_blank() -> None:
    page = papers.as_html(papers.document(report()))
    apart = re.sub(r"(<td[^>]*>)([\d.]+)", lambda cell: cell[1] + _in_table(cell[2]), page)
    reading = read_here(apart.encode())
    assert wrong_cells(reading, report()) == []
    assert not [entry.at for entry in reading.sheet.cells if entry.state == "blank"]
