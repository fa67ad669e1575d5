"""`gkformat show`."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from shutil import get_terminal_size

import click

from gkformat.base.address import Address
from gkformat.base.words import COLON, Lang, Words
from gkformat.cli.baseline import Baseline
from gkformat.cli.formats.text import heading, noted, told
from gkformat.cli.inputs import one_source
from gkformat.cli.options import FILE, lang, verb
from gkformat.cli.outcomes import Note, Outcome, examine
from gkformat.cli.output import say
from gkformat.cli.policy import Policy
from gkformat.comparison.consolidation import unfilled
from gkformat.forms.editions import AnyReport, edition_named
from gkformat.notation.grid import grid
from gkformat.notation.outline import label, numbers, outline, reader
from gkformat.views.terminal import Filling, Piece, draw


@verb(
    "按官方版式在终端里显示一份报告：三张表，各部分文字的长度，以及检查的结果。"
    "! 表示勾稽关系在此不符，? 表示因空白无法判定，* 表示另有标注；空白格仍为空白。",
    "Show a report in the terminal in the official layout: the three tables, how long each text is, and what a "
    "check finds. ! marks a cell where an equation is broken, ? one that blanks leave open, * one that is annotated; "
    "a blank stays blank.",
    codes=Words(
        "退出码：0 已显示，不论检查结果；1 文件不合格式；2 文件无法读取或用法有误。",
        "Exit code 0: shown, whatever was found; 1: the file is malformed; 2: it could not be read, or misuse.",
    ),
    example="gkformat show tests/corpus/hongze-2023.json",
)
@click.argument("file", type=FILE)
@lang
def command(file: str, lang: Lang) -> int:
    """Draw a report."""
    outcome = examine(one_source(file), Policy(), Baseline(), as_found=True)
    if outcome.report is None:
        say(told(outcome, lang))
        return outcome.exit_code
    say(_lines(outcome, outcome.report, lang, get_terminal_size().columns))
    return 0


_COLOURS = {"!": "red", "?": "yellow", "*": "cyan"}
_SIGNS = {
    "!": Words("勾稽关系在此不符", "an equation is broken here"),
    "?": Words("因空白无法判定", "left open by blanks"),
    "*": Words("另有标注，见下", "annotated, see below"),
}
_HEADING = Words("{agency}政府信息公开工作年度报告（{year} 年度）", "{agency} {year}")
_NOTICE = Words("格式：{notice}", "form: {notice}")
_LENGTH = Words("（文字，{count} 字）", " (text, {count} characters)")
_NO_TEXT = Words("（没有文字）", " (no text)")
_MARKS = Words("标注", "marks")
_KINDS: Mapping[str, Words] = {
    "blank": Words("空白", "blank"),
    "annotated": Words("另有标注", "annotated"),
    "merged": Words("合填一行", "filled as one row"),
}
_CELLS = Words("{count} 格", "{count} cell(s)")


def _lines(outcome: Outcome, report: AnyReport, lang: Lang, width: int) -> Iterator[str]:
    """The report from its title to what a check finds."""
    yield click.style(_HEADING.format(agency=report.agency, year=report.year).text(lang), bold=True)
    yield click.style(_NOTICE.format(notice=edition_named(report.edition).notice).text(lang), dim=True)
    fillings = _fillings(report, outcome.notes)
    for node in outline(type(report)).children:
        if node.printed.word == "prose":
            text = getattr(report, node.name)
            length = _LENGTH.format(count=len(text)) if text.strip() else _NO_TEXT
            yield ""
            yield f"{click.style(node.label, bold=True)}{length.text(lang)}"
        elif node.printed.word == "part":
            yield ""
            yield click.style(node.label, bold=True)
            for pieces in draw(grid(type(report), node.at), fillings, width):
                yield "".join(_painted(piece, fillings) for piece in pieces)
    yield ""
    signs = {filling.sign for filling in fillings.values()}
    for sign, said in _SIGNS.items():
        if sign in signs:
            yield f"{click.style(sign, fg=_COLOURS[sign], bold=True)} {said.text(lang)}"
    yield from _marked(report, lang)
    yield heading(outcome, lang)
    for note in outcome.notes:
        yield from noted(note, lang)


def _fillings(report: AnyReport, notes: Sequence[Note]) -> dict[Address, Filling]:
    """What stands in each blank of the form, as it would be printed, with the sign of what is to be said of it.

    Of lines that the paper filled as one row, its numbers stand in the last, as the report holds them.
    """
    values = dict(zip(numbers(type(report)), reader(type(report))(report), strict=True))
    empty = frozenset[Address]().union(*unfilled(report))
    rows = {at for mark in report.marks if mark.kind == "merged" for at in values if at.within(mark.at)}
    signs = dict.fromkeys((*(mark.at for mark in report.marks if mark.kind == "annotated"), *(rows - empty)), "*")
    for level, sign in (("undecided", "?"), ("broken", "!")):  # the graver counts
        signs |= {Address(note.place): sign for note in notes if note.level == level}
    return {at: Filling("" if at in empty else str(value), signs.get(at, "")) for at, value in values.items()}


def _painted(piece: Piece, fillings: Mapping[Address, Filling]) -> str:
    if piece.cell is None:
        return click.style(piece.text, dim=True)
    sign = fillings[piece.cell.at].sign if piece.cell.at else ""
    return click.style(piece.text, fg=_COLOURS[sign], bold=True) if sign else piece.text


def _marked(report: AnyReport, lang: Lang) -> Iterator[str]:
    """What the report says of its cells; blanks, which the tables show, are counted by what stands in them."""
    if report.marks:
        yield f"{_MARKS.text(lang)}{COLON.text(lang)}".rstrip()
    blanks = Counter(mark.text for mark in report.marks if mark.kind == "blank")
    for text, count in blanks.items():
        yield f"  [{_KINDS['blank'].text(lang)}] {_CELLS.format(count=count).text(lang)}  {text}".rstrip()
    for mark in report.marks:
        if mark.kind != "blank":
            yield f"  [{_KINDS[mark.kind].text(lang)}] {label(type(report), mark.at)}  {mark.text}".rstrip()
