"""A report as the form prints it, for a terminal, with the findings of its check."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from shutil import get_terminal_size

from click import echo, style

from gkformat.base.address import Address
from gkformat.base.arguments import demand
from gkformat.base.findings import MARK_TITLES, MarkKind
from gkformat.base.visible import visible
from gkformat.base.words import COLON, Lang, Words
from gkformat.comparison.consolidation import unfilled_cells
from gkformat.examination.examine import examine_report
from gkformat.examination.result import Examination, Note
from gkformat.forms.editions import AnyReport, edition_named
from gkformat.judgement.marks import merged_groups
from gkformat.judgement.root import REPORT
from gkformat.notation.grid import grid
from gkformat.notation.outline import label, nodes, number_getter, numbers, outline
from gkformat.views.language import language
from gkformat.views.lines import harmless
from gkformat.views.listing import listed
from gkformat.views.terminal import CellContent, Segment, least_width, render
from gkformat.views.text import file_heading, notes_lines

_COLOURS = {"!": "red", "?": "yellow", "*": "cyan"}
_SIGNS = {
    "!": Words(
        "勾稽关系在此不符，或此格不能填这样的数", "an equation is broken here, or the cell cannot hold its number"
    ),
    "?": Words("读不出、文件中没有，或因此及空白无法判定", "unreadable or absent, or left undecided by open cells"),
    "*": Words("另有标注，见下", "annotated, see below"),
}
_HEADING = Words("{agency}政府信息公开工作年度报告（{year} 年度）", "{agency} {year}")
_NOTICE = Words("格式：{notice}", "form: {notice}")
_LENGTH = Words("（文字，{count} 字）", " (text, {count} characters)")
_NO_TEXT = Words("（没有文字）", " (no text)")
_MARKS = Words("标注", "marks")
_CELLS = Words("{count} 格", "{count} cell(s)")
_COUNTED: tuple[MarkKind, ...] = ("blank", "absent")


def show(report: AnyReport, *, lang: Lang | None = None) -> None:
    """Print a report as the form prints it, with the findings of its check, as `gkformat show` does.

    The language is that of the locale, unless `lang` says otherwise; the width is that of the terminal. Needs the extra
    `cli`.
    """
    demand(REPORT, report=report)
    for line in report_lines(report, examine_report(report), lang or language(), get_terminal_size().columns):
        echo(harmless(line))


def report_lines(report: AnyReport, examination: Examination, lang: Lang, width: int) -> Iterator[str]:
    """Yield the lines of a report, from its title to the findings of its examination."""
    yield style(_HEADING.format(agency=report.agency, year=report.year).text(lang), bold=True)
    yield style(_NOTICE.format(notice=edition_named(report.edition).notice).text(lang), dim=True)
    contents = _contents(report, examination.notes)
    for node in outline(type(report)).children:
        if node.printed.kind == "prose":
            text = getattr(report, node.name)
            length = _LENGTH.format(count=len(text)) if text.strip() else _NO_TEXT
            yield ""
            yield f"{style(node.label, bold=True)}{length.text(lang)}"
        elif node.printed.kind == "section":
            yield ""
            yield style(node.label, bold=True)
            table = grid(type(report), node.at)
            is_narrow = width < least_width(table, contents)
            lines = listed(node, table.cells, contents, width) if is_narrow else render(table, contents, width)
            for segments in lines:
                yield "".join(_paint(segment, contents) for segment in segments)
    yield ""
    signs = {filling.sign for filling in contents.values()}
    for sign, meaning in _SIGNS.items():
        if sign in signs:
            yield f"{style(sign, fg=_COLOURS[sign], bold=True)} {meaning.text(lang)}"
    yield from _mark_lines(report, lang)
    yield file_heading(examination, lang)
    yield from notes_lines(examination, lang)


def _contents(report: AnyReport, notes: Sequence[Note]) -> dict[Address, CellContent]:
    """Return the text of each cell of the form as it is printed, with the sign of its finding or mark.

    For rows that the document filled in as one, the numbers are in the last row, as in the report.
    """
    values = dict(zip(numbers(type(report)), number_getter(type(report))(report), strict=True))
    empty = frozenset[Address]().union(*unfilled_cells(report))
    rows = {cell for at in merged_groups(report) for cell in nodes(type(report))[at].cells}
    signs = dict.fromkeys((*(mark.at for mark in report.marks if mark.kind == "annotated"), *(rows - empty)), "*")
    for level, sign in (("undecided", "?"), ("broken", "!")):  # the last, graver one wins
        signs |= {Address(note.address): sign for note in notes if note.level == level}
    return {at: CellContent("" if at in empty else str(value), signs.get(at, "")) for at, value in values.items()}


def _paint(segment: Segment, contents: Mapping[Address, CellContent]) -> str:
    if segment.is_border:
        return style(segment.text, dim=True)
    sign = contents[segment.cell.at].sign if segment.cell and segment.cell.at else ""
    return style(segment.text, fg=_COLOURS[sign], bold=True) if sign else segment.text


def _mark_lines(report: AnyReport, lang: Lang) -> Iterator[str]:
    """Yield the marks of a report. Blank and absent cells, which the tables show, are only counted, by their text."""
    if report.marks:
        yield f"{_MARKS.text(lang)}{COLON.text(lang)}".rstrip()
    counted: Counter[tuple[MarkKind, str]] = Counter(
        (mark.kind, mark.text) for mark in report.marks if mark.kind in _COUNTED
    )
    for (kind, text), count in counted.items():
        yield f"  [{MARK_TITLES[kind].text(lang)}] {_CELLS.format(count=count).text(lang)}  {visible(text)}".rstrip()
    for mark in report.marks:
        if mark.kind not in _COUNTED:
            place = label(type(report), mark.at)
            yield f"  [{MARK_TITLES[mark.kind].text(lang)}] {place}  {visible(mark.text)}".rstrip()
