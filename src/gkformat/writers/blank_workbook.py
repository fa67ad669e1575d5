"""Blank form → XLSX: totals are added up, and equations checked beside the tables, as the form is filled in.

What is beside a table is not printed, and not read: a sheet that has the name `STAMP` is a form, and its print area is
all that is in it. Without that name, what is beside would be taken for columns of the table.
"""

from collections.abc import Iterable, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell

from gkformat.base.address import Address
from gkformat.base.families import FAMILIES
from gkformat.forms.editions import Edition, edition_of
from gkformat.notation.domains import Integer
from gkformat.notation.equations import Equation, equations
from gkformat.notation.grid import GridCell
from gkformat.notation.outline import Node, nodes
from gkformat.readers.files.worksheet import STAMP
from gkformat.writers.formulas import (
    UNFINISHED,
    Position,
    Rectangle,
    difference,
    difference_formula,
    rectangles,
    references,
    total_formula,
    with_totals,
)
from gkformat.writers.layout import TEXT_WIDTH, BlankForm, BlankTable, Part, PrintedTable, lay_out_blank, title_of
from gkformat.writers.spreadsheet import CELL, LINE, NUMBER, TEXT, TITLE, SheetWriter

VERSION = 1
"""The version of this workbook; another one has other cells, names or formulas."""

_LARGEST = 10**15 - 1
"""The largest number of which a workbook keeps every digit."""

_TEXTS, _PARAGRAPHS = "文字", 8
"""The name of the sheet of texts, and the rows for the paragraphs of each."""

_YEARS = 14
"""The years that are offered: their titles fill the list that a cell may have."""

_GAP, _BESIDE = 200, 3600
"""Widths of the columns beside a table, in twentieths of a point."""

_FILL = "黄色各格待填；没有发生的填 0，不要留空。总计自动计算。"
_FILL_TEXTS = "每段文字一行，不够可以插入行。"


def render(form: BlankForm) -> bytes:
    """Return a workbook."""
    file = BytesIO()
    pages = lay_out_blank(form)
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        writer = _FormWriter(book, form)
        book.set_properties({"title": "".join(pages.title) if form.year else "", "comments": writer.stamp})
        book.set_custom_property(STAMP, f"{edition_of(form.cls).name}-{VERSION}")
        writer.add_texts(pages.parts)
        for part in pages.parts:
            if part.table:
                writer.add_sheet(part, [(part.heading, writer.heading)])
    return file.getvalue()


class _FormWriter(SheetWriter):
    """A workbook in which cells can be filled in, and all others are locked."""

    def __init__(self, book: Any, form: BlankForm) -> None:
        super().__init__(book)
        self.form, self.edition = form, edition_of(form.cls)
        self.stamp = _stamp(self.edition)
        self.equations = equations(form.cls)
        self.totals = {each.at: each for each in reversed(self.equations) if each.is_total}
        self.presets = {preset.at: preset for preset in form.presets if preset.at not in self.totals}
        self.values = with_totals(form.known, self.equations)
        unlocked = {"locked": False}
        self.title_to_fill = book.add_format(TITLE | unlocked | {"align": "center", "shrink": True})
        self.text_to_fill = book.add_format(TEXT | unlocked)
        self.to_fill = book.add_format(NUMBER | unlocked)
        self.hint = book.add_format(TEXT | {"font_size": 9, "font_color": "#7F7F7F", "valign": "vcenter"})
        self.status = book.add_format(TEXT | {"font_size": 10, "bold": True})
        self.check = book.add_format(NUMBER | {"border": 0, "num_format": '"差 "0;"差 -"0;"相符"'})
        self.check_label = book.add_format(CELL | {"border": 0, "font_color": "#7F7F7F"})
        self.empty = book.add_format({"bg_color": "#FFF9DB"})
        self.broken = book.add_format({"bg_color": "#F8CBAD", "font_color": "#9C0006"})
        self.places: Mapping[Address, Position] = {}

    # -- texts -----------------------------------------------------------------------------------------

    def add_texts(self, parts: Iterable[Part]) -> None:
        """Add the sheet of the body, the year and the texts."""
        sheet = self.new_sheet(_TEXTS, [TEXT_WIDTH, _GAP, 2 * _BESIDE])
        self._add_title(sheet)
        row = 2
        for part in parts:
            if not part.table:
                node = nodes(self.form.cls)[part.at]
                row += self._add_text(sheet, row, part, node)
        sheet.freeze_panes(2, 0)
        sheet.print_area(0, 0, row, 0)  # with a row below, so that it grows with rows that are inserted
        self._lock(sheet, 4, 2, {"insert_rows": True})

    def _add_title(self, sheet: Any) -> None:
        for row, text in enumerate([self.form.agency, title_of(self.form.year) if self.form.year else ""]):
            sheet.set_row(row, 2 * LINE)
            sheet.write(row, 0, text or None, self.title_to_fill)
            self._colour_empty(sheet, (row, 0, row, 0))
        last = min(self.edition.last_year or 9999, self.edition.first_year + _YEARS - 1)
        years = [title_of(year) for year in range(self.edition.first_year, last + 1)]
        wrong = {"error_title": "请选择年度", "error_message": "请从列表中选择。"}
        sheet.data_validation(1, 0, 1, 0, {"validate": "list", "source": years, **wrong})
        for row, text in enumerate(["← 机关名称", "← 选择年度", _FILL + _FILL_TEXTS]):
            sheet.write_string(row, 2, text, self.hint)

    def _add_text(self, sheet: Any, row: int, part: Part, node: Node) -> int:
        """Add the heading of a text and rows for its paragraphs; return the number of rows."""
        hint = "".join([*part.paragraphs, "、".join(node.printed.covers)]) or node.label
        sheet.write_string(row + 1, 2, f"← {hint}", self.hint)
        for line in range(row + 1, row + 1 + _PARAGRAPHS):
            sheet.write_blank(line, 0, None, self.text_to_fill)
        if part.heading:  # the preface may be left out
            self.add_line(sheet, row, part.heading, self.heading)
            self._colour_empty(sheet, (row + 1, 0, row + 1, 0))
        return 1 + _PARAGRAPHS

    # -- tables ----------------------------------------------------------------------------------------

    def look(self, blank: BlankTable, cell: GridCell) -> Any:
        """Return the format of a cell of a table."""
        if cell.at is None:
            return super().look(blank, cell)
        return self.number if cell.at in self.totals else self.to_fill

    def write_cell(self, sheet: Any, row: int, column: int, cell: GridCell, text: str, look: Any) -> None:
        """Write a label, the formula of a total, a number that is known, or a cell to be filled in."""
        if cell.at is None:
            super().write_cell(sheet, row, column, cell, text, look)
            return
        if equation := self.totals.get(cell.at):
            value = self.values.get(cell.at, "")
            sheet.write_formula(row, column, total_formula(equation, self.places), look, value)
        else:
            sheet.write(row, column, self.values.get(cell.at), look)
        if preset := self.presets.get(cell.at):
            sheet.write_comment(row, column, preset.message(), {"author": ""})

    def add_table(self, sheet: Any, table: PrintedTable, top: int) -> None:
        """Add a table, and beside it the checks of its equations, its state, and the stamp of the form."""
        blank = table.blank
        self.places = {cell.at: (top + cell.row, cell.column) for cell in blank.grid.cells if cell.at is not None}
        super().add_table(sheet, table, top)
        self.set_widths(sheet, [_GAP, _BESIDE], blank.grid.columns)
        wrong = self._add_inputs(sheet)
        checks = self._add_checks(sheet, blank, top)
        beside, is_banded = blank.grid.columns + 1, blank.stub == 1  # each band has a header of its own
        self._add_state(sheet, beside, checks, wrong)
        sheet.freeze_panes(*((top, 0) if is_banded else (top + blank.head, blank.stub)))
        sheet.print_area(0, 0, top + blank.grid.rows - 1, blank.grid.columns - 1)
        self._lock(sheet, 1, beside)

    def _add_inputs(self, sheet: Any) -> str:
        """Let each cell that is to be filled in take only what belongs there, and show it as long as it is empty.

        Return the formula that counts the cells into which something else was pasted, which no rule prevents.
        """
        kinds: dict[Any, list[Node]] = {}
        for at in self._inputs:
            node = nodes(self.form.cls)[at]
            kinds.setdefault((node.domain, node.printed.unit), []).append(node)
        wrong = []
        for alike in kinds.values():
            rule, is_wrong = _accepted(alike[0])
            for area in rectangles(self.places[node.at] for node in alike):
                first = xl_rowcol_to_cell(*area[:2])
                criteria = f"={is_wrong.format(first)}"
                sheet.data_validation(*area, rule)
                sheet.conditional_format(*area, {"type": "formula", "criteria": criteria, "format": self.broken})
                self._colour_empty(sheet, area)
                wrong.append(f"SUMPRODUCT(--{is_wrong.format(xl_range_abs(*area))})")
        return "+".join(wrong)

    @property
    def _inputs(self) -> list[Address]:
        return [at for at in self.places if at not in self.totals]

    def _add_checks(self, sheet: Any, blank: BlankTable, top: int) -> Mapping[Equation, Position]:
        """Add the differences of all equations of the table, with what each should be; return where they are."""
        checks = self._check_places(blank, top + blank.grid.rows + 1)
        for equation, position in checks.items():
            self._add_check(sheet, equation, position)
        for rule in dict.fromkeys(equation.rule for equation in checks):
            row, column = next(position for equation, position in checks.items() if equation.rule == rule)
            is_below = row > top + blank.grid.rows
            area = (row, 0, row, column - 1) if is_below else (top, column, top + blank.head - 1, column)
            sheet.merge_range(*area, f"核对：{FAMILIES[rule].title.zh}", self.check_label)
            if is_below:
                sheet.set_row(row, 2 * LINE)
        return checks

    def _check_places(self, blank: BlankTable, below: int) -> Mapping[Equation, Position]:
        """Return where each equation is checked: beside its row, or below its column, from row `below` on."""
        asked = [equation for equation in self.equations if equation.at in self.places]
        down = dict.fromkeys(equation.rule for equation in asked if not blank.stub or self._runs_down(equation))
        rows = {rule: row for row, rule in enumerate(down, start=below)}
        places = {}
        for equation in asked:
            row, column = self.places[equation.at]
            is_below = equation.rule in rows
            places[equation] = (rows[equation.rule], column) if is_below else (row, blank.grid.columns + 1)
        return places

    def _runs_down(self, equation: Equation) -> bool:
        return len({self.places[at][1] for at in (*equation.left, *equation.right)}) == 1

    def _add_check(self, sheet: Any, equation: Equation, position: Position) -> None:
        """Add the difference of an equation; while there is one, all cells of the equation are coloured."""
        value = difference(equation, self.values)
        sheet.write_formula(*position, difference_formula(equation, self.places), self.check, value)
        terms = [self.places[at] for at in (*equation.left, *equation.right)]
        check = xl_rowcol_to_cell(*position, row_abs=True, col_abs=True)
        colour = {"type": "formula", "criteria": f"=AND(ISNUMBER({check}),{check}<>0)", "format": self.broken}
        areas = rectangles([*terms, position])
        sheet.conditional_format(*areas[0], colour | {"multi_range": " ".join(xl_range(*area) for area in areas)})

    def _add_state(self, sheet: Any, column: int, checks: Mapping[Equation, Position], wrong: str) -> None:
        """Add how many equations do not hold, how many cells are filled in wrongly, and how many are empty."""
        open_cells = sum(at not in self.values for at in self._inputs)
        filled = f"COUNTA({references(self.places[at] for at in self._inputs)})"
        formula = f'"填错 "&({wrong})&" 格，未填 "&({len(self._inputs)}-{filled})&" 格"'
        value = f"填错 0 格，未填 {open_cells} 格"
        if checks:
            areas = [xl_range_abs(*area) for area in rectangles(checks.values())]
            broken = "+".join(f'COUNTIF({area},"{sign}0")' for area in areas for sign in "<>")
            count = sum(difference(equation, self.values) not in (0, UNFINISHED) for equation in checks)
            formula, value = f'"不符 "&({broken})&" 处，"&{formula}', f"不符 {count} 处，{value}"
        sheet.write_formula(0, column, f"={formula}", self.status, value)

    # -- both ------------------------------------------------------------------------------------------

    def _colour_empty(self, sheet: Any, area: Rectangle) -> None:
        criteria = f"=ISBLANK({xl_rowcol_to_cell(*area[:2])})"
        sheet.conditional_format(*area, {"type": "formula", "criteria": criteria, "format": self.empty})

    def _lock(self, sheet: Any, row: int, column: int, allowed: Mapping[str, bool] = MappingProxyType({})) -> None:
        """Lock all that is not to be filled in, and stamp the sheet as one of a form."""
        sheet.write_string(row, column, self.stamp, self.hint)
        self.book.define_name(f"'{sheet.name}'!{STAMP}", f"='{sheet.name}'!{xl_range_abs(row, column, row, column)}")
        sheet.protect("", {"format_columns": True, "format_rows": True, **allowed})


def _stamp(edition: Edition) -> str:
    notice = f"（{edition.notice.number}）" if edition.notice else ""
    return f"{edition.name} 版格式{notice}，表样第 {VERSION} 版"


def _accepted(node: Node) -> tuple[dict[str, Any], str]:
    """Return what a program accepts in a cell, and the condition for a value that is wrong.

    `{0}` is the cell, or an area: then the condition is one for each cell. A text is no number, whatever it looks like,
    and what cannot be computed with it, or divided by the 0 of a number that does not fit, is an error.
    """
    if isinstance(node.domain, Integer):
        kept = Integer(max(node.domain.minimum, -_LARGEST), min(node.domain.maximum, _LARGEST))
        rule = {"validate": "integer", "criteria": "between", "minimum": kept.minimum, "maximum": kept.maximum}
        said, least, number = f"应为 {kept.expected.zh}", kept.minimum, "INT({0})"
    else:
        rule = {"validate": "decimal", "criteria": ">=", "value": 0}
        said, least, number = f"应为金额（{node.printed.unit or '数字'}），不能为负", 0, "({0}+0)"
    messages = {"error_title": "请填数字", "error_message": f"{said}；没有发生的填 0"}
    return rule | messages, f"ISERROR(1/(({number}={{0}})*({{0}}>={least})))"
