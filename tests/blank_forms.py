"""Blank forms as people fill them in, with the numbers of a report."""

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl

from gkformat import Address, AnyReport, cells
from gkformat.notation.equations import equations
from gkformat.notation.outline import nodes, numbers
from gkformat.writers.blank_workbook import render
from gkformat.writers.layout import BlankForm, blank_table
from gkformat.writers.presets import Preset

TEXTS = {
    "overview": "一年来各项工作照常进行。\n没有其他情况。",
    "problems_and_improvements": "人手不足。",
    "other_matters": "没有。",
}


def blank_workbook(cls: type[AnyReport]) -> Any:
    """Return a blank workbook, as openpyxl opens it."""
    return openpyxl.load_workbook(BytesIO(render(BlankForm(cls))))


def computed(report: AnyReport) -> bytes:
    """Return a workbook with the numbers of a report, in which the totals were computed."""
    totals = {equation.at for equation in equations(type(report)) if equation.is_total}
    given = {at: number for at, number in cells(report).items() if at not in totals}
    presets = tuple(Preset(at, "", number, at) for at, number in given.items())
    return render(BlankForm(type(report), report.agency, report.year, presets))


def places(cls: type[AnyReport]) -> Mapping[Address, tuple[str, int, int]]:
    """Return the sheet, the row and the column, from 1, of each cell of a form."""
    tables = {at.steps[0]: blank_table(cls, Address(at.steps[0])) for at in numbers(cls)}
    return {
        cell.at: (nodes(cls)[Address(name)].label, 3 + cell.row, 1 + cell.column)
        for name, table in tables.items()
        for cell in table.grid.cells
        if cell.at is not None
    }


def fill(book: Any, report: AnyReport, changes: Mapping[str, Any] | None = None) -> None:
    """Type the body, the year, the texts and the numbers of a report into a form, some otherwise; but no totals."""
    cls, values = type(report), {**cells(report), **(changes or {})}
    sheet = book.worksheets[0]
    sheet["A1"], sheet["A2"] = report.agency, f"{report.year}年政府信息公开工作年度报告"
    rows = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    for name, text in TEXTS.items():
        for line, paragraph in enumerate(text.split("\n"), start=rows[nodes(cls)[Address(name)].label] + 1):
            sheet.cell(line, 1).value = paragraph
    for at, (name, row, column) in places(cls).items():
        cell = book[name].cell(row, column)
        if cell.protection.locked is False:
            cell.value = float(values[at]) if isinstance(values[at], Decimal) else values[at]


def saved(book: Any) -> bytes:
    """Return the file of a workbook; openpyxl stores no values of formulas."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()
